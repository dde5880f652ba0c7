//! Changing what is sold and written down.

use orders::{Edit, Level, NewLine};
use testing::each_engine;

use crate::shop::{self, now, refusal, rooms, sound};

#[test]
fn the_second_of_two_editors_is_told_and_nothing_is_overwritten() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.walk_in());
        let (id, seen) = (order.id, order.version);
        let write = |note: &str| {
            let edit = Edit {
                note: Some(note.to_owned()),
                ..Edit::default()
            };
            world.write(move |tx, ctx| orders::edit(tx, ctx, id, seen, &edit))
        };
        write("Window seat").unwrap();
        assert_eq!(refusal(write("Aisle seat")), "kernel-stale");
        assert_eq!(now(world, id).note, "Window seat");
        sound(world);
    });
}

#[test]
fn lines_keep_the_price_they_were_sold_at_and_totals_follow() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.walk_in());
        let (id, version) = (order.id, order.version);
        let edit = Edit {
            lines: Some(vec![
                NewLine::one(shop.cut),
                NewLine {
                    service: shop.shampoo,
                    quantity: 3,
                },
            ]),
            level: Some(Level::Priority),
            ..Edit::default()
        };
        let changed = world.write(move |tx, ctx| {
            let mut cut = offers::service(tx, ctx, shop.cut)?;
            cut.price.minor = 99_900;
            offers::save_service(tx, ctx, &cut)?;
            orders::edit(tx, ctx, id, version, &edit)
        });
        let changed = changed.unwrap();
        assert_eq!(changed.total.minor, 16_800 + 3 * 8_800);
        // 6 % within ¥168.00 is ¥9.509…, within ¥264.00 ¥14.943…: each line rounds by itself.
        assert_eq!(changed.tax.minor, 951 + 1_494);
        assert_eq!(changed.title.en, "Cut + Shampoo");
        sound(world);
    });
}

#[test]
fn a_booked_slot_keeps_the_service_it_was_claimed_for() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.booking("2026-11-21T11:00+08:00", None));
        let (id, version) = (order.id, order.version);
        let lines = Some(vec![NewLine::one(shop.facial)]);
        let edit = Edit {
            lines,
            ..Edit::default()
        };
        let changed = world.write(move |tx, ctx| orders::edit(tx, ctx, id, version, &edit));
        assert_eq!(refusal(changed), "orders-refuse-main-service");
        world
            .write(move |tx, ctx| orders::cancel(tx, ctx, id, "Ill"))
            .unwrap();
        let edit = Edit {
            lines: Some(Vec::new()),
            ..Edit::default()
        };
        let changed = world.write(move |tx, ctx| orders::edit(tx, ctx, id, version + 1, &edit));
        assert_eq!(refusal(changed), "orders-refuse-lines-closed");
        world
            .write(move |tx, ctx| orders::add_note(tx, ctx, id, "Called back"))
            .unwrap();
        let notes = world.read(|tx, ctx| orders::notes(tx, ctx, id)).unwrap();
        assert_eq!(notes[0].text, "Called back");
        sound(world);
    });
}

#[test]
fn a_booking_whose_work_grows_keeps_its_start_and_takes_longer_or_is_left_as_it_was() {
    each_engine(&rooms(), |world| {
        let shop = shop::open(world);
        let order = shop.take(world, &shop.booking("2026-11-21T11:00+08:00", None));
        let (id, version) = (order.id, order.version);
        let slot = order.state.slot().unwrap();
        let cuts = |quantity| Edit {
            lines: Some(vec![NewLine {
                service: shop.cut,
                quantity,
            }]),
            ..Edit::default()
        };
        let two = cuts(2);
        let grown = world
            .write(move |tx, ctx| orders::edit(tx, ctx, id, version, &two))
            .unwrap();
        let longer = grown.state.slot().unwrap();
        assert_eq!(longer.span.start, slot.span.start);
        assert_eq!(longer.staff, slot.staff);
        assert_eq!(longer.span.minutes(), 2 * slot.span.minutes());

        let after = longer.span.end.to_string();
        shop.take(world, &shop.booking(&after, longer.staff));
        let three = cuts(3);
        let refused = world.write(move |tx, ctx| orders::edit(tx, ctx, id, grown.version, &three));
        assert!(refused.is_err(), "the next customer is in the way");
        assert_eq!(now(world, id).state.slot().unwrap().span, longer.span);
        assert_eq!(shop::claims(world), 2);
        sound(world);
    });
}
