//! Planning, moving, calling off; the hour itself.

use kernel::FaultKind;
use orders::{Kind, NewLine, NewOrder, StateName, WantedSlot};
use sessions::{Change, Plan};
use testing::{World, at, each_engine};

use crate::shop::{Shop, is_sound, open, plan, rooms, sell, state, sunday, taken, weekly, yoga};

fn massage(world: &World, shop: Shop, start: &str) -> Result<orders::Order, kernel::Fault> {
    let (site, start) = (world.site.id, at(start));
    world.write(move |tx, ctx| {
        let new = NewOrder {
            lines: vec![NewLine::one(shop.massage)],
            slot: Some(WantedSlot {
                start,
                staff: Some(shop.mei),
            }),
            ..NewOrder::new(site, Kind::Booking)
        };
        orders::create(tx, ctx, &new)
    })
}

#[test]
fn a_session_never_overlaps_a_visit_nor_a_visit_a_session() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let led = |start: &str| Plan {
            staff: Some(shop.mei),
            ..yoga(world, shop, start)
        };
        massage(world, shop, "2026-11-22T09:30+08:00").expect("free");
        let busy = plan(world, led("2026-11-22T10:00+08:00")).unwrap_err();
        assert_eq!(busy.text.key, "capacity-why-staff");
        let here = Plan {
            room: Some(shop.hall),
            ..led("2026-11-22T10:30+08:00")
        };
        assert_eq!(plan(world, here).expect("free").room, Some(shop.hall));
        let busy = massage(world, shop, "2026-11-22T11:00+08:00").unwrap_err();
        assert_eq!(busy.text.key, "capacity-why-staff");
        // The only room is the session's, whoever else could lead.
        let other = Plan {
            staff: Some(shop.hao),
            ..yoga(world, shop, "2026-11-22T11:00+08:00")
        };
        let full = plan(world, other).unwrap_err();
        assert_eq!(full.text.key, "capacity-why-resource");
        is_sound(world);
    });
}

#[test]
fn calling_a_session_off_cancels_every_order_and_frees_everything() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let orders: Vec<_> = (0..3)
            .map(|_| sell(world, session.id, 1).expect("free"))
            .collect();
        let id = session.id;
        let count = world
            .write(move |tx, ctx| sessions::cancel(tx, ctx, id, ("The teacher is ill", false)))
            .expect("called off");
        assert_eq!(count, 1);
        for order in &orders {
            assert_eq!(state(world, *order), StateName::Cancelled);
        }
        let told = world.activities();
        assert_eq!(told.iter().filter(|a| *a == "order.cancelled").count(), 3);
        assert!(told.contains(&"session.cancelled".to_owned()));
        assert!(sell(world, id, 1).is_err());
        plan(world, yoga(world, shop, "2026-11-22T10:00+08:00")).expect("the room is free again");
        let again = world
            .write(move |tx, ctx| sessions::cancel(tx, ctx, id, ("Twice", false)))
            .expect("no harm");
        assert_eq!(again, 0);
        is_sound(world);
    });
}

#[test]
fn a_session_that_moves_takes_everybody_along() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let order = sell(world, session.id, 2).expect("free");
        let wanted = Change {
            start: at("2026-11-22T14:00+08:00"),
            staff: Some(shop.hao),
            room: None,
            seats: 3,
            each_max: 2,
            version: session.version,
        };
        let id = session.id;
        let moved = world
            .write(move |tx, ctx| sessions::change(tx, ctx, id, &wanted))
            .expect("free");
        assert_eq!((moved.staff, moved.seats), (shop.hao, 3));
        let slot = world
            .read(|tx, ctx| Ok(orders::order(tx, ctx, order)?.state.slot()))
            .expect("readable")
            .expect("still booked");
        assert_eq!(slot.span.start, at("2026-11-22T14:00+08:00"));
        assert_eq!(slot.staff, Some(shop.hao));
        assert!(world.activities().contains(&"order.rescheduled".to_owned()));
        let stale = world
            .write(move |tx, ctx| sessions::change(tx, ctx, id, &wanted))
            .unwrap_err();
        assert_eq!(stale.kind, FaultKind::Conflict);
        let fewer = Change {
            seats: 1,
            version: moved.version,
            ..wanted
        };
        let refused = world
            .write(move |tx, ctx| sessions::change(tx, ctx, id, &fewer))
            .unwrap_err();
        assert_eq!(refused.fields[0].field, "seats");
        assert_eq!(taken(world, id), 2);
        is_sound(world);
    });
}

#[test]
fn a_weekly_course_names_the_days_that_cannot_be_and_leaves_them_out_if_told() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let wanted = yoga(world, shop, "2026-11-22T10:00+08:00");
        let repeat = weekly("2026-11-22", 3);
        let foreseen = world
            .read(|tx, ctx| sessions::foresee(tx, ctx, &wanted, &repeat))
            .expect("foreseen");
        let why: Vec<bool> = foreseen.iter().map(|one| one.why.is_some()).collect();
        assert_eq!(why, [false, false, true], "nobody works in December yet");
        let course = |skip: bool| {
            let wanted = wanted.clone();
            world.write(move |tx, ctx| sessions::plan_series(tx, ctx, &wanted, &repeat, skip))
        };
        let refused = course(false).unwrap_err();
        assert_eq!(refused.text.key, "sessions-series-conflict");
        let planned = course(true).expect("two of three");
        assert_eq!(planned.len(), 2);
        let first = planned[0].id;
        let count = world
            .write(move |tx, ctx| sessions::cancel(tx, ctx, first, ("Course ends", true)))
            .expect("called off");
        assert_eq!(count, 2);
        let endless = weekly("2026-11-22", 10_000);
        let refused = world
            .read(|tx, ctx| sessions::foresee(tx, ctx, &wanted, &endless))
            .unwrap_err();
        assert_eq!(refused.fields[0].text.key, "sessions-series-long");
        is_sound(world);
    });
}

#[test]
fn the_hour_itself_serves_who_is_here_and_frees_the_teacher_when_it_ends() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let wanted = Plan {
            staff: Some(shop.mei),
            ..yoga(world, shop, "2026-11-21T11:00+08:00")
        };
        let session = plan(world, wanted).expect("free");
        let id = session.id;
        let [early, late, absent] = [1, 1, 1].map(|n| sell(world, id, n).expect("free"));
        let here = |order| {
            world
                .write(move |tx, ctx| sessions::check_in(tx, ctx, id, order))
                .expect("checked in");
        };
        world.set_time("2026-11-21T09:59+08:00");
        let soon = world
            .write(move |tx, ctx| sessions::begin(tx, ctx, id))
            .unwrap_err();
        assert_eq!(soon.text.key, "sessions-too-early");
        world.set_time("2026-11-21T10:55+08:00");
        here(early);
        world.set_time("2026-11-21T11:00+08:00");
        world
            .write(move |tx, ctx| sessions::begin(tx, ctx, id))
            .expect("begun");
        assert_eq!(state(world, early), StateName::Serving);
        world.set_time("2026-11-21T11:05+08:00");
        here(late);
        assert_eq!(state(world, late), StateName::Serving, "it has begun");
        world.set_time("2026-11-21T11:40+08:00");
        world
            .write(move |tx, ctx| sessions::end(tx, ctx, id))
            .expect("ended");
        let states = [early, late, absent].map(|order| state(world, order));
        let done = StateName::Finished;
        assert_eq!(states, [done, done, StateName::NoShow]);
        massage(world, shop, "2026-11-21T11:45+08:00").expect("the teacher is free");
        let again = world.write(move |tx, ctx| sessions::end(tx, ctx, id));
        assert!(again.is_ok(), "the second click does no harm");
        is_sound(world);
    });
}
