//! Booking rules as a manager sets them: of the site, of a service, of a level of customers.

use customers::{Details, Level};
use kernel::{Locale, Role, format::minutes, ids::ServiceId};
use testing::{World, each_engine};

use crate::shop::{KEY, TEN, booked, open, orders, rooms, tap};

fn cut(world: &World) -> ServiceId {
    let found = world.read(|tx, ctx| offers::service_by_code(tx, ctx, "cut"));
    found.expect("readable").expect("on offer").id
}

/// Makes the customer of the only booking a VIP.
fn raise(world: &World) {
    let customer = orders(world)[0].customer.expect("somebody");
    world
        .write(move |tx, ctx| {
            let known = customers::customer(tx, ctx, customer)?;
            let details = Details {
                name: known.name.clone(),
                phone: known
                    .phone
                    .as_ref()
                    .map(|phone| phone.digits().to_owned())
                    .unwrap_or_default(),
                level: Some(Level::Vip),
                ..Details::default()
            };
            customers::change_customer(tx, ctx, customer, known.version, &details)
        })
        .expect("raised");
}

#[test]
fn a_level_comes_before_the_service_and_the_service_before_the_site() {
    each_engine(&rooms(), |world| {
        open(world);
        let (guest, manager) = (world.nobody(), world.client(Role::Manager));
        let path = booked(&guest, TEN, KEY);
        assert!(
            guest.get(&path).says("Cancel booking"),
            "the site says two hours"
        );
        let service = format!("/booking-rules/service/{}", cut(world));
        let saved = manager.post(&service, "version=0&cancel=2880");
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(
            !guest.get(&path).says("Cancel booking"),
            "the service says two days"
        );
        let saved = manager.post("/booking-rules/level/vip", "version=0&cancel=60");
        assert_eq!(saved.status, 303, "{}", saved.body);
        assert!(
            !guest.get(&path).says("Cancel booking"),
            "it is nobody's level yet"
        );
        raise(world);
        assert!(guest.get(&path).says("Cancel booking"), "a VIP has an hour");
        let list = manager.get("/booking-rules");
        assert!(list.says("VIP customers") && list.says(&minutes(Locale::En, 2880)));
        let chinese = manager.in_locale(Locale::ZhCn).get("/booking-rules");
        assert!(
            chinese.says("预约规则") && !chinese.says("capacity-"),
            "{}",
            chinese.body
        );
    });
}

#[test]
fn a_notice_of_the_service_is_told_to_whoever_comes_too_late() {
    each_engine(&rooms(), |world| {
        open(world);
        let manager = world.client(Role::Manager);
        let service = format!("/booking-rules/service/{}", cut(world));
        assert_eq!(manager.post(&service, "version=0&notice=2880").status, 303);
        let guest = world.nobody();
        let refused = tap(&guest, TEN, KEY);
        assert_eq!(refused.status, 422);
        assert!(refused.says("at least 2 days ahead"), "{}", refused.body);
        let chinese = tap(&guest.clone().in_locale(Locale::ZhCn), TEN, KEY);
        assert!(chinese.says("2 天"), "{}", chinese.body);
        let back = manager.post(&service, "version=1&reset=notice");
        assert_eq!(back.status, 303, "{}", back.body);
        assert_eq!(tap(&guest, TEN, KEY).status, 303, "as the site says");
    });
}

#[test]
fn a_wrong_rule_comes_back_and_the_second_of_two_editors_is_told() {
    each_engine(&rooms(), |world| {
        open(world);
        let manager = world.client(Role::Manager);
        let path = "/booking-rules/level/vip";
        assert_eq!(world.client(Role::Desk).post(path, "version=0").status, 403);
        let refused = manager.post(path, "version=0&notice=soon&upcoming=0");
        assert_eq!(refused.status, 422);
        assert!(refused.says("value=\"soon\"") && refused.says("value=\"0\""));
        assert_eq!(manager.post(path, "version=0&upcoming=3").status, 303);
        let second = manager.post(path, "version=0&upcoming=5");
        assert!(
            second.status == 409 || second.status == 422,
            "{}",
            second.status
        );
        assert!(second.says("value=\"5\""), "what was typed is kept");
        assert!(
            manager.get(path).says("value=\"3\""),
            "nothing was overwritten"
        );
        assert_eq!(manager.get("/booking-rules/level/emperor").status, 404);
    });
}
