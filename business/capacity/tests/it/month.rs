//! How long it takes to find the free times of a month.

use std::time::{Duration, Instant};

use kernel::{Ctx, Date, Fault, Span, Timestamp, ids::StaffId};
use store::{Tx, params};
use testing::{World, at, each_engine};

use crate::shop::{Shop, open, order, rooms};

const PEOPLE: usize = 20;
const DAYS: i64 = 30;
/// Hours of twelve that are taken, for each person and day: three tenths, spread unevenly.
const TAKEN: [&[i64]; 3] = [&[1, 4, 6, 9], &[0, 5, 7], &[2, 3, 8, 10]];

fn later(start: Timestamp, minutes: i64) -> Timestamp {
    let span = Duration::from_secs(minutes.unsigned_abs() * 60);
    start.checked_add(span).expect("within the calendar")
}

fn stretch(from: Timestamp, minutes: i64) -> Span {
    Span::new(from, later(from, minutes)).expect("forwards")
}

fn hire(tx: &mut Tx, ctx: &Ctx, shop: &Shop, number: usize) -> Result<StaffId, Fault> {
    let fields = people::StaffFields {
        name: format!("Person {number}"),
        reading: String::new(),
        sites: vec![shop.site],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    Ok(people::create_staff(tx, ctx, fields)?.id)
}

/// Twenty people at work every day of a month, three tenths of their time taken.
fn fill(world: &World, shop: &Shop) {
    let morning = at("2026-11-23T09:00+08:00");
    let here = shop.clone();
    let staff = world.write(move |tx, ctx| {
        let hired = (0..PEOPLE).map(|number| hire(tx, ctx, &here, number));
        let staff: Vec<StaffId> = hired.collect::<Result<_, _>>()?;
        for (day, person) in (0..DAYS).flat_map(|day| staff.iter().map(move |one| (day, one))) {
            let start = later(morning, day * 1440);
            people::add_shift(tx, ctx, *person, here.site, stretch(start, 720))?;
        }
        Ok(staff)
    });
    for (number, person) in staff.expect("hired").into_iter().enumerate() {
        let shop = shop.clone();
        let orders: Vec<_> = (0..DAYS * 4).map(|_| order(world)).collect();
        let taken = world.write(move |tx, ctx| {
            let mut orders = orders.into_iter();
            for day in 0..DAYS {
                for hour in TAKEN[(number + day.unsigned_abs() as usize) % TAKEN.len()] {
                    let ask = shop.ask(shop.cut, Some(person));
                    let wanted = capacity::ClaimFor {
                        order: orders.next().expect("enough"),
                        ask,
                        start: later(morning, day * 1440 + hour * 60),
                        hold_until: None,
                    };
                    capacity::claim(tx, ctx, wanted)?;
                }
            }
            Ok(())
        });
        taken.expect("free before");
    }
}

/// The best and the middle of a few tries, in microseconds.
fn measured(world: &World, shop: &Shop, tries: usize) -> (u128, u128) {
    let day = |text: &str| text.parse::<Date>().expect("a date");
    let (from, to) = (day("2026-11-23"), day("2026-12-22"));
    let ask = shop.ask(shop.cut, None);
    let mut took: Vec<u128> = (0..tries)
        .map(|_| {
            let begun = Instant::now();
            let found = world.read(|tx, ctx| capacity::availability(tx, ctx, &ask, from, to));
            let micros = begun.elapsed().as_micros();
            assert!(found.expect("a list").len() > 1_000);
            micros
        })
        .collect();
    took.sort_unstable();
    (took[0], took[tries / 2])
}

#[test]
#[ignore = "a measurement: run it with --release --run-ignored all --no-capture"]
fn the_free_times_of_a_month_with_twenty_people() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        fill(world, &shop);
        let count = "select cast(count(*) as bigint) from claims where org = $1";
        let claims = world.read(|tx, ctx| tx.count(count, params![ctx.org]));
        let (best, middle) = measured(world, &shop, 200);
        println!(
            "{:?}: {} claims, best {best} µs, middle {middle} µs",
            world.engine,
            claims.expect("counted")
        );
    });
}
