//! What programs may ask about free times, rooms and equipment, and booking rules, and change.

mod moves;
mod resources;
mod rules;

use kernel::{
    Ctx, Date, Fault, Text, TimeZone, Timestamp,
    ids::{ResourceId, ServiceId, SiteId, StaffId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, example};

use crate::{Ask, Placed, Plan, Slot, VIEW, Visit, queries};

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let free = Endpoint::get("/availability", VIEW, "capacity-api-availability", free).asks(|| {
        json!({
            "site": example::SITE,
            "service": example::SERVICE,
            "from": "2026-11-23",
            "to": "2026-11-24",
        })
    });
    Endpoints::new("availability", [free])
        .merge(resources::endpoints())
        .merge(rules::endpoints())
        .merge(moves::endpoints())
}

/// A day, or an instant.
fn day_or_instant(_: &mut SchemaGenerator) -> Schema {
    json_schema!({
        "type": "string",
        "anyOf": [{ "format": "date" }, { "format": "date-time" }],
    })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    site: SiteId,
    service: ServiceId,
    /// The first day at the site, such as `2026-11-23`, or the first instant.
    #[schemars(schema_with = "day_or_instant")]
    from: String,
    /// The last day, at most 61 later, or the instant before which slots begin.
    #[schemars(schema_with = "day_or_instant")]
    to: String,
    /// Who should serve; anybody who can, if not said.
    staff: Option<StaffId>,
}

/// A start that can be booked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct FreeSlot {
    /// When the service begins.
    start: Moment,
    /// When it ends.
    end: Moment,
    /// Who could serve; for a visit of several parts, who would, part by part.
    staff: Vec<StaffId>,
    /// The rooms and equipment that would be kept.
    resources: Vec<ResourceId>,
}

impl FreeSlot {
    fn of_slot(slot: Slot, zone: &TimeZone) -> Self {
        Self {
            start: Moment::new(slot.start, zone),
            end: Moment::new(slot.end, zone),
            staff: slot.staff,
            resources: slot.resources,
        }
    }

    fn of_plan(plan: &Plan, zone: &TimeZone) -> Option<Self> {
        let (first, last) = (plan.first()?, plan.last()?);
        Some(Self {
            start: Moment::new(first.fit.times.service.start, zone),
            end: Moment::new(last.fit.times.service.end, zone),
            staff: match plan.as_slice() {
                [only] => only.fit.staff.clone(),
                parts => parts.iter().map(Placed::staff).collect(),
            },
            resources: plan.iter().flat_map(Placed::resources).collect(),
        })
    }
}

/// How many other times somebody is told of whose time was taken.
const ALTERNATIVES: usize = 5;

/// The free times of a visit nearest to one that is not.
pub fn alternatives(
    tx: &mut Tx,
    ctx: &Ctx,
    visit: &Visit,
    start: Timestamp,
) -> Result<Vec<FreeSlot>, Fault> {
    let zone = organisation::site(tx, ctx, visit.site)?.zone;
    let plans = queries::nearest_visits(tx, ctx, visit, start, ALTERNATIVES)?;
    let free = plans.iter();
    Ok(free
        .filter_map(|plan| FreeSlot::of_plan(plan, &zone))
        .collect())
}

/// The free starts of one service.
#[derive(Serialize, JsonSchema)]
struct Free {
    slots: Vec<FreeSlot>,
}

/// A day or an instant; the day of the instant at the site.
fn read(text: &str, field: &str, zone: &TimeZone) -> Result<(Date, Option<Timestamp>), Fault> {
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok((at.to_zoned(zone.clone()).date(), Some(at)));
    }
    let wrong = || Fault::invalid(format!("query:/{field}"), Text::key("web-not-date"));
    let day: Date = text.parse().map_err(|_| wrong())?;
    if (1900..2200).contains(&day.year()) {
        Ok((day, None))
    } else {
        Err(wrong())
    }
}

fn free(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Free, Fault> {
    ctx.require_at(VIEW, asked.site)?;
    let ctx = &ctx.unscoped();
    let zone = organisation::site(tx, ctx, asked.site)?.zone;
    let (from, begin) = read(&asked.from, "from", &zone)?;
    let (to, end) = read(&asked.to, "to", &zone)?;
    let ask = Ask {
        site: asked.site,
        service: asked.service,
        add_on_minutes: 0,
        staff: asked.staff,
    };
    let slots = queries::availability(tx, ctx, &ask, from, to)?.into_iter();
    let within = slots.filter(|slot| {
        begin.is_none_or(|begin| slot.start >= begin) && end.is_none_or(|end| slot.start < end)
    });
    Ok(Free {
        slots: within.map(|slot| FreeSlot::of_slot(slot, &zone)).collect(),
    })
}
