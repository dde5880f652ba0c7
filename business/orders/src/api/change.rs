//! Changing what an order holds, taking the last act back, ticking off.

use kernel::{
    Ctx, Fault,
    ids::{CustomerId, OrderId},
};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::json;
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example};

use super::{
    NAMED,
    acts::{OneStep, one_step},
    lines_of, one,
    wire::{Head, LineAsked, One, SlotAsked},
};
use crate::{
    EDIT, SERVE,
    commands::{self, Edit},
    model::{Level, WantedSlot},
    queries,
};

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    #[schemars(length(max = 2000))]
    note: Option<String>,
    /// Whether it goes before others.
    priority: Option<bool>,
    customer: Option<CustomerId>,
    /// What is sold from now on; a service sold before keeps its name and price.
    #[schemars(length(max = 40))]
    lines: Option<Vec<LineAsked>>,
    /// Another time, together with its lines, for an order that keeps one.
    slot: Option<SlotAsked>,
}

/// A checklist as it was ticked off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ticks {
    /// One for each point.
    #[schemars(length(max = 50))]
    ticks: Vec<bool>,
}

/// Every endpoint.
pub(super) fn endpoints() -> Endpoints {
    let (path, tick) = ("/orders/{id}", "/orders/{id}/steps/{step}/ticks");
    Endpoints::new(
        "orders",
        [
            Endpoint::post(path, EDIT, "orders-api-change", change)
                .patch()
                .versioned()
                .asks(one)
                .named(NAMED)
                .example(|| {
                    json!({
                        "note": "By the window, please.",
                        "lines": [{ "service": example::SERVICE, "quantity": 1 }],
                    })
                }),
            Endpoint::post("/orders/{id}/undo", SERVE, "orders-api-undo", undo)
                .versioned()
                .asks(one),
            Endpoint::post(tick, SERVE, "orders-api-step-tick", tick_step)
                .versioned()
                .asks(one_step)
                .example(|| json!({ "ticks": [true] })),
        ],
    )
}

fn version(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<i64, Fault> {
    Ok(queries::order(tx, ctx, id)?.version)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let level = |first: bool| {
        if first {
            Level::Priority
        } else {
            Level::Normal
        }
    };
    let edit = Edit {
        note: change.note,
        level: change.priority.map(level),
        customer: change.customer,
        lines: change.lines.as_deref().map(lines_of),
        slot: change.slot.map(|slot| WantedSlot {
            start: slot.start.at,
            staff: slot.staff,
        }),
        ..Edit::default()
    };
    let seen = version(tx, ctx, one.id)?;
    let order = commands::edit(tx, ctx, one.id, seen, &edit)?;
    Head::of_one(tx, ctx, order)
}

fn undo(tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let last = version(tx, ctx, one.id)?;
    let order = commands::undo(tx, ctx, one.id, last)?;
    Head::of_one(tx, ctx, order)
}

fn tick_step(tx: &mut Tx, ctx: &Ctx, of: OneStep, done: Ticks) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    commands::tick(tx, ctx, of.id, of.step, &done.ticks)?;
    let order = queries::order(tx, ctx, of.id)?;
    Head::of_one(tx, ctx, order)
}
