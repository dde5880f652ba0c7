//! Seats: the last one is sold once, several go to one order, and one customer has so many at most.

use std::sync::Barrier;

use kernel::{Channel, FaultKind};
use orders::{NewOrder, StateName, WantedSeats};
use sessions::Sell;
use testing::{at, each_engine};

use crate::shop::{is_sound, open, rooms, sell, state, sunday, taken};

const CLIENTS: usize = 24;

#[test]
fn of_24_who_want_the_last_three_seats_three_get_one_each() {
    // calcom/cal.diy#13360: two people booking a multi-seat event at once.
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        sell(world, session.id, 1).expect("free");
        let start = Barrier::new(CLIENTS);
        let winners = std::thread::scope(|scope| {
            let race = |_| {
                let (ctx, db, start) = (world.ctx(), world.db.clone(), &start);
                scope.spawn(move || {
                    start.wait();
                    let wanted = Sell {
                        session: session.id,
                        count: 1,
                        customer: None,
                        note: String::new(),
                    };
                    db.write(move |tx| Ok(sessions::sell(tx, &ctx, &wanted)?.number))
                })
            };
            let clients: Vec<_> = (0..CLIENTS).map(race).collect();
            let answers = clients.into_iter().map(|c| c.join().expect("no panic"));
            answers.filter_map(Result::ok).collect::<Vec<i64>>()
        });
        assert_eq!(
            winners.len(),
            3,
            "each with an order of its own: {winners:?}"
        );
        assert_eq!(taken(world, session.id), 4);
        let over = sell(world, session.id, 1).unwrap_err();
        assert_eq!(over.text.key, "capacity-session-full");
        is_sound(world);
    });
}

#[test]
fn two_seats_or_none_when_one_is_left() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let pair = sell(world, session.id, 2).expect("free");
        sell(world, session.id, 1).expect("free");
        let refused = sell(world, session.id, 2).unwrap_err();
        assert_eq!(refused.kind, FaultKind::Conflict);
        assert_eq!(refused.text.key, "capacity-session-few");
        assert_eq!(taken(world, session.id), 3);
        let order = world
            .read(|tx, ctx| orders::order(tx, ctx, pair))
            .expect("readable");
        let lines = world
            .read(|tx, ctx| orders::lines(tx, ctx, pair))
            .expect("readable");
        let seats: i64 = lines.iter().map(|line| line.quantity).sum();
        assert_eq!((seats, order.total.minor, order.minutes), (2, 18_000, 60));
        let slot = order.state.slot().expect("booked");
        assert_eq!((slot.span, slot.staff), (session.span, Some(session.staff)));
        is_sound(world);
    });
}

#[test]
fn a_cancelled_seat_is_free_again_and_a_hold_that_ran_out_too() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let first = sell(world, session.id, 2).expect("free");
        let (site, until) = (world.site.id, at("2026-11-21T10:10+08:00"));
        let seats = WantedSeats {
            session: session.id,
            service: shop.yoga,
            count: 2,
        };
        let held = world
            .write_as(world.guest_ctx(), move |tx, ctx| {
                let new = NewOrder {
                    hold_until: Some(until),
                    ..NewOrder::seated(site, seats)
                };
                Ok(orders::create(tx, ctx, &new)?.id)
            })
            .expect("free");
        assert!(sell(world, session.id, 1).is_err());
        world
            .write(move |tx, ctx| orders::cancel(tx, ctx, first, "ill"))
            .expect("cancelled");
        sell(world, session.id, 2).expect("given back");
        world.set_time("2026-11-21T10:10:01+08:00");
        sell(world, session.id, 2).expect("the hold ran out");
        let late = world
            .write_as(world.guest_ctx(), move |tx, ctx| {
                orders::confirm(tx, ctx, held)
            })
            .unwrap_err();
        assert_eq!(late.text.key, "capacity-hold-gone");
        world.write(orders::expire_holds).expect("given up");
        assert_eq!(state(world, held), StateName::Expired);
        assert_eq!(taken(world, session.id), 4);
        is_sound(world);
    });
}

#[test]
fn a_hold_in_time_becomes_a_promise() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let (site, until) = (world.site.id, at("2026-11-21T10:10+08:00"));
        let seats = WantedSeats {
            session: session.id,
            service: shop.yoga,
            count: 2,
        };
        let order = world
            .write_as(world.guest_ctx(), move |tx, ctx| {
                let new = NewOrder {
                    hold_until: Some(until),
                    ..NewOrder::seated(site, seats)
                };
                let held = orders::create(tx, ctx, &new)?;
                orders::confirm(tx, ctx, held.id)
            })
            .expect("free");
        assert_eq!(order.state.name(), StateName::Booked);
        world.set_time("2026-11-21T12:00+08:00");
        assert_eq!(taken(world, session.id), 2, "no hold any more");
        is_sound(world);
    });
}

#[test]
fn a_customer_online_has_so_many_seats_at_most_over_all_their_orders() {
    // OpenReservation#40: per-person caps. The desk may give more knowingly.
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let online = world.ctx().with_channel(Channel::Online);
        let ask = |count: i64| {
            let wanted = Sell {
                session: session.id,
                count,
                customer: Some(shop.chen),
                note: String::new(),
            };
            world.write_as(online.clone(), move |tx, ctx| {
                Ok(sessions::sell(tx, ctx, &wanted)?.id)
            })
        };
        assert_eq!(ask(3).unwrap_err().fields[0].field, "count");
        ask(1).expect("one");
        ask(1).expect("two");
        let third = ask(1).unwrap_err();
        assert_eq!(third.fields[0].text.key, "sessions-share");
        assert_eq!(taken(world, session.id), 2, "nothing changed");
        let wanted = Sell {
            session: session.id,
            count: 1,
            customer: Some(shop.chen),
            note: String::new(),
        };
        world
            .write(move |tx, ctx| sessions::sell(tx, ctx, &wanted))
            .expect("the desk decides for itself");
        is_sound(world);
    });
}

#[test]
fn an_order_changes_to_another_session_with_all_its_seats_or_stays() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let sunday = sunday(world, shop);
        let plan = crate::shop::yoga(world, shop, "2026-11-23T10:00+08:00");
        let monday = crate::shop::plan(world, plan).expect("planned");
        let order = sell(world, sunday.id, 2).expect("free");
        sell(world, monday.id, 2).expect("free");
        sell(world, monday.id, 1).expect("free");
        let to_monday = WantedSeats {
            session: monday.id,
            service: shop.yoga,
            count: 2,
        };
        let full = world
            .write(move |tx, ctx| orders::change_seats(tx, ctx, order, to_monday, None))
            .unwrap_err();
        assert_eq!(full.text.key, "capacity-session-few");
        assert_eq!((taken(world, sunday.id), taken(world, monday.id)), (2, 3));
        let one = WantedSeats {
            count: 1,
            ..to_monday
        };
        let moved = world
            .write(move |tx, ctx| orders::change_seats(tx, ctx, order, one, None))
            .expect("one seat is left");
        assert_eq!(moved.state.slot().map(|slot| slot.span), Some(monday.span));
        assert_eq!((taken(world, sunday.id), taken(world, monday.id)), (0, 4));
        let by_clock = orders::Reschedule {
            start: at("2026-11-24T10:00+08:00"),
            staff: None,
            version: None,
        };
        let refused = world
            .write(move |tx, ctx| orders::reschedule(tx, ctx, order, by_clock))
            .unwrap_err();
        assert_eq!(refused.text.key, "orders-refuse-session");
        is_sound(world);
    });
}
