//! Taking and giving back seats of a group session.

use kernel::{
    Ctx, Fault, Span, Timestamp,
    ids::{GroupSessionId, OrderId, ServiceId, StaffId},
};
use store::{Tx, params};

use super::quanta;
use crate::{CLAIM, queries};

const SWEEP: &str = "
    delete from claim_seats where org = $1 and session = $2 and hold_until <= $3";

const TAKE: &str = "
    insert into claim_seats (org, session, seat, order_id, hold_until)
    with recursive place (seat) as (
        select cast(1 as bigint)
        union all
        select seat + 1 from place where seat < $3
    )
    select $1, $2, p.seat, $4, $5 from place p
    where not exists (
        select 1 from claim_seats s where s.org = $1 and s.session = $2 and s.seat = p.seat)
    order by p.seat limit $6
    on conflict (org, session, seat) do nothing";

const CONFIRM: &str = "
    update claim_seats set hold_until = null where org = $1 and order_id = $2";

const RELEASE: &str = "delete from claim_seats where org = $1 and order_id = $2";

/// Seats an order is to have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seats {
    /// In which session.
    pub session: GroupSessionId,
    /// For which order; it has no seats yet.
    pub order: OrderId,
    /// How many.
    pub count: i64,
    /// Until when they are only held; `None` takes them for good.
    pub hold_until: Option<Timestamp>,
}

/// Takes seats of a session: all that are asked for, or none. Answers what is sat in: the service,
/// the time, and who leads.
pub fn take_seats(
    tx: &mut Tx,
    ctx: &Ctx,
    wanted: Seats,
) -> Result<(ServiceId, Span, StaffId), Fault> {
    ctx.require(CLAIM)?;
    let (site, service, seats) = plan(tx, ctx, wanted.session)?;
    ctx.require_at(CLAIM, site)?;
    quanta::gate(tx, ctx, site)?;
    // Whoever called the session off meanwhile has passed the gate before.
    let claim = queries::session_claim(tx, ctx, wanted.session)?.ok_or_else(gone)?;
    if claim.start <= ctx.now && ctx.role == kernel::Role::Guest {
        return Err(Fault::conflict("capacity-session-begun"));
    }
    tx.execute(SWEEP, params![ctx.org, wanted.session, ctx.now])?;
    let row = params![
        ctx.org,
        wanted.session,
        seats,
        wanted.order,
        wanted.hold_until,
        wanted.count,
    ];
    let taken = tx.execute(TAKE, row)?;
    let taken = i64::try_from(taken).map_err(Fault::broken)?;
    if wanted.count < 1 || taken < wanted.count {
        tx.execute(RELEASE, params![ctx.org, wanted.order])?;
        return Err(full(taken));
    }
    let span = Span::new(claim.start, claim.end)
        .ok_or_else(|| Fault::broken("a session that ends before it begins"))?;
    Ok((service, span, claim.staff))
}

/// Says how many seats are left.
fn full(left: i64) -> Fault {
    match left {
        0 => Fault::conflict("capacity-session-full"),
        left => Fault::conflict("capacity-session-few").with("left", left),
    }
}

pub(super) fn gone() -> Fault {
    Fault::conflict("capacity-session-gone")
}

pub(super) fn plan(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
) -> Result<(kernel::ids::SiteId, ServiceId, i64), Fault> {
    queries::seat_plan(tx, ctx, session)?.ok_or_else(gone)
}

/// Makes held seats firm. A hold that ran out still counts as long as nobody took its seats.
pub fn confirm_seats(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<(), Fault> {
    ctx.require(CLAIM)?;
    if tx.execute(CONFIRM, params![ctx.org, order])? == 0 {
        return Err(Fault::conflict("capacity-hold-gone"));
    }
    Ok(())
}

/// Gives an order's seats back; `false` when it had none.
pub fn release_seats(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<bool, Fault> {
    ctx.require(CLAIM)?;
    Ok(tx.execute(RELEASE, params![ctx.org, order])? > 0)
}
