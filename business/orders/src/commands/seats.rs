//! Orders with seats in a group session: other seats, and a session that moves; and holds that
//! nobody wants any more.

use kernel::{Ctx, Fault, ids::OrderId};
use store::{Tx, params};

use super::{
    moves::changeable,
    save,
    take::{beside_the_first, seated},
    work,
};
use crate::{
    TAKE,
    model::{Line, Next, Order, Slot, State, WantedSeats, totals},
    queries,
};

const SIT: &str = "update orders set session = $3 where org = $1 and id = $2";

/// Gives an order other seats: more, fewer, or in another session of the same service.
pub fn change_seats(
    tx: &mut Tx,
    ctx: &Ctx,
    id: OrderId,
    wanted: WantedSeats,
    version: Option<i64>,
) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    let Some(session) = order.session else {
        return Err(Fault::conflict("orders-refuse-not-seated"));
    };
    let before = queries::lines(tx, ctx, id)?;
    let count: i64 = before.iter().map(|line| line.quantity).sum();
    if session == wanted.session && count == wanted.count {
        return Ok(order);
    }
    if version.is_some_and(|version| version != order.version) {
        return Err(Fault::stale());
    }
    if order.service != Some(wanted.service) {
        return Err(Fault::conflict("orders-refuse-not-seated"));
    }
    // Only what may still be confirmed may sit elsewhere; else this says why not.
    order.state.clone().confirm()?;
    capacity::release_seats(tx, ctx, id)?;
    let slot = seated(tx, ctx, id, wanted, order.state.hold_until())?;
    let lines = reseated(ctx, &before, wanted.count);
    save::update_content(tx, ctx, &order, &totals(&lines, order.total.currency))?;
    save::replace_lines(tx, ctx, id, &lines)?;
    tx.execute(SIT, params![ctx.org, id, wanted.session])?;
    let moved = order
        .state
        .slot()
        .is_none_or(|old| old.span.start != slot.span.start);
    let state = match order.state.hold_until() {
        Some(until) => State::Held { slot, until },
        None => State::Booked { slot },
    };
    let saved = Order {
        version: order.version + 1,
        ..order
    };
    let saved = save::update_state(tx, ctx, saved, state, Some(slot.span.end))?;
    let event = if moved {
        save::fact("order.rescheduled", &saved).attr("starts_at", slot.span.start.to_string())
    } else {
        save::fact("order.changed", &saved).attr("parts", "lines")
    };
    tx.record(ctx, event.object("session", wanted.session, "session"));
    queries::load(tx, ctx, id)
}

/// The same thing sold for another number of seats, at the price it was sold for.
fn reseated(ctx: &Ctx, before: &[Line], count: i64) -> Vec<Line> {
    let Some(first) = before.first() else {
        return Vec::new();
    };
    let line = |position: i64, quantity: i64| Line {
        id: ctx.id(),
        position,
        quantity,
        ..first.clone()
    };
    let mut lines = vec![line(1, 1)];
    if count > 1 {
        lines.push(line(2, count - 1));
    }
    beside_the_first(&mut lines);
    lines
}

/// Gives up a hold before it runs out: whoever it was kept for does not want it.
pub fn give_up(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    let State::Held { slot, until } = order.state else {
        return Ok(order);
    };
    work::close(tx, ctx, &order)?;
    capacity::release(tx, ctx, id)?;
    capacity::release_seats(tx, ctx, id)?;
    let state = State::Expired {
        slot,
        until,
        at: ctx.now,
    };
    let promised = order.promised;
    let order = save::update_state(tx, ctx, order, state, promised)?;
    tx.record(ctx, save::fact("order.expired", &order));
    Ok(order)
}

/// The session of an order takes place at another time or with somebody else. Whoever is here
/// already, and what is closed, stays as it is.
pub fn follow_session(tx: &mut Tx, ctx: &Ctx, id: OrderId, slot: Slot) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    if order.session.is_none() {
        return Err(Fault::conflict("orders-refuse-not-seated"));
    }
    let Ok(Next::To(state)) = order.state.clone().reschedule(slot) else {
        return Ok(order);
    };
    let order = save::update_state(tx, ctx, order, state, Some(slot.span.end))?;
    let event = save::fact("order.rescheduled", &order);
    tx.record(ctx, event.attr("starts_at", slot.span.start.to_string()));
    Ok(order)
}
