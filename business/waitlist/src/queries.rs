//! What is known of the waiting list.

use std::collections::BTreeMap;

use kernel::{
    Channel, Ctx, Fault,
    ids::{OfferId, ServiceId, SiteId, WaitingId},
};
use store::{Row, Tx, params};

use crate::{
    VIEW,
    model::{ANSWER_MINUTES, Offer, OfferState, Place, Waiting, Wish},
};

const COLUMNS: &str = "id, site, service, staff, session, seats, customer, weekdays, from_minute,
    to_minute, first_day, last_day, note, channel, secret, state, order_id, joined_at, turn_at,
    unanswered, mail, also";

/// Reads the ids that were joined by commas.
fn also_of(text: &str) -> Option<Vec<ServiceId>> {
    let ids = text.split(',').filter(|id| !id.is_empty());
    ids.map(ServiceId::parse).collect()
}

fn read_waiting(row: &Row) -> Result<Waiting, Fault> {
    let odd = |what: &str| Fault::broken(format!("an entry of a waiting list has an odd {what}"));
    let place = match (row.text(15)?.as_str(), row.opt_id(16)?) {
        ("waiting", None) => Place::Waiting,
        ("placed", Some(order)) => Place::Placed(order),
        ("left", None) => Place::Left,
        ("lapsed", None) => Place::Lapsed,
        _ => return Err(odd("state")),
    };
    Ok(Waiting {
        id: row.id(0)?,
        site: row.id(1)?,
        wish: Wish {
            service: row.id(2)?,
            also: also_of(&row.text(21)?).ok_or_else(|| odd("service"))?,
            staff: row.opt_id(3)?,
            session: row.opt_id(4)?,
            seats: row.int(5)?,
            weekdays: row.text(7)?,
            from_minute: row.int(8)?,
            to_minute: row.int(9)?,
            first_day: row.date(10)?,
            last_day: row.date(11)?,
        },
        customer: row.id(6)?,
        note: row.text(12)?,
        channel: Channel::parse(&row.text(13)?).ok_or_else(|| odd("door"))?,
        secret: row.text(14)?,
        place,
        joined: row.instant(17)?,
        turn: row.instant(18)?,
        unanswered: row.int(19)?,
        mail: row.opt_text(20)?,
    })
}

/// An entry before it is known who asks.
pub(crate) fn load(tx: &mut Tx, ctx: &Ctx, id: WaitingId) -> Result<Waiting, Fault> {
    let sql = format!("select {COLUMNS} from waiting where org = $1 and id = $2");
    tx.one(&sql, params![ctx.org, id], read_waiting)?
        .ok_or_else(|| Fault::missing("waitlist-missing"))
}

/// One entry.
pub fn entry(tx: &mut Tx, ctx: &Ctx, id: WaitingId) -> Result<Waiting, Fault> {
    let found = load(tx, ctx, id)?;
    ctx.require_at(VIEW, found.site)?;
    Ok(found)
}

/// The entry a customer's link names. Whoever holds the secret may see it.
pub fn by_secret(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Waiting, Fault> {
    let sql = format!("select {COLUMNS} from waiting where org = $1 and secret = $2");
    tx.one(&sql, params![ctx.org, secret], read_waiting)?
        .ok_or_else(|| Fault::missing("waitlist-missing"))
}

/// Who waits at a site, in turn, at most 500.
pub fn waiting_at(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Waiting>, Fault> {
    ctx.require_at(VIEW, site)?;
    let sql = format!(
        "select {COLUMNS} from waiting
         where org = $1 and site = $2 and state = 'waiting'
         order by turn_at, id limit 500"
    );
    tx.all(&sql, params![ctx.org, site], read_waiting)
}

/// The entries of a site that ended, latest first, at most 50.
pub(crate) fn ended_at(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Waiting>, Fault> {
    ctx.require_at(VIEW, site)?;
    let sql = format!(
        "select {COLUMNS} from waiting
         where org = $1 and site = $2 and state <> 'waiting'
         order by closed_at desc, id limit 50"
    );
    tx.all(&sql, params![ctx.org, site], read_waiting)
}

const AHEAD: &str = "
    select cast(count(*) as bigint) from waiting
    where org = $1 and site = $2 and service = $3 and state = 'waiting'
        and (turn_at < $4 or (turn_at = $4 and id < $5))";

/// How many wait for the same service at the site and come before an entry.
pub(crate) fn ahead_of(tx: &mut Tx, ctx: &Ctx, entry: &Waiting) -> Result<i64, Fault> {
    let service = entry.wish.service;
    let values = params![ctx.org, entry.site, service, entry.turn, entry.id];
    tx.count(AHEAD, values)
}

const SITES: &str = "
    select distinct site from waiting where org = $1 and state = 'waiting'
    order by site limit 1000";

/// The sites where somebody waits.
pub(crate) fn sites_waiting(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<SiteId>, Fault> {
    ctx.require(VIEW)?;
    tx.all(SITES, params![ctx.org], |row| row.id(0))
}

const OFFER_COLUMNS: &str =
    "id, waiting, order_id, starts_at, staff, made_at, until_at, told, state";

fn read_offer(row: &Row) -> Result<Offer, Fault> {
    let state = row.text(8)?;
    Ok(Offer {
        id: row.id(0)?,
        waiting: row.id(1)?,
        order: row.id(2)?,
        start: row.instant(3)?,
        staff: row.opt_id(4)?,
        made: row.instant(5)?,
        until: row.instant(6)?,
        told: row.int(7)?,
        state: OfferState::parse(&state)
            .ok_or_else(|| Fault::broken(format!("an offer cannot be {state}")))?,
    })
}

/// One offer.
pub(crate) fn offer(tx: &mut Tx, ctx: &Ctx, id: OfferId) -> Result<Offer, Fault> {
    let sql = format!("select {OFFER_COLUMNS} from waiting_offers where org = $1 and id = $2");
    tx.one(&sql, params![ctx.org, id], read_offer)?
        .ok_or_else(|| Fault::missing("waitlist-offer-missing"))
}

/// The offers made to somebody, latest first.
pub(crate) fn offers_to(tx: &mut Tx, ctx: &Ctx, waiting: WaitingId) -> Result<Vec<Offer>, Fault> {
    let sql = format!(
        "select {OFFER_COLUMNS} from waiting_offers where org = $1 and waiting = $2
         order by made_at desc, id desc limit 100"
    );
    tx.all(&sql, params![ctx.org, waiting], read_offer)
}

/// The offers of a site that are still to be answered, by entry.
pub fn open_offers(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
) -> Result<BTreeMap<WaitingId, Offer>, Fault> {
    ctx.require(orders::TAKE)?;
    let sql = format!(
        "select {OFFER_COLUMNS} from waiting_offers
         where org = $1 and site = $2 and state = 'open' order by until_at, id limit 500"
    );
    let found = tx.all(&sql, params![ctx.org, site], read_offer)?;
    Ok(found
        .into_iter()
        .map(|offer| (offer.waiting, offer))
        .collect())
}

const SETTINGS: &str = "select answer_minutes, version from waiting_settings where org = $1";

/// How long somebody has to answer, in minutes, and the version of that setting; 0 before the
/// first change.
pub fn settings(tx: &mut Tx, ctx: &Ctx) -> Result<(i64, i64), Fault> {
    let found = tx.one(SETTINGS, params![ctx.org], |row| {
        Ok((row.int(0)?, row.int(1)?))
    })?;
    Ok(found.unwrap_or((ANSWER_MINUTES, 0)))
}
