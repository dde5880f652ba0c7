//! Moving and cancelling by the secret link.

use orders::StateName;
use testing::each_engine;

use crate::shop::{ELEVEN, KEY, TEN, booked, open, orders, rooms, states, tap};

#[test]
fn a_customer_moves_and_cancels_in_time() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let guest = world.nobody();
        let path = booked(&guest, TEN, KEY);
        assert!(guest.get(&format!("{path}/times")).says("Another time"));
        let moved = guest.post(&format!("{path}/times"), &format!("start={ELEVEN}&who="));
        assert_eq!(moved.location(), path);
        assert!(guest.get(&path).says("11:00–12:00"));
        let again = guest.post(&format!("{path}/times"), &format!("start={ELEVEN}&who="));
        assert_eq!(again.status, 303, "moving twice is harmless");
        let with = format!("start={TEN}&who={}", shop.hao);
        assert_eq!(guest.post(&format!("{path}/times"), &with).status, 303);
        assert_eq!(
            orders(world)[0].state.slot().expect("booked").staff,
            Some(shop.hao)
        );
        for _ in 0..2 {
            let cancelled = guest.post(&format!("{path}/cancellation"), "");
            assert_eq!(cancelled.location(), path);
        }
        assert!(guest.get(&path).says("Cancelled"));
        assert_eq!(states(world), [StateName::Cancelled]);
        assert_eq!(
            tap(&guest, TEN, "nextcustomer").status,
            303,
            "the time is free again"
        );
        let cancelled = world.activities();
        let count = cancelled
            .iter()
            .filter(|activity| *activity == "order.cancelled")
            .count();
        assert_eq!(count, 1);
    });
}

#[test]
fn after_the_cut_off_the_page_says_whom_to_call() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = booked(&guest, TEN, KEY);
        world.set_time("2026-11-22T09:59+08:00");
        let page = guest.get(&path);
        assert!(page.says("Please call 021 5555 0100") && !page.says("Cancel booking"));
        let late = guest.post(&format!("{path}/cancellation"), "");
        assert_eq!(late.status, 409);
        assert!(late.says("Please call 021 5555 0100"));
        assert!(
            late.says(&format!("{path}?lang=zh-CN")),
            "the other language is a page"
        );
        let late = guest.post(&format!("{path}/times"), &format!("start={ELEVEN}&who="));
        assert_eq!(late.status, 409);
        assert!(late.says("Please call 021 5555 0100"));
        assert_eq!(states(world), [StateName::Booked]);
    });
}

#[test]
fn a_move_to_a_taken_time_changes_nothing() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        booked(&guest, TEN, "firstcustomer");
        booked(&guest, TEN, "secondcustomer");
        let path = booked(&guest, ELEVEN, KEY);
        let refused = guest.post(&format!("{path}/times"), &format!("start={TEN}&who="));
        assert_eq!(refused.status, 409);
        assert!(refused.says("just been taken") && refused.says("Nearest free times"));
        assert!(guest.get(&path).says("11:00–12:00"));
    });
}

#[test]
fn the_calendar_file_follows_the_booking() {
    each_engine(&rooms(), |world| {
        open(world);
        let guest = world.nobody();
        let path = booked(&guest, TEN, KEY);
        let file = guest.get(&format!("{path}/calendar.ics"));
        assert_eq!(
            file.header("content-type"),
            Some("text/calendar; charset=utf-8")
        );
        assert!(file.says("DTSTART:20261122T020000Z\r\n") && file.says("STATUS:CONFIRMED"));
        let sequence = |body: &str| -> i64 {
            let line = body.lines().find_map(|line| line.strip_prefix("SEQUENCE:"));
            line.and_then(|number| number.parse().ok())
                .expect("a number")
        };
        let uid = |body: &str| {
            body.lines()
                .find(|line| line.starts_with("UID:"))
                .map(str::to_owned)
        };
        let before = (uid(&file.body), sequence(&file.body));
        guest.post(&format!("{path}/times"), &format!("start={ELEVEN}&who="));
        let after = guest.get(&format!("{path}/calendar.ics")).body;
        assert_eq!(uid(&after), before.0);
        assert!(sequence(&after) > before.1);
        guest.post(&format!("{path}/cancellation"), "");
        let gone = guest.get(&format!("{path}/calendar.ics"));
        assert!(gone.says("METHOD:CANCEL") && gone.says("STATUS:CANCELLED"));
    });
}
