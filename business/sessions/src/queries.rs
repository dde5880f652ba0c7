//! What is known of group sessions.

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, Span, Timestamp,
    ids::{GroupSessionId, SeriesId, ServiceId, SiteId},
};
use store::{Row, Tx, params};

use crate::{
    VIEW,
    model::{GroupOffer, Session, Stage},
};

const OFFERS: &str = "
    select service, seats, each_max, version from group_offers
    where org = $1 order by service limit 2000";

/// The services held for groups.
pub fn offers(tx: &mut Tx, ctx: &Ctx) -> Result<BTreeMap<ServiceId, GroupOffer>, Fault> {
    ctx.require(VIEW)?;
    let found = tx.all(OFFERS, params![ctx.org], read_offer)?;
    Ok(found
        .into_iter()
        .map(|offer| (offer.service, offer))
        .collect())
}

const OFFER: &str = "
    select service, seats, each_max, version from group_offers where org = $1 and service = $2";

/// How a service is held for groups, if it is.
pub fn offer(tx: &mut Tx, ctx: &Ctx, service: ServiceId) -> Result<Option<GroupOffer>, Fault> {
    ctx.require(VIEW)?;
    tx.one(OFFER, params![ctx.org, service], read_offer)
}

fn read_offer(row: &Row) -> Result<GroupOffer, Fault> {
    Ok(GroupOffer {
        service: row.id(0)?,
        seats: row.int(1)?,
        each_max: row.int(2)?,
        version: row.int(3)?,
    })
}

const COLUMNS: &str = "id, site, service, series, starts_at, ends_at, staff, room, seats,
    each_max, state, begun_at, closed_at, reason, version";

fn read_session(row: &Row) -> Result<Session, Fault> {
    let odd = || Fault::broken("a session lacks a fact of its state");
    let span = Span::new(row.instant(4)?, row.instant(5)?);
    let (begun, closed) = (row.opt_instant(11)?, row.opt_instant(12)?);
    let stage = match row.text(10)?.as_str() {
        "planned" => Stage::Planned,
        "running" => Stage::Running {
            begun: begun.ok_or_else(odd)?,
        },
        "ended" => Stage::Ended {
            begun: begun.ok_or_else(odd)?,
            at: closed.ok_or_else(odd)?,
        },
        "cancelled" => Stage::Cancelled {
            at: closed.ok_or_else(odd)?,
            reason: row.text(13)?,
        },
        _ => return Err(odd()),
    };
    Ok(Session {
        id: row.id(0)?,
        site: row.id(1)?,
        service: row.id(2)?,
        series: row.opt_id(3)?,
        span: span.ok_or_else(|| Fault::broken("a session that ends before it begins"))?,
        staff: row.id(6)?,
        room: row.opt_id(7)?,
        seats: row.int(8)?,
        each_max: row.int(9)?,
        stage,
        version: row.int(14)?,
    })
}

/// The session that a claim is for, if it is for one.
pub fn of_claim(tx: &mut Tx, ctx: &Ctx, claim: &capacity::Claim) -> Result<Option<Session>, Fault> {
    let sql = format!("select {COLUMNS} from group_sessions where org = $1 and id = $2");
    tx.one(&sql, params![ctx.org, claim.order], read_session)
}

/// One session.
pub fn session(tx: &mut Tx, ctx: &Ctx, id: GroupSessionId) -> Result<Session, Fault> {
    ctx.require(VIEW)?;
    let sql = format!("select {COLUMNS} from group_sessions where org = $1 and id = $2");
    tx.one(&sql, params![ctx.org, id], read_session)?
        .ok_or_else(|| Fault::missing("sessions-missing"))
}

/// The sessions of a site that touch a span, called off or not, in order of time.
pub fn sessions_in(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    span: Span,
) -> Result<Vec<Session>, Fault> {
    ctx.require_at(VIEW, site)?;
    let sql = format!(
        "select {COLUMNS} from group_sessions
         where org = $1 and site = $2 and starts_at >= $3 and starts_at < $4 and ends_at > $5
         order by starts_at, id limit 1000"
    );
    // No session lasts longer than a day.
    let reach = span.start.as_microsecond() - 86_400_000_000;
    let values = params![ctx.org, site, reach, span.end, span.start];
    tx.all(&sql, values, read_session)
}

/// The sessions of a service at a site that are still to be held, soonest first, at most 60, with
/// the seats each has left.
pub fn upcoming(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, service): (SiteId, ServiceId),
    until: Timestamp,
) -> Result<Vec<(Session, i64)>, Fault> {
    ctx.require(VIEW)?;
    let sql = format!(
        "select {COLUMNS} from group_sessions
         where org = $1 and site = $2 and service = $3 and starts_at > $4 and starts_at <= $5
             and state = 'planned'
         order by starts_at, id limit 60"
    );
    let values = params![ctx.org, site, service, ctx.now, until];
    let sessions = tx.all(&sql, values, read_session)?;
    let ids: Vec<GroupSessionId> = sessions.iter().map(|session| session.id).collect();
    let taken = capacity::seats_taken(tx, ctx, &ids)?;
    let left = |session: &Session| session.seats - taken.get(&session.id).copied().unwrap_or(0);
    Ok(sessions
        .into_iter()
        .map(|session| {
            let left = left(&session);
            (session, left)
        })
        .collect())
}

/// The planned sessions of a series from one start on, in order of time.
pub(crate) fn following(
    tx: &mut Tx,
    ctx: &Ctx,
    series: SeriesId,
    from: Timestamp,
) -> Result<Vec<Session>, Fault> {
    let sql = format!(
        "select {COLUMNS} from group_sessions
         where org = $1 and series = $2 and starts_at >= $3 and state = 'planned'
         order by starts_at, id limit 500"
    );
    tx.all(&sql, params![ctx.org, series, from], read_session)
}
