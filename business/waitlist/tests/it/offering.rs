//! A freed time is offered in turn, with a time to answer.

use kernel::Span;
use orders::StateName;
use testing::{at, each_engine};
use waitlist::model::Place;

use crate::shop::{
    accept, book, cancel, full, is_sound, join, now, offer, open, rooms, state, sunday, tick, wish,
};

#[test]
fn a_cancelled_time_goes_to_the_first_in_line_and_to_nobody_else() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        tick(world);
        let [ada, bea] = ["Ada", "Bea"].map(|name| join(world, shop, name, wish(shop)));
        tick(world);
        assert_eq!((offer(world, &ada), offer(world, &bea)), (None, None));
        cancel(world, ten);
        tick(world);
        let offered = offer(world, &ada).expect("her turn");
        assert_eq!(offered.start, sunday("10:00"));
        assert_eq!(
            offered.until,
            at("2026-11-21T10:30+08:00"),
            "half an hour to answer"
        );
        assert_eq!((offered.told, offer(world, &bea)), (1, None));
        let taken = book(world, shop, "2026-11-22T10:00+08:00").unwrap_err();
        assert_eq!(taken.text.key, "capacity-why-staff", "it is held for her");
        tick(world);
        assert_eq!(offer(world, &bea), None, "still nobody else");
        let order = accept(world, &ada).expect("in time");
        assert_eq!(state(world, order), StateName::Booked);
        assert_eq!(now(world, &ada).place, Place::Placed(order));
        is_sound(world);
    });
}

#[test]
fn without_an_answer_it_goes_to_the_next_and_who_did_not_answer_to_the_end() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let [ada, bea] = ["Ada", "Bea"].map(|name| join(world, shop, name, wish(shop)));
        tick(world);
        cancel(world, ten);
        tick(world);
        let first = offer(world, &ada).expect("her turn");
        world.set_time("2026-11-21T10:30+08:00");
        tick(world);
        assert_eq!(state(world, first.order), StateName::Expired);
        assert_eq!(offer(world, &ada), None);
        let next = offer(world, &bea).expect("the next in line");
        assert_eq!(
            (next.start, next.until),
            (sunday("10:00"), at("2026-11-21T11:00+08:00"))
        );
        let line = world
            .read(|tx, ctx| waitlist::waiting_at(tx, ctx, shop.site))
            .expect("readable");
        let order: Vec<_> = line.iter().map(|entry| entry.id).collect();
        assert_eq!(order, [bea.id, ada.id]);
        assert_eq!(now(world, &ada).unanswered, 1);
        let id = ada.id;
        let late = world
            .write_as(world.guest_ctx(), move |tx, ctx| {
                waitlist::accept(tx, ctx, id, first.id)
            })
            .unwrap_err();
        assert_eq!(late.text.key, "waitlist-offer-over");
        is_sound(world);
    });
}

#[test]
fn letting_go_keeps_the_turn_but_not_for_the_same_time() {
    each_engine(&rooms(), |world| {
        let (shop, ten, eleven) = full(world);
        let [ada, bea] = ["Ada", "Bea"].map(|name| join(world, shop, name, wish(shop)));
        tick(world);
        cancel(world, ten);
        tick(world);
        let (id, first) = (ada.id, offer(world, &ada).expect("her turn"));
        for _ in 0..2 {
            world
                .write_as(world.guest_ctx(), move |tx, ctx| {
                    waitlist::decline(tx, ctx, id, first.id)
                })
                .expect("twice is once");
        }
        tick(world);
        assert_eq!(offer(world, &bea).expect("next").start, sunday("10:00"));
        assert_eq!(offer(world, &ada), None);
        cancel(world, eleven);
        tick(world);
        assert_eq!(
            offer(world, &ada).expect("first again").start,
            sunday("11:00")
        );
        is_sound(world);
    });
}

#[test]
fn two_cancellations_at_once_are_two_offers_to_two_people() {
    each_engine(&rooms(), |world| {
        let (shop, ten, eleven) = full(world);
        let [ada, bea, cleo] =
            ["Ada", "Bea", "Cleo"].map(|name| join(world, shop, name, wish(shop)));
        tick(world);
        cancel(world, ten);
        cancel(world, eleven);
        tick(world);
        let starts = [&ada, &bea].map(|entry| offer(world, entry).expect("offered").start);
        assert_eq!(starts, [sunday("10:00"), sunday("11:00")]);
        assert_eq!(offer(world, &cleo), None);
        is_sound(world);
    });
}

#[test]
fn only_what_suits_is_offered_and_the_next_is_not_kept_waiting() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let late = waitlist::Wish {
            from_minute: 11 * 60,
            ..wish(shop)
        };
        let ada = join(world, shop, "Ada", late);
        let bea = join(world, shop, "Bea", wish(shop));
        tick(world);
        cancel(world, ten);
        tick(world);
        assert_eq!(offer(world, &ada), None, "ten is too early for her");
        assert_eq!(
            offer(world, &bea).expect("it suits her").start,
            sunday("10:00")
        );
        is_sound(world);
    });
}

#[test]
fn a_new_shift_a_move_and_a_hold_that_ran_out_free_times_too() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let ada = join(world, shop, "Ada", wish(shop));
        tick(world);
        world
            .write(move |tx, ctx| {
                let span = Span::new(sunday("13:00"), sunday("14:00")).expect("forwards");
                people::add_shift(tx, ctx, shop.mei, shop.site, span)
            })
            .expect("more work");
        tick(world);
        let offered = offer(world, &ada).expect("a new shift");
        assert_eq!(offered.start, sunday("13:00"));
        let id = ada.id;
        world
            .write(move |tx, ctx| waitlist::decline(tx, ctx, id, offered.id))
            .expect("let go");
        let elsewhere = orders::Reschedule {
            start: sunday("13:00"),
            staff: None,
            version: None,
        };
        world
            .write(move |tx, ctx| orders::reschedule(tx, ctx, ten, elsewhere))
            .expect("free");
        tick(world);
        assert_eq!(offer(world, &ada).expect("a move").start, sunday("10:00"));
        is_sound(world);
    });
}

#[test]
fn at_night_the_message_waits_for_the_morning_and_the_time_to_answer_with_it() {
    each_engine(&rooms(), |world| {
        let (shop, _, eleven) = full(world);
        let ada = join(world, shop, "Ada", wish(shop));
        tick(world);
        world.set_time("2026-11-21T23:00+08:00");
        cancel(world, eleven);
        tick(world);
        let offered = offer(world, &ada).expect("held over night");
        assert_eq!(offered.until, at("2026-11-22T08:30+08:00"));
        let due = world
            .read(|tx, ctx| {
                let sql = "select due_at from messages where org = $1 and occasion = 'offered'
                    order by id limit 1";
                tx.one(sql, store::params![ctx.org], |row| row.instant(0))
            })
            .expect("readable");
        assert_eq!(due, Some(at("2026-11-22T08:00+08:00")));
        is_sound(world);
    });
}

#[test]
fn a_time_that_begins_too_soon_is_left_to_the_desk() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let ada = join(world, shop, "Ada", wish(shop));
        tick(world);
        world.set_time("2026-11-22T09:55+08:00");
        cancel(world, ten);
        tick(world);
        assert_eq!(offer(world, &ada), None);
        is_sound(world);
    });
}

#[test]
fn when_the_last_day_is_over_so_is_the_waiting() {
    each_engine(&rooms(), |world| {
        let (shop, ..) = full(world);
        let ada = join(world, shop, "Ada", wish(shop));
        world.set_time("2026-11-23T10:00+08:00");
        let site = shop.site;
        world
            .write(move |tx, ctx| waitlist::settle(tx, ctx, site))
            .expect("settled");
        assert_eq!(now(world, &ada).place, Place::Lapsed);
        is_sound(world);
    });
}

#[test]
fn the_same_wish_twice_is_one_entry_and_five_are_the_most() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let ada = join(world, shop, "Ada", wish(shop));
        let ask = |to_minute: i64| {
            let new = waitlist::NewWaiting {
                site: shop.site,
                wish: waitlist::Wish {
                    to_minute,
                    ..wish(shop)
                },
                customer: ada.customer,
                note: String::new(),
                mail: None,
            };
            world.write(move |tx, ctx| Ok(waitlist::join(tx, ctx, &new)?.id))
        };
        assert_eq!(ask(1440), Ok(ada.id));
        for to_minute in [700, 710, 720, 730] {
            ask(to_minute).expect("another wish");
        }
        assert_eq!(ask(740).unwrap_err().text.key, "waitlist-each");
    });
}
