//! Another time for an order: the whole visit moves, or nothing of it.

use capacity::{Claim, Move};
use kernel::{
    Ctx, Fault, Span, Text, Timestamp,
    ids::{OrderId, StaffId},
};
use store::Tx;

use super::{
    moves::changeable,
    save,
    take::{self, later, slot_of},
};
use crate::{
    TAKE,
    model::{Next, Order, Part, Slot, State, WantedSlot, parts},
    queries,
};

/// Another slot for an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reschedule {
    /// When the service should begin.
    pub start: Timestamp,
    /// Who should serve; `None` keeps the person where that is possible.
    pub staff: Option<StaffId>,
    /// The version that was seen; `None` for whoever decides anew in any case.
    pub version: Option<i64>,
}

/// Another slot for one part of a visit; the other parts go along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartMove {
    /// Which part, from 1.
    pub part: i64,
    /// When it should begin, and who should serve it.
    pub to: Reschedule,
    /// Why that person may be booked over.
    pub overbook: Option<String>,
}

/// Moves the slot of an order, or gives an open one its first slot.
pub fn reschedule(tx: &mut Tx, ctx: &Ctx, id: OrderId, wanted: Reschedule) -> Result<Order, Fault> {
    let wanted = PartMove {
        part: 1,
        to: wanted,
        overbook: None,
    };
    move_part(tx, ctx, id, &wanted)
}

/// As [`reschedule`], booking over whoever is named and busy, for a reason.
pub fn reschedule_over(
    tx: &mut Tx,
    ctx: &Ctx,
    id: OrderId,
    wanted: Reschedule,
    reason: &str,
) -> Result<Order, Fault> {
    let wanted = PartMove {
        part: 1,
        to: wanted,
        overbook: Some(reason.to_owned()),
    };
    move_part(tx, ctx, id, &wanted)
}

/// Moves a visit so that one of its parts is where it is wanted.
pub fn move_part(tx: &mut Tx, ctx: &Ctx, id: OrderId, wanted: &PartMove) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, TAKE)?;
    if order.session.is_some() {
        return Err(Fault::conflict("orders-refuse-session"));
    }
    let before = queries::known_parts(tx, ctx, id)?;
    let overbook = take::overbook(ctx, order.site, wanted.overbook.as_deref())?;
    if let Some(slot) = order.state.slot()
        && is_there(slot, &before, wanted)
    {
        // The same slot is asked for twice; who cannot have one is still told so.
        order.state.clone().reschedule(slot)?;
        return Ok(order);
    }
    let version = wanted.to.version;
    if version.is_some_and(|version| version != order.version) {
        return Err(Fault::stale());
    }
    may_move(&order, wanted.to)?;
    let (slot, now) = match order.state.slot() {
        Some(_) => {
            let to = Move {
                part: wanted.part,
                start: wanted.to.start,
                staff: wanted.to.staff,
                overbook,
            };
            let claims = capacity::move_visit(tx, ctx, id, &to)?;
            (slot_of(&claims)?, named(&order, &before, &claims))
        }
        None => first_claims(tx, ctx, &order, wanted.to, overbook)?,
    };
    let Next::To(state) = order.state.clone().reschedule(slot)? else {
        return reassigned(tx, ctx, order, &now);
    };
    let was_open = order.state == State::Open;
    let order = save::update_state(tx, ctx, order, state, Some(slot.span.end))?;
    save::replace_parts(tx, ctx, id, &now)?;
    let activity = if was_open {
        "order.booked"
    } else {
        "order.rescheduled"
    };
    let event = save::fact(activity, &order).attr("starts_at", slot.span.start.to_string());
    tx.record(ctx, event);
    take::record_overbooked(tx, ctx, &order, &now);
    Ok(order)
}

/// Whether a visit is where it is wanted already; "anybody" is content with whoever it is.
fn is_there(slot: Slot, parts: &[Part], wanted: &PartMove) -> bool {
    let part = parts.iter().find(|part| part.position == wanted.part);
    let (start, staff) = match part {
        Some(part) => (part.span.start, Some(part.staff)),
        None => (slot.span.start, slot.staff),
    };
    start == wanted.to.start && wanted.to.staff.is_none_or(|wished| staff == Some(wished))
}

/// Asks the model first, with a slot as it would be: a refusal must not move the claim.
fn may_move(order: &Order, to: Reschedule) -> Result<(), Fault> {
    let span = later(to.start, order.minutes.max(5)).and_then(|end| Span::new(to.start, end));
    let slot = Slot {
        span: span.ok_or_else(|| Fault::invalid("slot", Text::key("orders-slot-needed")))?,
        staff: to.staff,
    };
    order.state.clone().reschedule(slot)?;
    Ok(())
}

/// The parts of a moved visit, called as they were.
fn named(order: &Order, before: &[Part], claims: &[Claim]) -> Vec<Part> {
    let known: Vec<_> = match (before, claims) {
        ([], [only]) => vec![(only.service, order.title.clone())],
        (before, _) => before
            .iter()
            .map(|part| (part.service, part.title.clone()))
            .collect(),
    };
    parts(claims, &known)
}

/// Another person for a part that is not the first: the slot stays as it is.
fn reassigned(tx: &mut Tx, ctx: &Ctx, order: Order, now: &[Part]) -> Result<Order, Fault> {
    let (state, promised) = (order.state.clone(), order.promised);
    let order = save::update_state(tx, ctx, order, state, promised)?;
    save::replace_parts(tx, ctx, order.id, now)?;
    let starts = order.state.slot().map(|slot| slot.span.start.to_string());
    tx.record(
        ctx,
        save::fact("order.rescheduled", &order).attr("starts_at", starts),
    );
    take::record_overbooked(tx, ctx, &order, now);
    Ok(order)
}

fn first_claims(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    to: Reschedule,
    overbook: Option<String>,
) -> Result<(Slot, Vec<Part>), Fault> {
    let lines = queries::lines(tx, ctx, order.id)?;
    let keep = take::Keep {
        order: order.id,
        site: order.site,
        customer: order.customer,
        wanted: WantedSlot {
            start: to.start,
            staff: to.staff,
        },
        wishes: &[],
        overbook,
        hold_until: None,
    };
    take::claimed(tx, ctx, &keep, &lines)
}
