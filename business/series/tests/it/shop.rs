//! A small salon with one hairdresser, in Shanghai or wherever the clocks change.

use std::collections::BTreeMap;

use kernel::{
    Bilingual, Ctx, Date, Every, Fault, Money, Repeat, Span, Until,
    ids::{OrderId, SeriesId, ServiceId, SiteId, StaffId},
};
use orders::{Kind, NewLine, NewOrder, Order, StateName, WantedSlot};
use people::StaffFields;
use series::{Decision, New};
use store::Tx;
use testing::{World, at};
use web::Room;

/// The rooms a test of series stands on.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        fields::room(),
        people::room(),
        files::room(),
        blueprints::room(),
        offers::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        series::room(),
    ]
}

/// Who and what is there.
#[derive(Clone, Copy)]
pub struct Shop {
    pub site: SiteId,
    pub mei: StaffId,
    pub cut: ServiceId,
}

fn founded(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, first, days): (&organisation::Site, Date, i32),
) -> Result<Shop, Fault> {
    people::save_skill(tx, ctx, "hair", &Bilingual::new("美发", "Hair"))?;
    let fields = StaffFields {
        name: "Lin Mei".to_owned(),
        reading: "Lin Mei".to_owned(),
        sites: vec![site.id],
        skills: vec!["hair".to_owned()],
        external_id: None,
    };
    let mei = people::create_staff(tx, ctx, fields)?.id;
    for ahead in 0..days {
        let day = first
            .checked_add(kernel_days(ahead))
            .expect("within the calendar");
        let clock = |minute| organisation::instant(&site.zone, day, minute).expect("a time");
        let span = Span::new(clock(9 * 60), clock(21 * 60)).expect("forwards");
        people::add_shift(tx, ctx, mei, site.id, span)?;
    }
    let mut cut = offers::Service::new(ctx.id(), site.currency);
    cut.code = "cut".to_owned();
    cut.name = Bilingual::new("剪发", "Cut");
    cut.minutes = 60;
    cut.price = Money::new(16_800, site.currency);
    cut.skills = vec!["hair".to_owned()];
    let cut = offers::save_service(tx, ctx, &cut)?.id;
    Ok(Shop {
        site: site.id,
        mei,
        cut,
    })
}

fn kernel_days(days: i32) -> std::time::Duration {
    std::time::Duration::from_secs(u64::from(days.unsigned_abs()) * 86_400)
}

/// Opens the salon, with shifts for ten weeks.
pub fn open(world: &World) -> Shop {
    let site = world.site.clone();
    let first = "2026-11-21".parse().expect("a date");
    world
        .write(move |tx, ctx| founded(tx, ctx, (&site, first, 70)))
        .expect("the salon opens")
}

/// Another salon where the clocks change, with shifts around the change.
pub fn abroad(
    world: &World,
    zone: &'static str,
    first: &'static str,
) -> (organisation::Site, Shop) {
    world
        .write(move |tx, ctx| {
            let name = Bilingual::new("海外店", "Abroad");
            let fields = organisation::SiteFields {
                slug: Some("abroad".to_owned()),
                ..organisation::SiteFields::new(name, zone, "CNY")
            };
            let site = organisation::create_site(tx, ctx, fields)?;
            let hours = organisation::DayHours::parse("09:00-21:00").expect("well formed");
            let week = organisation::Week::same(&[1, 2, 3, 4, 5, 6, 7], &hours);
            organisation::set_week(tx, ctx, site.id, site.version, &week)?;
            let site = organisation::site(tx, ctx, site.id)?;
            let first = first.parse().expect("a date");
            let shop = founded(tx, ctx, (&site, first, 21))?;
            Ok((site, shop))
        })
        .expect("the salon opens")
}

/// A cut with Lin Mei.
pub fn cut(shop: Shop, start: &str) -> NewOrder {
    NewOrder {
        lines: vec![NewLine::one(shop.cut)],
        slot: Some(WantedSlot {
            start: at(start),
            staff: Some(shop.mei),
        }),
        ..NewOrder::new(shop.site, Kind::Booking)
    }
}

/// Books one cut.
pub fn book(world: &World, shop: Shop, start: &str) -> OrderId {
    let new = cut(shop, start);
    world
        .write(move |tx, ctx| Ok(orders::create(tx, ctx, &new)?.id))
        .expect("free")
}

/// Every so many weeks, so often.
pub fn weekly(first: &str, step: i32, count: usize) -> Repeat {
    Repeat {
        first: first.parse().expect("a date"),
        every: Every::Weeks(step),
        until: Until::Count(count),
    }
}

/// Takes a series.
pub fn take(
    world: &World,
    new: New,
    decisions: &[(&str, Decision)],
) -> Result<(SeriesId, Vec<Order>), Fault> {
    let decided = |(date, decision): &(&str, Decision)| {
        let date: Date = date.parse().expect("a date");
        (date, *decision)
    };
    let decisions: BTreeMap<Date, Decision> = decisions.iter().map(decided).collect();
    world.write(move |tx, ctx| series::create(tx, ctx, &new, &decisions))
}

/// The local starts of a series and where each order stands.
pub fn starts(world: &World, site: &organisation::Site, id: SeriesId) -> Vec<(String, StateName)> {
    let orders = world
        .read(|tx, ctx| series::orders_of(tx, ctx, id))
        .expect("readable");
    let local = |(_, order): (i64, Order)| {
        let start = order.due().to_zoned(site.zone.clone());
        (
            start.strftime("%Y-%m-%d %H:%M").to_string(),
            order.state.name(),
        )
    };
    orders.into_iter().map(local).collect()
}

/// Whether everything still agrees.
pub fn is_sound(world: &World) {
    for room in rooms() {
        for check in room.verify {
            assert_eq!(world.read(check).expect("readable"), None, "{}", room.name);
        }
    }
}
