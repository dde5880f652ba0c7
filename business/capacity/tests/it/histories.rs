//! Made-up histories: whatever is asked in whatever order, no two visits share a person or a room,
//! and what is released is free again, exactly.

use std::collections::BTreeMap;

use kernel::{Span, Timestamp, ids::OrderId};
use proptest::prelude::*;
use testing::{Engine, World, at, on_engine};

use crate::shop::{Shop, is_sound, open, rooms};

#[derive(Debug, Clone)]
enum Act {
    Claim {
        order: usize,
        quarter: i64,
        facial: bool,
        who: u8,
    },
    Hold {
        order: usize,
        quarter: i64,
    },
    Confirm {
        order: usize,
    },
    Move {
        order: usize,
        quarter: i64,
    },
    Release {
        order: usize,
    },
    Finish {
        order: usize,
        minutes: i64,
    },
    Wait {
        minutes: i64,
    },
}

fn act() -> impl Strategy<Value = Act> {
    let order = || 0..8_usize;
    let quarter = || 0..20_i64;
    prop_oneof![
        4 => (order(), quarter(), any::<bool>(), 0..3_u8).prop_map(
            |(order, quarter, facial, who)| Act::Claim { order, quarter, facial, who }
        ),
        3 => (order(), quarter()).prop_map(|(order, quarter)| Act::Hold { order, quarter }),
        2 => order().prop_map(|order| Act::Confirm { order }),
        3 => (order(), quarter()).prop_map(|(order, quarter)| Act::Move { order, quarter }),
        2 => order().prop_map(|order| Act::Release { order }),
        1 => (order(), 0..90_i64).prop_map(|(order, minutes)| Act::Finish { order, minutes }),
        2 => (1..12_i64).prop_map(|minutes| Act::Wait { minutes }),
    ]
}

const OPENS: &str = "2026-11-22T09:00+08:00";

fn minutes_after(start: Timestamp, minutes: i64) -> Timestamp {
    Timestamp::from_second(start.as_second() + minutes * 60).expect("near")
}

/// Plays one act; refusals are fine, what they leave behind is what is tested.
fn play(world: &World, shop: &Shop, orders: &[OrderId], act: &Act) {
    let quarter = |n: i64| minutes_after(at(OPENS), n * 15);
    let claim = |order: usize, quarter: Timestamp, facial: bool, who: u8| {
        let service = if facial { shop.facial } else { shop.cut };
        let staff = [None, Some(shop.mei), Some(shop.hao)][usize::from(who)];
        let mut wanted = shop.wants(orders[order], service, OPENS, staff);
        wanted.start = quarter;
        wanted
    };
    let order = |index: &usize| orders[*index];
    match act {
        Act::Claim {
            order,
            quarter: n,
            facial,
            who,
        } => {
            let _ = crate::shop::claim(world, claim(*order, quarter(*n), *facial, *who));
        }
        Act::Hold { order, quarter: n } => {
            let until = minutes_after(world.clock.now(), 10);
            let _ = crate::shop::hold(world, claim(*order, quarter(*n), true, 0), until);
        }
        Act::Confirm { order: index } => {
            let order = order(index);
            let _ = world.write(move |tx, ctx| capacity::confirm_hold(tx, ctx, order));
        }
        Act::Move {
            order: index,
            quarter: n,
        } => {
            let (order, start) = (order(index), quarter(*n));
            let _ = world.write(move |tx, ctx| capacity::move_claim(tx, ctx, order, start, None));
        }
        Act::Release { order: index } => {
            let order = order(index);
            world
                .write(move |tx, ctx| capacity::release(tx, ctx, order))
                .expect("always");
        }
        Act::Finish {
            order: index,
            minutes,
        } => {
            let (order, now) = (order(index), minutes_after(at(OPENS), *minutes));
            world
                .write(move |tx, ctx| capacity::release_from(tx, ctx, order, now))
                .expect("always");
        }
        Act::Wait { minutes } => world.clock.set(minutes_after(world.clock.now(), *minutes)),
    }
}

/// Claims that keep others out never share a person or a room.
fn none_overlap(world: &World, shop: &Shop) {
    let day = Span::new(at("2026-11-21T00:00+08:00"), at("2026-11-24T00:00+08:00"));
    let claims = world
        .read(|tx, ctx| capacity::claims_in(tx, ctx, shop.site, day.expect("forwards")))
        .expect("read");
    let mut taken: BTreeMap<String, Vec<Span>> = BTreeMap::new();
    for claim in &claims {
        let things = claim.resources.iter().map(ToString::to_string);
        for holder in things.chain([claim.staff.to_string()]) {
            let spans = taken.entry(holder).or_default();
            assert!(
                spans.iter().all(|span| !span.overlaps(&claim.busy)),
                "{claims:?}"
            );
            spans.push(claim.busy);
        }
    }
}

fn quanta(world: &World) -> i64 {
    let sql = "select cast(count(*) as bigint) from claim_quanta where org = $1";
    world
        .read(|tx, ctx| tx.count(sql, store::params![ctx.org]))
        .expect("counted")
}

/// What is offered can be claimed, and what is not offered cannot: tried, and undone each time.
fn offers_are_honest(world: &World, shop: &Shop) {
    let day = "2026-11-22".parse().expect("a date");
    let ask = shop.ask(shop.facial, None);
    let guest = world.guest_ctx();
    let offered = world
        .db
        .read(|tx| capacity::availability(tx, &guest, &ask, day, day))
        .expect("a list");
    for quarter in 0..20 {
        let start = minutes_after(at(OPENS), quarter * 15);
        let mut wanted = shop.wants(world.ctx().id(), shop.facial, OPENS, None);
        wanted.start = start;
        let tried = world.write_as(guest.clone(), move |tx, ctx| {
            capacity::claim(tx, ctx, wanted)?;
            Err::<(), _>(kernel::Fault::stale())
        });
        let taken = tried.expect_err("undone in any case").text.key == "kernel-stale";
        let listed = offered.iter().any(|slot| slot.start == start);
        assert_eq!(taken, listed, "{start}");
    }
}

fn history(engine: Engine, acts: &[Act]) {
    on_engine(engine, &rooms(), |world| {
        let shop = open(world);
        let orders: Vec<OrderId> = (0..8).map(|_| world.ctx().id()).collect();
        for act in acts {
            play(world, &shop, &orders, act);
            none_overlap(world, &shop);
            is_sound(world);
        }
        offers_are_honest(world, &shop);
        for order in orders {
            world
                .write(move |tx, ctx| capacity::release(tx, ctx, order))
                .expect("always");
        }
        assert_eq!(quanta(world), 0, "what is released leaves nothing behind");
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn no_history_makes_two_visits_overlap(acts in prop::collection::vec(act(), 1..40)) {
        history(Engine::Sqlite, &acts);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn nor_on_postgresql(acts in prop::collection::vec(act(), 1..40)) {
        if std::env::var_os("STEWARD_TEST_POSTGRES").is_some() {
            history(Engine::Postgres, &acts);
        }
    }
}
