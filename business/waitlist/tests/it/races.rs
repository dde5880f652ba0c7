//! Two people, one moment.

use std::sync::Barrier;

use kernel::Fault;
use orders::StateName;
use testing::{at, each_engine};
use waitlist::model::Place;

use crate::shop::{
    accept, book, cancel, full, is_sound, join, now, offer, posting, rooms, state, tick, wish,
};

#[test]
fn accepting_at_the_last_second_while_the_time_goes_on_leaves_one_outcome() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let [ada, bea] = ["Ada", "Bea"].map(|name| join(world, shop, name, wish(shop)));
        tick(world);
        cancel(world, ten);
        tick(world);
        let offered = offer(world, &ada).expect("her turn");
        let start = Barrier::new(2);
        let (early, late) = (
            world.guest_ctx().at(at("2026-11-21T10:29:59+08:00")),
            world.ctx().at(offered.until),
        );
        let (mine, theirs) = (world.db.clone(), world.db.clone());
        let site = shop.site;
        let (accepted, _) = std::thread::scope(|scope| {
            let accept = scope.spawn(|| {
                start.wait();
                let (id, offer) = (ada.id, offered.id);
                mine.write(move |tx| waitlist::accept(tx, &early, id, offer))
            });
            let settle = scope.spawn(|| {
                start.wait();
                theirs.write(move |tx| waitlist::settle(tx, &late, site))
            });
            (
                accept.join().expect("no panic"),
                settle.join().expect("no panic"),
            )
        });
        world.set_time("2026-11-21T10:30+08:00");
        tick(world);
        let placed = matches!(now(world, &ada).place, Place::Placed(_));
        assert_eq!(accepted.is_ok(), placed, "what she was told is what is so");
        assert_ne!(placed, offer(world, &bea).is_some(), "never both");
        let booked = state(world, offered.order) == StateName::Booked;
        assert_eq!(placed, booked);
        is_sound(world);
    });
}

#[test]
fn a_time_the_desk_gave_away_meanwhile_is_gone_and_the_place_in_line_is_kept() {
    each_engine(&rooms(), |world| {
        let (shop, ten, eleven) = full(world);
        let ada = join(world, shop, "Ada", wish(shop));
        tick(world);
        cancel(world, ten);
        tick(world);
        let offered = offer(world, &ada).expect("her turn");
        // The desk needs the time: it calls the hold off and books somebody at the counter.
        cancel(world, offered.order);
        book(world, shop, "2026-11-22T10:00+08:00").expect("free for the desk");
        let gone = accept(world, &ada).unwrap_err();
        assert_eq!(gone.text.key, "orders-refuse-cancelled");
        tick(world);
        assert_eq!(now(world, &ada).place, Place::Waiting);
        cancel(world, eleven);
        tick(world);
        assert!(offer(world, &ada).is_some(), "the next one is hers");
        is_sound(world);
    });
}

#[test]
fn rounds_at_once_offer_a_time_to_one_person() {
    each_engine(&rooms(), |world| {
        let (shop, ten, _) = full(world);
        let entries = ["Ada", "Bea", "Cleo"].map(|name| join(world, shop, name, wish(shop)));
        tick(world);
        cancel(world, ten);
        let (app, _) = posting(world);
        let start = Barrier::new(4);
        let rounds: Vec<Result<(), Fault>> = std::thread::scope(|scope| {
            let round = |_| {
                let (app, ctx, start) = (app.clone(), world.ctx(), &start);
                scope.spawn(move || {
                    start.wait();
                    waitlist::round(&app, &ctx, shop.site)
                })
            };
            let running: Vec<_> = (0..4).map(round).collect();
            running
                .into_iter()
                .map(|round| round.join().expect("no panic"))
                .collect()
        });
        assert!(rounds.iter().all(Result::is_ok), "{rounds:?}");
        let offered = entries.iter().filter(|entry| offer(world, entry).is_some());
        assert_eq!(offered.count(), 1);
        is_sound(world);
    });
}
