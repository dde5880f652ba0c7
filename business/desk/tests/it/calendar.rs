//! The calendar's week, its rooms, and one person's list on a phone.

use std::time::Instant;

use kernel::Role;
use kernel::{Span, ids::StaffId};
use people::StaffFields;
use testing::{World, at, each_engine};

use crate::shop::{open, rooms};

#[test]
fn one_persons_week_has_a_column_a_day_with_their_bookings_and_shifts() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        shop.booking(world, "Sofia Marino", "2026-11-21T12:00+08:00", shop.hao);
        let desk = world.client(Role::Desk);
        let path = format!("/calendar?day=2026-11-18&view=week&who={}", shop.mei);
        let week = desk.get(&path);
        assert!(week.says("Mon 16 Nov") && week.says("data-date=\"2026-11-21\""));
        assert_eq!(week.body.matches("class=\"cc\"").count(), 7);
        assert!(week.says("Chen Yutong") && week.says("Off shift"));
        let grid = desk.get(&path.replace("/calendar?", "/calendar/grid?"));
        let columns = grid.body.split("class=\"cal only-wide\"").nth(1);
        let columns = columns.expect("there are columns");
        assert!(!columns.contains("Sofia Marino"), "only her own week");
    });
}

#[test]
fn a_block_carried_to_another_day_of_the_week_is_moved_there() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mei = shop.mei;
        let site = world.site.id;
        let monday = world.write(move |tx, ctx| {
            let span = Span::new(at("2026-11-23T09:00+08:00"), at("2026-11-23T18:00+08:00"));
            people::add_shift(tx, ctx, mei, site, span.expect("forwards"))
        });
        monday.expect("it is free");
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let desk = world.client(Role::Desk).with_header("hx-request", "true");
        let wish = format!(
            "order={}&start=2026-11-23T15:00&staff={mei}&version={}",
            order.id, order.version
        );
        assert_eq!(desk.post("/calendar/moves", &wish).status, 204);
        let week = desk.get(&format!("/calendar?day=2026-11-23&view=week&who={mei}"));
        assert!(week.says("15:00–15:30") && week.says("Chen Yutong"));
    });
}

#[test]
fn everybodys_week_is_a_table_of_hours_and_visits() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let page = world
            .client(Role::Desk)
            .get("/calendar?day=2026-11-21&view=week");
        assert!(page.says("09:00–18:00") && page.says("1 visit") && page.says("Off shift"));
        assert!(
            page.says(&format!("who={}", shop.mei)),
            "each name leads to a week"
        );
    });
}

#[test]
fn a_room_keeps_whoever_serves_when_a_block_moves_in_its_column() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let rooms = world
            .client(Role::Desk)
            .get("/calendar/grid?day=2026-11-21&view=rooms");
        assert!(rooms.says("data-keeps") && rooms.says(&format!("data-of=\"{}\"", shop.mei)));
        assert!(rooms.says("data-moves"));
        let looking = world
            .client(Role::ReadOnly)
            .get("/calendar/grid?day=2026-11-21&view=rooms");
        assert!(!looking.says("data-moves"), "who only looks moves nothing");
    });
}

#[test]
fn a_phone_shows_one_persons_day_as_a_list() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        shop.booking(world, "Sofia Marino", "2026-11-21T12:00+08:00", shop.hao);
        let own = world.client_of(shop.mei).get("/calendar");
        let list = |page: &testing::Answer| {
            let list = page.body.split("id=\"agenda\"").nth(1);
            let list = list.and_then(|rest| rest.split("</ol>").next());
            list.expect("there is a list").to_owned()
        };
        assert!(list(&own).contains("Chen Yutong") && !list(&own).contains("Sofia Marino"));
        assert!(list(&own).contains("Free until 11:00"), "it is ten");
        assert!(own.says("class=\"strip\"") && own.says("Sat 21 Nov"));
        let other = world
            .client_of(shop.mei)
            .get(&format!("/calendar?who={}", shop.hao));
        assert!(list(&other).contains("Sofia Marino"));
        let nothing = world.client(Role::Desk).get("/calendar?day=2026-11-29");
        assert!(nothing.says("Nothing on this day"));
        let wrong = world.client(Role::Desk).get("/calendar?who=nobody");
        assert_eq!(wrong.status, 422);
    });
}

fn thirty(world: &World) -> Vec<StaffId> {
    let site = world.site.id;
    let hired = world.write(move |tx, ctx| {
        let mut ids = Vec::new();
        for number in 0..30 {
            let fields = StaffFields {
                name: format!("Person {number:02}"),
                sites: vec![site],
                skills: vec!["hair".to_owned()],
                ..StaffFields::default()
            };
            let id = people::create_staff(tx, ctx, fields)?.id;
            for day in 16..=22 {
                let span = Span::new(
                    at(&format!("2026-11-{day}T09:00+08:00")),
                    at(&format!("2026-11-{day}T18:00+08:00")),
                );
                people::add_shift(tx, ctx, id, site, span.expect("forwards"))?;
            }
            ids.push(id);
        }
        Ok(ids)
    });
    hired.expect("they are taken on")
}

#[test]
fn thirty_people_are_drawn_without_a_wait() {
    each_engine(&rooms(), |world| {
        open(world);
        thirty(world);
        let desk = world.client(Role::Desk);
        for view in ["both", "week"] {
            let begun = Instant::now();
            let page = desk.get(&format!("/calendar?day=2026-11-21&view={view}"));
            assert!(page.says("Person 29"), "{view}");
            let took = begun.elapsed();
            eprintln!("{view}: {} ms", took.as_millis());
            // A debug build on a busy machine; what it must never be is seconds.
            assert!(took.as_secs() < 5, "{view} took {took:?}");
        }
    });
}

#[test]
fn an_empty_calendar_says_what_would_be_there_and_leads_to_it() {
    each_engine(&rooms(), |world| {
        let manager = world.client(Role::Manager);
        let people = manager.get("/calendar?view=staff");
        assert!(people.says("Nobody serves here yet") && people.says("href=\"/staff/new\""));
        let empty = manager.get("/calendar?view=rooms");
        assert!(empty.says("No rooms or equipment yet") && empty.says("href=\"/resources\""));
        let desk = world.client(Role::Desk).get("/calendar?view=rooms");
        assert!(desk.says("No rooms or equipment yet") && !desk.says("Add a room"));
    });
}
