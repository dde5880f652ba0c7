//! What large files and lists cost: processor and memory. Run by name; the figures are printed.

use std::{fs, time::Instant};

use kernel::Role;
use store::Event;
use testing::{Engine, World, kernel, on_engine, store};

use crate::{
    browser::{choose, upload, work},
    shop::rooms,
};

/// Seconds of processor this program has used, and the most memory it ever held, in megabytes.
fn cost() -> (f64, u64) {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux tells");
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: Vec<f64> = after
        .split(' ')
        .filter_map(|word| word.parse().ok())
        .collect();
    // Behind the name and the state come ten numbers, then the ticks of user and system.
    let seconds = (ticks[10] + ticks[11]) / 100.0;
    let status = fs::read_to_string("/proc/self/status").expect("Linux tells");
    let peak = status.lines().find(|line| line.starts_with("VmHWM"));
    let peak = peak.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
    (seconds, peak.unwrap_or(0_u64) / 1024)
}

fn measured(what: &str, act: impl FnOnce()) {
    let (before, begun) = (cost().0, Instant::now());
    act();
    let (after, peak) = cost();
    let wall = begun.elapsed().as_secs_f64();
    println!(
        "{what}: {wall:.1} s, {:.1} s CPU, {peak} MB at most so far",
        after - before
    );
}

#[test]
#[ignore = "a measurement of minutes"]
fn a_hundred_thousand_orders_come_in() {
    on_engine(Engine::Sqlite, &rooms(), |world| {
        let owner = world.client(Role::Owner);
        let row = |n: u64| {
            let (day, phone) = (n % 28 + 1, 13_800_000_000 + n % 5000);
            format!(
                "A-{n},2026-10-{day:02} 10:00,Name {},{phone},Cut,2026-10-{day:02} 10:05,\
                 2026-10-{day:02} 10:10,2026-10-{day:02} 10:55\n",
                n % 5000
            )
        };
        let head = "id,created,customer,phone,service,arrived,started,finished\n";
        let file: String = std::iter::once(head.to_owned())
            .chain((0..100_000).map(row))
            .collect();
        let answer = upload(&owner, "orders", "orders.csv", file.as_bytes());
        let path = answer.location().to_owned();
        choose(&owner, &path, &[]);
        measured("100,000 orders tried", || work(world));
        owner.post(&format!("{path}/intake"), "");
        measured("100,000 orders brought in", || work(world));
        let all = world
            .db
            .read(|tx| tx.count("select count(*) from orders", &[]));
        assert_eq!(all.expect("it can be counted"), 100_000);
        world.set_time("2026-11-21T12:00+08:00");
        owner.post(&format!("{path}/undoing"), "");
        measured("100,000 orders taken back", || work(world));
        let all = world
            .db
            .read(|tx| tx.count("select count(*) from orders", &[]));
        assert_eq!(all.expect("it can be counted"), 0);
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
        owner.drain("/journal?format=csv");
        let (_, small) = cost();
        journal(world, 900_000);
        let (_, before) = cost();
        measured("1,000,000 facts as CSV", || {
            assert!(owner.drain("/journal?format=csv") > 100_000_000);
        });
        measured("1,000,000 facts as XLSX", || {
            assert!(owner.drain("/journal?format=xlsx") > 10_000_000);
        });
        let (_, after) = cost();
        println!("with 100,000: {small} MB; before: {before} MB; after: {after} MB");
        assert!(after < before + 64, "memory does not grow with the list");
    });
}
