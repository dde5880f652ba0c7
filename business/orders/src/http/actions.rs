//! Buttons that need no further question.

use kernel::{
    Ctx, Fault, FaultKind,
    ids::{OrderId, StepId},
};
use store::Tx;
use web::{App, Form, Me, Path, Reply, State, done};

use crate::{commands, model::Order};

/// Runs a command and goes back to the order, where a toast says what was done.
async fn act<F>(app: App, me: Me, id: OrderId, words: &'static str, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Order, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    let locale = me.look.locale;
    match app.write(move |tx| command(tx, &ctx)).await {
        Ok(_) => done(&format!("/orders/{id}"), &locale.t(words)),
        // The order has moved on: its page shows how, and the toast says why not.
        Err(fault) if fault.kind == FaultKind::Conflict && !me.look.json => {
            done(&format!("/orders/{id}"), &fault.speak(locale))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// `POST /orders/{id}/confirmation`.
pub(super) async fn confirm(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    act(app, me, id, "orders-told-booked", move |tx, ctx| {
        commands::confirm(tx, ctx, id)
    })
    .await
}

/// `POST /orders/{id}/arrival`.
pub(super) async fn arrive(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    act(app, me, id, "orders-told-arrived", move |tx, ctx| {
        commands::arrive(tx, ctx, id)
    })
    .await
}

/// `POST /orders/{id}/start`.
pub(super) async fn start(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    mut form: Form,
) -> Reply {
    let staff = form.optional_id("staff");
    form.done()?;
    act(app, me, id, "orders-told-started", move |tx, ctx| {
        commands::start(tx, ctx, id, staff)
    })
    .await
}

/// `POST /orders/{id}/completion`.
pub(super) async fn finish(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    act(app, me, id, "orders-told-finished", move |tx, ctx| {
        commands::finish(tx, ctx, id)
    })
    .await
}

/// `POST /orders/{id}/no-show`.
pub(super) async fn no_show(State(app): State<App>, me: Me, Path(id): Path<OrderId>) -> Reply {
    act(app, me, id, "orders-told-no-show", move |tx, ctx| {
        commands::no_show(tx, ctx, id)
    })
    .await
}

/// `POST /orders/{id}/undo/{version}`.
pub(super) async fn undo(
    State(app): State<App>,
    me: Me,
    Path((id, version)): Path<(OrderId, i64)>,
) -> Reply {
    act(app, me, id, "orders-done-undo", move |tx, ctx| {
        commands::undo(tx, ctx, id, version)
    })
    .await
}

/// `POST /orders/{id}/notes`.
pub(super) async fn note(
    State(app): State<App>,
    me: Me,
    Path(id): Path<OrderId>,
    mut form: Form,
) -> Reply {
    let text = form.text("text", 1, crate::model::NOTE_CHARS_MAX);
    form.done()?;
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::add_note(tx, &ctx, id, &text))
        .await?;
    done(
        &format!("/orders/{id}"),
        &me.look.locale.t("orders-told-note"),
    )
}

/// `POST /orders/{id}/steps/{step}/start`.
pub(super) async fn start_step(
    State(app): State<App>,
    me: Me,
    Path((id, step)): Path<(OrderId, StepId)>,
) -> Reply {
    act(app, me, id, "orders-done-step-started", move |tx, ctx| {
        commands::start_step(tx, ctx, id, step, None)
    })
    .await
}

/// `POST /orders/{id}/steps/{step}/completion`.
pub(super) async fn finish_step(
    State(app): State<App>,
    me: Me,
    Path((id, step)): Path<(OrderId, StepId)>,
    form: Form,
) -> Reply {
    let ticks = ticks(&form);
    act(app, me, id, "orders-done-step-finished", move |tx, ctx| {
        commands::advance(tx, ctx, id, step, ticks.as_deref())
    })
    .await
}

/// `POST /orders/{id}/steps/{step}/skip`.
pub(super) async fn skip_step(
    State(app): State<App>,
    me: Me,
    Path((id, step)): Path<(OrderId, StepId)>,
) -> Reply {
    act(app, me, id, "orders-done-step-skipped", move |tx, ctx| {
        commands::skip_step(tx, ctx, id, step)
    })
    .await
}

/// `POST /orders/{id}/steps/{step}/ticks`.
pub(super) async fn tick(
    State(app): State<App>,
    me: Me,
    Path((id, step)): Path<(OrderId, StepId)>,
    form: Form,
) -> Reply {
    let ticks = ticks(&form).unwrap_or_default();
    act(app, me, id, "orders-done-checklist", move |tx, ctx| {
        commands::tick(tx, ctx, id, step, &ticks)?;
        crate::queries::order(tx, ctx, id)
    })
    .await
}

/// The most points of one checklist.
const POINTS_MAX: usize = 50;

/// The ticks of a checklist that was shown; `None` when the form had none.
fn ticks(form: &Form) -> Option<Vec<bool>> {
    let points: usize = form
        .typed("points")
        .parse()
        .ok()
        .filter(|points| *points <= POINTS_MAX)?;
    let ticked = form.list("tick");
    Some(
        (0..points)
            .map(|at| ticked.contains(&at.to_string()))
            .collect(),
    )
}
