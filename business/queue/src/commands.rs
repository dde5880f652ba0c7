//! What may happen to lines and tickets.

mod counters;
mod devices;
mod fair;
mod joining;
mod learning;
mod lines;

pub use counters::{
    BREAK_MINUTES_MAX, CounterDraft, add_counter, call_next, change_counter, pause, remove_counter,
    resume, sit,
};
pub use devices::{DeviceDraft, Entered, count_use, enter, make_device, revoke_device};
pub use fair::{change_rules, prioritise, reason_of, transfer};
pub use joining::Joining;
pub(crate) use joining::{Telling, join, keeps_limits, line_of, next_number, quote};
pub use learning::learn;
pub use lines::{FAMILIES, LineDraft, STANDING_MAX, add_line, change_line, set_line_open};

use kernel::ids::{StaffId, TicketId};
use kernel::{Ctx, Fault, Text, Timestamp};
use store::{Event, Tx, params};

use crate::SERVE;
use crate::model::{self, Stage, UNDO_SECONDS};
use crate::queries::{self, Ticket};
use crate::standing;

/// The instant `minutes` after another.
pub(crate) fn later(from: Timestamp, minutes: i64) -> Timestamp {
    after_seconds(from, minutes * 60)
}

fn after_seconds(from: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(from.as_microsecond() + seconds * 1_000_000).unwrap_or(from)
}

const WAITED: &str = "
    update quotes set actual_minutes = ($3 - quoted_at) / 60000000
    where org = $1 and ticket = $2 and actual_minutes is null";
const NOT_WAITED: &str = "update quotes set actual_minutes = null where org = $1 and ticket = $2";

const SAVE: &str = "
    update tickets set state = $3, priority = $4, place_rank = $5, called_at = $6,
        called_count = $7, called_staff = $8, coming_at = $9, away_until = $10, closed_at = $11,
        undo_until = $12, undo_state = state, undo_rank = place_rank, undo_priority = priority,
        undo_line = stands_in, undo_away_until = away_until,
        stands_in = $15, priority_reason = $16, counter = $17,
        by_turn = $18, served_at = $19
    where org = $1 and id = $2 and state = $13 and place_rank = $14";

/// Saves the change if nobody else moved the ticket in between.
fn save(tx: &mut Tx, ctx: &Ctx, old: &Ticket, new: &Ticket, undo: bool) -> Result<(), Fault> {
    let (mut coming_at, mut away_until) = (None, None);
    let mut called_at = new.called_at;
    match new.stage {
        Stage::Called {
            called_at: at,
            coming_at: coming,
        } => {
            called_at = Some(at);
            coming_at = coming;
        }
        Stage::Away { until } => away_until = Some(until),
        _ => {}
    }
    let over = matches!(new.stage, Stage::Done | Stage::Left | Stage::NoShow);
    let changed = tx.execute(
        SAVE,
        params![
            ctx.org,
            new.id,
            new.stage.word(),
            new.place.priority,
            new.place.rank,
            called_at,
            new.called_count,
            new.called_staff,
            coming_at,
            away_until,
            over.then_some(ctx.now),
            undo.then(|| after_seconds(ctx.now, UNDO_SECONDS)),
            old.stage.word(),
            old.place.rank,
            &new.stands_in,
            new.priority_reason.clone(),
            new.counter,
            new.by_turn,
            new.served_at
        ],
    )?;
    if changed == 0 {
        Err(Fault::stale())
    } else {
        Ok(())
    }
}

pub(crate) fn fact(activity: &'static str, ticket: &Ticket) -> Event {
    Event::new(activity)
        .site(ticket.site)
        .object("ticket", ticket.id, "ticket")
        .object("order", ticket.order, "order")
        .attr("number", ticket.label().as_str())
}

fn record(tx: &mut Tx, ctx: &Ctx, activity: &'static str, ticket: &Ticket) -> Result<(), Fault> {
    tx.record(ctx, fact(activity, ticket));
    Ok(())
}

/// Keeps the wait that followed what a ticket's holder was told.
pub(crate) fn waited(tx: &mut Tx, ctx: &Ctx, id: TicketId, until: Timestamp) -> Result<(), Fault> {
    tx.execute(WAITED, params![ctx.org, id, until]).map(drop)
}

/// Calls a ticket, or calls it again. `staff` is who waits for the holder; unless somebody is
/// named or wanted it is the next free person by turn.
pub fn call(tx: &mut Tx, ctx: &Ctx, id: TicketId, staff: Option<StaffId>) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    let again = matches!(old.stage, Stage::Called { .. });
    let mut new = old.clone();
    new.stage = old.stage.call(ctx.now)?;
    new.called_count += 1;
    let staff = staff.or(old.called_staff).or(old.wanted_staff);
    new.called_staff = match staff {
        Some(staff) => Some(staff),
        None => turn_of(tx, ctx, &old)?,
    };
    new.counter = match new.called_staff {
        Some(staff) => queries::counter_of(tx, ctx, old.site, staff)?.map(|counter| counter.id),
        None => None,
    };
    new.by_turn = old.wanted_staff.is_none() && new.called_staff.is_some();
    save(tx, ctx, &old, &new, !again)?;
    waited(tx, ctx, id, ctx.now)?;
    record(
        tx,
        ctx,
        if again {
            "ticket.recalled"
        } else {
            "ticket.called"
        },
        &new,
    )?;
    Ok(new)
}

/// The next free person by turn for a ticket. The gate of the site is held, so that two calls at
/// once find two people.
pub(crate) fn turn_of(tx: &mut Tx, ctx: &Ctx, ticket: &Ticket) -> Result<Option<StaffId>, Fault> {
    capacity::gate(tx, &as_house(ctx), ticket.site)?;
    let picture = standing::picture(tx, ctx, ticket.site, ticket.day)?;
    Ok(picture.by_turn(ticket))
}

/// The called customer answers "on my way".
pub fn coming(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Ticket, Fault> {
    let old = queries::by_secret(tx, ctx, secret)?;
    let mut new = old.clone();
    new.stage = old.stage.coming(ctx.now)?;
    save(tx, ctx, &old, &new, false)?;
    record(tx, ctx, "ticket.answered", &new)?;
    Ok(new)
}

/// Lets `count` people behind go first.
pub fn skip(tx: &mut Tx, ctx: &Ctx, id: TicketId, count: usize) -> Result<Ticket, Fault> {
    let ticket = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, ticket.site)?;
    skip_ticket(tx, ctx, &ticket, count)
}

/// Lets one person go first, at the customer's own wish.
pub fn let_one_ahead(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Ticket, Fault> {
    let ticket = queries::by_secret(tx, ctx, secret)?;
    skip_ticket(tx, ctx, &ticket, 1)
}

fn skip_ticket(tx: &mut Tx, ctx: &Ctx, old: &Ticket, count: usize) -> Result<Ticket, Fault> {
    let mut new = old.clone();
    new.stage = old.stage.back_in_line()?;
    let line = queries::open(tx, ctx, old.site, old.day)?;
    let behind: Vec<i64> = line
        .iter()
        .filter(|other| other.stands_in == old.stands_in && other.stage.stands(ctx.now))
        .skip_while(|other| order_of(other) <= order_of(old))
        .map(|other| other.place.rank)
        .collect();
    new.place.rank =
        model::behind(&behind, count).ok_or_else(|| Fault::conflict("queue-nobody-behind"))?;
    save(tx, ctx, old, &new, true)?;
    record(tx, ctx, "ticket.skipped", &new)?;
    Ok(new)
}

fn order_of(ticket: &Ticket) -> (i64, i64, &str) {
    (ticket.place.rank, ticket.number, &ticket.line)
}

/// Sends a ticket away for `minutes`; its place is kept.
pub fn return_later(tx: &mut Tx, ctx: &Ctx, id: TicketId, minutes: i64) -> Result<Ticket, Fault> {
    let ticket = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, ticket.site)?;
    step_out(tx, ctx, &ticket, minutes)
}

/// The customer asks for some more minutes.
pub fn come_later(tx: &mut Tx, ctx: &Ctx, secret: &str, minutes: i64) -> Result<Ticket, Fault> {
    let ticket = queries::by_secret(tx, ctx, secret)?;
    step_out(tx, ctx, &ticket, minutes)
}

fn step_out(tx: &mut Tx, ctx: &Ctx, old: &Ticket, minutes: i64) -> Result<Ticket, Fault> {
    if !(1..=240).contains(&minutes) {
        return Err(Fault::invalid("minutes", Text::key("queue-minutes-wrong")));
    }
    let mut new = old.clone();
    new.stage = old.stage.step_out(later(ctx.now, minutes))?;
    save(tx, ctx, old, &new, true)?;
    record(tx, ctx, "ticket.stepped_out", &new)?;
    Ok(new)
}

/// Puts a called or absent ticket back into the line, at its old place.
pub fn put_back(tx: &mut Tx, ctx: &Ctx, id: TicketId) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    back(tx, ctx, &old)
}

/// The customer is back earlier than said.
pub fn come_back(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Ticket, Fault> {
    let old = queries::by_secret(tx, ctx, secret)?;
    back(tx, ctx, &old)
}

fn back(tx: &mut Tx, ctx: &Ctx, old: &Ticket) -> Result<Ticket, Fault> {
    let mut new = old.clone();
    new.stage = old.stage.back_in_line()?;
    save(tx, ctx, old, &new, false)?;
    record(tx, ctx, "ticket.returned", &new)?;
    Ok(new)
}

/// The called customer did not come. The order follows when the act can no longer be taken back.
pub fn no_show(tx: &mut Tx, ctx: &Ctx, id: TicketId) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    let mut new = old.clone();
    new.stage = old.stage.miss()?;
    save(tx, ctx, &old, &new, true)?;
    record(tx, ctx, "ticket.no_show", &new)?;
    Ok(new)
}

const UNDO: &str = "
    update tickets set state = undo_state, place_rank = undo_rank, priority = undo_priority,
        stands_in = coalesce(undo_line, stands_in),
        priority_reason = case when undo_priority = 1 then priority_reason end,
        by_turn = case when undo_state = 'called' then by_turn else 0 end,
        called_staff = case when undo_state = 'called' then called_staff end,
        counter = case when undo_state = 'called' then counter end,
        away_until = case when undo_state = 'away' then undo_away_until end,
        closed_at = null, undo_until = null, undo_state = null, undo_rank = null,
        undo_priority = null, undo_line = null, undo_away_until = null
    where org = $1 and id = $2 and undo_until >= $3 and undo_state is not null";

/// Takes the latest call, skip or no-show back, within [`UNDO_SECONDS`].
pub fn undo(tx: &mut Tx, ctx: &Ctx, id: TicketId) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    if tx.execute(UNDO, params![ctx.org, id, ctx.now])? == 0 {
        return Err(Fault::conflict("queue-undo-late"));
    }
    let ticket = queries::ticket(tx, ctx, id)?;
    if ticket.stage == Stage::Waiting && matches!(old.stage, Stage::Called { .. }) {
        tx.execute(NOT_WAITED, params![ctx.org, id])?;
    }
    record(tx, ctx, "ticket.restored", &ticket)?;
    Ok(ticket)
}

/// The service begins, by `staff` when that is known: the wait is over.
pub(crate) fn serve(
    tx: &mut Tx,
    ctx: &Ctx,
    old: &Ticket,
    staff: Option<StaffId>,
) -> Result<(), Fault> {
    let mut new = old.clone();
    new.stage = old.stage.serve()?;
    new.called_staff = staff.or(old.called_staff);
    new.by_turn = old.wanted_staff.is_none() && new.called_staff.is_some();
    new.served_at = old.served_at.or(Some(ctx.now));
    save(tx, ctx, old, &new, false)?;
    waited(tx, ctx, old.id, ctx.now)?;
    record(tx, ctx, "ticket.served", &new)
}

/// The holder waits after all, called as before: what was said of the order was taken back.
pub(crate) fn reopen(tx: &mut Tx, ctx: &Ctx, old: &Ticket) -> Result<(), Fault> {
    let mut new = old.clone();
    new.stage = match old.called_at {
        Some(called_at) => Stage::Called {
            called_at,
            coming_at: None,
        },
        None => Stage::Waiting,
    };
    new.served_at = None;
    if new.stage == Stage::Waiting {
        // Nobody has taken a turn with whoever was never called.
        (new.called_staff, new.counter, new.by_turn) = (None, None, false);
    }
    save(tx, ctx, old, &new, false)?;
    if new.stage == Stage::Waiting {
        tx.execute(NOT_WAITED, params![ctx.org, old.id])?;
    }
    record(tx, ctx, "ticket.restored", &new)
}

/// Closes a ticket without a word to its order.
pub(crate) fn close(tx: &mut Tx, ctx: &Ctx, old: &Ticket, stage: Stage) -> Result<(), Fault> {
    let mut new = old.clone();
    new.stage = stage;
    save(tx, ctx, old, &new, false)?;
    let activity = match stage {
        Stage::Done => "ticket.closed",
        Stage::NoShow => "ticket.no_show",
        _ => "ticket.left",
    };
    record(tx, ctx, activity, &new)
}

const ASSIGN: &str = "update tickets set wanted_staff = $3 where org = $1 and id = $2";

/// Gives the job to somebody, or to anybody.
pub fn assign(
    tx: &mut Tx,
    ctx: &Ctx,
    id: TicketId,
    staff: Option<StaffId>,
) -> Result<Ticket, Fault> {
    let mut ticket = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, ticket.site)?;
    if !ticket.stage.is_open() {
        return Err(Fault::conflict("queue-already-over"));
    }
    tx.execute(ASSIGN, params![ctx.org, id, staff])?;
    ticket.wanted_staff = staff;
    record(tx, ctx, "ticket.assigned", &ticket)?;
    Ok(ticket)
}

const SETTLED: &str =
    "update tickets set undo_until = null where org = $1 and id = $2 and undo_until <= $3";

/// Marks a no-show as final.
pub(crate) fn make_final(tx: &mut Tx, ctx: &Ctx, id: TicketId) -> Result<bool, Fault> {
    Ok(tx.execute(SETTLED, params![ctx.org, id, ctx.now])? == 1)
}

/// The same person, with the rights of the house: for what a rule, not the person, does.
pub(crate) fn as_house(ctx: &Ctx) -> Ctx {
    Ctx {
        sites: kernel::SiteScope::All,
        ..ctx.raised(kernel::Role::Owner)
    }
}
