//! What large files and lists cost: processor and memory. Run by name; the figures are printed.

use std::{
    fs,
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
    time::{Duration, Instant},
};

use exchange::{LogFormat, Written, leave};
use kernel::Role;
use store::{Event, journal::Filter};
use testing::{Engine, World, each_engine, kernel, on_engine, store};

use crate::{
    browser::{choose, upload, work},
    shop::rooms,
};

/// Seconds of processor this program has used.
fn processor() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells");
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> = after
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    // Behind the name and the state come ten numbers, then the ticks of user and system.
    (ticks[10] + ticks[11]) / 100.0
}

/// The memory of its own that it holds, in megabytes: without the pages of the database file that
/// the system shows it and takes back at will.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let own = status.lines().find(|line| line.starts_with("RssAnon"));
    let own = own.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    own.unwrap_or(0_u64) / 1024
}

/// Prints what something costs; answers the most memory it held on the way.
fn measured(what: &str, act: impl FnOnce()) -> u64 {
    let (before, begun) = (processor(), Instant::now());
    let (done, most) = (AtomicBool::new(false), AtomicU64::new(memory()));
    thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::SeqCst) {
                most.fetch_max(memory(), Ordering::SeqCst);
                thread::sleep(Duration::from_millis(50));
            }
        });
        act();
        done.store(true, Ordering::SeqCst);
    });
    let (wall, cpu) = (begun.elapsed().as_secs_f64(), processor() - before);
    let most = most.load(Ordering::SeqCst);
    println!("{what}: {wall:.1} s, {cpu:.1} s CPU, {most} MB at most");
    most
}

/// A file of as many past orders, of 5,000 customers.
fn past_orders(count: u64) -> String {
    let row = |n: u64| {
        let (day, phone) = (n % 28 + 1, 13_800_000_000 + n % 5000);
        format!(
            "A-{n},2026-10-{day:02} 10:00,Name {},{phone},Cut,2026-10-{day:02} 10:05,\
             2026-10-{day:02} 10:10,2026-10-{day:02} 10:55\n",
            n % 5000
        )
    };
    let head = "id,created,customer,phone,service,arrived,started,finished\n";
    std::iter::once(head.to_owned())
        .chain((0..count).map(row))
        .collect()
}

fn orders(world: &World) -> i64 {
    let all = world
        .db
        .read(|tx| tx.count("select count(*) from orders", &[]));
    all.expect("they can be counted")
}

#[test]
#[ignore = "a measurement of minutes"]
fn a_hundred_thousand_orders_come_in_and_go_again() {
    each_engine(&rooms(), |world| {
        let owner = world.client(Role::Owner);
        let answer = upload(
            &owner,
            "orders",
            "orders.csv",
            past_orders(100_000).as_bytes(),
        );
        let path = answer.location().to_owned();
        choose(&owner, &path, &[]);
        measured("100,000 orders tried", || work(world));
        owner.post(&format!("{path}/intake"), "");
        measured("100,000 orders brought in", || work(world));
        assert_eq!(orders(world), 100_000);
        world.set_time("2026-11-21T12:00+08:00");
        owner.post(&format!("{path}/undoing"), "");
        measured("100,000 orders taken back", || work(world));
        assert_eq!(orders(world), 0);
    });
}

fn journal(world: &World, facts: usize) {
    for from in (0..facts).step_by(10_000) {
        let ctx = world.ctx();
        let some = world.db.write(move |tx| {
            for n in from..from + 10_000 {
                let event = Event::new("order.noted").object("order", n, "subject");
                tx.record(&ctx, event.attr("number", n));
            }
            Ok(())
        });
        some.expect("they are recorded");
    }
}

#[test]
#[ignore = "a measurement of minutes"]
fn a_million_facts_are_taken_along_in_constant_memory() {
    let mut rooms = rooms();
    rooms.push(desk::room());
    on_engine(Engine::Sqlite, &rooms, |world| {
        let owner = world.client(Role::Owner);
        journal(world, 100_000);
        let small = measured("100,000 facts as CSV", || {
            owner.drain("/journal?format=csv");
        });
        journal(world, 900_000);
        let csv = measured("1,000,000 facts as CSV", || {
            assert!(owner.drain("/journal?format=csv") > 100_000_000);
        });
        let xlsx = measured("1,000,000 facts as XLSX", || {
            assert!(owner.drain("/journal?format=xlsx") > 10_000_000);
        });
        assert!(
            csv.max(xlsx) < small + 64,
            "memory does not grow with the list"
        );
    });
}

const FACTS: usize = 100_000;

/// So many facts, each of an order and a member of staff.
fn facts(world: &World) {
    for from in (0..FACTS).step_by(10_000) {
        let ctx = world.ctx();
        let some = world.db.write(move |tx| {
            for n in from..from + 10_000 {
                let event = Event::new("step.finished").attr("minutes", n % 90);
                let event = event.object("order", format!("k0-{}", n / 5), "subject");
                tx.record(&ctx, event.object("staff", n % 50, "server"));
            }
            Ok(())
        });
        some.expect("they are recorded");
    }
}

/// The same facts again, later and of other orders; their seals are of no matter here.
fn once_more(world: &World, time: usize) {
    // The exports before are facts themselves, and stand behind the first ones.
    let (prefix, id) = (format!("k{time}-"), format!("{time:08x}"));
    let behind = time * FACTS + 100;
    let done = world.db.write(move |tx| {
        let values = store::params![FACTS, behind, &prefix, &id];
        tx.execute(
            "insert into journal
             select org, seq + $2, $4 || substr(id, 9), activity, at + $2, recorded_at + $2, actor,
                actor_name, site, channel, replace(objects, 'k0-', $3), attributes, hash
             from journal where seq <= $1",
            values,
        )?;
        tx.execute(
            "insert into journal_objects select org, kind, replace(object, 'k0-', $3), seq + $2,
                qualifier
             from journal_objects where seq <= $1",
            &values[..3],
        )
    });
    done.expect("they are copied");
}

/// `STEWARD_LEAVING_FACTS=10000000 cargo nextest run -p exchange --run-ignored only leaves` takes
/// ten million facts along; without it a million.
#[test]
#[ignore = "a measurement of minutes"]
fn a_journal_of_millions_leaves_as_ocel_in_constant_memory() {
    let wanted = std::env::var("STEWARD_LEAVING_FACTS").ok();
    let wanted: usize = wanted
        .and_then(|text| text.parse().ok())
        .unwrap_or(1_000_000);
    on_engine(Engine::Sqlite, &rooms(), |world| {
        facts(world);
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let leaves = |name: &str| {
            let file = folder.path().join(name);
            let format = LogFormat::of("ocel", &file).expect("a format");
            let mut written = Written::default();
            let most = measured(name, || {
                let all = Filter::default();
                written = leave(&world.db, &world.ctx(), (format, &all), &file).expect("it leaves");
            });
            let bytes = fs::metadata(&file).expect("it is there").len();
            println!("{written:?}, {} MB", bytes >> 20);
            fs::remove_file(&file).expect("it is taken away again");
            (most, written.events)
        };
        let small = leaves("few.json").0.max(leaves("few.sqlite").0);
        for time in 1..wanted / FACTS {
            once_more(world, time);
        }
        for name in ["many.json", "many.sqlite"] {
            let (most, events) = leaves(name);
            assert!(events >= wanted as u64, "{events}");
            assert!(most < small + 64, "{most} MB, {small} MB with a few");
        }
    });
}
