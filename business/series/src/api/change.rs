//! A series as it stands, for programs; moving and calling off some of it.

use kernel::{
    Ctx, Fault,
    ids::{CustomerId, OrderId, SeriesId, SiteId, StaffId},
};
use orders::StateName;
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, example, words};

use super::units;
use crate::{
    commands::{self, Shift, Which},
    model, queries,
};

/// Which bookings of a series may be meant.
const WHICH: [&str; 3] = ["this", "following", "all"];

/// Every endpoint of series that were taken.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "series",
        [
            Endpoint::get("/series/{id}", orders::VIEW, "series-api-show", show)
                .asks(|| json!({ "id": example::SERIES })),
            Endpoint::post(
                "/series/orders/{id}/slot",
                orders::TAKE,
                "series-api-move",
                shift,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "which": "following", "start": "2026-11-25T16:00:00+08:00" })),
            Endpoint::post(
                "/series/orders/{id}/cancellation",
                orders::TAKE,
                "series-api-cancel",
                cancel,
            )
            .versioned()
            .asks(one)
            .example(|| json!({ "which": "all", "reason": "The customer moves away." })),
        ],
    )
}

fn one() -> Value {
    json!({ "id": example::ORDER })
}

fn which(_: &mut SchemaGenerator) -> Schema {
    words(WHICH)
}

fn states(_: &mut SchemaGenerator) -> Schema {
    words(StateName::ALL.iter().map(|state| state.as_str()))
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: SeriesId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneOrder {
    /// A booking of the series.
    id: OrderId,
}

/// Another day and time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct To {
    /// This booking, those after it too, or all that are still ahead; this one, if not said.
    #[serde(default)]
    #[schemars(schema_with = "which")]
    which: Option<String>,
    /// When this booking shall begin; the others move by as many days, to the same time of the
    /// day.
    start: Moment,
    /// Who serves; whoever does now where that is possible, if not said.
    staff: Option<StaffId>,
    /// Whether those that cannot be moved stay as they are; otherwise one that cannot be moved
    /// refuses the whole.
    #[serde(default)]
    skip: bool,
}

/// Why bookings are called off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// This booking, those after it too, or all that are still ahead; this one, if not said.
    #[serde(default)]
    #[schemars(schema_with = "which")]
    which: Option<String>,
    #[schemars(length(min = 1, max = 300))]
    reason: String,
}

/// A booking of a series.
#[derive(Serialize, JsonSchema)]
struct Member {
    order: OrderId,
    /// Which one it is, from 1.
    position: i64,
    /// The order's number, unique in the organisation.
    number: i64,
    start: Moment,
    customer: Option<CustomerId>,
    #[schemars(schema_with = "states")]
    state: &'static str,
    /// Counts changes of the order.
    order_version: i64,
}

/// Bookings that repeat.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: SeriesId,
    site: SiteId,
    /// What the dates lie apart is counted in.
    #[schemars(schema_with = "units")]
    unit: &'static str,
    /// How many of them lie between two dates.
    step: i32,
    orders: Vec<Member>,
}

/// What became of the bookings that were meant.
#[derive(Serialize, JsonSchema)]
struct Done {
    /// How many of them were changed.
    count: usize,
    series: Told,
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let series = queries::series(tx, inner, one.id)?;
    inner.require_at(orders::VIEW, series.site)?;
    let zone = organisation::site(tx, inner, series.site)?.zone;
    let (unit, step) = model::words(series.every);
    let members = queries::orders_of(tx, inner, one.id)?.into_iter();
    let members = members.map(|(position, order)| Member {
        order: order.id,
        position,
        number: order.number,
        start: Moment::new(order.due(), &zone),
        customer: order.customer,
        state: order.state.name().as_str(),
        order_version: order.version,
    });
    Ok(Told {
        id: series.id,
        site: series.site,
        unit,
        step,
        orders: members.collect(),
    })
}

/// The series of an order that somebody is about to change, behind the gate that every change of
/// a time comes through.
fn series_of(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<SeriesId, Fault> {
    let site = orders::order(tx, ctx, id)?.site;
    ctx.require_at(orders::TAKE, site)?;
    capacity::gate(tx, ctx, site)?;
    let version = orders::order(tx, ctx, id)?.version;
    tx.seen(id, version)?;
    let member = queries::of_order(tx, ctx, id)?;
    let missing = || Fault::missing("series-missing");
    Ok(member.ok_or_else(missing)?.series)
}

fn meant(word: Option<&str>) -> Which {
    Which::parse(word.unwrap_or_default())
}

fn shift(tx: &mut Tx, ctx: &Ctx, one: OneOrder, to: To) -> Result<Done, Fault> {
    let inner = &ctx.unscoped();
    let series = series_of(tx, inner, one.id)?;
    let wanted = Shift {
        which: meant(to.which.as_deref()),
        start: to.start.at,
        staff: to.staff,
        skip: to.skip,
    };
    let count = commands::shift(tx, inner, one.id, &wanted)?;
    let series = show(tx, ctx, One { id: series })?;
    Ok(Done { count, series })
}

fn cancel(tx: &mut Tx, ctx: &Ctx, one: OneOrder, why: Reason) -> Result<Done, Fault> {
    let inner = &ctx.unscoped();
    let series = series_of(tx, inner, one.id)?;
    let which = meant(why.which.as_deref());
    let count = commands::cancel(tx, inner, one.id, (which, &why.reason))?;
    let series = show(tx, ctx, One { id: series })?;
    Ok(Done { count, series })
}
