//! This one, this and the following, or all of them.

use orders::StateName;
use series::{New, Shift, Which};
use testing::{World, at, each_engine};

use crate::shop::{Shop, book, cut, is_sound, open, rooms, starts, take, weekly};

fn course(world: &World, shop: Shop) -> (kernel::ids::SeriesId, Vec<orders::Order>) {
    let new = New {
        order: cut(shop, "2026-11-24T10:00+08:00"),
        repeat: weekly("2026-11-24", 1, 4),
        first: None,
    };
    take(world, new, &[]).expect("free")
}

#[test]
fn calling_off_this_and_the_following_leaves_those_before() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (id, orders) = course(world, shop);
        let third = orders[2].id;
        let count = world
            .write(move |tx, ctx| series::cancel(tx, ctx, third, (Which::Following, "Moves away")))
            .expect("cancelled");
        assert_eq!(count, 2);
        let states: Vec<StateName> = starts(world, &world.site, id)
            .into_iter()
            .map(|(_, state)| state)
            .collect();
        let (on, off) = (StateName::Booked, StateName::Cancelled);
        assert_eq!(states, [on, on, off, off]);
        let first = orders[0].id;
        let all = world
            .write(move |tx, ctx| series::cancel(tx, ctx, first, (Which::All, "All of it")))
            .expect("cancelled");
        assert_eq!(all, 2, "only what is still ahead");
        is_sound(world);
    });
}

#[test]
fn moving_the_following_moves_each_by_as_many_days_to_the_same_hour() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (id, orders) = course(world, shop);
        let second = orders[1].id;
        let wanted = Shift {
            which: Which::Following,
            start: at("2026-12-03T15:00+08:00"),
            staff: None,
            skip: false,
        };
        let count = world
            .write(move |tx, ctx| series::shift(tx, ctx, second, &wanted))
            .expect("free");
        assert_eq!(count, 3);
        let found: Vec<String> = starts(world, &world.site, id)
            .into_iter()
            .map(|(start, _)| start)
            .collect();
        let wanted = [
            "2026-11-24 10:00",
            "2026-12-03 15:00",
            "2026-12-10 15:00",
            "2026-12-17 15:00",
        ];
        assert_eq!(found, wanted);
        is_sound(world);
    });
}

#[test]
fn a_move_that_one_date_forbids_moves_none_unless_that_one_may_stay() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (id, orders) = course(world, shop);
        book(world, shop, "2026-12-08T15:00+08:00");
        let first = orders[0].id;
        let wanted = Shift {
            which: Which::All,
            start: at("2026-11-24T15:00+08:00"),
            staff: None,
            skip: false,
        };
        let refused = world
            .write(move |tx, ctx| series::shift(tx, ctx, first, &wanted))
            .unwrap_err();
        assert_eq!(refused.text.key, "series-shift-refused");
        assert!(refused.speak(kernel::Locale::En).contains("8 Dec"));
        let tens = |starts: &[(String, StateName)]| {
            starts
                .iter()
                .filter(|(at, _)| at.ends_with("10:00"))
                .count()
        };
        assert_eq!(tens(&starts(world, &world.site, id)), 4, "none moved");
        let lenient = Shift {
            skip: true,
            ..wanted
        };
        let count = world
            .write(move |tx, ctx| series::shift(tx, ctx, first, &lenient))
            .expect("the others are free");
        assert_eq!((count, tens(&starts(world, &world.site, id))), (3, 1));
        is_sound(world);
    });
}

#[test]
fn a_day_later_each_makes_room_for_the_one_before() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let daily = New {
            order: cut(shop, "2026-11-24T10:00+08:00"),
            repeat: kernel::Repeat {
                every: kernel::Every::Days(1),
                ..weekly("2026-11-24", 1, 3)
            },
            first: None,
        };
        let (id, orders) = take(world, daily, &[]).expect("free");
        let first = orders[0].id;
        for (start, ends) in [("2026-11-25", "2026-11-27"), ("2026-11-24", "2026-11-26")] {
            let wanted = Shift {
                which: Which::All,
                start: at(&format!("{start}T10:00+08:00")),
                staff: None,
                skip: false,
            };
            let count = world
                .write(move |tx, ctx| series::shift(tx, ctx, first, &wanted))
                .expect("each gives way to the next");
            assert_eq!(count, 3);
            let last = starts(world, &world.site, id).pop().expect("three");
            assert_eq!(last.0, format!("{ends} 10:00"));
        }
        is_sound(world);
    });
}
