//! A case of an event log: one order of the past with its steps.

use customers::{Details, Imported};
use kernel::{
    Bilingual, Channel, Ctx, Fault, FaultKind, Money, Text, Timestamp,
    ids::{CustomerId, StaffId},
};
use orders::{Ending, Kind, Level, PastLine, PastOrder, PastStep, Recorded};
use organisation::Site;
use people::StaffFields;
use store::Tx;

use super::{House, in_the_past, orders::known_service};
use crate::{
    columns::Columns,
    grid::Row,
    model::{Complaint, Outcome},
    values::Reader,
};

/// The most steps of one case.
const STEPS_MAX: usize = 200;

/// One row: an activity with its times and who carried it out.
struct Event {
    activity: String,
    started: Timestamp,
    ended: Timestamp,
    resource: Option<String>,
}

/// All rows of a case. One row that is wrong leaves the whole case out: half a case would mislead.
pub fn history(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    (columns, rows): (&Columns, &[&Row]),
) -> Result<Outcome, Fault> {
    let site = house.site.clone().ok_or_else(Fault::stale)?;
    let mut events = Vec::with_capacity(rows.len());
    let mut complaints = Vec::new();
    for &row in rows {
        let mut reader = Reader::new(columns, row, ctx.now);
        match event(&mut reader, &site, ctx.now) {
            Ok(event) => events.push(event),
            Err(fault) if fault.kind == FaultKind::Broken => return Err(fault),
            Err(fault) => complaints.extend(fault.fields.into_iter().map(|field| Complaint {
                row: row.number,
                column: columns.heading(&field.field).to_owned(),
                text: field.text,
            })),
        }
    }
    if !complaints.is_empty() {
        return Ok(Outcome::Failed(complaints));
    }
    if events.len() > STEPS_MAX {
        let text = Text::key("exchange-steps-many").with("max", STEPS_MAX);
        return Err(Fault::invalid("case", text));
    }
    // Equal times are common in logs: the place in the file then keeps the order.
    events.sort_by_key(|event| (event.started, event.ended));
    let first = Reader::new(columns, rows[0], ctx.now);
    record(tx, ctx, house, (&site, &first, &events))
}

fn event(reader: &mut Reader, site: &Site, now: Timestamp) -> Result<Event, Fault> {
    reader.needed("case", 40);
    let activity = reader.needed("activity", 80);
    let resource = reader.text("resource", 60);
    let ended = reader.moment("complete", &site.zone);
    let started = reader.moment("start", &site.zone).or(ended);
    in_the_past(reader, "complete", ended, now);
    match (started, ended) {
        (Some(started), Some(ended)) if ended < started => {
            reader.wrong("complete", Text::key("exchange-backwards"));
        }
        (_, None) if reader.given("complete").is_none() => {
            reader.wrong("complete", Text::key("exchange-needed"));
        }
        _ => {}
    }
    reader.check()?;
    let (Some(started), Some(ended)) = (started, ended) else {
        return Err(Fault::invalid("complete", Text::key("exchange-needed")));
    };
    Ok(Event {
        activity,
        started,
        ended,
        resource,
    })
}

fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    (site, first, events): (&Site, &Reader, &[Event]),
) -> Result<Outcome, Fault> {
    let case = first.given("case").unwrap_or_default();
    let external_id = format!("{}:{case}", house.source);
    if orders::order_by_external_id(tx, ctx, &external_id)?.is_some() {
        return Ok(Outcome::Same);
    }
    let customer = customer(tx, ctx, house, first)?;
    if let Some(customer) = customer {
        house.met(tx, ctx, customer)?;
    }
    let mut steps = Vec::with_capacity(events.len());
    for event in events {
        steps.push(step(tx, ctx, house, (site, event))?);
    }
    let started = events.first().map_or(ctx.now, |event| event.started);
    let finished = events
        .iter()
        .map(|event| event.ended)
        .max()
        .unwrap_or(ctx.now);
    let past = PastOrder {
        site: site.id,
        kind: kind(events),
        channel: Channel::Import,
        customer,
        level: Level::Normal,
        note: first
            .given("note")
            .unwrap_or_default()
            .chars()
            .take(500)
            .collect(),
        lines: vec![line(house, site, first)],
        created: started,
        slot: None,
        promised: None,
        blueprint: None,
        ending: Ending::Finished {
            arrived: started,
            started,
            finished,
            staff: steps.last().and_then(|step: &PastStep| step.staff),
        },
        steps,
        external_id: Some(external_id),
    };
    Ok(match orders::record_past(tx, ctx, &past)? {
        Recorded::New(id) => {
            house.made("order", id);
            Outcome::New
        }
        Recorded::Known(_) => Outcome::Same,
    })
}

/// Calls and letters are enquiries; anything else is somebody who came.
fn kind(events: &[Event]) -> Kind {
    let is_remote = |event: &Event| {
        let words = event.activity.to_lowercase();
        ["call", "mail", "chat", "enquir", "inquir"]
            .iter()
            .any(|word| words.contains(word))
    };
    match events.iter().any(is_remote) {
        true => Kind::Enquiry,
        false => Kind::WalkIn,
    }
}

/// What it was about: the product, or else the name of the file.
fn line(house: &House, site: &Site, first: &Reader) -> PastLine {
    let name = first.given("product").unwrap_or(&house.source);
    let service = known_service(house, name);
    let name: String = name.chars().take(80).collect();
    PastLine {
        service: service.map(|service| service.id),
        family: service.map(|service| service.family.as_str().to_owned()),
        name: Bilingual::new(&name, &name),
        quantity: 1,
        unit: Money::new(0, site.currency),
        tax_permille: 0,
        minutes: 0,
    }
}

fn step(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    (site, event): (&Site, &Event),
) -> Result<PastStep, Fault> {
    let staff = match &event.resource {
        Some(name) => Some(worker(tx, ctx, house, (site, name))?),
        None => None,
    };
    Ok(PastStep {
        key: key_of(&event.activity),
        name: Bilingual::new(&event.activity, &event.activity),
        lane: "frontstage".to_owned(),
        minutes_standard: None,
        staff,
        started: event.started,
        ended: event.ended,
        error_cause: None,
    })
}

/// The same activity has the same key, whatever its spelling in capitals and spaces.
fn key_of(activity: &str) -> String {
    organisation::model::slug_from(activity).unwrap_or_else(|| activity.chars().take(40).collect())
}

/// Whoever the log names, taken on as somebody who no longer works here: the past shows them,
/// today's roster does not.
fn worker(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &mut House,
    (site, name): (&Site, &str),
) -> Result<StaffId, Fault> {
    let external_id = format!("{}:{name}", house.source);
    let known = house
        .staff
        .iter()
        .find(|staff| staff.external_id.as_ref() == Some(&external_id));
    if let Some(known) = known {
        return Ok(known.id);
    }
    let fields = StaffFields {
        name: name.to_owned(),
        sites: vec![site.id],
        external_id: Some(external_id),
        ..StaffFields::default()
    };
    let staff = people::create_staff(tx, ctx, fields)?;
    people::set_staff_active(tx, ctx, staff.id, false)?;
    let id = staff.id;
    house.made("staff", id);
    house.staff.push(staff);
    Ok(id)
}

fn customer(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &House,
    first: &Reader,
) -> Result<Option<CustomerId>, Fault> {
    let Some(name) = first.given("customer") else {
        return Ok(None);
    };
    let name: String = name.chars().take(40).collect();
    let external_id = format!("{}:{name}", house.source);
    if let Some(known) = customers::customer_by_external_id(tx, ctx, &external_id)? {
        return Ok(Some(known.id));
    }
    let details = Details {
        name,
        ..Details::default()
    };
    let imported = Imported {
        external_id,
        details,
    };
    Ok(Some(customers::import_customer(tx, ctx, &imported)?.id()))
}
