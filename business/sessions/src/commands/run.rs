//! The hour itself: who is here, the beginning, the end.

use kernel::{
    Ctx, Fault,
    ids::{GroupSessionId, OrderId},
};
use orders::StateName;
use store::Tx;

use super::plan::{fact, locked, save};
use crate::{
    model::{Session, Stage},
    queries,
};

/// Somebody who has a seat is here; when the session has begun, they are served from now on.
pub fn check_in(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
    order: OrderId,
) -> Result<(), Fault> {
    let session = queries::session(tx, ctx, session)?;
    if orders::order(tx, ctx, order)?.session != Some(session.id) {
        return Err(Fault::missing("sessions-missing"));
    }
    capacity::gate(tx, ctx, session.site)?;
    orders::arrive(tx, ctx, order)?;
    if matches!(session.stage, Stage::Running { .. }) {
        orders::start(tx, ctx, order, Some(session.staff))?;
    }
    Ok(())
}

/// The session begins: everybody who is here is served from now on.
pub fn begin(tx: &mut Tx, ctx: &Ctx, id: GroupSessionId) -> Result<Session, Fault> {
    ctx.require(orders::SERVE)?;
    let seen = locked(tx, ctx, id)?;
    ctx.require_at(orders::SERVE, seen.site)?;
    let session = seen.clone().begin(ctx.now)?;
    if session == seen {
        return Ok(seen);
    }
    for card in orders::in_session(tx, ctx, id)? {
        if card.order.state.name() == StateName::Waiting {
            orders::start(tx, ctx, card.order.id, Some(session.staff))?;
        }
    }
    save(tx, ctx, &session)?;
    tx.record(ctx, fact("session.begun", &session));
    Ok(session)
}

/// The session is over: who was here is finished, who was not did not come. Its leader and room
/// are free from now on.
pub fn end(tx: &mut Tx, ctx: &Ctx, id: GroupSessionId) -> Result<Session, Fault> {
    ctx.require(orders::SERVE)?;
    let seen = locked(tx, ctx, id)?;
    ctx.require_at(orders::SERVE, seen.site)?;
    let session = seen.clone().end(ctx.now)?;
    if session == seen {
        return Ok(seen);
    }
    for card in orders::in_session(tx, ctx, id)? {
        let order = card.order.id;
        match card.order.state.name() {
            StateName::Serving => orders::finish(tx, ctx, order).map(drop)?,
            StateName::Waiting => {
                orders::start(tx, ctx, order, Some(session.staff))?;
                orders::finish(tx, ctx, order)?;
            }
            // Begun ahead of its hour, nobody can have missed it yet.
            StateName::Booked if ctx.now >= session.span.start => {
                orders::no_show(tx, ctx, order)?;
            }
            _ => {}
        }
    }
    capacity::end_session(tx, ctx, id, ctx.now)?;
    save(tx, ctx, &session)?;
    tx.record(ctx, fact("session.ended", &session));
    Ok(session)
}
