//! The time of a group session: one claim on its leader and its room, and how many seats there are.

use kernel::{
    Ctx, Fault, Id, Text, Timestamp,
    ids::{GroupSessionId, OrderId, ResourceId, StaffId},
};
use store::{Tx, params};

use super::{
    claims::{self, ClaimFor},
    holds, moves, quanta,
    seats::{gone, plan},
};
use crate::{
    CLAIM,
    model::{Ask, Claim, Quanta, WhyNot},
    queries,
};

const PLAN: &str = "
    insert into seat_plans (org, session, site, service, seats) values ($1, $2, $3, $4, $5)";

const RESIZE: &str = "update seat_plans set seats = $3 where org = $1 and session = $2";

const TAKEN: &str = "
    select order_id, hold_until from claim_seats
    where org = $1 and session = $2 and (hold_until is null or hold_until > $3)
    order by seat limit 500";

const CLEAR: &str = "delete from claim_seats where org = $1 and session = $2";

const SIT: &str = "
    insert into claim_seats (org, session, seat, order_id, hold_until)
    values ($1, $2, $3, $4, $5)";

const FORGET: &str = "delete from seat_plans where org = $1 and session = $2";

const SWAP: &str = "
    update claim_resources set resource = $4 where org = $1 and claim = $2 and resource = $3";

/// A session to be planned.
#[derive(Debug, Clone)]
pub struct PlanSession {
    /// Which.
    pub session: GroupSessionId,
    /// Where, what, how long, and who leads.
    pub ask: Ask,
    /// In which room; `None` takes any that is free.
    pub room: Option<ResourceId>,
    /// When it begins.
    pub start: Timestamp,
    /// How many may come.
    pub seats: i64,
}

/// A session's claim stands under its own id, which no order has.
fn holder(session: GroupSessionId) -> OrderId {
    Id::from_uuid(session.uuid())
}

/// Claims the leader and the room of a session, as a visit would.
pub fn plan_session(tx: &mut Tx, ctx: &Ctx, wanted: &PlanSession) -> Result<Claim, Fault> {
    let claim = ClaimFor {
        order: holder(wanted.session),
        ask: wanted.ask.clone(),
        start: wanted.start,
        hold_until: None,
    };
    let claim = claims::claim(tx, ctx, claim)?;
    let row = params![
        ctx.org,
        wanted.session,
        wanted.ask.site,
        wanted.ask.service,
        wanted.seats,
    ];
    tx.execute(PLAN, row)?;
    in_room(tx, ctx, claim, wanted.room)
}

/// Moves a session to another start, leader or room; its seats stay whose they are.
pub fn move_session(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
    start: Timestamp,
    (staff, room): (Option<StaffId>, Option<ResourceId>),
) -> Result<Claim, Fault> {
    let claim = moves::move_claim(tx, ctx, holder(session), start, staff)?;
    in_room(tx, ctx, claim, room)
}

/// Gives up the room a claim got for the one that is wished for.
fn in_room(
    tx: &mut Tx,
    ctx: &Ctx,
    mut claim: Claim,
    room: Option<ResourceId>,
) -> Result<Claim, Fault> {
    let Some(room) = room.filter(|room| !claim.resources.contains(room)) else {
        return Ok(claim);
    };
    let wanted = queries::resource(tx, ctx, room)?;
    let not_here = || Fault::invalid("room", Text::key("capacity-room-not-here"));
    if wanted.site != claim.site || !wanted.active {
        return Err(not_here());
    }
    let mut of_kind = None;
    for (at, other) in claim.resources.iter().enumerate() {
        if queries::resource(tx, ctx, *other)?.kind == wanted.kind {
            of_kind = Some((at, *other));
        }
    }
    let (at, other) = of_kind.ok_or_else(not_here)?;
    let quanta = Quanta::covering(claim.busy);
    if !quanta::take(tx, ctx, claim.id, &room.to_string(), quanta)? {
        return Err(WhyNot::ResourceBusy(wanted.kind).into());
    }
    quanta::give_back_one(tx, ctx, claim.id, &other.to_string(), quanta)?;
    tx.execute(SWAP, params![ctx.org, claim.id, other, room])?;
    claim.resources[at] = room;
    Ok(claim)
}

/// Gives a session more seats, or fewer, but never fewer than are taken.
pub fn resize_session(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
    seats: i64,
) -> Result<(), Fault> {
    let (site, _, _) = plan(tx, ctx, session)?;
    ctx.require_at(CLAIM, site)?;
    quanta::gate(tx, ctx, site)?;
    let taken = tx.all(TAKEN, params![ctx.org, session, ctx.now], |row| {
        Ok((row.id::<kernel::ids::OrderNoun>(0)?, row.opt_instant(1)?))
    })?;
    let count = i64::try_from(taken.len()).map_err(Fault::broken)?;
    if seats < count {
        let text = Text::key("capacity-seats-taken").with("taken", count);
        return Err(Fault::invalid("seats", text));
    }
    // Seats are numbered from one without gaps, so that the smaller room has a number for each.
    tx.execute(CLEAR, params![ctx.org, session])?;
    for (seat, (order, hold_until)) in (1_i64..).zip(taken) {
        tx.execute(SIT, params![ctx.org, session, seat, order, hold_until])?;
    }
    tx.execute(RESIZE, params![ctx.org, session, seats])
        .map(drop)
}

/// Gives back the time and the seats of a session that is called off.
pub fn free_session(tx: &mut Tx, ctx: &Ctx, session: GroupSessionId) -> Result<(), Fault> {
    let (site, _, _) = plan(tx, ctx, session)?;
    ctx.require_at(CLAIM, site)?;
    quanta::gate(tx, ctx, site)?;
    holds::release(tx, ctx, holder(session))?;
    tx.execute(CLEAR, params![ctx.org, session])?;
    tx.execute(FORGET, params![ctx.org, session]).map(drop)
}

/// Gives back what is left of the time of a session that ended early.
pub fn end_session(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
    now: Timestamp,
) -> Result<(), Fault> {
    if queries::session_claim(tx, ctx, session)?.is_none() {
        return Err(gone());
    }
    holds::release_from(tx, ctx, holder(session), now)
}
