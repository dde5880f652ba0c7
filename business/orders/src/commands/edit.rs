//! Changing what is sold and what is written down.

use std::collections::BTreeSet;

use kernel::{
    Ctx, Fault, Text,
    ids::{CustomerId, NoteId, OrderId, StaffId},
};
use store::{Tx, params};

use super::{
    save::{self, locked, locked_at_gate},
    take,
};
use crate::{
    EDIT,
    model::{
        LINES_MAX, Level, Line, NOTE_CHARS_MAX, NewLine, Order, State, StateName, WantedSlot,
        title, totals,
    },
    queries,
};

/// What an order is to contain; `None` leaves a part as it is.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// What the customer said.
    pub note: Option<String>,
    /// Whether the order goes before others.
    pub level: Option<Level>,
    /// Who asks.
    pub customer: Option<CustomerId>,
    /// The name the customer gave, when it is not the one that is known.
    pub booked_as: Option<String>,
    /// Another start or person for an order that keeps a slot, together with its lines.
    pub slot: Option<WantedSlot>,
    /// With whom further lines, by the place of the line; goes with another slot.
    pub wishes: Vec<(usize, StaffId)>,
    /// What is sold. A line whose service was sold before keeps its name and price.
    pub lines: Option<Vec<NewLine>>,
}

/// Changes an order, unless somebody else did since `version` was read. Changing nothing is no
/// change.
pub fn edit(
    tx: &mut Tx,
    ctx: &Ctx,
    id: OrderId,
    version: i64,
    edit: &Edit,
) -> Result<Order, Fault> {
    ctx.require(EDIT)?;
    let old = if edit.lines.is_some() || edit.slot.is_some() {
        locked_at_gate(tx, ctx, id)?
    } else {
        locked(tx, ctx, id)?
    };
    ctx.require_at(EDIT, old.site)?;
    if old.version != version {
        return Err(Fault::stale());
    }
    let before = queries::lines(tx, ctx, id)?;
    keeps_seats(&old, &before, edit)?;
    let kept = edit.lines.as_ref().filter(|_| old.session.is_none());
    let lines = match kept {
        Some(wanted) => changed_lines(tx, ctx, &old, &before, wanted)?,
        None => before.clone(),
    };
    let note = edit.note.as_deref().map_or(old.note.as_str(), str::trim);
    if note.chars().count() > NOTE_CHARS_MAX {
        let text = Text::key("orders-note-long").with("max", NOTE_CHARS_MAX);
        return Err(Fault::invalid("note", text));
    }
    if let Some(customer) = edit.customer {
        customers::optional(tx, ctx, customer)?
            .ok_or_else(|| Fault::invalid("customer", Text::key("orders-customer-missing")))?;
    }
    let new = Order {
        note: note.to_owned(),
        level: edit.level.unwrap_or(old.level),
        customer: edit.customer.or(old.customer),
        booked_as: match (&edit.booked_as, edit.customer) {
            (Some(given), _) => given.clone(),
            (None, Some(customer)) if old.customer != Some(customer) => String::new(),
            (None, _) => old.booked_as.clone(),
        },
        title: title(&lines),
        service: lines.first().and_then(|line| line.service),
        family: lines.first().and_then(|line| line.family.clone()),
        ..old.clone()
    };
    let moves = edit.slot.is_some_and(|wanted| !keeps(&old, wanted));
    if moves {
        // Only a slot that may still be confirmed may be another one; else this says why not.
        old.state.clone().confirm()?;
    }
    if new == old && lines == before && !moves {
        return Ok(old);
    }
    save::update_content(tx, ctx, &new, &totals(&lines, old.total.currency))?;
    if lines != before {
        save::replace_lines(tx, ctx, id, &lines)?;
    }
    if lines != before || moves {
        let slot = edit.slot.filter(|_| moves);
        resize(tx, ctx, &new, &lines, (slot, &edit.wishes))?;
    }
    let event = save::fact("order.changed", &new).attr("version", version + 1);
    tx.record(
        ctx,
        event.attr("parts", parts(&old, &new, lines != before).join(" ")),
    );
    queries::load(tx, ctx, id)
}

/// Seats and their number are changed with the session, not as lines and times.
fn keeps_seats(order: &Order, before: &[Line], edit: &Edit) -> Result<(), Fault> {
    let keeps_lines = |wanted: &[NewLine]| sells(before, wanted);
    let changes = edit.slot.is_some() || !edit.lines.as_deref().is_none_or(keeps_lines);
    if order.session.is_some() && changes {
        return Err(Fault::conflict("orders-refuse-session"));
    }
    Ok(())
}

/// Whether lines are what an order sells already.
fn sells(lines: &[Line], wanted: &[NewLine]) -> bool {
    lines.len() == wanted.len()
        && lines
            .iter()
            .zip(wanted)
            .all(|(line, new)| line.service == Some(new.service) && line.quantity == new.quantity)
}

/// Whether an order has this slot already; "anybody" is content with whoever it is.
fn keeps(order: &Order, wanted: WantedSlot) -> bool {
    order.state.slot().is_some_and(|slot| {
        slot.span.start == wanted.start
            && wanted.staff.is_none_or(|staff| slot.staff == Some(staff))
    })
}

/// A slot lasts as long as its lines: work that grew or shrank is claimed anew, from the same
/// start with the same person unless another slot is wanted, or the edit is refused with what
/// stands in the way.
fn resize(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    lines: &[Line],
    (wanted, wishes): (Option<WantedSlot>, &[(usize, StaffId)]),
) -> Result<(), Fault> {
    let (slot, hold_until) = match &order.state {
        State::Held { slot, until } => (*slot, Some(*until)),
        State::Booked { slot } => (*slot, None),
        _ => return Ok(()),
    };
    let before = capacity::claims_of(tx, ctx, order.id)?;
    let groups = take::grouped(tx, ctx, lines, &[])?;
    let is_same = totals(lines, order.total.currency).minutes == order.minutes
        && before.len() == groups.len();
    if wanted.is_none() && is_same {
        return Ok(());
    }
    let kept = kept_wishes(lines, &before);
    let reason = before.iter().find_map(|claim| claim.overbooked.clone());
    capacity::release(tx, ctx, order.id)?;
    let keep = take::Keep {
        order: order.id,
        site: order.site,
        customer: order.customer,
        wishes: if wanted.is_some() { wishes } else { &kept },
        overbook: reason.filter(|_| wanted.is_none()),
        wanted: wanted.unwrap_or(WantedSlot {
            start: slot.span.start,
            staff: slot.staff,
        }),
        hold_until,
    };
    let (fresh, parts) = take::claimed(tx, ctx, &keep, lines)?;
    save::replace_parts(tx, ctx, order.id, &parts)?;
    let state = match hold_until {
        Some(until) => State::Held { slot: fresh, until },
        None => State::Booked { slot: fresh },
    };
    let promised = match order.promised {
        Some(promised) if promised == slot.span.end => Some(fresh.span.end),
        promised => promised,
    };
    let saved = Order {
        version: order.version + 1,
        ..order.clone()
    };
    let saved = save::update_state(tx, ctx, saved, state, promised)?;
    if fresh.span.start != slot.span.start {
        let event = save::fact("order.rescheduled", &saved);
        tx.record(ctx, event.attr("starts_at", fresh.span.start.to_string()));
    }
    Ok(())
}

/// Whoever serves a part goes on serving it when the work grows or shrinks.
fn kept_wishes(lines: &[Line], claims: &[capacity::Claim]) -> Vec<(usize, StaffId)> {
    let further = claims.iter().filter(|claim| claim.part > 1);
    let place = |claim: &capacity::Claim| {
        let at = lines
            .iter()
            .position(|line| line.service == Some(claim.service))?;
        Some((at, claim.staff))
    };
    further.filter_map(place).collect()
}

/// The parts that differ, for the timeline.
fn parts(old: &Order, new: &Order, lines: bool) -> Vec<&'static str> {
    let differs = [
        ("lines", lines),
        ("note", old.note != new.note),
        ("level", old.level != new.level),
        ("customer", old.customer != new.customer),
    ];
    differs
        .into_iter()
        .filter(|(_, differs)| *differs)
        .map(|(part, _)| part)
        .collect()
}

fn changed_lines(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    before: &[Line],
    wanted: &[NewLine],
) -> Result<Vec<Line>, Fault> {
    let name = order.state.name();
    if name.is_closed() {
        return Err(Fault::conflict("orders-refuse-lines-closed"));
    }
    if wanted.is_empty() && !before.is_empty() {
        return Err(Fault::invalid(
            "service",
            Text::key("orders-service-needed"),
        ));
    }
    if wanted.len() > LINES_MAX {
        let text = Text::key("orders-lines-many").with("max", LINES_MAX);
        return Err(Fault::invalid("service", text));
    }
    if wanted
        .iter()
        .any(|line| !(1..=999).contains(&line.quantity))
    {
        return Err(Fault::invalid(
            "quantity",
            Text::key("orders-quantity-wrong"),
        ));
    }
    // The claim was made with the skills and rooms of the first service.
    let kept = matches!(name, StateName::Held | StateName::Booked);
    if kept && wanted.first().map(|line| line.service) != order.service {
        return Err(Fault::conflict("orders-refuse-main-service"));
    }
    let known: BTreeSet<_> = before.iter().filter_map(|line| line.service).collect();
    let fresh: Vec<NewLine> = wanted
        .iter()
        .filter(|line| !known.contains(&line.service))
        .copied()
        .collect();
    let site = organisation::site(tx, ctx, order.site)?;
    let services = take::offered(tx, ctx, &site, &fresh)?;
    let mut fresh = take::priced(ctx, &fresh, &services).into_iter();
    let mut lines = Vec::with_capacity(wanted.len());
    for (position, line) in (1..).zip(wanted) {
        let sold = before.iter().find(|old| old.service == Some(line.service));
        let found = match sold {
            Some(old) if lines.iter().all(|line: &Line| line.id != old.id) => Some(old.clone()),
            Some(old) => Some(Line {
                id: ctx.id(),
                ..old.clone()
            }),
            None => fresh.next(),
        };
        let found = found.ok_or_else(|| Fault::broken("a new line has no price"))?;
        lines.push(Line {
            position,
            quantity: line.quantity,
            ..found
        });
    }
    Ok(lines)
}

const INSERT_NOTE: &str = "
    insert into order_notes (org, order_id, id, written_at, author, text)
    values ($1, $2, $3, $4, $5, $6)";

/// Writes something down about an order, at any time of its life.
pub fn add_note(tx: &mut Tx, ctx: &Ctx, id: OrderId, text: &str) -> Result<NoteId, Fault> {
    ctx.require(EDIT)?;
    let order = queries::load(tx, ctx, id)?;
    ctx.require_at(EDIT, order.site)?;
    let text = text.trim();
    if text.is_empty() {
        return Err(Fault::invalid("text", Text::key("orders-note-empty")));
    }
    if text.chars().count() > NOTE_CHARS_MAX {
        let too_long = Text::key("orders-note-long").with("max", NOTE_CHARS_MAX);
        return Err(Fault::invalid("text", too_long));
    }
    let note: NoteId = ctx.id();
    let author = match &ctx.actor {
        kernel::Actor::User { name, .. } => name.as_str(),
        kernel::Actor::Guest | kernel::Actor::System => "",
    };
    tx.execute(
        INSERT_NOTE,
        params![ctx.org, id, note, ctx.now, author, text],
    )?;
    tx.record(ctx, save::fact("order.noted", &order));
    Ok(note)
}
