//! A service longer than any opening is never offered, and the reason is told.

use kernel::{Bilingual, Locale, Money, Role, ids::ServiceId};
use testing::{World, each_engine};

use crate::shop::{open, rooms};

/// Fourteen hours in a shop that is open for twelve.
fn endless(world: &World) -> ServiceId {
    world
        .write(|tx, ctx| {
            let mut service = offers::Service::new(ctx.id(), kernel::Currency::CNY);
            service.name = Bilingual::new("全身造型", "Head to toe");
            service.minutes = 14 * 60;
            service.price = Money::new(200_000, kernel::Currency::CNY);
            service.skills = vec!["hair".to_owned()];
            Ok(offers::save_service(tx, ctx, &service)?.id)
        })
        .expect("nothing forbids it: another site may be open for longer")
}

#[test]
fn a_service_longer_than_any_opening_has_no_times_and_says_why() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let service = endless(world);
        let desk = world.client(Role::Desk);
        let form = format!("kind=booking&day=2026-11-21&customer=Chen&service0={service}");
        let page = desk.get(&format!("/orders/new?{form}"));
        assert!(page.says("No free times"), "{}", page.body);
        let path = format!("/orders/times?day=2026-11-21&at=09:00&service={service}");
        let why = desk.get(&path);
        assert!(
            why.says("closed for a part of it; open 09:00–21:00"),
            "{}",
            why.body
        );
        assert!(why.says("Lin Mei works 09:00–21:00"), "{}", why.body);
        let chinese = world.client(Role::Desk).in_locale(Locale::ZhCn).get(&path);
        assert!(chinese.says("营业时间 09:00–21:00"), "{}", chinese.body);
        let over = format!(
            "{form}&start=other&at=09:00&with={}&overbook=Sure",
            shop.mei
        );
        let refused = desk.post("/orders", &over);
        assert_eq!(refused.status, 422, "booking over does not open the shop");
        assert!(refused.says("closed for"), "{}", refused.body);
        assert!(refused.says("value=\"09:00\""), "what was typed is kept");
        assert!(!world.activities().contains(&"order.created".to_owned()));
    });
}
