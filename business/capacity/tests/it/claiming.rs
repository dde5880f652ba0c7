//! Claiming, holding, moving and giving back, on both databases.

use capacity::{Occupy, Standing};
use kernel::{FaultKind, Role};
use testing::{at, each_engine};

use crate::shop::{claim, free, hold, is_sound, open, order, rooms};

const TEN: &str = "2026-11-22T10:00+08:00";
const ELEVEN: &str = "2026-11-22T11:00+08:00";

#[test]
fn a_claimed_time_is_no_longer_free_and_comes_back_when_released() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (mei, taken) = (Some(shop.mei), order(world));
        let before = free(world, &shop.ask(shop.cut, mei), "2026-11-22");
        assert_eq!(before.first().map(String::as_str), Some("09:00"));
        claim(world, shop.wants(taken, shop.cut, TEN, mei)).expect("free");
        let during = free(world, &shop.ask(shop.cut, mei), "2026-11-22");
        // 50 minutes and 10 of clean-up: 09:00 still fits before, 11:00 after.
        let gone: Vec<_> = before
            .iter()
            .filter(|time| !during.contains(time))
            .collect();
        assert_eq!(
            gone,
            [
                "09:15", "09:30", "09:45", "10:00", "10:15", "10:30", "10:45"
            ]
        );
        is_sound(world);
        let released = world.write(move |tx, ctx| capacity::release(tx, ctx, taken));
        assert!(released.expect("written"));
        assert_eq!(free(world, &shop.ask(shop.cut, mei), "2026-11-22"), before);
        let again = world.write(move |tx, ctx| capacity::release(tx, ctx, taken));
        assert!(!again.expect("releasing twice is harmless"));
        is_sound(world);
    });
}

#[test]
fn a_person_and_a_room_are_held_together_or_not_at_all() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = claim(
            world,
            shop.wants(order(world), shop.facial, TEN, Some(shop.mei)),
        );
        assert_eq!(first.expect("free").resources, [shop.room]);
        // Hao is free, the only room is not.
        let second = claim(
            world,
            shop.wants(order(world), shop.facial, TEN, Some(shop.hao)),
        );
        let fault = second.expect_err("the room is taken");
        assert_eq!(fault.kind, FaultKind::Conflict);
        assert_eq!(fault.text.key, "capacity-why-resource");
        let cut = claim(
            world,
            shop.wants(order(world), shop.cut, TEN, Some(shop.hao)),
        );
        cut.expect("the refused claim left nothing of Hao behind");
        is_sound(world);
    });
}

#[test]
fn anybody_means_whoever_has_least_to_do_that_day() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mut served = Vec::new();
        for hour in ["10", "12", "14", "16"] {
            let start = format!("2026-11-22T{hour}:00+08:00");
            let made = claim(world, shop.wants(order(world), shop.cut, &start, None));
            served.push(made.expect("free").staff);
        }
        assert_eq!(served.iter().filter(|staff| **staff == shop.mei).count(), 2);
        assert_ne!(served[0], served[1]);
        let third = claim(world, shop.wants(order(world), shop.cut, TEN, None)).expect("one left");
        assert_ne!(third.staff, served[0]);
        let full = claim(world, shop.wants(order(world), shop.cut, TEN, None));
        assert_eq!(
            full.expect_err("both are busy").text.key,
            "capacity-why-staff"
        );
    });
}

#[test]
fn a_move_takes_the_new_time_and_keeps_the_old_one_when_refused() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (mine, other) = (order(world), order(world));
        let mei = Some(shop.mei);
        claim(world, shop.wants(mine, shop.cut, TEN, mei)).expect("free");
        claim(
            world,
            shop.wants(other, shop.cut, "2026-11-22T12:00+08:00", mei),
        )
        .expect("free");
        // Half an hour on overlaps the old time of the same claim: that is no obstacle.
        let step = "2026-11-22T10:30+08:00";
        let moved = world.write(move |tx, ctx| capacity::move_claim(tx, ctx, mine, at(step), None));
        assert_eq!(moved.expect("free").staff, shop.mei);
        is_sound(world);
        let refused = world.write(move |tx, ctx| {
            capacity::move_claim(tx, ctx, mine, at("2026-11-22T11:30+08:00"), mei)
        });
        assert_eq!(refused.expect_err("taken").kind, FaultKind::Conflict);
        let kept = world
            .read(|tx, ctx| capacity::claim_of(tx, ctx, mine))
            .expect("read");
        assert_eq!(kept.expect("still there").start, at(step));
        is_sound(world);
        let hao = Some(shop.hao);
        let moved = world.write(move |tx, ctx| capacity::move_claim(tx, ctx, mine, at(TEN), hao));
        assert_eq!(moved.expect("free").staff, shop.hao);
        is_sound(world);
    });
}

#[test]
fn a_hold_keeps_others_out_until_it_runs_out() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (mei, held) = (Some(shop.mei), order(world));
        let until = at("2026-11-21T10:10+08:00");
        hold(world, shop.wants(held, shop.cut, TEN, mei), until).expect("free");
        let late = claim(world, shop.wants(order(world), shop.cut, TEN, mei));
        assert_eq!(late.expect_err("held").kind, FaultKind::Conflict);
        let is_free = || {
            let times = free(world, &shop.ask(shop.cut, mei), "2026-11-22");
            times.contains(&"10:00".to_owned())
        };
        assert!(!is_free(), "held");
        // Nothing is written in between: what was asked before is not what is answered now.
        world.set_time("2026-11-21T10:10+08:00");
        assert!(is_free());
        claim(world, shop.wants(order(world), shop.cut, TEN, mei)).expect("the hold ran out");
        is_sound(world);
        let confirmed = world.write(move |tx, ctx| capacity::confirm_hold(tx, ctx, held));
        assert_eq!(confirmed.expect_err("gone").kind, FaultKind::Conflict);
    });
}

#[test]
fn a_hold_confirmed_late_is_kept_when_nobody_took_the_time() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let held = order(world);
        let until = at("2026-11-21T10:10+08:00");
        hold(world, shop.wants(held, shop.facial, TEN, None), until).expect("free");
        world.set_time("2026-11-21T10:12+08:00");
        for _ in 0..2 {
            let firm = world.write(move |tx, ctx| capacity::confirm_hold(tx, ctx, held));
            assert_eq!(firm.expect("still free").standing, Standing::Firm);
        }
        is_sound(world);
    });
}

#[test]
fn an_order_claims_once() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let twice = order(world);
        claim(world, shop.wants(twice, shop.cut, TEN, None)).expect("free");
        let second = claim(world, shop.wants(twice, shop.cut, ELEVEN, None));
        assert_eq!(
            second.expect_err("has one").text.key,
            "capacity-order-claimed"
        );
        is_sound(world);
    });
}

#[test]
fn finishing_early_gives_the_rest_back_and_keeps_the_clean_up() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (mine, mei) = (order(world), Some(shop.mei));
        claim(world, shop.wants(mine, shop.cut, TEN, mei)).expect("free");
        let done = at("2026-11-22T10:22+08:00");
        world
            .write(move |tx, ctx| capacity::release_from(tx, ctx, mine, done))
            .expect("written");
        is_sound(world);
        // Finished at 10:20 by the book, ten minutes of clean-up, free from 10:30.
        let next = claim(
            world,
            shop.wants(order(world), shop.cut, "2026-11-22T10:30+08:00", mei),
        );
        next.expect("free again");
        is_sound(world);
    });
}

#[test]
fn a_walk_in_occupies_a_person_up_to_the_next_booking() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mei = Some(shop.mei);
        claim(
            world,
            shop.wants(order(world), shop.cut, "2026-11-21T10:30+08:00", mei),
        )
        .expect("free");
        let walk_in = Occupy {
            order: order(world),
            site: shop.site,
            service: shop.cut,
            staff: shop.mei,
            start: at("2026-11-21T10:02+08:00"),
            minutes: 60,
        };
        let busy = Occupy {
            order: order(world),
            ..walk_in.clone()
        };
        let made = world.write(move |tx, ctx| capacity::occupy(tx, ctx, &walk_in));
        let made = made.expect("written").expect("free until half past");
        assert_eq!(made.end, at("2026-11-21T10:30+08:00"));
        let second = world.write(move |tx, ctx| capacity::occupy(tx, ctx, &busy));
        assert_eq!(second.expect("written"), None);
        is_sound(world);
    });
}

#[test]
fn customers_keep_notice_and_horizon_and_the_desk_does_not() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let soon = shop.wants(order(world), shop.cut, "2026-11-21T10:00+08:00", None);
        let until = at("2026-11-21T10:10+08:00");
        world.set_time("2026-11-21T09:59+08:00");
        let fault = hold(world, soon.clone(), until).expect_err("too soon");
        assert_eq!(
            (fault.kind, fault.text.key),
            (FaultKind::Invalid, "capacity-why-notice")
        );
        claim(world, soon).expect("the desk may");
        for absurd in [
            "1970-01-01T00:00Z",
            "9999-12-01T00:00Z",
            "-000044-03-15T00:00Z",
        ] {
            let wanted = shop.wants(order(world), shop.cut, absurd, None);
            assert_eq!(
                claim(world, wanted).expect_err("absurd").kind,
                FaultKind::Invalid
            );
        }
    });
}

#[test]
fn a_retired_room_is_not_claimed_and_needs_the_right_to_retire_it() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let room = shop.room;
        let desk = world.write_as(world.ctx_of(Role::Desk), move |tx, ctx| {
            capacity::retire_resource(tx, ctx, room, true)
        });
        assert_eq!(desk.expect_err("not the desk").kind, FaultKind::Forbidden);
        world
            .write(move |tx, ctx| capacity::retire_resource(tx, ctx, room, true))
            .expect("the owner may");
        let facial = claim(world, shop.wants(order(world), shop.facial, TEN, None));
        assert_eq!(
            facial.expect_err("no room").text.key,
            "capacity-why-resource-none"
        );
        let guest = world.write_as(world.guest_ctx(), move |tx, ctx| {
            capacity::retire_resource(tx, ctx, room, false)
        });
        assert_eq!(guest.expect_err("not a guest").kind, FaultKind::Forbidden);
    });
}

#[test]
fn the_check_names_a_claim_that_lost_its_time() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        claim(world, shop.wants(order(world), shop.facial, TEN, None)).expect("free");
        is_sound(world);
        let room = shop.room;
        world
            .write(move |tx, ctx| {
                let sql = "delete from claim_quanta where org = $1 and resource = $2";
                tx.execute(sql, store::params![ctx.org, room])
            })
            .expect("broken on purpose");
        let check = capacity::room().verify[0];
        let found = world.read(check).expect("readable");
        assert!(
            found
                .expect("a break")
                .contains("does not hold all of its time")
        );
    });
}
