//! Calendars that follow the bookings of one person or one room.

use kernel::Role;
use orders::Reschedule;
use testing::{Answer, World, at, each_engine};

use crate::shop::{open, rooms};

/// The path of the address that a page shows.
fn address(page: &Answer) -> String {
    let from = page.body.find("/at/lotus/feeds/").expect("an address");
    let until = page.body[from..].find(".ics").expect("its end") + 4;
    page.body[from..from + until].to_owned()
}

/// What a calendar says now, with its long lines whole again.
fn read(world: &World, path: &str) -> String {
    let answer = world.nobody().get(path);
    assert_eq!(answer.status, 200, "{}", answer.body);
    assert_eq!(
        answer.header("content-type"),
        Some("text/calendar; charset=utf-8")
    );
    answer.body.replace("\r\n ", "")
}

fn sequence(calendar: &str) -> i64 {
    let line = calendar.lines().find_map(|l| l.strip_prefix("SEQUENCE:"));
    line.expect("an event").parse().expect("a number")
}

#[test]
fn a_calendar_follows_a_booking_from_taking_to_moving_to_calling_off() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mei = world.client_of(shop.mei);
        assert!(mei.get("/my-day").says("/my-day/feed"));
        let path = address(&mei.post("/my-day/feed", ""));
        assert!(!read(world, &path).contains("BEGIN:VEVENT"));
        let order = shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        shop.booking(world, "Sofia Marino", "2026-11-21T14:00+08:00", shop.hao);
        let booked = read(world, &path);
        for line in [
            format!("UID:{}@steward\r\n", order.id),
            "DTSTART:20261121T030000Z\r\n".to_owned(),
            "DTEND:20261121T033000Z\r\n".to_owned(),
            "SUMMARY:Cut · Chen Yutong\r\n".to_owned(),
            "LOCATION:Riverside\r\n".to_owned(),
            "STATUS:CONFIRMED\r\n".to_owned(),
            "NAME:Lin Mei\r\n".to_owned(),
            "REFRESH-INTERVAL;VALUE=DURATION:PT1H\r\nX-PUBLISHED-TTL:PT1H\r\n".to_owned(),
        ] {
            assert!(booked.contains(&line), "{line} in {booked}");
        }
        assert!(!booked.contains("Sofia"), "another's bookings are hers");
        assert!(
            world
                .nobody()
                .get(&format!("{path}?lang=zh-CN"))
                .says("剪发")
        );
        let change = Reschedule {
            start: at("2026-11-21T12:00+08:00"),
            staff: Some(shop.mei),
            version: None,
        };
        let moved = world.write(move |tx, ctx| orders::reschedule(tx, ctx, order.id, change));
        moved.expect("the time is free");
        let later = read(world, &path);
        assert!(later.contains("DTSTART:20261121T040000Z"));
        assert!(sequence(&later) > sequence(&booked));
        let ended = world.write(move |tx, ctx| orders::cancel(tx, ctx, order.id, "ill"));
        ended.expect("it can be called off");
        let gone = read(world, &path);
        assert!(gone.contains("STATUS:CANCELLED"));
        assert!(sequence(&gone) > sequence(&later));
        world.set_time("2026-12-22T13:00+08:00");
        assert!(!read(world, &path).contains("BEGIN:VEVENT"), "long over");
    });
}

#[test]
fn a_calendar_that_has_everything_already_is_sent_nothing() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let path = address(&world.client_of(shop.mei).post("/my-day/feed", ""));
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let first = world.nobody().get(&path);
        let tag = first.header("etag").expect("a tag").to_owned();
        assert_eq!(first.header("cache-control"), Some("private, no-cache"));
        world.set_time("2026-11-21T10:20+08:00");
        let again = world.nobody().with_header("if-none-match", &tag);
        let known = again.get(&path);
        assert_eq!((known.status, known.body.as_str()), (304, ""));
        shop.booking(world, "Sofia Marino", "2026-11-21T14:00+08:00", shop.mei);
        assert_eq!(again.get(&path).status, 200);
    });
}

#[test]
fn the_calendar_of_a_room_says_initials_and_no_names() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        shop.booking(world, "Chen Yutong", "2026-11-21T11:00+08:00", shop.mei);
        let site = world.site.id;
        let chairs = world.read(|tx, ctx| capacity::resources_at(tx, ctx, site));
        let manager = world.client(Role::Manager);
        let texts: Vec<String> = chairs
            .expect("read")
            .iter()
            .map(|chair| manager.post(&format!("/calendar/feeds/resource/{}", chair.id), ""))
            .map(|page| read(world, &address(&page)))
            .collect();
        let of = |name: &str| texts.iter().filter(|text| text.contains(name)).count();
        assert_eq!(texts.len(), 2);
        assert_eq!(
            of("SUMMARY:Cut · CY\r\n"),
            1,
            "one chair is taken, one is not"
        );
        assert_eq!(of("Yutong"), 0);
    });
}

#[test]
fn a_forged_a_stopped_and_another_businesss_address_lead_nowhere() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mei = world.client_of(shop.mei);
        let nobody = world.nobody();
        let first = address(&mei.post("/my-day/feed", ""));
        let second = address(&mei.post("/my-day/feed", ""));
        assert_eq!(nobody.get(&first).status, 404, "a new address ends the old");
        assert_eq!(nobody.get(&second).status, 200);
        let forged = second.replace(".ics", "x.ics");
        let swapped = format!("{}aa.ics", &second[..second.len() - 6]);
        let bare = second.replace(".ics", "");
        for path in [forged, swapped, bare, "/at/lotus/feeds/x.ics".to_owned()] {
            assert_eq!(nobody.get(&path).status, 404, "{path}");
        }
        other_business(world);
        let elsewhere = second.replace("/at/lotus/", "/at/maple/");
        assert_eq!(nobody.get("/at/maple/feeds/x.ics").status, 404);
        assert_eq!(nobody.get(&elsewhere).status, 404);
        assert_eq!(mei.post("/my-day/feed/revocation", "").status, 303);
        assert_eq!(mei.post("/my-day/feed/revocation", "").status, 303);
        assert_eq!(nobody.get(&second).status, 404);
        let told = world.activities();
        let of = |name: &str| told.iter().filter(|a| *a == name).count();
        assert_eq!((of("feed.created"), of("feed.revoked")), (2, 1));
    });
}

fn other_business(world: &World) {
    let ctx = kernel::Ctx {
        org: kernel::Id::from_uuid(kernel::id::NIL),
        ..world.ctx()
    };
    let made = world.write_as(ctx, |tx, ctx| {
        let new = organisation::NewOrganisation {
            name: kernel::Bilingual::new("枫树", "Maple"),
            slug: Some("maple".to_owned()),
            brand: None,
        };
        organisation::create_organisation(tx, ctx, new)
    });
    made.expect("a second business is founded");
}

#[test]
fn staff_make_their_own_address_managers_make_any_and_readers_none() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let of_hao = format!("/calendar/feeds/staff/{}", shop.hao);
        let mei = world.client_of(shop.mei);
        assert_eq!(mei.post(&of_hao, "").status, 403);
        assert_eq!(mei.get("/calendar/feeds").status, 403);
        assert!(!mei.get("/calendar").says("/calendar/feeds"));
        for role in [Role::Desk, Role::ReadOnly] {
            assert_eq!(world.client(role).post(&of_hao, "").status, 403);
        }
        let reader = world.client(Role::ReadOnly);
        assert_eq!(reader.post("/my-day/feed", "").status, 403);
        assert_eq!(world.client(Role::Desk).get("/my-day/feed").status, 404);
        let manager = world.client(Role::Manager);
        assert!(manager.get("/calendar").says("/calendar/feeds"));
        let page = manager.get("/calendar/feeds");
        assert!(page.says("Wang Hao") && page.says("Chair 1") && page.says("Make address"));
        assert!(!page.says("New address"));
        let made = manager.post(&of_hao, "");
        assert!(made.says("New address") && made.says("Stop"));
        let path = address(&made);
        assert!(!manager.get("/calendar/feeds").says(&path), "shown once");
        assert_eq!(world.nobody().get(&path).status, 200);
        assert_eq!(manager.post("/calendar/feeds/dog/x", "").status, 404);
        let left = shop.hao;
        let gone = world.write(move |tx, ctx| people::set_staff_active(tx, ctx, left, false));
        gone.expect("he may leave");
        assert_eq!(
            world.nobody().get(&path).status,
            404,
            "whoever left sees nothing"
        );
    });
}
