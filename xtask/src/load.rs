//! Load on a running Steward, as programs and people make it: orders with a time taken by the API,
//! and pages asked for. What is told are the clients' own figures and the processor time the server
//! spent; the clients run on the same machine and take their share of it.

mod client;
mod ends;

use std::{
    env, fs,
    io::Write,
    mem,
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use client::Client;
pub use ends::customer_of;
use serde_json::{Value, json};

/// The services of one order, by their place in the list of the site.
const LINES: usize = 3;
/// Days ahead that are looked through for free times.
const DAYS_MAX: usize = 60;
const ORDERS: &str = "/api/v1/orders";
/// Pages of a kind that one client asks for to learn how long each takes.
const ASKED_ALONE: usize = 300;
/// How long many clients ask together.
const TOGETHER: Duration = Duration::from_secs(8);
const PAGE_CLIENTS: usize = 32;

/// What is asked of a server.
pub struct Load {
    addresses: Vec<String>,
    token: String,
    organisation: String,
    login: String,
    password: String,
    servers: Vec<u32>,
    clients: usize,
    orders: usize,
    customers: usize,
}

/// Puts the load on the server that the words of the command line name.
pub fn command(words: &[String]) -> Result<(), String> {
    let [
        address,
        token,
        organisation,
        login,
        password,
        server,
        rest @ ..,
    ] = words
    else {
        return Err(
            "usage: cargo xtask load ADDRESS TOKEN ORGANISATION LOGIN PASSWORD SERVER-PID \
             [CLIENTS [ORDERS [CUSTOMERS]]]; \
             several servers of one database by commas"
                .to_owned(),
        );
    };
    let number = |at: usize, else_: usize| match rest.get(at) {
        Some(word) => word.parse().map_err(|_| format!("{word} is no number")),
        None => Ok(else_),
    };
    let load = Load {
        addresses: address.split(',').map(str::to_owned).collect(),
        token: token.clone(),
        organisation: organisation.clone(),
        login: login.clone(),
        password: password.clone(),
        servers: server
            .split(',')
            .map(|word| word.parse().map_err(|_| format!("{word} is no process")))
            .collect::<Result<_, String>>()?,
        clients: number(0, 64)?,
        orders: number(1, 6_000)?,
        customers: number(2, 50_000)?,
    };
    if load.customers > 0 {
        load.write_down_customers()?;
    }
    let taken = load.take_orders()?;
    let last = taken.last().ok_or("no order was taken")?;
    load.ask_for_pages(last)?;
    load.call_off(&taken)
}

impl Load {
    /// A connection for the client of a number: they spread over the servers.
    fn open(&self, number: usize) -> Result<Client, String> {
        Client::open(&self.addresses[number % self.addresses.len()])
    }

    fn processor_ms(&self) -> Result<u64, String> {
        self.servers
            .iter()
            .map(|server| processor_ms(*server))
            .sum()
    }

    /// Takes orders as fast as the server lets; answers the ids of the last ones, the others are
    /// called off. The first round finds out which times are free with their chairs, and is not
    /// told of.
    fn take_orders(&self) -> Result<Vec<String>, String> {
        let mut client = self.open(0)?.with_token(&self.token);
        let asked = ends::free_times(&mut client, LINES, DAYS_MAX, self.orders)?;
        let (mut taken, ..) = self.by_many(&asked, ORDERS)?;
        let free: Vec<Value> = taken.iter_mut().flat_map(Taken::take_asked).collect();
        println!("{} times for orders with {LINES} lines", free.len());
        let (mut times, mut refused) = (Vec::new(), 0);
        let (mut took, mut spent) = (Duration::ZERO, 0);
        while times.len() < self.orders && !free.is_empty() {
            self.call_off(&ids(taken))?;
            let (round, round_took, round_spent) = self.by_many(&free, ORDERS)?;
            times.extend(round.iter().flat_map(|one| one.times.clone()));
            refused += free.len() - round.iter().map(|one| one.times.len()).sum::<usize>();
            took += round_took;
            spent += round_spent;
            taken = round;
        }
        if refused > 0 {
            println!("{refused} more were refused");
        }
        tell("order with 3 lines", self.clients, times, took, spent)?;
        Ok(ids(taken))
    }

    /// Gives the times back, so that the same load finds them free again.
    fn call_off(&self, orders: &[String]) -> Result<(), String> {
        let mut client = self.open(0)?.with_token(&self.token);
        for order in orders {
            let path = format!("/api/v1/orders/{order}/cancellation");
            let answer = client.post_json(&path, &json!({ "reason": "measured" }))?;
            if answer.status >= 300 {
                return Err(format!("{path} answered {}", answer.status));
            }
        }
        Ok(())
    }

    /// Writes customers down one by one: who the orders are for, and a size to search among.
    fn write_down_customers(&self) -> Result<(), String> {
        let asked: Vec<Value> = (0..self.customers).map(ends::customer).collect();
        let (taken, took, spent) = self.by_many(&asked, "/api/v1/customers")?;
        let times = taken.into_iter().flat_map(|one| one.times).collect();
        tell("customer", self.clients, times, took, spent)
    }

    /// Sends these to the API with all clients at once, each the next one as soon as it has its
    /// answer; what came back, how long it took from the first to the last, and the milliseconds
    /// of processor time the server spent.
    fn by_many(&self, asked: &[Value], path: &str) -> Result<(Vec<Taken>, Duration, u64), String> {
        let open = |number| Ok(self.open(number)?.with_token(&self.token));
        let clients = (0..self.clients)
            .map(open)
            .collect::<Result<Vec<Client>, String>>()?;
        let spent = self.processor_ms()?;
        let (next, ready) = (AtomicUsize::new(0), Barrier::new(self.clients + 1));
        thread::scope(|scope| {
            let clients: Vec<_> = clients
                .into_iter()
                .map(|client| {
                    let mine = || asked.get(next.fetch_add(1, Ordering::Relaxed));
                    let ready = &ready;
                    scope.spawn(move || {
                        ready.wait();
                        send(client, mine, path)
                    })
                })
                .collect();
            ready.wait();
            let begun = Instant::now();
            let taken = joined(clients)?;
            let took = begun.elapsed();
            Ok((taken, took, self.processor_ms()? - spent))
        })
    }

    /// Asks for pages alone, then with many at once.
    fn ask_for_pages(&self, order: &str) -> Result<(), String> {
        let session = self.open(0)?.sign_in(&self.login, &self.password)?;
        let session = session.as_str();
        let order = format!("/orders/{order}");
        let mut program = self.open(0)?.with_token(&self.token);
        let [services, times] = ends::guest_pages(&mut program, &self.organisation)?;
        let month = ends::month(&mut program)?;
        let pages = ["/today", "/orders", &order, &services, &times];
        let pages = pages.as_slice();
        let names = [
            "Today",
            "Orders",
            "Order",
            "booking: services",
            "booking: times",
        ];
        let alone = names.into_iter().zip(pages.iter().copied());
        for (name, page) in alone.chain(ends::SEARCHES) {
            let client = self.open(0)?.with_session(session);
            self.ask_alone(client, name, page)?;
        }
        let client = self.open(0)?.with_token(&self.token);
        self.ask_alone(client, "availability of a month", &month)?;
        let spent = self.processor_ms()?;
        let begun = Instant::now();
        let stop = Stop::At(begun + TOGETHER);
        let times: Vec<Vec<Duration>> = thread::scope(|scope| {
            let clients: Vec<_> = (0..PAGE_CLIENTS)
                .map(|number| {
                    scope.spawn(move || {
                        let client = self.open(number)?.with_session(session);
                        ask(client, pages, stop)
                    })
                })
                .collect();
            joined(clients)
        })?;
        let spent = self.processor_ms()? - spent;
        tell("page", PAGE_CLIENTS, times.concat(), begun.elapsed(), spent)
    }

    /// Asks one thing again and again, alone.
    fn ask_alone(&self, client: Client, name: &str, path: &str) -> Result<(), String> {
        let begun = Instant::now();
        let spent = self.processor_ms()?;
        let times = ask(client, &[path], Stop::After(ASKED_ALONE))?;
        let spent = self.processor_ms()? - spent;
        tell(name, 1, times, begun.elapsed(), spent)
    }
}

/// Sends what is next until there is nothing more.
fn send<'v>(
    mut client: Client,
    mut next: impl FnMut() -> Option<&'v Value>,
    path: &str,
) -> Result<Taken, String> {
    let mut taken = Taken::default();
    while let Some(one) = next() {
        let begun = Instant::now();
        let answer = client.post_json(path, one)?;
        match answer.status {
            201 => {
                taken.times.push(begun.elapsed());
                taken.asked.push(one.clone());
                let made: Value = answer.json()?;
                taken.made.extend(made["id"].as_str().map(str::to_owned));
            }
            409 => {}
            other => return Err(format!("{other}: {}", answer.text())),
        }
    }
    Ok(taken)
}

fn ask(mut client: Client, pages: &[&str], stop: Stop) -> Result<Vec<Duration>, String> {
    let mut times = Vec::new();
    for page in pages.iter().cycle() {
        let begun = Instant::now();
        match stop {
            Stop::After(count) if times.len() == count => break,
            Stop::At(end) if begun >= end => break,
            Stop::After(_) | Stop::At(_) => {}
        }
        let answer = client.get(page)?;
        times.push(begun.elapsed());
        if answer.status != 200 {
            return Err(format!("{page} answered {}", answer.status));
        }
    }
    Ok(times)
}

fn joined<T>(
    clients: Vec<thread::ScopedJoinHandle<'_, Result<T, String>>>,
) -> Result<Vec<T>, String> {
    let ended = clients
        .into_iter()
        .map(|client| client.join().map_err(|_| "a client broke".to_owned())?);
    ended.collect()
}

/// When a client has asked enough.
#[derive(Clone, Copy)]
enum Stop {
    After(usize),
    At(Instant),
}

/// What one client got.
#[derive(Default)]
struct Taken {
    asked: Vec<Value>,
    times: Vec<Duration>,
    made: Vec<String>,
}

impl Taken {
    fn take_asked(&mut self) -> Vec<Value> {
        mem::take(&mut self.asked)
    }
}

fn ids(taken: Vec<Taken>) -> Vec<String> {
    taken.into_iter().flat_map(|one| one.made).collect()
}

/// Processor time a process has spent so far, in milliseconds of 100 ticks a second.
fn processor_ms(process: u32) -> Result<u64, String> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))
        .map_err(|error| format!("process {process}: {error}"))?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|word| word.parse::<u64>().ok());
    let spent = ticks(11)
        .zip(ticks(12))
        .map(|(user, system)| (user + system) * 10);
    spent.ok_or_else(|| format!("process {process} tells no times"))
}

/// Prints a figure, and adds it to the file that `STEWARD_LOAD_FIGURES` names, for a chart.
#[expect(clippy::cast_precision_loss, reason = "counts and times are small")]
fn tell(
    what: &str,
    clients: usize,
    mut times: Vec<Duration>,
    took: Duration,
    spent_ms: u64,
) -> Result<(), String> {
    times.sort_unstable();
    let count = times.len();
    let at = |share: usize| {
        let one = times.get((count * share / 100).min(count.saturating_sub(1)));
        one.copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    let second = count as f64 / took.as_secs_f64();
    let (half, most) = (at(50), at(99));
    let spent = spent_ms as f64 / count.max(1) as f64;
    println!(
        "{what}, {clients} clients: {second:.0} a second, p50 {half:.1} ms, p99 {most:.1} ms, \
         {spent:.2} ms CPU each"
    );
    let Some(file) = env::var_os("STEWARD_LOAD_FIGURES") else {
        return Ok(());
    };
    let file = fs::OpenOptions::new().create(true).append(true).open(file);
    let line = format!("{what}\t{clients}\t{second:.1}\t{half:.2}\t{most:.2}\t{spent:.3}\n");
    file.and_then(|mut file| file.write_all(line.as_bytes()))
        .map_err(|error| format!("STEWARD_LOAD_FIGURES: {error}"))
}
