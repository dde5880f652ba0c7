//! What programs may do with series: take one, say what becomes of dates that cannot be had, and
//! move or call off what is still ahead.

mod change;
mod dates;

use kernel::{
    Channel, Ctx, Fault,
    ids::{CustomerId, ServiceId, SiteId, StaffId},
};
use orders::{Kind, NewLine, NewOrder, WantedSlot};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Deserialize;
use serde_json::json;
use store::Tx;
use web::api::{Day, Endpoint, Endpoints, Moment, Nothing, example, words};

use crate::{commands::New, model::UNITS};
use dates::{DateDecision, Dates, Often, TakenSeries, conflicts, taken};

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
    let look = Endpoint::post("/series/dates", orders::TAKE, "series-api-look", look)
        .named(orders::API_NAMED)
        .example(|| {
            json!({
                "site": example::SITE,
                "lines": [{ "service": example::SERVICE }],
                "slot": { "start": example::START },
                "unit": "weeks",
                "until": "2026-12-31",
            })
        });
    Endpoints::new("series", [create, look])
        .merge(dates::endpoints())
        .merge(change::endpoints())
}

fn units(_: &mut SchemaGenerator) -> Schema {
    words(UNITS)
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
    /// How many dates there are; until the last day, if not said.
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
    #[schemars(length(max = 2000))]
    note: Option<String>,
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
        let often = Often {
            unit: &self.unit,
            step: self.step,
            ends: (self.count, self.until),
        };
        Ok(New {
            order,
            repeat: often.from(site.date_of(start))?,
            first: None,
        })
    }
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, asked: NewSeries) -> Result<TakenSeries, Fault> {
    let ctx = &ctx.unscoped().with_channel(Channel::Api);
    let new = asked.read(tx, ctx)?;
    taken(
        tx,
        ctx,
        &new,
        (asked.conflicts.as_deref(), &asked.decisions),
    )
}

fn look(tx: &mut Tx, ctx: &Ctx, _: Nothing, asked: NewSeries) -> Result<Dates, Fault> {
    let ctx = &ctx.unscoped();
    let new = asked.read(tx, ctx)?;
    dates::looked(tx, ctx, &new)
}
