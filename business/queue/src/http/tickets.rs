//! What the desk does with tickets.

use kernel::Ctx;
use kernel::Fault;
use kernel::ids::{StaffId, TicketId};
use store::Tx;
use web::{App, Form, Me, Path, Reply, State};

use crate::queries::Ticket;
use crate::{commands, visits};

/// Runs a command that Today itself offers to undo, and goes back there.
async fn act_undoably<F>(app: App, me: Me, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Ticket, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    app.write(move |tx| command(tx, &ctx)).await?;
    web::see_other("/today")
}

/// Runs a command on a ticket and goes back to Today.
pub(super) async fn act<F>(app: App, me: Me, key: &'static str, command: F) -> Reply
where
    F: FnOnce(&mut Tx, &Ctx) -> Result<Ticket, Fault> + Send + 'static,
{
    let ctx = me.ctx.clone();
    let ticket = app.write(move |tx| command(tx, &ctx)).await?;
    let words = me.look.locale.tx(key, &[("number", ticket.label().into())]);
    web::done("/today", &words)
}

pub(super) async fn call(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    act_undoably(app, me, move |tx, ctx| commands::call(tx, ctx, id, staff)).await
}

pub(super) async fn start(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    act_undoably(app, me, move |tx, ctx| visits::start(tx, ctx, id, staff)).await
}

pub(super) async fn skip(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let count = form.optional_int("count", 1, 50).unwrap_or(1);
    form.done()?;
    let count = usize::try_from(count).unwrap_or(1);
    act_undoably(app, me, move |tx, ctx| commands::skip(tx, ctx, id, count)).await
}

pub(super) async fn absence(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let minutes = form.optional_int("minutes", 1, 240).unwrap_or(15);
    form.done()?;
    act_undoably(app, me, move |tx, ctx| {
        commands::return_later(tx, ctx, id, minutes)
    })
    .await
}

pub(super) async fn put_back(State(app): State<App>, me: Me, Path(id): Path<TicketId>) -> Reply {
    act(app, me, "queue-done-back", move |tx, ctx| {
        commands::put_back(tx, ctx, id)
    })
    .await
}

pub(super) async fn no_show(State(app): State<App>, me: Me, Path(id): Path<TicketId>) -> Reply {
    act_undoably(app, me, move |tx, ctx| commands::no_show(tx, ctx, id)).await
}

pub(super) async fn assign(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let staff: Option<StaffId> = form.optional_id("staff");
    form.done()?;
    act(app, me, "queue-done-assign", move |tx, ctx| {
        commands::assign(tx, ctx, id, staff)
    })
    .await
}

pub(super) async fn undo(State(app): State<App>, me: Me, Path(id): Path<TicketId>) -> Reply {
    act(app, me, "queue-done-undo", move |tx, ctx| {
        commands::undo(tx, ctx, id)
    })
    .await
}

pub(super) async fn transfer(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    mut form: Form,
) -> Reply {
    let line = form.text("line", 1, 2);
    form.done()?;
    act_undoably(app, me, move |tx, ctx| {
        commands::transfer(tx, ctx, id, &line)
    })
    .await
}

pub(super) async fn prioritise(
    State(app): State<App>,
    me: Me,
    Path(id): Path<TicketId>,
    form: Form,
) -> Reply {
    let reason = form.typed("reason").to_owned();
    act_undoably(app, me, move |tx, ctx| {
        commands::prioritise(tx, ctx, id, &reason)
    })
    .await
}
