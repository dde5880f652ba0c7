//! At the desk: any time may be asked about, and somebody busy is booked over knowingly.

use kernel::{Locale, Role};
use testing::{World, each_engine};

use crate::shop::{Shop, now, open, rooms, sound};

const FORM: &str = "kind=booking&day=2026-11-21&customer=Chen+Yutong";

fn asked(shop: &Shop, more: &str) -> String {
    format!("{FORM}&service0={}&with={}&{more}", shop.cut, shop.mei)
}

fn taken(world: &World, shop: &Shop) -> orders::Order {
    shop.take(
        world,
        &shop.booking("2026-11-21T14:00+08:00", Some(shop.mei)),
    )
}

#[test]
fn easyappointments_1431_the_desk_is_warned_and_may_book_over_with_a_reason() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = taken(world, &shop);
        let desk = world.client(Role::Desk);
        let why = desk.get(&format!("/orders/new?{}", asked(&shop, "at=14:00&why=1")));
        assert!(why.says("Lin Mei is busy until 14:45"), "{}", why.body);
        assert!(why.says(&first.code) && why.says("Book over, because"));
        let refused = desk.post("/orders", &asked(&shop, "start=other&at=14:00"));
        assert_eq!(refused.status, 422);
        let over = asked(&shop, "start=other&at=14:00&overbook=She+agreed");
        let done = desk.post("/orders", &over);
        assert_eq!(done.status, 303, "{}", done.body);
        let page = desk.get(done.location());
        assert!(
            page.says("Booked over") && page.says("She agreed"),
            "{}",
            page.body
        );
        assert!(world.activities().contains(&"order.overbooked".to_owned()));
        assert_eq!(now(world, first.id).state.staff(), Some(shop.mei));
        assert_eq!(
            world.read(capacity::room().verify[0]).expect("readable"),
            None
        );
        sound(world);
    });
}

#[test]
fn whoever_serves_may_not_book_over_a_colleague() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        taken(world, &shop);
        let staff = world.client(Role::Staff);
        let why = staff.get(&format!("/orders/new?{}", asked(&shop, "at=14:00&why=1")));
        assert!(!why.says("Book over, because"));
        let over = asked(&shop, "start=other&at=14:00&overbook=Me");
        assert_eq!(staff.post("/orders", &over).status, 403);
        sound(world);
    });
}

#[test]
fn the_reason_is_told_in_chinese_too() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        taken(world, &shop);
        let desk = world.client(Role::Desk).in_locale(Locale::ZhCn);
        let why = desk.get(&format!("/orders/new?{}", asked(&shop, "at=14:00&why=1")));
        assert!(why.says("忙到 14:45"), "{}", why.body);
    });
}

#[test]
fn an_empty_time_of_the_calendar_says_what_fits_there_or_every_reason_why_not() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let first = taken(world, &shop);
        let desk = world.client(Role::Desk);
        let at = |time: &str, more: &str| {
            let path = format!("/orders/times?day=2026-11-21&at={time}&with={}", shop.mei);
            desk.get(&format!("{path}&service={}{more}", shop.cut))
        };
        let busy = at("14:00", "");
        assert!(busy.says("Lin Mei is busy until 14:45") && busy.says(&first.code));
        assert!(busy.says("Book over") && !busy.says("Book this time"));
        let late = at("22:00", "");
        assert!(late.says("Lin Mei works 09:00–21:00"), "{}", late.body);
        assert!(!late.says("Book over"), "nobody is there to be booked over");
        let free = at("16:00", "");
        assert!(free.says("is free"), "{}", free.body);
        let booking = format!("start=other&amp;service0={}", shop.cut);
        assert!(free.says("Book this time") && free.says(&booking));
        let unnamed = desk.get("/orders/times?day=2026-11-21&at=16:00");
        assert!(unnamed.says("is free"), "a service is proposed");
        assert_eq!(
            world.client(Role::ReadOnly).get("/orders/times").status,
            403
        );
        let chinese = world.client(Role::Desk).in_locale(Locale::ZhCn);
        let path = format!("/orders/times?day=2026-11-21&at=14:00&with={}", shop.mei);
        assert!(chinese.get(&path).says("忙到 14:45"));
    });
}
