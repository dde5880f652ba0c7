//! What may happen to lines and tickets.

mod lines;

pub use lines::{LineDraft, add_line, change_line};

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId, TicketId};
use kernel::{Ctx, Date, Fault, Text, Timestamp};
use store::{Event, Tx, params};

use crate::SERVE;
use crate::model::{self, Place, RANK_STEP, Stage, UNDO_SECONDS};
use crate::queries::{self, Ticket};

/// The instant `minutes` after another.
pub(crate) fn later(from: Timestamp, minutes: i64) -> Timestamp {
    after_seconds(from, minutes * 60)
}

fn after_seconds(from: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(from.as_microsecond() + seconds * 1_000_000).unwrap_or(from)
}

const NEXT_NUMBER: &str = "
    insert into ticket_numbers (org, site, line, day, last_number) values ($1, $2, $3, $4, 1)
    on conflict (org, site, line, day)
    do update set last_number = ticket_numbers.last_number + 1
    returning last_number";
const ADD_TICKET: &str = "
    insert into tickets (org, id, site, line, day, number, order_id, secret, channel, state,
        priority, place_rank, joined_at, wanted_staff, service, minutes)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'waiting', $10, $11, $12, $13, $14, $15)
    on conflict do nothing";

/// What an order needs to stand in line.
#[derive(Debug, Clone)]
pub struct Joining {
    /// The waiting order.
    pub order: OrderId,
    /// Where.
    pub site: SiteId,
    /// The local day there.
    pub day: Date,
    /// The family of its first service.
    pub family: String,
    /// Goes before those without priority.
    pub priority: bool,
    /// Whom the customer wants.
    pub wanted_staff: Option<StaffId>,
    /// The main service.
    pub service: ServiceId,
    /// Standard minutes of the whole order.
    pub minutes: i64,
}

/// Gives an order a number: counted per line and local day, never twice.
pub(crate) fn join(tx: &mut Tx, ctx: &Ctx, joining: &Joining) -> Result<Ticket, Fault> {
    let site = joining.site;
    let line = lines::line_for(tx, ctx, site, &joining.family)?;
    if !line.is_open && matches!(ctx.actor, kernel::Actor::Guest) {
        return Err(Fault::conflict("queue-line-closed"));
    }
    let number = tx
        .one(
            NEXT_NUMBER,
            params![ctx.org, site, &line.code, joining.day],
            |row| row.int(0),
        )?
        .ok_or_else(|| Fault::broken("the counter gives a number"))?;
    let id: TicketId = ctx.id();
    let added = tx.execute(
        ADD_TICKET,
        params![
            ctx.org,
            id,
            site,
            &line.code,
            joining.day,
            number,
            joining.order,
            ctx.secret(),
            ctx.channel.as_str(),
            joining.priority,
            number * RANK_STEP,
            ctx.now,
            joining.wanted_staff,
            joining.service,
            joining.minutes
        ],
    )?;
    if added == 0 {
        return Err(Fault::conflict("queue-has-ticket"));
    }
    let label = model::label(&line.code, number);
    let event = Event::new("ticket.issued")
        .site(site)
        .object("ticket", id, "ticket")
        .object("order", joining.order, "order")
        .attr("number", label.as_str());
    tx.record(ctx, event);
    queries::ticket(tx, &as_house(ctx), id)
}

const ADD_QUOTE: &str = "
    insert into quotes (org, ticket, quoted_at, site, people_ahead, wait_minutes_min,
        wait_minutes_max)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing";

/// Keeps what a customer is told.
pub(crate) fn quote(
    tx: &mut Tx,
    ctx: &Ctx,
    ticket: &Ticket,
    people_ahead: usize,
    wait: Option<model::Wait>,
) -> Result<(), Fault> {
    tx.execute(
        ADD_QUOTE,
        params![
            ctx.org,
            ticket.id,
            ctx.now,
            ticket.site,
            people_ahead,
            wait.map(|wait| wait.min),
            wait.map(|wait| wait.max)
        ],
    )?;
    Ok(())
}

const WAITED: &str = "
    update quotes set actual_minutes = ($3 - quoted_at) / 60000000
    where org = $1 and ticket = $2 and actual_minutes is null";
const NOT_WAITED: &str = "update quotes set actual_minutes = null where org = $1 and ticket = $2";

const SAVE: &str = "
    update tickets set state = $3, priority = $4, place_rank = $5, called_at = $6,
        called_count = $7, called_staff = $8, coming_at = $9, away_until = $10, closed_at = $11,
        undo_until = $12, undo_state = state, undo_rank = place_rank, undo_priority = priority
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
            old.place.rank
        ],
    )?;
    if changed == 0 {
        Err(Fault::stale())
    } else {
        Ok(())
    }
}

fn record(tx: &mut Tx, ctx: &Ctx, activity: &'static str, ticket: &Ticket) -> Result<(), Fault> {
    let label = ticket.label();
    let event = Event::new(activity)
        .site(ticket.site)
        .object("ticket", ticket.id, "ticket")
        .object("order", ticket.order, "order")
        .attr("number", label.as_str());
    tx.record(ctx, event);
    Ok(())
}

/// Calls a ticket, or calls it again. `staff` is who waits for the holder.
pub fn call(tx: &mut Tx, ctx: &Ctx, id: TicketId, staff: Option<StaffId>) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    let again = matches!(old.stage, Stage::Called { .. });
    let mut new = old.clone();
    new.stage = old.stage.call(ctx.now)?;
    new.called_count += 1;
    new.called_staff = staff.or(old.called_staff).or(old.wanted_staff);
    save(tx, ctx, &old, &new, !again)?;
    tx.execute(WAITED, params![ctx.org, id, ctx.now])?;
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
    let behind: Vec<Place> = line
        .iter()
        .filter(|other| {
            other.line == old.line && other.day == old.day && other.stage.stands(ctx.now)
        })
        .skip_while(|other| order_of(other) <= order_of(old))
        .map(|other| other.place)
        .collect();
    new.place =
        model::behind(&behind, count).ok_or_else(|| Fault::conflict("queue-nobody-behind"))?;
    save(tx, ctx, old, &new, true)?;
    record(tx, ctx, "ticket.skipped", &new)?;
    Ok(new)
}

fn order_of(ticket: &Ticket) -> (bool, i64, i64) {
    (!ticket.place.priority, ticket.place.rank, ticket.number)
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
        closed_at = null, undo_until = null, undo_state = null, undo_rank = null,
        undo_priority = null
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

/// The service begins: the wait is over.
pub(crate) fn serve(tx: &mut Tx, ctx: &Ctx, old: &Ticket) -> Result<(), Fault> {
    let mut new = old.clone();
    new.stage = old.stage.serve()?;
    save(tx, ctx, old, &new, false)?;
    tx.execute(WAITED, params![ctx.org, old.id, ctx.now])?;
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
