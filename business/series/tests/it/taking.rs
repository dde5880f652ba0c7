//! Taking a series: dates that cannot be had are named, left out, replaced or overruled.

use kernel::{FaultKind, Until};
use orders::StateName;
use series::{Decision, New};
use testing::{World, at, each_engine};

use crate::shop::{Shop, abroad, book, cut, is_sound, open, rooms, starts, take, weekly};

fn tuesdays(shop: Shop, count: usize) -> New {
    New {
        order: cut(shop, "2026-11-24T10:00+08:00"),
        repeat: weekly("2026-11-24", 2, count),
        first: None,
    }
}

fn holiday(world: &World, date: &str) {
    let (site, date) = (world.site.id, date.parse().expect("a date"));
    world
        .write(move |tx, ctx| {
            let closed = organisation::SpecialDay {
                day: date,
                name: kernel::Bilingual::new("盘点", "Stock-taking"),
                hours: organisation::DayHours::parse("").expect("closed"),
            };
            organisation::set_special_day(tx, ctx, site, &closed)
        })
        .expect("closed that day");
}

#[test]
fn every_second_tuesday_at_ten_is_four_ordinary_orders_in_one_act() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let (id, orders) = take(world, tuesdays(shop, 4), &[]).expect("free");
        let numbers: Vec<i64> = orders.iter().map(|order| order.number).collect();
        assert_eq!(numbers, [1, 2, 3, 4], "each has a number of its own");
        let booked = |date: &str| (format!("{date} 10:00"), StateName::Booked);
        let dates = ["2026-11-24", "2026-12-08", "2026-12-22", "2027-01-05"];
        assert_eq!(starts(world, &world.site, id), dates.map(booked));
        let third = world
            .read(|tx, ctx| series::of_order(tx, ctx, orders[2].id))
            .expect("readable")
            .expect("a member");
        assert_eq!((third.series, third.position, third.count), (id, 3, 4));
        is_sound(world);
    });
}

#[test]
fn what_is_busy_or_closed_is_named_with_the_nearest_time_and_decided_date_by_date() {
    // LibreBooking#1220: a recurring series that skips conflicts.
    each_engine(&rooms(), |world| {
        let shop = open(world);
        book(world, shop, "2026-12-08T09:30+08:00");
        holiday(world, "2026-12-22");
        let new = tuesdays(shop, 4);
        let asked = new.clone();
        let foreseen = world
            .read(|tx, ctx| series::foresee(tx, ctx, &asked))
            .expect("foreseen");
        let why = |at: usize| foreseen[at].why.as_ref().map(|why| why.key);
        let reasons = [0, 1, 2, 3].map(why);
        let busy = Some("capacity-why-staff");
        assert_eq!(reasons, [None, busy, Some("series-why-holiday"), None]);
        let holiday = foreseen[2].why.as_ref().expect("closed");
        assert!(holiday.speak(kernel::Locale::En).contains("Stock-taking"));
        assert_eq!(foreseen[1].instead, Some(at("2026-12-08T10:30+08:00")));
        assert!(foreseen[2].instead.is_some(), "another day is near");
        let undecided = take(world, new.clone(), &[]).unwrap_err();
        assert_eq!(undecided.text.key, "series-undecided");
        let nothing: i64 = world
            .read(|tx, ctx| {
                tx.count(
                    "select cast(count(*) as bigint) from series where org = $1",
                    store::params![ctx.org],
                )
            })
            .expect("readable");
        assert_eq!(nothing, 0, "a refused series leaves no trace");
        let decided = [
            (
                "2026-12-08",
                Decision::Instead(at("2026-12-08T10:30+08:00")),
            ),
            ("2026-12-22", Decision::Skip),
        ];
        let (id, _) = take(world, new, &decided).expect("decided");
        let booked = |start: &str| (start.to_owned(), StateName::Booked);
        let wanted = ["2026-11-24 10:00", "2026-12-08 10:30", "2027-01-05 10:00"];
        assert_eq!(starts(world, &world.site, id), wanted.map(booked));
        is_sound(world);
    });
}

#[test]
fn a_busy_date_may_be_overruled_knowingly() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        book(world, shop, "2026-12-08T10:00+08:00");
        let decided = [("2026-12-08", Decision::Overrule)];
        let (id, _) = take(world, tuesdays(shop, 2), &decided).expect("overruled");
        assert_eq!(starts(world, &world.site, id).len(), 2);
        let told = world.activities();
        assert!(told.contains(&"order.overbooked".to_owned()), "{told:?}");
        is_sound(world);
    });
}

#[test]
fn ten_thousand_dates_are_refused_with_the_limit() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let refused = take(world, tuesdays(shop, 10_000), &[]).unwrap_err();
        assert_eq!(refused.kind, FaultKind::Invalid);
        assert_eq!(refused.fields[0].field, "count");
        assert!(
            refused.fields[0]
                .text
                .speak(kernel::Locale::En)
                .contains("200")
        );
        let mut endless = tuesdays(shop, 1);
        endless.repeat.until = Until::Date("2199-12-31".parse().expect("a date"));
        assert!(take(world, endless, &[]).is_err());
        assert!(!world.activities().contains(&"order.created".to_owned()));
    });
}

#[test]
fn the_hour_on_the_wall_stays_when_the_clocks_change() {
    each_engine(&rooms(), |world| {
        world.set_time("2026-10-10T10:00+02:00");
        let (berlin, shop) = abroad(world, "Europe/Berlin", "2026-10-12");
        let new = New {
            order: cut(shop, "2026-10-18T10:00+02:00"),
            repeat: weekly("2026-10-18", 1, 3),
            first: None,
        };
        let (id, orders) = take(world, new, &[]).expect("free");
        let booked = |date: &str| (format!("{date} 10:00"), StateName::Booked);
        let dates = ["2026-10-18", "2026-10-25", "2026-11-01"];
        assert_eq!(starts(world, &berlin, id), dates.map(booked));
        let hours = orders.iter().map(|order| order.due().to_string());
        let hours: Vec<String> = hours.map(|at| at[11..16].to_owned()).collect();
        assert_eq!(hours, ["08:00", "09:00", "09:00"], "in UTC it moves");
        is_sound(world);
    });
}

#[test]
fn an_order_that_is_there_becomes_the_first_of_its_series() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = book(world, shop, "2026-11-24T10:00+08:00");
        let new = New {
            first: Some(first),
            ..tuesdays(shop, 3)
        };
        let (id, taken) = take(world, new.clone(), &[]).expect("free");
        assert_eq!((taken.len(), starts(world, &world.site, id).len()), (2, 3));
        let mut again = new;
        again.repeat = weekly("2026-11-24", 1, 2);
        let twice = take(world, again, &[]).unwrap_err();
        assert_eq!(twice.text.key, "series-in-another");
        is_sound(world);
    });
}
