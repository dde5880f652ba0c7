//! Giving time back.

use kernel::{Ctx, Fault, Span, Timestamp, ids::OrderId};
use store::{Tx, params};

use super::{
    claims,
    moves::{DELETE, shifted},
    quanta,
};
use crate::{
    CLAIM,
    model::{Claim, Quanta},
    queries,
};

const OLD: &str = "
    select order_id from claims where org = $1 and busy_from < $2
    order by busy_from, id limit 500";

fn forget(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<(), Fault> {
    quanta::give_back(tx, ctx, claim.id)?;
    tx.execute(DELETE, params![ctx.org, claim.id]).map(drop)
}

/// Gives back everything an order holds; `false` when it held nothing.
pub fn release(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<bool, Fault> {
    let claims = queries::lock(tx, ctx, order)?;
    for claim in &claims {
        ctx.require_at(CLAIM, claim.site)?;
        forget(tx, ctx, claim)?;
    }
    Ok(!claims.is_empty())
}

/// Gives back what an order holds after it was finished early; clean-up keeps its time.
pub fn release_from(tx: &mut Tx, ctx: &Ctx, order: OrderId, now: Timestamp) -> Result<(), Fault> {
    for claim in queries::lock(tx, ctx, order)? {
        ctx.require_at(CLAIM, claim.site)?;
        shorten(tx, ctx, claim, Quanta::floor(now))?;
    }
    Ok(())
}

fn shorten(tx: &mut Tx, ctx: &Ctx, claim: Claim, end: Timestamp) -> Result<(), Fault> {
    if end >= claim.end {
        return Ok(());
    }
    let Some(service) = Span::new(claim.start, end) else {
        return forget(tx, ctx, &claim);
    };
    let clean_up = Span::new(claim.end, claim.busy.end).map_or(0, |span| span.minutes());
    let busy = Span {
        start: claim.busy.start,
        end: shifted(end, clean_up, claim.busy.end),
    };
    quanta::give_back_from(tx, ctx, claim.id, Quanta::covering(busy).to)?;
    let shorter = Claim {
        start: service.start,
        end: service.end,
        busy,
        ..claim
    };
    claims::save(tx, ctx, &shorter)
}

/// Forgets claims that began before an instant, at most 500: the past is kept by the orders.
pub fn prune(tx: &mut Tx, ctx: &Ctx, before: Timestamp) -> Result<usize, Fault> {
    ctx.require(CLAIM)?;
    let orders: Vec<OrderId> = tx.all(OLD, params![ctx.org, before], |row| row.id(0))?;
    for order in &orders {
        for claim in queries::lock(tx, ctx, *order)? {
            forget(tx, ctx, &claim)?;
        }
    }
    Ok(orders.len())
}
