//! What is known of lines, tickets and quotes.

mod counters;
mod devices;
mod quotes;
mod rules;

pub use counters::{Counter, CounterId, Pause, counter, counter_of, counters, pauses, turns_today};
pub use devices::{Device, DeviceId, DeviceKind, device_by_hash, devices};
pub use quotes::{Model, model, pasts, told, unlearnt};
pub use rules::rules;

use kernel::ids::{OrderId, ServiceId, SiteId, StaffId, TicketId};
use kernel::{Bilingual, Channel, Ctx, Date, Fault, Timestamp};
use store::{Row, Tx, Value, params};

use crate::VIEW;
use crate::model::{self, Place, Stage};

/// A line people stand in at one site.
#[derive(Debug, Clone)]
pub struct Line {
    /// The letter before the number.
    pub code: String,
    /// What it is called.
    pub name: Bilingual,
    /// The service families it serves; empty takes what no other line does.
    pub families: Vec<String>,
    /// Whether numbers are given out; by hand.
    pub is_open: bool,
    /// From which minute of the local day, when not from the site's opening on.
    pub opens_minute: Option<i64>,
    /// Until which minute of the local day, when not until the site closes.
    pub closes_minute: Option<i64>,
    /// The most people who may stand in it before others are told when to come back.
    pub standing_max: Option<i64>,
    /// Counts changes.
    pub version: i64,
}

impl Line {
    /// Whether the line's own hours hold a minute of the local day.
    pub fn is_within_hours(&self, minute: i64) -> bool {
        self.opens_minute.is_none_or(|opens| opens <= minute)
            && self.closes_minute.is_none_or(|closes| minute < closes)
    }
}

/// A ticket in somebody's hand.
#[derive(Debug, Clone)]
pub struct Ticket {
    /// Its id.
    pub id: TicketId,
    /// Where.
    pub site: SiteId,
    /// The letter that is printed.
    pub line: String,
    /// The line it stands in now.
    pub stands_in: String,
    /// The local day it was given out.
    pub day: Date,
    /// The number within line and day.
    pub number: i64,
    /// The order that waits.
    pub order: OrderId,
    /// The main service of the order.
    pub service: ServiceId,
    /// Standard minutes of the whole order.
    pub minutes: i64,
    /// Opens the customer's page.
    pub secret: String,
    /// The door it came through.
    pub channel: Channel,
    /// Where it stands.
    pub stage: Stage,
    /// Its place in the line.
    pub place: Place,
    /// When it was given out.
    pub joined_at: Timestamp,
    /// When it was first or last called.
    pub called_at: Option<Timestamp>,
    /// How often it was called.
    pub called_count: i64,
    /// Who waits for the holder.
    pub called_staff: Option<StaffId>,
    /// Whom the customer wants, or whom the desk gave the job.
    pub wanted_staff: Option<StaffId>,
    /// The counter the holder was called to.
    pub counter: Option<CounterId>,
    /// Why it counts from earlier than it came.
    pub priority_reason: Option<String>,
    /// The time booked, of somebody who has an appointment.
    pub booked_at: Option<Timestamp>,
    /// When the holder was told to come back, the line being full.
    pub returns_at: Option<Timestamp>,
    /// Whether whoever serves it takes a turn with it.
    pub by_turn: bool,
    /// When the service began.
    pub served_at: Option<Timestamp>,
    /// Until when the latest act can be taken back.
    pub undo_until: Option<Timestamp>,
}

impl Ticket {
    /// The number as it is printed: `A042`.
    pub fn label(&self) -> String {
        model::label(&self.line, self.number)
    }

    /// Whether the latest act can still be taken back.
    pub fn can_undo(&self, now: Timestamp) -> bool {
        self.undo_until.is_some_and(|until| now <= until)
    }
}

const LINES: &str = "
    select code, name_zh, name_en, families, is_open, opens_minute, closes_minute, standing_max,
           version from lines
    where org = $1 and site = $2 order by code limit 26";

/// The lines of a site, by letter.
pub fn lines(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Line>, Fault> {
    tx.all(LINES, params![ctx.org, site], |row| {
        Ok(Line {
            code: row.text(0)?,
            name: row.bilingual(1)?,
            families: row.json(3)?,
            is_open: row.flag(4)?,
            opens_minute: row.opt_int(5)?,
            closes_minute: row.opt_int(6)?,
            standing_max: row.opt_int(7)?,
            version: row.int(8)?,
        })
    })
}

/// The line that serves a family: the one that names it, or the one that takes the rest.
pub fn line_for(lines: &[Line], family: &str) -> Option<Line> {
    lines
        .iter()
        .find(|line| line.families.iter().any(|served| served == family))
        .or_else(|| lines.iter().find(|line| line.families.is_empty()))
        .or_else(|| lines.first())
        .cloned()
}

macro_rules! ticket_columns {
    ($rest:literal) => {
        concat!(
            "select id, site, line, day, number, order_id, secret, channel, state, priority,
                    place_rank, joined_at, called_at, called_count, called_staff, coming_at,
                    away_until, undo_until, wanted_staff, service, minutes, stands_in, counter,
                    priority_reason, booked_at, returns_at, by_turn, served_at from tickets ",
            $rest
        )
    };
}

const TICKET: &str = ticket_columns!("where org = $1 and id = $2 order by id limit 1");
const BY_SECRET: &str = ticket_columns!("where org = $1 and secret = $2 order by id limit 1");
const BY_ORDER: &str = ticket_columns!("where org = $1 and order_id = $2 order by id limit 1");
const OPEN: &str = ticket_columns!(
    "where org = $1 and site = $2 and day >= $3 and day <= $4
        and state in ('waiting', 'called', 'away')
     order by place_rank, number, line limit 500"
);
/// The most sites one statement asks about.
const SITES_AT_ONCE: usize = 200;
const NUMBERED: &str = ticket_columns!(
    "where org = $1 and site = $2 and line = $3 and day >= $4 and number = $5
     order by day desc limit 3"
);
const UNSETTLED: &str = ticket_columns!(
    "where org = $1 and state in ('waiting', 'called', 'away', 'serving', 'no_show')
       and day >= $2 order by day, id limit 2000"
);
const UNDOABLE: &str = ticket_columns!(
    "where org = $1 and site = $2 and undo_until >= $3 order by undo_until desc limit 1"
);

fn read_ticket(row: &Row) -> Result<Ticket, Fault> {
    let stage = Stage::read(
        &row.text(8)?,
        row.opt_instant(12)?,
        row.opt_instant(15)?,
        row.opt_instant(16)?,
    )
    .ok_or_else(|| Fault::broken("a ticket's state lacks its facts"))?;
    Ok(Ticket {
        id: row.id(0)?,
        site: row.id(1)?,
        line: row.text(2)?,
        day: row.date(3)?,
        number: row.int(4)?,
        order: row.id(5)?,
        secret: row.text(6)?,
        channel: Channel::parse(&row.text(7)?).unwrap_or(Channel::Desk),
        stage,
        place: Place {
            priority: row.int(9)? == 1,
            rank: row.int(10)?,
        },
        joined_at: row.instant(11)?,
        called_at: row.opt_instant(12)?,
        called_count: row.int(13)?,
        called_staff: row.opt_id(14)?,
        undo_until: row.opt_instant(17)?,
        wanted_staff: row.opt_id(18)?,
        service: row.id(19)?,
        minutes: row.int(20)?,
        stands_in: row.text(21)?,
        counter: row.opt_id(22)?,
        priority_reason: row.opt_text(23)?,
        booked_at: row.opt_instant(24)?,
        returns_at: row.opt_instant(25)?,
        by_turn: row.flag(26)?,
        served_at: row.opt_instant(27)?,
    })
}

/// A ticket by its id.
pub fn ticket(tx: &mut Tx, ctx: &Ctx, id: TicketId) -> Result<Ticket, Fault> {
    let ticket = tx
        .one(TICKET, params![ctx.org, id], read_ticket)?
        .ok_or_else(|| Fault::missing("queue-ticket-missing"))?;
    ctx.require_at(VIEW, ticket.site)?;
    Ok(ticket)
}

/// A ticket by the secret of its public link: whoever holds the link may see it.
pub fn by_secret(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Ticket, Fault> {
    tx.one(BY_SECRET, params![ctx.org, secret], read_ticket)?
        .ok_or_else(|| Fault::missing("queue-ticket-missing"))
}

/// The ticket of an order, when it has one.
pub fn by_order(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Option<Ticket>, Fault> {
    ctx.require(VIEW)?;
    tx.one(BY_ORDER, params![ctx.org, order], read_ticket)
}

/// The tickets that still wait for service on a day, in the order of their places; a line that
/// stands past midnight goes on into the next day.
pub fn open(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<Vec<Ticket>, Fault> {
    let before = day.yesterday().unwrap_or(day);
    tx.all(OPEN, params![ctx.org, site, before, day], read_ticket)
}

/// The tickets of a site with this number, of the last days, the latest first.
pub fn by_number(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, since): (SiteId, Date),
    (line, number): (&str, i64),
) -> Result<Vec<Ticket>, Fault> {
    ctx.require_at(VIEW, site)?;
    let numbered = params![ctx.org, site, line, since, number];
    tx.all(NUMBERED, numbered, read_ticket)
}

/// How many stand in line at some sites on a day: those called and those away for a while, too.
pub fn standing_at(
    tx: &mut Tx,
    ctx: &Ctx,
    (sites, day): (&[SiteId], Date),
) -> Result<Vec<(SiteId, i64)>, Fault> {
    ctx.require(VIEW)?;
    let allowed = sites.iter().filter(|site| ctx.sites.includes(**site));
    let allowed: Vec<&SiteId> = allowed.collect();
    let mut found = Vec::new();
    for sites in allowed.chunks(SITES_AT_ONCE) {
        let mut values = params![ctx.org, day].to_vec();
        values.extend(sites.iter().map(|site| Value::from(**site)));
        let places: Vec<String> = (3..=values.len()).map(|at| format!("${at}")).collect();
        let sql = format!(
            "select site, cast(count(*) as bigint) from tickets
            where org = $1 and day = $2 and state in ('waiting', 'called', 'away')
                and site in ({}) group by site order by site limit {SITES_AT_ONCE}",
            places.join(", ")
        );
        found.extend(tx.all(&sql, &values, |row| Ok((row.id(0)?, row.int(1)?)))?);
    }
    Ok(found)
}

/// Tickets since a day whose state may lag behind their order.
pub fn unsettled(tx: &mut Tx, ctx: &Ctx, since: Date) -> Result<Vec<Ticket>, Fault> {
    tx.all(UNSETTLED, params![ctx.org, since], read_ticket)
}

/// The ticket whose latest act can still be taken back, if there is one at the site.
pub fn undoable(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Option<Ticket>, Fault> {
    ctx.require_at(VIEW, site)?;
    tx.one(UNDOABLE, params![ctx.org, site, ctx.now], read_ticket)
}

const CALLED: &str = ticket_columns!(
    "where org = $1 and site = $2 and day >= $3 and called_at >= $4
        and state in ('called', 'serving') order by called_at desc, id limit 20"
);

/// The tickets called since an instant whose holders are expected or served, latest first.
pub fn called_since(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, day): (SiteId, Date),
    since: Timestamp,
) -> Result<Vec<Ticket>, Fault> {
    let before = day.yesterday().unwrap_or(day);
    tx.all(CALLED, params![ctx.org, site, before, since], read_ticket)
}

const ONLINE_SINCE: &str = "
    select cast(count(*) as bigint) from tickets
    where org = $1 and site = $2 and channel = 'online' and joined_at >= $3";

/// Numbers given out over the public page of a site since an instant.
pub(crate) fn online_since(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    since: Timestamp,
) -> Result<i64, Fault> {
    tx.count(ONLINE_SINCE, params![ctx.org, site, since])
}
