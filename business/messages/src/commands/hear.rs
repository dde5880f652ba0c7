//! Listening to the journal: a fact becomes a message, once, however often it is heard.

use std::collections::BTreeSet;

use kernel::{
    Channel, Ctx, Fault, Timestamp,
    ids::{OrderId, SiteId},
};
use orders::{Order, StateName};
use queue::Stage as TicketStage;
use store::{Entry, Tx, journal, params};

use super::write::{About, Desk};
use crate::{EDIT, House, model::Occasion};

/// Facts heard at once.
const BATCH: i64 = 200;
/// A fact this old is history: nobody wants to read of it now.
const STALE_MINUTES: i64 = 60;
/// How long an answer to a booking is of use.
const ANSWER_HOURS: i64 = 24;
/// Somebody who has just taken a number stands in the shop and sees that nobody is ahead.
const FRESH_MINUTES: i64 = 3;
/// How long a call is of use.
const CALL_MINUTES: i64 = 20;

const CURSOR: &str = "select seq from message_cursors where org = $1";
const BEGIN: &str = "
    insert into message_cursors (org, seq) values ($1, $2) on conflict (org) do nothing";
const ADVANCE: &str = "update message_cursors set seq = $3 where org = $1 and seq = $2";

/// Writes about what has been recorded since the last time; answers how many facts it heard.
pub(crate) fn hear(tx: &mut Tx, ctx: &Ctx, house: &House) -> Result<usize, Fault> {
    ctx.require(EDIT)?;
    let Some(seq) = tx.one(CURSOR, params![ctx.org], |row| row.int(0))? else {
        // What happened before the business could write is not written about.
        let head = journal::head(tx, ctx.org)?;
        tx.execute(BEGIN, params![ctx.org, head])?;
        return Ok(0);
    };
    let entries = journal::after(tx, ctx.org, seq, BATCH)?;
    let Some(last) = entries.last() else {
        return Ok(0);
    };
    if tx.execute(ADVANCE, params![ctx.org, seq, last.seq])? == 0 {
        // Another process heard them first.
        return Ok(0);
    }
    let desk = Desk::open(tx, ctx, house)?;
    if !desk.is_open() {
        return Ok(entries.len());
    }
    let mut queues: BTreeSet<SiteId> = BTreeSet::new();
    for entry in entries.iter().filter(|entry| is_news(ctx.now, entry.at)) {
        if entry.activity.starts_with("ticket.") {
            queues.extend(entry.site);
        } else {
            about_order(tx, ctx, &desk, entry)?;
        }
    }
    for site in queues {
        about_queue(tx, ctx, &desk, site)?;
    }
    Ok(entries.len())
}

fn is_news(now: Timestamp, at: Timestamp) -> bool {
    at >= minutes_after(now, -STALE_MINUTES)
}

pub(super) fn minutes_after(at: Timestamp, minutes: i64) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond() + minutes * 60_000_000).unwrap_or(at)
}

fn order_of(entry: &Entry) -> Option<OrderId> {
    let named = entry.objects.iter().find(|(kind, _, _)| kind == "order");
    named.and_then(|(_, id, _)| OrderId::parse(id))
}

fn about_order(tx: &mut Tx, ctx: &Ctx, desk: &Desk<'_>, entry: &Entry) -> Result<(), Fault> {
    let occasion = match entry.activity.as_str() {
        "order.expired" => return withdraw_offer(tx, ctx, entry),
        "order.finish_undone" => return withdraw_thanks(tx, ctx, entry),
        "order.booked" => Occasion::Booked,
        "order.rescheduled" => Occasion::Moved,
        "order.cancelled" => Occasion::Cancelled,
        "order.finished" => Occasion::Thanks,
        _ => return Ok(()),
    };
    let Some(id) = order_of(entry) else {
        return Ok(());
    };
    let order = orders::order(tx, ctx, id)?;
    if occasion != Occasion::Thanks {
        withdraw(tx, ctx, id, occasion)?;
    }
    let Some(useful_until) = useful_until(ctx, occasion, &order) else {
        return Ok(());
    };
    let due = if occasion == Occasion::Thanks {
        minutes_after(ctx.now, desk.settings.thanks_minutes)
    } else {
        ctx.now
    };
    let about = About {
        occasion,
        order: &order,
        key: format!("{}:{id}:{}", occasion.as_str(), entry.seq),
        ticket: None,
        path: None,
        until: None,
        due,
        at_once: entry.channel == Channel::Online.as_str(),
        useful_until,
    };
    desk.write(tx, ctx, &about).map(drop)
}

/// Until when it is worth writing about an order as it now stands; `None` when it is not.
fn useful_until(ctx: &Ctx, occasion: Occasion, order: &Order) -> Option<Timestamp> {
    let state = order.state.name();
    let slot = order.state.slot();
    match occasion {
        Occasion::Booked | Occasion::Moved if state == StateName::Booked => {
            slot.map(|slot| slot.span.start)
        }
        Occasion::Cancelled if state == StateName::Cancelled => slot
            .map(|slot| slot.span.start)
            .filter(|start| *start > ctx.now),
        Occasion::Thanks if state == StateName::Finished => {
            Some(minutes_after(ctx.now, 3 * 24 * 60))
        }
        _ => None,
    }
    .map(|until| until.min(minutes_after(ctx.now, 30 * ANSWER_HOURS * 60)))
    .filter(|until| *until > ctx.now)
}

const WITHDRAW: &str = "
    update messages set state = 'withdrawn'
    where org = $1 and order_id = $2 and state = 'waiting'
        and (occasion in ('reminder', 'offered')
            or occasion in ('booked', 'moved') and $3 <> 'booked')";

/// What has not left the house and is not true any more stays at home.
fn withdraw(tx: &mut Tx, ctx: &Ctx, order: OrderId, occasion: Occasion) -> Result<(), Fault> {
    tx.execute(WITHDRAW, params![ctx.org, order, occasion.as_str()])?;
    Ok(())
}

const WITHDRAW_THANKS: &str = "
    update messages set state = 'withdrawn'
    where org = $1 and order_id = $2 and state = 'waiting' and occasion = 'thanks'";

/// The visit goes on after all: nobody is thanked for it yet.
fn withdraw_thanks(tx: &mut Tx, ctx: &Ctx, entry: &Entry) -> Result<(), Fault> {
    if let Some(order) = order_of(entry) {
        tx.execute(WITHDRAW_THANKS, params![ctx.org, order])?;
    }
    Ok(())
}

const WITHDRAW_OFFER: &str = "
    update messages set state = 'withdrawn'
    where org = $1 and order_id = $2 and state = 'waiting' and occasion = 'offered'";

/// The time is not held any more: nobody is told of it now.
fn withdraw_offer(tx: &mut Tx, ctx: &Ctx, entry: &Entry) -> Result<(), Fault> {
    if let Some(order) = order_of(entry) {
        tx.execute(WITHDRAW_OFFER, params![ctx.org, order])?;
    }
    Ok(())
}

/// Tells whoever has become first of a line.
fn about_queue(tx: &mut Tx, ctx: &Ctx, desk: &Desk<'_>, site: SiteId) -> Result<(), Fault> {
    let day = organisation::site(tx, ctx, site)?.date_of(ctx.now);
    let picture = queue::line_now(tx, ctx, site, day)?;
    for standing in picture.standings() {
        let ticket = &standing.ticket;
        let waits = matches!(ticket.stage, TicketStage::Waiting);
        let is_fresh = ticket.joined_at > minutes_after(ctx.now, -FRESH_MINUTES);
        if standing.people_ahead > 0 || !waits || is_fresh {
            continue;
        }
        let order = orders::order(tx, ctx, ticket.order)?;
        let about = About {
            occasion: Occasion::Next,
            order: &order,
            key: format!("next:{}", ticket.id),
            ticket: Some(ticket.label()),
            path: Some(format!("tickets/{}", ticket.secret)),
            until: None,
            due: ctx.now,
            at_once: true,
            useful_until: minutes_after(ctx.now, CALL_MINUTES),
        };
        desk.write(tx, ctx, &about)?;
    }
    Ok(())
}
