//! What goes with the service waits with it: the offered time has the length and price of all.

use kernel::{Bilingual, Locale, Money, Role, ids::ServiceId};
use testing::{World, each_engine};

use crate::shop::{Shop, cancel, full, is_sound, offer, open, rooms, sunday, tick, wish};
use crate::shop::{accept, book, join};

const PATH: &str = "/at/lotus/riverside/cut/waiting";
const WHO: &str = "last_day=2026-11-22&name=Chen+Yutong&phone=13805712047";

/// A mask of half an hour that goes with a cut.
fn mask(world: &World, shop: Shop) -> ServiceId {
    world
        .write(move |tx, ctx| {
            let mut cut = offers::service(tx, ctx, shop.cut)?;
            let mut mask = offers::Service::new(ctx.id(), cut.price.currency);
            mask.code = "mask".to_owned();
            mask.name = Bilingual::new("发膜", "Mask");
            mask.minutes = 30;
            mask.price = Money::new(8_000, cut.price.currency);
            mask.skills.clone_from(&cut.skills);
            let mask = offers::save_service(tx, ctx, &mask)?.id;
            cut.add_ons = vec![mask];
            offers::save_service(tx, ctx, &cut)?;
            Ok(mask)
        })
        .expect("sold from now on")
}

/// The title, minutes and total of an order.
fn sold(world: &World, id: kernel::ids::OrderId) -> (String, i64, i64) {
    let order = world
        .read(move |tx, ctx| orders::order(tx, ctx, id))
        .expect("readable");
    let minutes = order.state.slot().map_or(0, |slot| slot.span.minutes());
    (order.title.en, minutes, order.total.minor)
}

#[test]
fn what_was_added_online_waits_too_and_is_in_the_offer_and_the_booking() {
    each_engine(&rooms(), |world| {
        let (shop, ten, eleven) = full(world);
        let mask = mask(world, shop);
        let guest = world.nobody();
        let times = guest.get("/at/lotus/riverside/cut/times?add=mask");
        assert!(times.says("/cut/waiting?add=mask"), "{}", times.body);
        let ask = guest.get(&format!("{PATH}?add=mask"));
        assert!(ask.says("Cut + Mask") && ask.says("1 h 30 min · ¥248"));
        assert!(ask.says(&format!("name=\"also\" value=\"{mask}\"")));
        let wrong = guest.post(PATH, &format!("also={mask}&last_day=2026-11-01&name=Chen"));
        assert_eq!(wrong.status, 422);
        assert!(wrong.says("Cut + Mask"), "what was chosen is kept");
        let joined = guest.post(PATH, &format!("also={mask}&{WHO}"));
        assert_eq!(joined.status, 303, "{}", joined.body);
        let page = joined.location().to_owned();
        assert!(guest.get(&page).says("Cut + Mask"));
        tick(world);
        cancel(world, ten);
        tick(world);
        let entry = world
            .read(|tx, ctx| waitlist::waiting_at(tx, ctx, shop.site))
            .expect("readable")
            .remove(0);
        assert_eq!(offer(world, &entry), None, "an hour is too short for both");
        cancel(world, eleven);
        tick(world);
        let made = offer(world, &entry).expect("two hours are enough");
        assert_eq!(made.start, sunday("10:00"));
        let both = ("Cut + Mask".to_owned(), 90, 24_800);
        assert_eq!(sold(world, made.order), both);
        assert!(guest.get(&page).says("1 h 30 min · ¥248"));
        let chinese = world.nobody().in_locale(Locale::ZhCn);
        assert!(chinese.get(&page).says("剪发 + 发膜"));
        let order = accept(world, &entry).expect("in time");
        assert_eq!(sold(world, order), both);
        is_sound(world);
    });
}

#[test]
fn the_desk_adds_what_goes_with_it_and_what_does_not_is_refused() {
    each_engine(&rooms(), |world| {
        let (shop, ..) = full(world);
        let mask = mask(world, shop);
        let desk = world.client(Role::Manager);
        assert!(desk.get("/waiting/new").says("Something that goes with it"));
        let form = |also: &str| {
            let wish = format!("service={}&last_day=2026-11-22", shop.cut);
            desk.post("/waiting", &format!("customer=Zhao+Min&{wish}&also={also}"))
        };
        for wrong in [shop.cut.to_string(), "0190-nothing".to_owned()] {
            let refused = form(&wrong);
            assert_eq!(refused.status, 422, "{}", refused.body);
            assert!(refused.says("Zhao Min"), "what was typed is kept");
        }
        let joined = form(&mask.to_string());
        assert_eq!(joined.status, 303, "{}", joined.body);
        assert!(desk.get(joined.location()).says("Cut + Mask"));
        assert!(desk.get("/waiting").says("Cut + Mask"));
        is_sound(world);
    });
}

#[test]
fn whoever_is_wished_for_serves_what_was_added_too() {
    each_engine(&rooms(), |world| {
        let shop = open(world);
        let mask = mask(world, shop);
        let ten = book(world, shop, "2026-11-22T10:00+08:00").expect("free");
        let both = waitlist::Wish {
            also: vec![mask],
            staff: Some(shop.mei),
            ..wish(shop)
        };
        let ada = join(world, shop, "Ada", both);
        tick(world);
        cancel(world, ten);
        tick(world);
        let made = offer(world, &ada).expect("free now");
        assert_eq!(made.staff, Some(shop.mei));
        assert_eq!(sold(world, made.order).1, 90);
        is_sound(world);
    });
}
