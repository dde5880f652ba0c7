//! The pages: from an order's form, from an order, and the series itself.

use kernel::{Locale, Role};
use testing::each_engine;

use crate::shop::{book, is_sound, open, rooms};

#[test]
fn a_series_is_seen_before_it_is_taken_and_each_conflict_is_decided_on_the_page() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        book(world, shop, "2026-12-01T10:00+08:00");
        let desk = world.client(Role::Manager);
        let form = format!(
            "service0={}&with={}&start=2026-11-24T02:00:00Z&customer=Zhao+Min+13900001111",
            shop.cut, shop.mei
        );
        let asked = desk.get(&format!("/series/new?{form}"));
        assert!(asked.says("Which dates?"), "{}", asked.body);
        let rule = format!("{form}&unit=weeks&step=1&count=3");
        let seen = desk.post("/series", &rule);
        assert!(seen.says("3 dates, 1 not possible"), "{}", seen.body);
        assert!(seen.says("Zhao Min"), "what was typed is carried along");
        let undecided = desk.post("/series", &format!("{rule}&take=1"));
        assert_eq!(undecided.status, 422);
        let taken = desk.post("/series", &format!("{rule}&take=1&date-2026-12-01=skip"));
        assert_eq!(taken.status, 303, "{}", taken.body);
        let shown = desk.get(taken.location());
        assert!(
            shown.says("Zhao Min") && shown.says("Every week"),
            "{}",
            shown.body
        );
        let chinese = world.client(Role::Manager).in_locale(Locale::ZhCn);
        assert!(chinese.get(taken.location()).says("每周"));
        let long = desk.post("/series", &rule.replace("count=3", "count=10000"));
        assert_eq!(long.status, 422);
        assert!(long.says("at most 200 dates"), "{}", long.body);
        let long = chinese.post("/series", &rule.replace("count=3", "count=10000"));
        assert_eq!(long.status, 422);
        assert!(long.says("最多 200 个日期"), "{}", long.body);
        is_sound(world);
    });
}

#[test]
fn an_order_is_repeated_moved_and_called_off_from_its_pages() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let order = book(world, shop, "2026-11-24T10:00+08:00");
        let desk = world.client(Role::Manager);
        assert!(desk.get(&format!("/series/new?order={order}")).says("Cut"));
        let taken = desk.post("/series", &format!("order={order}&count=3&take=1"));
        assert_eq!(taken.status, 303, "{}", taken.body);
        let path = format!("/series/orders/{order}");
        assert!(desk.get(&format!("{path}/slot")).says("1 of 3"));
        let wrong = desk.post(
            &format!("{path}/slot"),
            "which=all&day=2026-02-30&time=15:00",
        );
        assert_eq!(wrong.status, 422);
        let moved = desk.post(
            &format!("{path}/slot"),
            "which=all&day=2026-11-24&time=15:00",
        );
        assert_eq!(moved.status, 303, "{}", moved.body);
        assert!(desk.get(taken.location()).says("15:00"));
        let needed = desk.post(&format!("{path}/cancellation"), "which=all&reason=");
        assert_eq!(needed.status, 422);
        let off = desk.post(&format!("{path}/cancellation"), "which=all&reason=Moves");
        assert_eq!(off.status, 303, "{}", off.body);
        assert!(desk.get(taken.location()).says("Cancelled"));
        let reader = world.client(Role::ReadOnly);
        assert_eq!(
            reader.get(&format!("/series/new?order={order}")).status,
            403
        );
        is_sound(world);
    });
}
