//! The pages of the desk.

use kernel::{Locale, Role};
use testing::each_engine;

use crate::shop::{is_sound, open, rooms, sell, sunday, taken};

#[test]
fn the_list_shows_how_full_each_session_is_in_both_languages() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        sell(world, session.id, 2).expect("free");
        let desk = world.client(Role::Desk);
        let list = desk.get("/sessions");
        assert!(list.says("2/4") && list.says("Hall"), "{}", list.body);
        let list = world.client(Role::Desk).in_locale(Locale::ZhCn);
        assert!(list.get("/sessions").says("团课"));
        let staff = world.client(Role::Staff);
        assert!(staff.get("/sessions").says("2/4"));
        assert_eq!(staff.get("/sessions/new").status, 403);
    });
}

#[test]
fn seats_are_sold_and_people_checked_in_on_the_page() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        let path = format!("/sessions/{}", session.id);
        let desk = world.client(Role::Desk);
        let sold = desk.post(
            &format!("{path}/seats"),
            "customer=Zhao+Min+13900001111&count=2",
        );
        assert_eq!(sold.status, 303, "{}", sold.body);
        assert!(desk.get(&path).says("Zhao Min"));
        let many = desk.post(&format!("{path}/seats"), "customer=Wu+Lei&count=3");
        assert_eq!(many.status, 422);
        assert!(many.says("Wu Lei"), "what was typed is kept");
        assert_eq!(taken(world, session.id), 2);
        let order = world
            .read(|tx, ctx| Ok(orders::in_session(tx, ctx, session.id)?[0].order.id))
            .expect("one");
        world.set_time("2026-11-22T09:55+08:00");
        let here = desk.post(&format!("{path}/participants/{order}/arrival"), "");
        assert_eq!(here.status, 303, "{}", here.body);
        let begun = world
            .client(Role::Manager)
            .post(&format!("{path}/start"), "");
        assert_eq!(begun.status, 303, "{}", begun.body);
        assert!(desk.get(&path).says("Under way"));
        is_sound(world);
    });
}

#[test]
fn a_course_is_planned_from_the_form_with_what_stands_in_its_way_named_first() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let desk = world.client(Role::Manager);
        assert!(desk.get("/sessions/new").says("Yoga"));
        let form = format!(
            "service={}&day=2026-11-22&time=10:00&minutes=60&seats=6&each_max=2&weeks=1&count=3",
            shop.yoga
        );
        let looked = desk.post("/sessions", &format!("{form}&look=1"));
        assert!(looked.says("3 in all, 1 not possible"), "{}", looked.body);
        let refused = desk.post("/sessions", &form);
        assert_eq!(refused.status, 422);
        let planned = desk.post("/sessions", &format!("{form}&skip=1"));
        assert_eq!(planned.status, 303, "{}", planned.body);
        assert!(desk.get("/sessions").says("0/6"));
        let wrong = desk.post("/sessions", &form.replace("seats=6", "seats=900"));
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("900"), "what was typed is kept");
        let long = desk.post("/sessions", &form.replace("count=3", "count=10000"));
        assert_eq!(long.status, 422);
        is_sound(world);
    });
}

#[test]
fn a_session_is_called_off_with_a_reason_on_its_page() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        sell(world, session.id, 1).expect("free");
        let path = format!("/sessions/{}/cancellation", session.id);
        let desk = world.client(Role::Desk);
        assert!(desk.get(&path).says("One booking is cancelled"));
        assert_eq!(desk.post(&path, "reason=").status, 422);
        let done = desk.post(&path, "reason=The+teacher+is+ill");
        assert_eq!(done.status, 303, "{}", done.body);
        assert_eq!(taken(world, session.id), 0);
        is_sound(world);
    });
}

#[test]
fn the_sessions_of_chosen_days_are_taken_along_as_a_file() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let session = sunday(world, shop);
        sell(world, session.id, 2).expect("free");
        let desk = world.client(Role::Desk);
        let all = desk.get("/sessions?format=csv");
        let lines: Vec<&str> = all.body.trim().lines().collect();
        assert_eq!(lines.len(), 2, "{}", all.body);
        assert!(lines[0].contains("Begins") && lines[0].contains("Seats taken"));
        assert!(
            lines[1].contains("2026-11-22 10:00") && lines[1].contains(",4,2,"),
            "{}",
            lines[1]
        );
        for (days, count) in [
            ("from=2026-11-22&to=2026-11-22", 1),
            ("from=2026-11-23&to=2027-02-01", 0),
            ("from=2026-10-01&to=2026-11-21", 0),
            ("from=2026-09-01&to=2026-12-31", 1),
        ] {
            let some = desk.get(&format!("/sessions?{days}&format=csv"));
            assert_eq!(some.body.trim().lines().count(), 1 + count, "{days}");
            let page = desk.get(&format!("/sessions?{days}"));
            assert_eq!(page.says("2/4"), count == 1, "{days}");
        }
    });
}
