//! Group sessions and series, as the calendar and its addresses show them.

use std::collections::BTreeMap;

use kernel::{Every, Repeat, Role, Span, Until};
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use sessions::{Plan, Sell};
use testing::{Answer, World, at, each_engine};

use crate::shop::{Shop, open, rooms};

fn class(world: &World, shop: Shop) -> sessions::Session {
    let plan = Plan {
        site: world.site.id,
        service: shop.cut,
        start: at("2026-11-21T14:00+08:00"),
        minutes: 60,
        staff: Some(shop.mei),
        room: None,
        seats: 10,
        each_max: 4,
    };
    let sold = world.write(move |tx, ctx| {
        let session = sessions::plan(tx, ctx, &plan)?;
        for (name, count) in [("Zhao Min", 3), ("Wu Lei", 4)] {
            let named = customers::Named::parse(name);
            let wanted = Sell {
                session: session.id,
                count,
                customer: Some(customers::find_or_create(tx, ctx, &named)?),
                note: String::new(),
            };
            sessions::sell(tx, ctx, &wanted)?;
        }
        Ok(session)
    });
    sold.expect("free")
}

fn address(page: &Answer) -> String {
    let from = page.body.find("/at/lotus/feeds/").expect("an address");
    let until = page.body[from..].find(".ics").expect("its end") + 4;
    page.body[from..from + until].to_owned()
}

#[test]
fn a_class_is_one_block_of_the_calendar_that_says_how_full_it_is() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = class(world, shop);
        let page = world.client(Role::Manager).get("/calendar");
        assert!(page.says("7/10"), "{}", page.body);
        assert!(page.says(&format!("/sessions/{}", session.id)));
        assert!(
            !page.says("Zhao Min"),
            "who comes is on the page of the class"
        );
    });
}

#[test]
fn a_class_is_one_entry_of_its_leaders_calendar_address() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = class(world, shop);
        let mei = world.client_of(shop.mei);
        let path = address(&mei.post("/my-day/feed", ""));
        let calendar = world.nobody().get(&path).body.replace("\r\n ", "");
        assert_eq!(calendar.matches("BEGIN:VEVENT").count(), 1, "{calendar}");
        assert!(calendar.contains(&format!("UID:{}@steward", session.id)));
        assert!(calendar.contains("SUMMARY:Cut · 7/10"), "{calendar}");
        assert!(calendar.contains("DTSTART:20261121T060000Z"));
    });
}

#[test]
fn every_date_of_a_series_stands_on_its_own_day_in_the_calendar_address() {
    // calcom/cal.diy#14641: a feed that shifts recurring events a day.
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let site = world.site.id;
        let days = ["2026-11-21", "2026-11-28", "2026-12-05"];
        world
            .write(move |tx, ctx| {
                for day in &days[1..] {
                    let clock = |time: &str| at(&format!("{day}T{time}+08:00"));
                    let span = Span::new(clock("09:00"), clock("21:00")).expect("forwards");
                    people::add_shift(tx, ctx, shop.mei, site, span)?;
                }
                let order = NewOrder {
                    lines: vec![NewLine::one(shop.cut)],
                    slot: Some(WantedSlot {
                        start: at("2026-11-21T17:00+08:00"),
                        staff: Some(shop.mei),
                    }),
                    ..NewOrder::new(site, Kind::Booking)
                };
                let repeat = Repeat {
                    first: days[0].parse().expect("a date"),
                    every: Every::Weeks(1),
                    until: Until::Count(3),
                };
                let new = series::New {
                    order,
                    repeat,
                    first: None,
                };
                series::create(tx, ctx, &new, &BTreeMap::new())
            })
            .expect("free");
        let path = address(&world.client_of(shop.mei).post("/my-day/feed", ""));
        let calendar = world.nobody().get(&path).body;
        let starts: Vec<&str> = calendar
            .lines()
            .filter_map(|line| line.strip_prefix("DTSTART:"))
            .collect();
        let wanted = ["20261121T090000Z", "20261128T090000Z", "20261205T090000Z"];
        assert_eq!(starts, wanted);
        assert!(
            !calendar.contains("RRULE"),
            "each date is an entry of its own"
        );
    });
}
