//! How long finding takes among a million customers: `cargo nextest run --release -p customers
//! --run-ignored only`, figures in `docs/benchmarks.md`.

use std::time::{Duration, Instant};

use kernel::ids::CustomerId;
use store::{Tx, Value};
use testing::{World, each_engine};

use crate::{details, rooms};

const BATCH: usize = 2_000;

/// Family and given names, common ones more often, as in any town.
fn name(at: usize) -> String {
    const FAMILIES: &str = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田";
    const GIVEN: &str = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红梅建国文雨桐子轩";
    let pick = |from: &str, number: usize| {
        let count = from.chars().count();
        let share = (number % 10_007) as f64 / 10_007.0;
        let place = (share * share * count as f64) as usize;
        from.chars().nth(place).expect("it lies inside")
    };
    let mut name = String::from(pick(FAMILIES, at * 7_919 + 13));
    name.push(pick(GIVEN, at * 104_729 + 7));
    if !at.is_multiple_of(3) {
        name.push(pick(GIVEN, at * 15_485_863 + 3));
    }
    name
}

fn fill(world: &World, count: usize) -> CustomerId {
    let mut last = None;
    for from in (0..count).step_by(BATCH) {
        let made = world.write(move |tx: &mut Tx, ctx| {
            let each = (from..(from + BATCH).min(count)).map(|at| {
                let phone = format!("1{:010}", at * 9_973 % 10_000_000_000);
                customers::create_customer(tx, ctx, &details(&name(at), "", &phone))
            });
            each.last().expect("a batch is not empty")
        });
        last = Some(made.expect("they are written down"));
    }
    last.expect("there are some")
}

/// Nine more of each, known by the same terms, with no phone of their own.
fn copy(world: &World) {
    for digit in 1..10 {
        let copied = world.write(move |tx: &mut Tx, ctx| {
            let id = format!("'{digit}' || substr(id, 2)");
            let customers = format!(
                "insert into customers (org, id, name, reading, sort_name, note, level, created_at,
                 version, terms_version) select org, {id}, name, reading, sort_name, note, level,
                 created_at, version, terms_version from customers where org = $1 and id like '0%'"
            );
            tx.execute(&customers, &[Value::from(ctx.org)])?;
            let terms = format!(
                "insert into customer_terms (org, term, customer)
                 select org, term, '{digit}' || substr(customer, 2) from customer_terms
                 where org = $1 and customer like '0%'"
            );
            tx.execute(&terms, &[Value::from(ctx.org)])
        });
        copied.expect("they are copied");
    }
}

#[test]
#[ignore = "a measurement of some minutes"]
fn finding_among_very_many_takes_milliseconds() {
    let count = std::env::var("STEWARD_CUSTOMERS")
        .ok()
        .and_then(|n| n.parse().ok());
    let count = count.unwrap_or(100_000);
    each_engine(&rooms(), |world| {
        let begun = Instant::now();
        let last = fill(world, count);
        eprintln!("{count} written in {:?}", begun.elapsed());
        copy(world);
        eprintln!("{} copied in {:?}", 9 * count, begun.elapsed());
        let terms = "select count(*) from customer_terms where org = $1";
        let terms = world.read(|tx, ctx| tx.count(terms, &[Value::from(ctx.org)]));
        eprintln!("{:?} terms", terms.expect("a number"));
        for text in [
            "王",
            "w",
            "wang",
            "wangwei",
            "王伟",
            "ww",
            "wagn",
            "zhagnwei",
            "1234",
            "13",
            "王 1234",
            "wei wang",
            "qqqqq",
            "王明 xu",
            "zhangyutogn",
        ] {
            let mut times: Vec<Duration> = (0..9)
                .map(|_| {
                    let begun = Instant::now();
                    let found = world.read(|tx, ctx| customers::find(tx, ctx, text, &[last], 8));
                    assert!(found.expect("it answers").len() <= 8);
                    begun.elapsed()
                })
                .collect();
            times.sort();
            eprintln!("{text}: median {:?}, most {:?}", times[4], times[8]);
        }
    });
}
