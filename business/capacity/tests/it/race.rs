//! Many customers, one time.

use std::sync::Barrier;

use testing::{at, each_engine};

use crate::shop::{is_sound, open, order, rooms};

const CLIENTS: usize = 32;

#[test]
fn of_32_customers_after_one_time_one_gets_it() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let start = Barrier::new(CLIENTS);
        let race = |_| {
            let wanted = shop.wants(order(world), shop.facial, "2026-11-22T10:00+08:00", None);
            let ctx = world.guest_ctx();
            let db = world.db.clone();
            let start = &start;
            move || {
                start.wait();
                db.write(move |tx| capacity::claim(tx, &ctx, wanted))
                    .is_ok()
            }
        };
        let winners = std::thread::scope(|scope| {
            let clients: Vec<_> = (0..CLIENTS).map(|n| scope.spawn(race(n))).collect();
            clients
                .into_iter()
                .map(|c| c.join().expect("no panic"))
                .filter(|won| *won)
                .count()
        });
        assert_eq!(winners, 1);
        is_sound(world);
    });
}

#[test]
fn a_hold_confirmed_while_others_want_it_is_whole_or_gone() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let held = order(world);
        let until = at("2026-11-21T10:10+08:00");
        let wanted = shop.wants(held, shop.facial, "2026-11-22T10:00+08:00", None);
        crate::shop::hold(world, wanted, until).expect("free");
        let rival = shop.wants(order(world), shop.facial, "2026-11-22T10:00+08:00", None);
        let (early, late) = (
            world.ctx().at(at("2026-11-21T10:09:59+08:00")),
            world.ctx().at(until),
        );
        let (mine, theirs) = (world.db.clone(), world.db.clone());
        let (kept, lost) = std::thread::scope(|scope| {
            let confirm = scope.spawn(move || {
                mine.write(move |tx| capacity::confirm_hold(tx, &early, held))
                    .is_ok()
            });
            let steal = scope.spawn(move || {
                theirs
                    .write(move |tx| capacity::claim(tx, &late, rival))
                    .is_ok()
            });
            (
                confirm.join().expect("no panic"),
                steal.join().expect("no panic"),
            )
        });
        assert!(kept != lost, "exactly one of them has the time");
        is_sound(world);
    });
}
