//! Joining a line: a number, the limit, and what the holder is told.

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId, TicketId};
use kernel::{Channel, Ctx, Date, Fault, Timestamp};
use store::{Tx, params};

use super::{as_house, fact, record};
use crate::model::{Coming, Quoted};
use crate::queries::{self, DeviceId, Line, Ticket};

const NEXT_NUMBER: &str = "
    insert into ticket_numbers (org, site, line, day, last_number) values ($1, $2, $3, $4, 1)
    on conflict (org, site, line, day)
    do update set last_number = ticket_numbers.last_number + 1
    where ticket_numbers.last_number < 9999
    returning last_number";
const ADD_TICKET: &str = "
    insert into tickets (org, id, site, line, stands_in, day, number, order_id, secret, channel,
        state, away_until, returns_at, priority, priority_reason, place_rank, joined_at,
        wanted_staff, service, minutes, booked_at, device)
    values ($1, $2, $3, $4, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, $13, $14, $15, $16, $17,
        $18, $19, $20)
    on conflict do nothing";
// Whoever was told to come back takes a place again from that time on.
const STANDING: &str = "
    select cast(count(*) as bigint) from tickets
    where org = $1 and site = $2 and stands_in = $3 and day = $4
        and (state in ('waiting', 'called') or (state = 'away' and away_until <= $5))";

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
    /// Why it goes before others, when it does.
    pub priority: Option<String>,
    /// Whom the customer wants.
    pub wanted_staff: Option<StaffId>,
    /// The main service.
    pub service: ServiceId,
    /// Standard minutes of the whole order.
    pub minutes: i64,
    /// The time booked.
    pub booked_at: Option<Timestamp>,
    /// When the holder comes back, the line being full.
    pub returns_at: Option<Timestamp>,
    /// The tablet it was taken at.
    pub device: Option<DeviceId>,
}

/// Whether somebody came by a door that keeps a line's hours and limit: the desk may know better.
pub(crate) fn keeps_limits(ctx: &Ctx) -> bool {
    matches!(ctx.channel, Channel::Online | Channel::Kiosk)
}

/// The line an order of a family would stand in.
pub(crate) fn line_of(tx: &mut Tx, ctx: &Ctx, site: SiteId, family: &str) -> Result<Line, Fault> {
    super::lines::line_for(tx, ctx, site, family)
}

/// The next number of a line on a local day: one row, one atomic step.
pub(crate) fn next_number(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    line: &str,
    day: Date,
) -> Result<i64, Fault> {
    let values = params![ctx.org, site, line, day];
    tx.one(NEXT_NUMBER, values, |row| row.int(0))?
        .ok_or_else(|| Fault::conflict("queue-numbers-spent"))
}

/// Gives an order a number: counted per line and local day, never twice. The counter's row is
/// held until the commit, so that two who want a line's last place come one after the other.
pub(crate) fn join(tx: &mut Tx, ctx: &Ctx, joining: &Joining) -> Result<Ticket, Fault> {
    let (site, day) = (joining.site, joining.day);
    let line = super::lines::line_for(tx, ctx, site, &joining.family)?;
    if !line.is_open && keeps_limits(ctx) {
        return Err(Fault::conflict("queue-line-closed"));
    }
    let number = next_number(tx, ctx, site, &line.code, day)?;
    if keeps_limits(ctx) && joining.returns_at.is_none() {
        room_in(tx, ctx, &line, joining)?;
    }
    let id: TicketId = ctx.id();
    let (rules, _) = queries::rules(tx, ctx, site)?;
    let coming = Coming {
        joined: ctx.now,
        booked: joining.booked_at,
        priority: joining.priority.is_some(),
    };
    let state = match joining.returns_at {
        Some(_) => "away",
        None => "waiting",
    };
    let values = params![
        ctx.org,
        id,
        site,
        &line.code,
        day,
        number,
        joining.order,
        ctx.link_secret(),
        ctx.channel.as_str(),
        state,
        joining.returns_at,
        joining.priority.is_some(),
        joining.priority.clone(),
        rules.rank(&coming, number),
        ctx.now,
        joining.wanted_staff,
        joining.service,
        joining.minutes,
        joining.booked_at,
        joining.device
    ];
    if tx.execute(ADD_TICKET, values)? == 0 {
        return Err(Fault::conflict("queue-has-ticket"));
    }
    let ticket = queries::ticket(tx, &as_house(ctx), id)?;
    record(tx, ctx, "ticket.issued", &ticket)?;
    if let Some(reason) = &joining.priority {
        tx.record(
            ctx,
            fact("ticket.prioritised", &ticket).attr("reason", reason.as_str()),
        );
    }
    if joining.returns_at.is_some() {
        record(tx, ctx, "ticket.return_reserved", &ticket)?;
    }
    Ok(ticket)
}

/// Refuses where a line holds as many as it may.
fn room_in(tx: &mut Tx, ctx: &Ctx, line: &Line, joining: &Joining) -> Result<(), Fault> {
    let Some(max) = line.standing_max else {
        return Ok(());
    };
    let values = params![ctx.org, joining.site, &line.code, joining.day, ctx.now];
    if tx.count(STANDING, values)? >= max {
        return Err(Fault::conflict("queue-line-full"));
    }
    Ok(())
}

const ADD_QUOTE: &str = "
    insert into quotes (org, ticket, quoted_at, site, line, people_ahead, wait_minutes_min,
        wait_minutes_max, wait_seconds_expected, model, guess, staff_on_duty)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) on conflict do nothing";

/// What a customer is told, and what stood behind it.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    /// People ahead in the line.
    pub people_ahead: usize,
    /// The quote, when one could be made.
    pub quoted: Option<Quoted>,
    /// The model that made it.
    pub model: i64,
    /// How many were on shift.
    pub staff_on_duty: usize,
}

/// Keeps what a customer is told.
pub(crate) fn quote(
    tx: &mut Tx,
    ctx: &Ctx,
    ticket: &Ticket,
    telling: &Telling,
) -> Result<(), Fault> {
    let quoted = telling.quoted.as_ref();
    tx.execute(
        ADD_QUOTE,
        params![
            ctx.org,
            ticket.id,
            ctx.now,
            ticket.site,
            &ticket.stands_in,
            telling.people_ahead,
            quoted.map(|quoted| quoted.wait.min),
            quoted.map(|quoted| quoted.wait.max),
            quoted.map(|quoted| quoted.expected_seconds),
            telling.model,
            quoted.map(|quoted| quoted.guess.clone()),
            telling.staff_on_duty
        ],
    )?;
    Ok(())
}
