//! What programs may do with series: take one, say what becomes of dates that cannot be had, and
//! move or call off what is still ahead.

mod change;

use std::collections::BTreeMap;

use kernel::{
    Channel, Ctx, Date, Every, Fault, Repeat, Text, Timestamp, Until,
    ids::{CustomerId, OrderId, SeriesId, ServiceId, SiteId, StaffId},
};
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example, words};

use crate::{
    commands::{self, Decision, Foreseen, New},
    model::{self, STEP_MAX, UNITS},
};

/// What may become of a date that cannot be had.
const CONFLICTS: [&str; 3] = ["refuse", "skip", "nearest"];

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let create = Endpoint::post("/series", orders::TAKE, "series-api-create", create)
        .creates()
        .named(orders::API_NAMED)
        .example(|| {
            json!({
                "site": example::SITE,
                "customer": example::CUSTOMER,
                "lines": [{ "service": example::SERVICE, "quantity": 1 }],
                "slot": { "start": example::START },
                "unit": "days",
                "count": 3,
                "conflicts": "nearest",
            })
        });
    Endpoints::new("series", [create]).merge(change::endpoints())
}

fn units(_: &mut SchemaGenerator) -> Schema {
    words(UNITS)
}

fn conflicts(_: &mut SchemaGenerator) -> Schema {
    words(CONFLICTS)
}

/// One thing asked for at each date.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeriesLine {
    service: ServiceId,
    /// How many; 1 if not said.
    #[schemars(range(min = 1, max = 999))]
    quantity: Option<i64>,
}

/// The time of the first date; the others have the same time by the clock on the wall.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SeriesSlot {
    start: Moment,
    /// Who should serve; anybody who can, if not said.
    staff: Option<StaffId>,
}

/// A series to be taken.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewSeries {
    site: SiteId,
    customer: Option<CustomerId>,
    /// What is asked for; the first line is the main service.
    #[schemars(length(min = 1, max = 40))]
    lines: Vec<SeriesLine>,
    slot: SeriesSlot,
    /// What the dates lie apart is counted in.
    #[schemars(schema_with = "units")]
    unit: String,
    /// How many of them lie between two dates; 1 if not said.
    #[schemars(range(min = 1, max = 52))]
    step: Option<i64>,
    /// How many dates there are.
    #[schemars(range(min = 1, max = 200))]
    count: i64,
    /// What becomes of dates that cannot be had: `refuse` the whole series, which is what happens
    /// if nothing is said, `skip` them, or take the `nearest` free time.
    #[serde(default)]
    #[schemars(schema_with = "conflicts")]
    conflicts: Option<String>,
    #[schemars(length(max = 2000))]
    note: Option<String>,
}

/// A date that was taken.
#[derive(Serialize, JsonSchema)]
struct SeriesDate {
    order: OrderId,
    /// The order's number, unique in the organisation.
    number: i64,
    start: Moment,
}

/// A date that could not be had as it was asked for.
#[derive(Serialize, JsonSchema)]
struct SeriesConflict {
    date: String,
    /// Why, in words.
    reason: String,
    /// The free time nearest to it.
    nearest: Option<Moment>,
}

/// A series as it was taken.
#[derive(Serialize, JsonSchema)]
struct TakenSeries {
    id: SeriesId,
    orders: Vec<SeriesDate>,
    /// The dates that could not be had; left out, or taken at the nearest free time.
    conflicts: Vec<SeriesConflict>,
}

impl NewSeries {
    /// The series as the commands know it.
    fn read(&self, tx: &mut Tx, ctx: &Ctx) -> Result<New, Fault> {
        let site = organisation::site(tx, ctx, self.site)?;
        let start = self.slot.start.at;
        let line = |line: &SeriesLine| NewLine {
            service: line.service,
            quantity: line.quantity.unwrap_or(1),
        };
        let order = NewOrder {
            customer: self.customer,
            lines: self.lines.iter().map(line).collect(),
            slot: Some(WantedSlot {
                start,
                staff: self.slot.staff,
            }),
            note: self.note.clone().unwrap_or_default(),
            ..NewOrder::new(self.site, Kind::Booking)
        };
        let count = usize::try_from(self.count).unwrap_or(0);
        Ok(New {
            order,
            repeat: Repeat {
                first: site.date_of(start),
                every: self.every(),
                until: Until::Count(count),
            },
            first: None,
        })
    }

    fn every(&self) -> Every {
        model::every(&self.unit, self.step.unwrap_or(1).min(STEP_MAX))
    }

    /// What becomes of a date that cannot be had; `None` refuses the series.
    fn decide(&self, instead: Option<Timestamp>) -> Option<Decision> {
        match (self.conflicts.as_deref(), instead) {
            (Some("skip"), _) | (Some("nearest"), None) => Some(Decision::Skip),
            (Some("nearest"), Some(start)) => Some(Decision::Instead(start)),
            _ => None,
        }
    }
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, asked: NewSeries) -> Result<TakenSeries, Fault> {
    let ctx = &ctx.unscoped().with_channel(Channel::Api);
    let new = asked.read(tx, ctx)?;
    // What stands in the way is decided behind the gate that the dates are taken behind.
    capacity::gate(tx, ctx, asked.site)?;
    let dates = commands::foresee(tx, ctx, &new)?;
    let free = dates.iter().filter(|date| date.why.is_none());
    let mut had: Vec<Timestamp> = free.filter_map(|date| date.start).collect();
    let seconds = commands::minutes_of(tx, ctx, &new.order)? * 60;
    let in_the_way: Vec<Foreseen> = dates
        .into_iter()
        .filter(|date| date.why.is_some())
        .collect();
    let decided = in_the_way.iter().filter_map(|date| {
        // The customer is at one date at a time.
        let apart = |start: &Timestamp| {
            let mut others = had.iter();
            others.all(|other| (other.as_second() - start.as_second()).abs() >= seconds)
        };
        let instead = date.instead.filter(apart);
        had.extend(instead);
        Some((date.date, asked.decide(instead)?))
    });
    let decided: BTreeMap<Date, Decision> = decided.collect();
    let (id, taken) = commands::create(tx, ctx, &new, &decided)?;
    let zone = organisation::site(tx, ctx, asked.site)?.zone;
    let local = |at| Moment::new(at, &zone);
    let conflict = |date: Foreseen| SeriesConflict {
        date: date.date.to_string(),
        reason: date
            .why
            .as_ref()
            .map(|why: &Text| why.speak(ctx.locale))
            .unwrap_or_default(),
        nearest: date.instead.map(local),
    };
    Ok(TakenSeries {
        id,
        orders: taken
            .iter()
            .map(|order| SeriesDate {
                order: order.id,
                number: order.number,
                start: local(order.due()),
            })
            .collect(),
        conflicts: in_the_way.into_iter().map(conflict).collect(),
    })
}
