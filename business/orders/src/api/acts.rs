//! What can be done about an order that is there.

use kernel::{
    Ctx, Fault,
    ids::{NoteId, OrderId, StaffId, StepId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Moment, Nothing, example};

use super::{
    one,
    wire::{Head, One},
};
use crate::{
    EDIT, SERVE, TAKE,
    commands::{self, Reschedule},
    model::Order,
};

/// Why an order is called off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    /// In words; the customer's wish, if not said.
    #[schemars(length(min = 1, max = 300))]
    reason: Option<String>,
}

/// Who serves.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct By {
    /// Whom the slot names, or else whoever asks, if not said.
    staff: Option<StaffId>,
}

/// Another time.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct To {
    /// When the service should begin.
    start: Moment,
    /// Who should serve; whoever does now where that is possible, if not said.
    staff: Option<StaffId>,
}

/// What went wrong with a step.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Cause {
    #[schemars(length(min = 1, max = 300))]
    cause: String,
}

/// Something to be written down.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewNote {
    #[schemars(length(min = 1, max = 2000))]
    text: String,
}

/// A note that was written down.
#[derive(Serialize, JsonSchema)]
struct Noted {
    id: NoteId,
}

/// A checklist as it was ticked off.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ticks {
    /// One for each point; what was ticked before, if not said.
    #[schemars(length(max = 50))]
    ticks: Option<Vec<bool>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct OneStep {
    pub(super) id: OrderId,
    pub(super) step: StepId,
}

pub(super) fn one_step() -> Value {
    json!({ "id": example::ORDER, "step": example::STEP })
}

fn told(tx: &mut Tx, ctx: &Ctx, order: Order) -> Result<Head, Fault> {
    Head::of_one(tx, ctx, order)
}

/// Every endpoint.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new("orders", moves()).merge(Endpoints::new("orders", steps()))
}

fn moves() -> Vec<Endpoint> {
    let act = |path, permission, words, run: fn(&mut Tx, &Ctx, OrderId) -> Result<Order, Fault>| {
        let run = move |tx: &mut Tx, ctx: &Ctx, one: One, _: Nothing| {
            let ctx = &ctx.unscoped();
            let order = run(tx, ctx, one.id)?;
            told(tx, ctx, order)
        };
        Endpoint::post(path, permission, words, run)
            .versioned()
            .asks(one)
    };
    vec![
        act(
            "/orders/{id}/confirmation",
            TAKE,
            "orders-api-confirm",
            commands::confirm,
        ),
        act(
            "/orders/{id}/arrival",
            TAKE,
            "orders-api-arrive",
            commands::arrive,
        ),
        act(
            "/orders/{id}/no-show",
            TAKE,
            "orders-api-no-show",
            commands::no_show,
        ),
        act(
            "/orders/{id}/finish",
            SERVE,
            "orders-api-finish",
            commands::finish,
        ),
        Endpoint::post("/orders/{id}/start", SERVE, "orders-api-start", start)
            .versioned()
            .asks(one)
            .example(|| json!({ "staff": example::STAFF })),
        Endpoint::post(
            "/orders/{id}/cancellation",
            TAKE,
            "orders-api-cancel",
            cancel,
        )
        .versioned()
        .asks(one)
        .example(|| json!({ "reason": "The customer fell ill." })),
        Endpoint::post("/orders/{id}/slot", TAKE, "orders-api-move", reschedule)
            .versioned()
            .asks(one)
            .named(&[("start", "/start"), ("slot", "/start")])
            .example(|| json!({ "start": "2026-11-24T15:00:00+08:00" })),
        Endpoint::post("/orders/{id}/notes", EDIT, "orders-api-note", note)
            .asks(one)
            .example(|| json!({ "text": "Asked for the same colour as in May." })),
    ]
}

fn start(tx: &mut Tx, ctx: &Ctx, one: One, by: By) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let order = commands::start(tx, ctx, one.id, by.staff)?;
    told(tx, ctx, order)
}

fn cancel(tx: &mut Tx, ctx: &Ctx, one: One, why: Reason) -> Result<Head, Fault> {
    let usual = || ctx.locale.t("orders-api-reason");
    let reason = why.reason.unwrap_or_else(usual);
    let ctx = &ctx.unscoped();
    let order = commands::cancel(tx, ctx, one.id, &reason)?;
    told(tx, ctx, order)
}

fn reschedule(tx: &mut Tx, ctx: &Ctx, one: One, to: To) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let wanted = Reschedule {
        start: to.start.at,
        staff: to.staff,
        version: None,
    };
    let order = commands::reschedule(tx, ctx, one.id, wanted)?;
    told(tx, ctx, order)
}

fn note(tx: &mut Tx, ctx: &Ctx, one: One, note: NewNote) -> Result<Noted, Fault> {
    let id = commands::add_note(tx, &ctx.unscoped(), one.id, &note.text)?;
    Ok(Noted { id })
}

fn steps() -> Vec<Endpoint> {
    let step = |endpoint: Endpoint| endpoint.versioned().asks(one_step);
    let [start, finish, skip, failure] = [
        "/orders/{id}/steps/{step}/start",
        "/orders/{id}/steps/{step}/finish",
        "/orders/{id}/steps/{step}/skip",
        "/orders/{id}/steps/{step}/failure",
    ];
    vec![
        step(Endpoint::post(
            start,
            SERVE,
            "orders-api-step-start",
            start_step,
        ))
        .example(|| json!({ "staff": example::STAFF })),
        step(Endpoint::post(
            finish,
            SERVE,
            "orders-api-step-finish",
            finish_step,
        )),
        step(Endpoint::post(
            skip,
            SERVE,
            "orders-api-step-skip",
            skip_step,
        )),
        step(Endpoint::post(
            failure,
            SERVE,
            "orders-api-step-fail",
            fail_step,
        ))
        .example(|| json!({ "cause": "The colour was mixed too dark." })),
    ]
}

fn start_step(tx: &mut Tx, ctx: &Ctx, of: OneStep, by: By) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let order = commands::start_step(tx, ctx, of.id, of.step, by.staff)?;
    told(tx, ctx, order)
}

fn finish_step(tx: &mut Tx, ctx: &Ctx, of: OneStep, done: Ticks) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let order = commands::finish_step(tx, ctx, of.id, of.step, done.ticks.as_deref())?;
    told(tx, ctx, order)
}

fn skip_step(tx: &mut Tx, ctx: &Ctx, of: OneStep, _: Nothing) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let order = commands::skip_step(tx, ctx, of.id, of.step)?;
    told(tx, ctx, order)
}

fn fail_step(tx: &mut Tx, ctx: &Ctx, of: OneStep, wrong: Cause) -> Result<Head, Fault> {
    let ctx = &ctx.unscoped();
    let order = commands::fail_step(tx, ctx, of.id, of.step, &wrong.cause)?;
    told(tx, ctx, order)
}
