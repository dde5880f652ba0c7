//! Offering a time: it is held for one person, who is told.

use kernel::{Channel, Ctx, Fault, FaultKind, Timestamp};
use messages::House;
use orders::{Kind, NewLine, NewOrder, Order, WantedSeats, WantedSlot};
use store::{Tx, params};

use super::{
    look::{Candidate, wishes},
    people::{fact, locked},
};
use crate::{
    EDIT,
    model::{Offer, Place, Waiting, answer_until},
    queries,
};

const INSERT: &str = "
    insert into waiting_offers (org, id, waiting, site, order_id, starts_at, staff, made_at,
        until_at, told, state)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'open')
    on conflict do nothing";

/// Offers a time to somebody who waits: an order holds it until the answer, so that nobody else
/// can have it, and the customer is told.
pub fn offer(tx: &mut Tx, ctx: &Ctx, house: &House, wanted: &Candidate) -> Result<Offer, Fault> {
    ctx.require(EDIT)?;
    let entry = locked(tx, ctx, wanted.waiting)?;
    ctx.require_at(EDIT, entry.site)?;
    if entry.place != Place::Waiting {
        return Err(Fault::conflict("waitlist-not-waiting"));
    }
    let before = queries::open_offers(tx, ctx, entry.site)?;
    if before.contains_key(&entry.id) {
        return Err(Fault::conflict("waitlist-has-offer"));
    }
    let site = organisation::site(tx, ctx, entry.site)?;
    let due = messages::leaves_at(tx, ctx, &site, ctx.now)?;
    let (minutes, _) = queries::settings(tx, ctx)?;
    let until = answer_until(due, minutes, wanted.start)
        .ok_or_else(|| Fault::conflict("waitlist-too-soon"))?;
    let order = held(tx, ctx, &entry, (wanted, until))?;
    if let Some(mail) = &entry.mail {
        booking::keep_contact_mail(tx, ctx, order.id, mail)?;
    }
    let id = ctx.id();
    let told = messages::Offer {
        order: &order,
        key: format!("offered:{id}"),
        path: format!("waiting/{}", entry.secret),
        due,
        until,
    };
    let told = messages::offer(tx, ctx, house, &told)?;
    let staff = order.state.slot().and_then(|slot| slot.staff);
    let row = params![
        ctx.org,
        id,
        entry.id,
        entry.site,
        order.id,
        wanted.start,
        staff,
        ctx.now,
        until,
        i64::try_from(told).unwrap_or(0),
    ];
    if tx.execute(INSERT, row)? == 0 {
        return Err(Fault::conflict("waitlist-has-offer"));
    }
    let event = fact("waiting.offered", &entry)
        .object("order", order.id, "held")
        .attr("starts_at", wanted.start.to_string());
    tx.record(ctx, event);
    queries::offer(tx, ctx, id)
}

/// The order that holds the time meanwhile.
fn held(
    tx: &mut Tx,
    ctx: &Ctx,
    entry: &Waiting,
    (wanted, until): (&Candidate, Timestamp),
) -> Result<Order, Fault> {
    let wishes = wishes(tx, ctx, entry)?;
    // Whoever is wished for and cannot do the first service serves the others.
    let is_first = wishes.first().is_none_or(|(place, _)| *place == 0);
    let new = match entry.wish.session {
        Some(session) => NewOrder::seated(
            entry.site,
            WantedSeats {
                session,
                service: entry.wish.service,
                count: entry.wish.seats,
            },
        ),
        None => NewOrder {
            lines: entry.wish.services().map(NewLine::one).collect(),
            wishes,
            slot: Some(WantedSlot {
                start: wanted.start,
                staff: wanted.staff.filter(|_| is_first),
            }),
            ..NewOrder::new(entry.site, Kind::Booking)
        },
    };
    let new = NewOrder {
        customer: Some(entry.customer),
        hold_until: Some(until),
        note: entry.note.clone(),
        ..new
    };
    // It is the customer's own booking, through the door they came by.
    let through = match entry.channel {
        Channel::Online => ctx.with_channel(Channel::Online),
        _ => ctx.with_channel(Channel::Desk),
    };
    orders::create(tx, &through, &new).map_err(|mut fault| {
        // What cannot be had now is a conflict here, whoever is to blame.
        if fault.kind == FaultKind::Invalid {
            fault.kind = FaultKind::Conflict;
        }
        fault
    })
}
