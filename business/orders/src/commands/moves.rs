//! The transitions of an order. Each gives the order as it is afterwards; one that has happened
//! already changes nothing, records nothing and is no error.

use std::collections::BTreeSet;

use kernel::{
    Ctx, Fault, Permission, Text,
    ids::{OrderId, ServiceId, SiteId, StaffId},
};
use store::Tx;

use super::{
    save::{self, locked, locked_at_gate},
    take::within_limit,
    undo::{self, Before},
    work,
};
use crate::{
    SERVE, TAKE,
    model::{Act, Next, Order, REASON_CHARS_MAX, State},
    queries,
};

/// Makes a held slot a promise.
pub fn confirm(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    let Next::To(state) = order.state.clone().confirm()? else {
        return Ok(order);
    };
    if let Some(customer) = order.customer {
        let site = organisation::site(tx, ctx, order.site)?;
        let services: Vec<ServiceId> = order.service.into_iter().collect();
        within_limit(tx, ctx, (&site, &services), customer, Some(id))?;
    }
    match order.session {
        Some(_) => capacity::confirm_seats(tx, ctx, id)?,
        None => capacity::confirm_hold(tx, ctx, id).map(drop)?,
    }
    moved(tx, ctx, order, state, "order.booked")
}

/// The customer is here.
pub fn arrive(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    ctx.require(TAKE)?;
    let order = locked(tx, ctx, id)?;
    ctx.require_at(TAKE, order.site)?;
    let Next::To(state) = order.state.clone().arrive(ctx.now)? else {
        return Ok(order);
    };
    let before = Before::of(tx, ctx, &order)?;
    let order = moved(tx, ctx, order, state, "order.arrived")?;
    undo::keep(tx, ctx, &order, Act::Arrival, &before)?;
    Ok(order)
}

/// The work begins, and its first step with it. Whoever is named is busy from now on; without a
/// name it is whom the slot names, or else the member of staff who asks.
pub fn start(tx: &mut Tx, ctx: &Ctx, id: OrderId, staff: Option<StaffId>) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, SERVE)?;
    let named = order.state.slot().and_then(|slot| slot.staff);
    let staff = staff.or(named).or(ctx.staff());
    let here = order.state.arrived().is_some();
    let Next::To(state) = order.state.clone().start(staff, ctx.now)? else {
        return Ok(order);
    };
    let mut before = Before::of(tx, ctx, &order)?;
    if let Some(staff) = staff.filter(|_| order.state.slot().is_none()) {
        occupy(tx, ctx, &order, staff)?;
    }
    if !here {
        tx.record(ctx, save::fact("order.arrived", &order));
    }
    let order = moved(tx, ctx, order, state, "order.started")?;
    before.steps = work::start_first(tx, ctx, &order)?;
    undo::keep(tx, ctx, &order, Act::Start, &before)?;
    queries::load(tx, ctx, id)
}

fn occupy(tx: &mut Tx, ctx: &Ctx, order: &Order, staff: StaffId) -> Result<(), Fault> {
    people::staff_member(tx, ctx, staff)?;
    let Some(service) = order.service.filter(|_| order.minutes > 0) else {
        return Ok(());
    };
    let occupied = capacity::Occupy {
        order: order.id,
        site: order.site,
        service,
        staff,
        start: ctx.now,
        minutes: order.minutes,
    };
    capacity::occupy(tx, ctx, &occupied)?;
    Ok(())
}

/// The work is done. A step still running is done with it; steps never begun are left out.
pub fn finish(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, SERVE)?;
    let Next::To(state) = order.state.clone().finish(ctx.now)? else {
        return Ok(order);
    };
    let mut before = Before::of(tx, ctx, &order)?;
    let closed = work::close(tx, ctx, &order)?;
    let skipped = closed.skipped.len();
    before.steps = closed.all();
    capacity::release_from(tx, ctx, id, ctx.now)?;
    if order.state == State::Open {
        tx.record(ctx, save::fact("order.arrived", &order));
        tx.record(ctx, save::fact("order.started", &order));
    }
    let promised = order.promised;
    let order = save::update_state(tx, ctx, order, state, promised)?;
    let mut event = save::fact("order.finished", &order).attr("steps_skipped", skipped);
    if let (Some(promised), Some(finished)) = (order.promised, order.state.finished()) {
        event = event.attr(
            "late_minutes",
            crate::model::minutes_between(promised, finished),
        );
    }
    tx.record(ctx, event);
    undo::keep(tx, ctx, &order, Act::Finish, &before)?;
    queries::load(tx, ctx, id)
}

/// Called off. Whatever was kept for the order is free again.
pub fn cancel(tx: &mut Tx, ctx: &Ctx, id: OrderId, reason: &str) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Fault::invalid("reason", Text::key("orders-reason-needed")));
    }
    if reason.chars().count() > REASON_CHARS_MAX {
        let text = Text::key("orders-reason-long").with("max", REASON_CHARS_MAX);
        return Err(Fault::invalid("reason", text));
    }
    let Next::To(state) = order.state.clone().cancel(reason.to_owned(), ctx.now)? else {
        return Ok(order);
    };
    work::abandon(tx, ctx, &order, reason)?;
    capacity::release(tx, ctx, id)?;
    capacity::release_seats(tx, ctx, id)?;
    moved(tx, ctx, order, state, "order.cancelled")?;
    queries::load(tx, ctx, id)
}

/// The customer did not come, or left while waiting.
pub fn no_show(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    let Next::To(state) = order.state.clone().no_show(ctx.now)? else {
        return Ok(order);
    };
    let mut before = Before::of(tx, ctx, &order)?;
    before.steps = work::close(tx, ctx, &order)?.all();
    capacity::release(tx, ctx, id)?;
    let order = moved(tx, ctx, order, state, "order.no_show")?;
    undo::keep(tx, ctx, &order, Act::NoShow, &before)?;
    queries::load(tx, ctx, id)
}

/// Gives up every hold that ran out, at most 500; answers the orders. A job runs this.
pub fn expire_holds(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<OrderId>, Fault> {
    ctx.require(TAKE)?;
    let overdue = queries::overdue_holds(tx, ctx, 500)?;
    let sites: BTreeSet<SiteId> = overdue.iter().map(|(_, site)| *site).collect();
    for site in sites {
        capacity::gate(tx, ctx, site)?;
    }
    let mut expired = Vec::new();
    for (id, _) in overdue {
        let order = locked(tx, ctx, id)?;
        // Somebody confirmed it between the list and the lock: then there is nothing to give up.
        let Ok(Next::To(state)) = order.state.clone().expire(ctx.now) else {
            continue;
        };
        work::close(tx, ctx, &order)?;
        capacity::release(tx, ctx, id)?;
        capacity::release_seats(tx, ctx, id)?;
        moved(tx, ctx, order, state, "order.expired")?;
        expired.push(id);
    }
    Ok(expired)
}

pub(super) fn changeable(
    tx: &mut Tx,
    ctx: &Ctx,
    id: OrderId,
    permission: Permission,
) -> Result<Order, Fault> {
    ctx.require(permission)?;
    let order = locked_at_gate(tx, ctx, id)?;
    ctx.require_at(permission, order.site)?;
    Ok(order)
}

fn moved(
    tx: &mut Tx,
    ctx: &Ctx,
    order: Order,
    state: State,
    activity: &'static str,
) -> Result<Order, Fault> {
    let promised = order.promised;
    let order = save::update_state(tx, ctx, order, state, promised)?;
    tx.record(ctx, save::fact(activity, &order));
    Ok(order)
}
