//! The dates of a series, for programs: which can be had, and what becomes of those that cannot.

use std::collections::BTreeMap;

use kernel::{
    Ctx, Date, Fault, Repeat, Text, TimeZone, Timestamp, Until,
    ids::{OrderId, SeriesId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, Moment, example, words};

use super::units;
use crate::{
    commands::{self, Decision, Foreseen, New},
    model::{self, STEP_MAX},
};

/// What may become of all dates that cannot be had.
const CONFLICTS: [&str; 3] = ["refuse", "skip", "nearest"];
/// What may become of one date.
const DECISIONS: [&str; 3] = ["skip", "instead", "overrule"];

/// Every endpoint of bookings that are to be repeated.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "series",
        [Endpoint::post(
            "/series/orders/{id}/repetition",
            orders::TAKE,
            "series-api-repeat",
            repeat,
        )
        .asks(|| json!({ "id": example::ORDER }))
        .example(|| json!({ "unit": "days", "count": 3, "conflicts": "skip" }))],
    )
}

pub(super) fn conflicts(_: &mut SchemaGenerator) -> Schema {
    words(CONFLICTS)
}

fn decisions(_: &mut SchemaGenerator) -> Schema {
    words(DECISIONS)
}

/// What becomes of one date.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DateDecision {
    date: Day,
    /// Leave it out, take another start `instead`, or `overrule` what stands in the way.
    #[schemars(schema_with = "decisions")]
    decision: String,
    /// The start to take instead; the nearest free one, if not said.
    start: Option<Moment>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneOrder {
    /// The booking that is the first date already.
    id: OrderId,
}

/// A booking to be repeated at the same time of the clock, with the same person.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Repetition {
    /// What the dates lie apart is counted in.
    #[schemars(schema_with = "units")]
    unit: String,
    /// How many of them lie between two dates; 1 if not said.
    #[schemars(range(min = 1, max = 52))]
    step: Option<i64>,
    /// How many dates there are, the booking included; until the last day, if not said.
    #[schemars(range(min = 1, max = 200))]
    count: Option<i64>,
    /// The last day on which one may be.
    until: Option<Day>,
    /// What becomes of dates that cannot be had: `refuse` the whole series, which is what happens
    /// if nothing is said, `skip` them, or take the `nearest` free time.
    #[serde(default)]
    #[schemars(schema_with = "conflicts")]
    conflicts: Option<String>,
    /// What becomes of single dates, before what is said of all.
    #[serde(default)]
    #[schemars(length(max = 200))]
    decisions: Vec<DateDecision>,
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
pub(super) struct TakenSeries {
    id: SeriesId,
    orders: Vec<SeriesDate>,
    /// The dates that could not be had; left out, or taken at the nearest free time.
    conflicts: Vec<SeriesConflict>,
}

/// A date as it would be.
#[derive(Serialize, JsonSchema)]
struct DateTold {
    date: Day,
    /// When it would begin; null where the clock does not show that time on that day.
    start: Option<Moment>,
    /// Why it cannot be had, in words, if it cannot.
    reason: Option<String>,
    /// The free time nearest to one that cannot be had.
    nearest: Option<Moment>,
    /// Whether the person who is named could be booked over knowingly.
    may_overrule: bool,
}

/// Every date of a series that is not taken yet.
#[derive(Serialize, JsonSchema)]
pub(super) struct Dates {
    dates: Vec<DateTold>,
}

/// How far dates lie apart, and where they end: after so many, or on a day.
pub(super) struct Often<'a> {
    pub(super) unit: &'a str,
    pub(super) step: Option<i64>,
    pub(super) ends: (Option<i64>, Option<Day>),
}

impl Often<'_> {
    /// The dates from a first one on.
    pub(super) fn from(&self, first: Date) -> Result<Repeat, Fault> {
        let needed = || Fault::invalid("count", Text::key("web-required"));
        let until = match self.ends {
            (Some(count), _) => Until::Count(usize::try_from(count).unwrap_or(0)),
            (None, Some(last)) => Until::Date(last.0),
            (None, None) => return Err(needed()),
        };
        Ok(Repeat {
            first,
            every: model::every(self.unit, self.step.unwrap_or(1).min(STEP_MAX)),
            until,
        })
    }
}

/// What every date is and what stands in the way of some.
pub(super) fn looked(tx: &mut Tx, ctx: &Ctx, new: &New) -> Result<Dates, Fault> {
    let zone = organisation::site(tx, ctx, new.order.site)?.zone;
    let local = |at| Moment::new(at, &zone);
    let told = |date: Foreseen| DateTold {
        date: Day(date.date),
        start: date.start.map(local),
        reason: date.why.map(|why| why.speak(ctx.locale)),
        nearest: date.instead.map(local),
        may_overrule: date.over,
    };
    let foreseen = commands::foresee(tx, ctx, new)?.into_iter();
    Ok(Dates {
        dates: foreseen.map(told).collect(),
    })
}

/// What was said of single dates.
fn said(dates: &[Foreseen], decisions: &[DateDecision]) -> BTreeMap<Date, Decision> {
    let decided = decisions.iter().filter_map(|one| {
        let nearest = || dates.iter().find(|date| date.date == one.date.0)?.instead;
        let decision = match one.decision.as_str() {
            "skip" => Decision::Skip,
            "overrule" => Decision::Overrule,
            _ => Decision::Instead(one.start.map(|start| start.at).or_else(nearest)?),
        };
        Some((one.date.0, decision))
    });
    decided.collect()
}

/// What becomes of a date of which nothing was said; `None` refuses the series.
fn usual(conflicts: Option<&str>, instead: Option<Timestamp>) -> Option<Decision> {
    match (conflicts, instead) {
        (Some("skip"), _) | (Some("nearest"), None) => Some(Decision::Skip),
        (Some("nearest"), Some(start)) => Some(Decision::Instead(start)),
        _ => None,
    }
}

/// Takes a series, deciding what becomes of dates that cannot be had.
pub(super) fn taken(
    tx: &mut Tx,
    ctx: &Ctx,
    new: &New,
    (conflicts, decisions): (Option<&str>, &[DateDecision]),
) -> Result<TakenSeries, Fault> {
    // What stands in the way is decided behind the gate that the dates are taken behind.
    capacity::gate(tx, ctx, new.order.site)?;
    let dates = commands::foresee(tx, ctx, new)?;
    let mut decided = said(&dates, decisions);
    let free = dates.iter().filter(|date| date.why.is_none());
    let mut had: Vec<Timestamp> = free.filter_map(|date| date.start).collect();
    had.extend(decided.values().filter_map(|decision| match decision {
        Decision::Instead(start) => Some(*start),
        Decision::Skip | Decision::Overrule => None,
    }));
    let seconds = commands::minutes_of(tx, ctx, &new.order)? * 60;
    let in_the_way: Vec<Foreseen> = dates
        .into_iter()
        .filter(|date| date.why.is_some())
        .collect();
    for date in &in_the_way {
        // The customer is at one date at a time.
        let apart = |start: &Timestamp| {
            let mut others = had.iter();
            others.all(|other| (other.as_second() - start.as_second()).abs() >= seconds)
        };
        let instead = date.instead.filter(apart);
        if decided.contains_key(&date.date) {
            continue;
        }
        had.extend(instead);
        decided.extend(usual(conflicts, instead).map(|decision| (date.date, decision)));
    }
    let (id, orders) = commands::create(tx, ctx, new, &decided)?;
    let zone = organisation::site(tx, ctx, new.order.site)?.zone;
    Ok(TakenSeries {
        id,
        orders: orders
            .iter()
            .map(|order| SeriesDate {
                order: order.id,
                number: order.number,
                start: Moment::new(order.due(), &zone),
            })
            .collect(),
        conflicts: in_the_way
            .into_iter()
            .map(|date| conflict(ctx, &zone, date))
            .collect(),
    })
}

fn conflict(ctx: &Ctx, zone: &TimeZone, date: Foreseen) -> SeriesConflict {
    let reason = date.why.map(|why: Text| why.speak(ctx.locale));
    SeriesConflict {
        date: date.date.to_string(),
        reason: reason.unwrap_or_default(),
        nearest: date.instead.map(|at| Moment::new(at, zone)),
    }
}

fn repeat(tx: &mut Tx, ctx: &Ctx, one: OneOrder, asked: Repetition) -> Result<TakenSeries, Fault> {
    let inner = &ctx.unscoped();
    let order = commands::repeated(tx, inner, one.id)?;
    let site = organisation::site(tx, inner, order.site)?;
    let start = order.slot.map_or(ctx.now, |slot| slot.start);
    let often = Often {
        unit: &asked.unit,
        step: asked.step,
        ends: (asked.count, asked.until),
    };
    let new = New {
        order,
        repeat: often.from(site.date_of(start))?,
        first: Some(one.id),
    };
    taken(
        tx,
        inner,
        &new,
        (asked.conflicts.as_deref(), &asked.decisions),
    )
}
