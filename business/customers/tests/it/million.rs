//! How long finding takes among a million customers: `cargo nextest run --release -p customers
//! --run-ignored only`, figures in `docs/benchmarks.md`.

use std::time::{Duration, Instant};

use kernel::ids::CustomerId;
use store::{Tx, Value};
use testing::{Engine, World, each_engine};

use crate::{details, rooms};

const BATCH: usize = 2_000;
/// Texts of each kind.
const ASKED: usize = 200;

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

/// Texts of one kind, as they are typed at a counter.
type Kind = (&'static str, fn(&str, usize) -> String);

const KINDS: [Kind; 12] = [
    ("one character", |name, _| name.chars().take(1).collect()),
    ("one letter", |name, _| {
        spelt(name).chars().take(1).collect()
    }),
    ("a Chinese name", |name, _| name.to_owned()),
    ("a name in pinyin", |name, _| spelt(name)),
    ("half of it", |name, _| {
        spelt(name).chars().take(4).collect()
    }),
    ("initials", |name, _| initials(name)),
    ("two letters the wrong way round", |name, _| {
        slipped(&spelt(name))
    }),
    ("two words in pinyin, given name first", |name, _| {
        reversed(name)
    }),
    ("the last four digits of a phone", |_, at| four_digits(at)),
    ("the first three", |_, at| format!("1{:02}", at % 100)),
    ("a family name and four digits", |name, at| {
        let family: String = name.chars().take(1).collect();
        format!("{family} {}", four_digits(at))
    }),
    ("nobody", |name, at| {
        format!("{}{}q", slipped(&spelt(name)), ["x", "vv", "k"][at % 3])
    }),
];

fn four_digits(at: usize) -> String {
    format!("{:04}", at * 37 % 10_000)
}

fn spelt(name: &str) -> String {
    let spelling = names::spellings(name).into_iter().next();
    spelling.expect("the name is Chinese").whole()
}

fn initials(name: &str) -> String {
    let spelling = names::spellings(name).into_iter().next();
    spelling.expect("the name is Chinese").initials()
}

fn reversed(name: &str) -> String {
    let given: String = name.chars().skip(1).collect();
    let family: String = name.chars().take(1).collect();
    format!("{} {}", spelt(&given), spelt(&family))
}

fn slipped(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.swap(2, 1);
    letters.into_iter().collect()
}

fn timed(mut act: impl FnMut(usize)) -> (Duration, Duration) {
    let mut times: Vec<Duration> = (0..ASKED)
        .map(|at| {
            let begun = Instant::now();
            act(at);
            begun.elapsed()
        })
        .collect();
    times.sort();
    (times[ASKED / 2], times[ASKED * 99 / 100])
}

fn size(world: &World) -> i64 {
    let sql = match world.engine {
        Engine::Sqlite => "select sum(pgsize) from dbstat where name like '%customer_terms%'",
        Engine::Postgres => "select pg_total_relation_size('customer_terms')",
    };
    world.read(|tx, _| tx.count(sql, &[])).expect("a number")
}

/// As a server does by itself a minute after so many rows came.
fn settle(world: &World) {
    if world.engine == Engine::Postgres {
        let analysed = world.write(|tx, _| tx.execute("analyze", &[]));
        analysed.expect("it is analysed");
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
        fill(world, count);
        copy(world);
        settle(world);
        eprintln!("{} customers in {:?}", 10 * count, begun.elapsed());
        let terms = "select count(*) from customer_terms where org = $1";
        let terms = world.read(|tx, ctx| tx.count(terms, &[Value::from(ctx.org)]));
        let mib = size(world) >> 20;
        eprintln!(
            "{} terms, {mib} MiB with their indexes",
            terms.expect("a number")
        );
        let recent: Vec<_> = world
            .read(|tx, ctx| customers::search(tx, ctx, "wang", 200))
            .expect("it answers");
        let recent: Vec<CustomerId> = recent.into_iter().map(|one| one.id).collect();
        for (kind, text) in KINDS {
            let (half, most) = timed(|at| {
                let text = text(&name(at * 613), at);
                let found = world.read(|tx, ctx| customers::find(tx, ctx, &text, &recent, 8));
                assert!(found.expect("it answers").len() <= 8);
            });
            eprintln!("{kind}: p50 {half:.1?}, p99 {most:.1?}");
            let (half, most) = timed(|at| {
                let text = text(&name(at * 613), at);
                let found = world.read(|tx, ctx| customers::search(tx, ctx, &text, 50));
                assert!(found.expect("it answers").len() <= 50);
            });
            eprintln!("    as a list by name: p50 {half:.1?}, p99 {most:.1?}");
        }
        let (half, most) = timed(|at| {
            let one = details(&name(at * 31), "", "");
            let made = world.write(move |tx, ctx| customers::create_customer(tx, ctx, &one));
            made.expect("it is written down");
        });
        eprintln!("one more customer: p50 {half:.1?}, p99 {most:.1?}");
    });
}
