//! A site's currency and clock, and somebody's working time, beside what depends on them.

use kernel::{Bilingual, Currency, Money, Role};
use offers::{Family, Service};
use people::{NewShift, StaffFields};
use testing::{Answer, World, at, each_engine};

use crate::rooms;

/// The fields of the world's site, with some of them different.
fn edit(world: &World, zone: &str, currency: &str) -> Answer {
    let site = world.site.id;
    let now = world.read(|tx, ctx| organisation::site(tx, ctx, site));
    let version = now.expect("it is there").version;
    world.client(Role::Owner).post(
        &format!("/sites/{site}"),
        &format!(
            "version={version}&name_en=Riverside&slug=riverside&zone={zone}&currency={currency}\
             &notice_minutes=60&horizon_days=60&cancel_minutes=120"
        ),
    )
}

fn each(test: impl Fn(&World)) {
    let rooms = rooms::rooms();
    rooms::wire(&rooms);
    each_engine(&rooms, test);
}

/// A service of an hour for 120.50, and somebody who works on Monday from nine to five.
fn ready(world: &World) -> (Service, people::Staff) {
    let site = world.site.id;
    let made = world.write(move |tx, ctx| {
        let service = Service {
            name: Bilingual::new("", "Haircut"),
            family: Family::Hair,
            minutes: 60,
            price: Money::new(12_050, Currency::CNY),
            ..Service::new(ctx.id(), Currency::CNY)
        };
        let fields = StaffFields {
            name: "Mei".to_owned(),
            sites: vec![site],
            ..StaffFields::default()
        };
        let staff = people::create_staff(tx, ctx, fields)?;
        let monday = NewShift {
            staff: staff.id,
            site,
            date: "2026-11-23".parse().expect("it is a date"),
            hours: organisation::MinuteSpan::new(540, 1020).expect("it is a day"),
            until: None,
        };
        people::add_shifts(tx, ctx, &monday)?;
        Ok((offers::save_service(tx, ctx, &service)?, staff))
    });
    made.expect("the shop is ready")
}

/// A visit on Monday at eleven.
fn book(world: &World, service: &Service) {
    let (site, service) = (world.site.id, service.id);
    let booked = world.write(move |tx, ctx| {
        let order = orders::NewOrder {
            lines: vec![orders::NewLine::one(service)],
            slot: Some(orders::WantedSlot {
                start: at("2026-11-23T11:00+08:00"),
                staff: None,
            }),
            ..orders::NewOrder::new(site, orders::Kind::Booking)
        };
        orders::create(tx, ctx, &order)
    });
    booked.expect("it is booked");
}

#[test]
fn a_site_that_sold_nothing_changes_currency_and_clock_and_prices_and_shifts_follow() {
    each(|world| {
        let (service, staff) = ready(world);
        let changed = edit(world, "Asia/Tokyo", "JPY");
        assert_eq!(changed.status, 303, "{}", changed.body);
        let (price, start) = world
            .read(|tx, ctx| {
                let service = offers::service(tx, ctx, service.id)?;
                let monday = kernel::Span::new(ctx.now, at("2026-12-01T00:00+08:00"));
                let monday = monday.expect("it is a stretch");
                let shifts = people::shifts_of(tx, ctx, staff.id, monday)?;
                Ok((service.price, shifts[0].span.start))
            })
            .expect("they are read");
        assert_eq!(
            price,
            Money::new(120, Currency::parse("JPY").expect("it is known"))
        );
        assert_eq!(start, at("2026-11-23T09:00+09:00"));
    });
}

#[test]
fn once_something_is_booked_the_clock_stays_and_once_ordered_the_currency() {
    each(|world| {
        let (service, _) = ready(world);
        book(world, &service);
        let clock = edit(world, "Asia/Tokyo", "CNY");
        assert_eq!(clock.status, 422);
        assert!(clock.says("One visit ahead was promised by the clock of Asia/Shanghai"));
        assert!(clock.says("value=\"Asia/Tokyo\""), "what was typed is kept");
        let currency = edit(world, "Asia/Shanghai", "EUR");
        assert_eq!(currency.status, 422);
        assert!(currency.says("already counted in CNY"), "{}", currency.body);
        world.set_time("2026-11-24T10:00+08:00");
        assert_eq!(
            edit(world, "Asia/Tokyo", "CNY").status,
            303,
            "nothing is ahead any more"
        );
        assert_eq!(
            edit(world, "Asia/Tokyo", "EUR").status,
            422,
            "money stays counted"
        );
    });
}

#[test]
fn whoever_closes_a_day_or_a_site_sees_the_visits_that_lie_outside_the_hours() {
    each(|world| {
        let (service, _) = ready(world);
        book(world, &service);
        let owner = world.client(Role::Owner);
        let site = format!("/sites/{}", world.site.id);
        let outside = "One visit ahead lies outside the opening hours";
        assert!(!owner.get(&site).says(outside));
        let days = format!("{site}/special-days");
        assert_eq!(
            owner
                .post(&days, "day=2026-11-23&hours=13:00-18:00&name=")
                .status,
            303
        );
        let page = owner.get(&site);
        assert!(page.says(outside) && page.says("/calendar?day=2026-11-23"));
        let removal = format!("{days}/2026-11-23/removal");
        assert_eq!(owner.post(&removal, "").status, 303);
        assert!(!owner.get(&site).says(outside));
        let id = world.site.id;
        let now = world.read(|tx, ctx| organisation::site(tx, ctx, id));
        let form = format!("version={}", now.expect("it is there").version);
        assert_eq!(owner.post(&format!("{site}/closure"), &form).status, 303);
        assert!(owner.get(&site).says(outside));
    });
}

#[test]
fn whoever_removes_a_shift_is_told_whose_booking_would_have_nobody() {
    each(|world| {
        let (service, staff) = ready(world);
        book(world, &service);
        let manager = world.client(Role::Manager);
        let off = format!("/staff/{}/time-off", staff.id);
        let warned = manager.post(&off, "first=2026-11-23");
        assert_eq!(warned.status, 409);
        assert!(
            warned.says("One booking with Mei") && warned.says("Haircut"),
            "{}",
            warned.body
        );
        assert!(warned.says("11:00–12:00"));
        assert_eq!(manager.post(&off, "first=2026-11-23&knowing=1").status, 303);
    });
}
