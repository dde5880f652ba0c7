//! Bookings left without their person: Today says so and somebody else takes over.

use kernel::{Locale, Role, Span};
use testing::{World, at, each_engine};

use crate::shop::{Shop, open, rooms};

const BOARD: &str = "/today/board";

/// Mei is off in the afternoon, after she had been booked for two.
fn left(world: &World) -> (Shop, orders::Order) {
    let shop = open(world);
    let order = shop.booking(world, "Chen Yutong", "2026-11-21T14:00+08:00", shop.mei);
    let mei = shop.mei;
    let off = world.write(move |tx, ctx| {
        let span = Span::new(at("2026-11-21T13:00+08:00"), at("2026-11-21T18:00+08:00"));
        people::add_time_off(tx, ctx, mei, span.expect("forwards"), "Ill")
    });
    off.expect("kept free");
    (shop, order)
}

/// What the button that gives a booking to a colleague sends.
fn takes_over(shop: &Shop, order: &orders::Order) -> String {
    format!(
        "staff={}&part=1&day=2026-11-21&time=14:00&version={}&back=today",
        shop.hao, order.version
    )
}

#[test]
fn a_booking_whose_person_is_off_asks_for_a_hand_until_a_colleague_has_it() {
    each_engine(&rooms(), |world| {
        let (shop, order) = left(world);
        let desk = world.client(Role::Desk);
        let board = desk.get(BOARD);
        assert!(
            board.says("14:00 · Chen Yutong has nobody to serve"),
            "{}",
            board.body
        );
        assert!(board.says("Lin Mei is off until") && board.says("Give to Wang Hao"));
        let chinese = world.client(Role::Desk).in_locale(Locale::ZhCn).get(BOARD);
        assert!(chinese.says("的预约没有人服务") && chinese.says("改给Wang Hao"));
        let looking = world.client(Role::ReadOnly).get(BOARD);
        assert!(looking.says("has nobody to serve") && !looking.says("Give to"));
        let path = format!("/calendar/orders/{}", order.id);
        let moved = desk.post(&path, &takes_over(&shop, &order));
        assert_eq!(
            (moved.status, moved.location()),
            (303, "/today"),
            "{}",
            moved.body
        );
        let now = world
            .read(|tx, ctx| orders::order(tx, ctx, order.id))
            .expect("there");
        let slot = now.state.slot().expect("booked");
        assert_eq!(
            (slot.staff, slot.span.start),
            (Some(shop.hao), at("2026-11-21T14:00+08:00"))
        );
        assert!(!desk.get(BOARD).says("has nobody to serve"));
        assert!(world.activities().contains(&"order.rescheduled".to_owned()));
    });
}

#[test]
fn where_nobody_else_is_free_only_another_time_is_offered() {
    each_engine(&rooms(), |world| {
        let (shop, order) = left(world);
        shop.booking(world, "Zhao Min", "2026-11-21T14:00+08:00", shop.hao);
        let desk = world.client(Role::Desk);
        let board = desk.get(BOARD);
        assert!(board.says("Chen Yutong has nobody to serve") && !board.says("Give to"));
        assert!(board.says(&format!("/orders/{}/slot", order.id)));
        let late = desk.post(
            &format!("/calendar/orders/{}", order.id),
            &takes_over(&shop, &order),
        );
        assert_eq!(
            late.status, 422,
            "he was given something else in the meantime"
        );
    });
}
