//! Seats of group sessions: how many are taken, and by whom.

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, Id,
    ids::{GroupSessionId, OrderId, ServiceId, SiteId},
};
use store::{Tx, Value, params};

use super::claim_of;
use crate::{VIEW, model::Claim};

/// The most sessions one question may name.
const SESSIONS_MAX: usize = 500;

const PLAN: &str = "select site, service, seats from seat_plans where org = $1 and session = $2";

/// Where a session is, what it is, and how many seats it has.
pub(crate) fn seat_plan(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
) -> Result<Option<(SiteId, ServiceId, i64)>, Fault> {
    tx.one(PLAN, params![ctx.org, session], |row| {
        Ok((row.id(0)?, row.id(1)?, row.int(2)?))
    })
}

/// The time a session takes; `None` for one that was called off.
pub fn session_claim(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
) -> Result<Option<Claim>, Fault> {
    claim_of(tx, ctx, Id::from_uuid(session.uuid()))
}

const SEATS_OF: &str = "
    select session, cast(count(*) as bigint) from claim_seats
    where org = $1 and order_id = $2 group by session order by session limit 1";

/// The session an order has seats in, and how many; a hold that ran out still counts until
/// somebody else takes its seats.
pub fn seats_of(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
) -> Result<Option<(GroupSessionId, i64)>, Fault> {
    ctx.require(VIEW)?;
    tx.one(SEATS_OF, params![ctx.org, order], |row| {
        Ok((row.id(0)?, row.int(1)?))
    })
}

const ORDERS: &str = "
    select order_id, cast(count(*) as bigint) from claim_seats
    where org = $1 and session = $2 and (hold_until is null or hold_until > $3)
    group by order_id order by min(seat) limit 500";

/// The orders with seats in a session, and how many each has.
pub fn session_orders(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
) -> Result<Vec<(OrderId, i64)>, Fault> {
    ctx.require(VIEW)?;
    tx.all(ORDERS, params![ctx.org, session, ctx.now], |row| {
        Ok((row.id(0)?, row.int(1)?))
    })
}

/// How many seats of each session are taken now; at most 500 sessions, in one statement.
pub fn seats_taken(
    tx: &mut Tx,
    ctx: &Ctx,
    sessions: &[GroupSessionId],
) -> Result<BTreeMap<GroupSessionId, i64>, Fault> {
    ctx.require(VIEW)?;
    let sessions = &sessions[..sessions.len().min(SESSIONS_MAX)];
    if sessions.is_empty() {
        return Ok(BTreeMap::new());
    }
    let markers: Vec<String> = (3..3 + sessions.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "select session, cast(count(*) as bigint) from claim_seats
         where org = $1 and (hold_until is null or hold_until > $2) and session in ({})
         group by session order by session limit 500",
        markers.join(", ")
    );
    let mut values = vec![Value::from(ctx.org), Value::from(ctx.now)];
    values.extend(sessions.iter().map(Value::from));
    let rows = tx.all(&sql, &values, |row| Ok((row.id(0)?, row.int(1)?)))?;
    Ok(rows.into_iter().collect())
}
