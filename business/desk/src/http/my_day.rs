//! One person's day.

use kernel::ids::{OrderId, StaffId, StepId, TicketId};
use kernel::{Ctx, Fault};
use orders::{Order, StepState};
use store::Tx;
use web::{App, Form, Me, Page, Path, Query, Reply, State};

use crate::{SERVE, my_day, pages};

async fn gather(app: &App, me: &Me, query: &mut Query) -> Result<my_day::MyDay, web::Problem> {
    let staff: Option<StaffId> = query.optional_id("staff");
    query.done()?;
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    Ok(app
        .read(move |tx| my_day::gather(tx, &ctx, site, staff))
        .await?)
}

pub(super) async fn page(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let day = gather(&app, &me, &mut query).await?;
    let locale = me.look.locale;
    let mut shown =
        Page::new(locale.t("desk-my-day")).subtitle(pages::my_day::subtitle(locale, &day));
    if me.ctx.staff().is_some() && me.ctx.may(SERVE) {
        shown = shown.actions(pages::feeds::link(
            &locale.t("desk-feed-own"),
            "/my-day/feed",
        ));
    }
    web::page(&me, shown, pages::my_day::body(locale, &day))
}

pub(super) async fn now(State(app): State<App>, me: Me, mut query: Query) -> Reply {
    let day = gather(&app, &me, &mut query).await?;
    web::fragment(pages::my_day::body(me.look.locale, &day))
}

/// Runs a command and comes back to the day of whoever serves the order.
async fn act<F>(app: App, me: Me, key: &'static str, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Order, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    let order = app.write(move |tx| command(tx, &ctx)).await?;
    let path = match order.state.staff() {
        Some(staff) if me.ctx.staff() != Some(staff) => format!("/my-day?staff={staff}"),
        _ => "/my-day".to_owned(),
    };
    let words = me.look.locale.tx(key, &[("number", order.code.into())]);
    web::done(&path, &words)
}

type Id = Path<OrderId>;

pub(super) async fn start(State(app): State<App>, me: Me, id: Id) -> Reply {
    act(app, me, "desk-done-start", move |tx, ctx| {
        let order = orders::start(tx, ctx, id.0, None)?;
        queue::settle_order(tx, ctx, id.0)?;
        Ok(order)
    })
    .await
}

pub(super) async fn start_ticket(State(app): State<App>, me: Me, id: Path<TicketId>) -> Reply {
    act(app, me, "desk-done-start", move |tx, ctx| {
        let ticket = queue::start(tx, ctx, id.0, None)?;
        orders::order(tx, ctx, ticket.order)
    })
    .await
}

/// Ends the running step with the ticks of its checklist and begins the next, or begins the first.
fn complete(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    step: Option<StepId>,
    ticks: &[usize],
) -> Result<Order, Fault> {
    let steps = orders::steps(tx, ctx, order)?;
    if let Some(id) = step {
        let found = steps
            .iter()
            .find(|step| step.id == id)
            .ok_or_else(|| Fault::missing("desk-step-missing"))?;
        if !matches!(found.state, StepState::Running { .. }) {
            // Pressed twice, or finished at another screen: what was asked for has happened.
            return orders::order(tx, ctx, order);
        }
        let answers: Vec<bool> = (0..found.checklist.len())
            .map(|index| ticks.contains(&index))
            .collect();
        orders::tick(tx, ctx, order, id, &answers)?;
    }
    orders::complete_step(tx, ctx, order)
}

pub(super) async fn step(State(app): State<App>, me: Me, id: Id, mut form: Form) -> Reply {
    let step: Option<StepId> = form.optional_id("step");
    form.done()?;
    let ticks: Vec<usize> = form
        .list("tick")
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    act(app, me, "desk-done-step", move |tx, ctx| {
        complete(tx, ctx, id.0, step, &ticks)
    })
    .await
}

pub(super) async fn failure(State(app): State<App>, me: Me, id: Id, mut form: Form) -> Reply {
    let step: StepId = form.id("step");
    let cause = form.text("cause", 1, 300);
    form.done()?;
    act(app, me, "desk-done-failure", move |tx, ctx| {
        orders::fail_step(tx, ctx, id.0, step, &cause)
    })
    .await
}

pub(super) async fn finish(State(app): State<App>, me: Me, id: Id) -> Reply {
    act(app, me, "desk-done-finish", move |tx, ctx| {
        let order = orders::finish(tx, ctx, id.0)?;
        queue::settle_order(tx, ctx, id.0)?;
        Ok(order)
    })
    .await
}
