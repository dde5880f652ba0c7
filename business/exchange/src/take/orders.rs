//! A row of orders: one order of the past.

use customers::{Named, Phone};
use fields::Subject;
use kernel::{
    Bilingual, Channel, Ctx, Fault, Money, Text, Timestamp,
    ids::{CustomerId, StaffId},
};
use offers::Service;
use orders::{Ending, Kind, Level, PastLine, PastOrder, Recorded};
use organisation::Site;
use store::Tx;

use super::{House, about, in_the_past, own, same};
use crate::{model::Outcome, values::Reader};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Finished,
    Cancelled,
    NoShow,
}

const STATES: &[(&[&str], Ended)] = &[
    (
        &["finished", "done", "completed", "paid", "完成", "已完成"],
        Ended::Finished,
    ),
    (
        &["cancelled", "canceled", "取消", "已取消"],
        Ended::Cancelled,
    ),
    (
        &["no_show", "no show", "no-show", "未到", "爽约"],
        Ended::NoShow,
    ),
];
const KINDS: &[(&[&str], Kind)] = &[
    (&["walk_in", "walk-in", "walk in", "散客"], Kind::WalkIn),
    (&["booking", "appointment", "预约"], Kind::Booking),
    (&["purchase", "sale", "购买", "零售"], Kind::Purchase),
    (&["on_site", "on-site", "上门"], Kind::OnSite),
    (&["enquiry", "inquiry", "咨询"], Kind::Enquiry),
    (&["complaint", "投诉"], Kind::Complaint),
];
const CHANNELS: &[(&[&str], Channel)] = &[
    (&["desk", "shop", "store", "前台", "门店"], Channel::Desk),
    (&["online", "web", "app", "线上", "网上"], Channel::Online),
    (&["phone", "call", "电话"], Channel::Phone),
    (&["kiosk", "自助"], Channel::Kiosk),
    (&["api"], Channel::Api),
    (&["import", "导入"], Channel::Import),
];

/// Known by the identity in the other system; one that is known is left as it is, since the past
/// is not rewritten.
pub fn order(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    reader: &mut Reader,
) -> Result<Outcome, Fault> {
    let external_id = reader.needed("external_id", 80);
    let Some(site) = house.site_of(reader, "site") else {
        return reader.check().map(|()| Outcome::Same);
    };
    let times = times(reader, &site, ctx.now);
    let lines = lines(reader, house, &site);
    let staff = staff_named(reader, house);
    let (kind, channel) = (
        reader.choice("kind", KINDS),
        reader.choice("channel", CHANNELS),
    );
    let note = reader.text("note", 2000).unwrap_or_default();
    let name = reader.text("customer", 80);
    let phone = phone(reader);
    own::check(tx, ctx, (Subject::Order, site.currency), reader)?;
    reader.check()?;
    if orders::order_by_external_id(tx, ctx, &external_id)?.is_some() {
        return Ok(Outcome::Same);
    }
    let customer = customer(tx, ctx, reader, (name, phone))?;
    if let Some(customer) = customer {
        house.met(tx, ctx, customer)?;
    }
    let booked = times.slot.is_some();
    let past = PastOrder {
        site: site.id,
        kind: kind.unwrap_or(if booked { Kind::Booking } else { Kind::WalkIn }),
        channel: channel.unwrap_or(Channel::Import),
        customer,
        level: Level::Normal,
        note,
        created: times.created,
        slot: times.slot.map(|(start, end)| (start, end, staff)),
        promised: None,
        blueprint: None,
        steps: Vec::new(),
        ending: times.ending(staff),
        lines,
        external_id: Some(external_id),
    };
    let Recorded::New(id) = orders::record_past(tx, ctx, &past)? else {
        return Ok(Outcome::Same);
    };
    let about = (Subject::Order, id.to_string());
    own::fill(tx, ctx, (about.0, &about.1), site.currency, reader)?;
    house.made("order", id);
    Ok(Outcome::New)
}

/// When everything happened.
struct Times {
    created: Timestamp,
    slot: Option<(Timestamp, Timestamp)>,
    arrived: Timestamp,
    started: Timestamp,
    closed: Timestamp,
    ended: Ended,
    reason: String,
}

impl Times {
    fn ending(&self, staff: Option<StaffId>) -> Ending {
        match self.ended {
            Ended::Finished => Ending::Finished {
                arrived: self.arrived,
                started: self.started,
                finished: self.closed,
                staff,
            },
            Ended::Cancelled => Ending::Cancelled {
                at: self.closed,
                reason: self.reason.clone(),
            },
            Ended::NoShow => Ending::NoShow { at: self.closed },
        }
    }
}

fn times(reader: &mut Reader, site: &Site, now: Timestamp) -> Times {
    let [
        created,
        booked_for,
        booked_until,
        arrived,
        started,
        finished,
    ] = [
        "created",
        "booked_for",
        "booked_until",
        "arrived",
        "started",
        "finished",
    ]
    .map(|column| {
        let at = reader.moment(column, &site.zone);
        in_the_past(reader, column, at, now);
        at
    });
    if reader.given("created").is_none() {
        reader.wrong("created", Text::key("exchange-needed"));
    }
    let ended = reader.choice("state", STATES).unwrap_or(Ended::Finished);
    let created = created.unwrap_or(now);
    let slot =
        booked_for.map(|start| (start, booked_until.unwrap_or_else(|| an_hour_after(start))));
    if slot.is_some_and(|(start, end)| end <= start) {
        reader.wrong("booked_until", Text::key("exchange-backwards"));
    }
    let begins = slot.map_or(created, |(start, _)| start.max(created));
    let arrived = arrived.unwrap_or_else(|| started.unwrap_or(begins).min(begins));
    let started = started.unwrap_or(arrived);
    if ended == Ended::Finished && reader.given("finished").is_none() {
        reader.wrong("finished", Text::key("exchange-needed"));
    }
    let closed = finished.unwrap_or(match ended {
        Ended::NoShow => begins,
        _ => created,
    });
    for (column, before, after) in [
        ("arrived", created, arrived),
        ("started", arrived, started),
        ("finished", started, closed),
    ] {
        if ended == Ended::Finished && after < before {
            reader.wrong(column, Text::key("exchange-backwards"));
        }
    }
    if ended != Ended::Finished && closed < created {
        reader.wrong("finished", Text::key("exchange-backwards"));
    }
    let reason = reader
        .text("reason", 300)
        .unwrap_or_else(|| "imported".to_owned());
    Times {
        created,
        slot,
        arrived,
        started,
        closed,
        ended,
        reason,
    }
}

/// How long a slot is of which only the beginning is known.
fn an_hour_after(start: Timestamp) -> Timestamp {
    Timestamp::from_second(start.as_second() + 3600).unwrap_or(start)
}

/// One line a service named; a name not on offer is kept as it was.
fn lines(reader: &mut Reader, house: &House, site: &Site) -> Vec<PastLine> {
    let quantity = reader.whole("quantity", 1, 999).unwrap_or(1);
    let names = names(house, reader.given("service").unwrap_or_default());
    let price = reader.money("price", site.currency);
    if names.len() > orders::model::LINES_MAX {
        let max = orders::model::LINES_MAX;
        reader.wrong("service", Text::key("exchange-lines-many").with("max", max));
    }
    let line = |(index, name): (usize, &String)| {
        let service = known_service(house, name);
        let minor = match (price, service) {
            (Some(price), _) if index == 0 => price.minor,
            (Some(_), _) | (None, None) => 0,
            (None, Some(service)) => service.price.minor,
        };
        PastLine {
            service: service.map(|service| service.id),
            family: service.map(|service| service.family.as_str().to_owned()),
            name: service.map_or_else(
                || Bilingual::new(shortened(name), shortened(name)),
                |service| service.name.clone(),
            ),
            quantity,
            unit: Money::new(minor, site.currency),
            tax_permille: service.map_or(0, |service| service.tax_permille),
            minutes: service.map_or(0, |service| service.minutes),
        }
    };
    names.iter().enumerate().map(line).collect()
}

/// The services of a cell: all of it when that is one on offer, else its parts. A comma parts
/// nothing, since it stands in names.
fn names(house: &House, cell: &str) -> Vec<String> {
    if known_service(house, cell).is_some() {
        return vec![cell.to_owned()];
    }
    let parts = cell.split(|c: char| "+;|\n；".contains(c)).map(str::trim);
    let named = parts.filter(|part| !part.is_empty());
    named.map(str::to_owned).collect()
}

fn shortened(name: &str) -> String {
    name.chars().take(80).collect()
}

pub(super) fn known_service<'h>(house: &'h House, name: &str) -> Option<&'h Service> {
    let is = |text: &str| same(text, name);
    house.services.iter().find(|service| {
        let external_id = service.external_id.as_deref().unwrap_or("");
        is(&service.code) || is(external_id) || is(&service.name.zh) || is(&service.name.en)
    })
}

fn staff_named(reader: &mut Reader, house: &House) -> Option<StaffId> {
    let name = reader.given("staff")?;
    let is = |text: &str| same(text, name);
    let found = house.staff.iter().find(|staff| {
        let external_id = staff.external_id.as_deref().unwrap_or("");
        is(external_id) || is(&staff.name) || is(&staff.reading)
    });
    if found.is_none() {
        reader.wrong(
            "staff",
            Text::key("exchange-staff-unknown").with("value", name),
        );
    }
    found.map(|staff| staff.id)
}

fn phone(reader: &mut Reader) -> Option<Phone> {
    let cell = reader.given("phone")?;
    let phone = Phone::parse(cell);
    if phone.is_none() {
        reader.wrong(
            "phone",
            Text::key("exchange-phone-wrong").with("value", cell),
        );
    }
    phone
}

/// Whoever the row names: by the identity in the other system, else by phone or name.
fn customer(
    tx: &mut Tx,
    ctx: &Ctx,
    reader: &mut Reader,
    (name, phone): (Option<String>, Option<Phone>),
) -> Result<Option<CustomerId>, Fault> {
    if let Some(id) = reader.given("customer_external_id") {
        if let Some(known) = customers::customer_by_external_id(tx, ctx, id)? {
            return Ok(Some(known.id));
        }
        if name.is_none() && phone.is_none() {
            let text = Text::key("exchange-customer-unknown").with("value", id);
            return Err(Fault::invalid("customer_external_id", text));
        }
    }
    if name.is_none() && phone.is_none() {
        return Ok(None);
    }
    let named = match (name, phone) {
        (Some(name), None) => Named::parse(&name),
        (name, phone) => Named {
            name: name.unwrap_or_default(),
            phone,
            language: None,
        },
    };
    let id =
        customers::find_or_create(tx, ctx, &named).map_err(|fault| about("customer", fault))?;
    Ok(Some(id))
}
