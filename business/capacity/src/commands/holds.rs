//! Holds, and giving time back.

use kernel::{Ctx, Fault, Span, Timestamp, ids::OrderId};
use store::{Tx, params};

use super::{claims, quanta};
use crate::{
    CLAIM,
    model::{Claim, Quanta, Standing, later},
    queries,
};

const DELETE: &str = "delete from claims where org = $1 and id = $2";

const OLD: &str = "
    select order_id from claims where org = $1 and busy_from < $2
    order by busy_from, id limit 500";

/// Makes a held claim firm; one that is firm stays so.
///
/// A hold that ran out is taken anew with the same person when the time is still free, and is a
/// conflict otherwise.
pub fn confirm_hold(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Claim, Fault> {
    let seen = claims::found(queries::claim_of(tx, ctx, order)?)?;
    ctx.require_at(CLAIM, seen.site)?;
    quanta::gate(tx, ctx, seen.site)?;
    let claim = claims::found(queries::lock(tx, ctx, order)?)?;
    let firm = Claim {
        standing: Standing::Firm,
        ..claim.clone()
    };
    match claim.standing {
        Standing::Firm => Ok(claim),
        standing if standing.blocks(ctx.now) => {
            claims::save(tx, ctx, &firm)?;
            Ok(firm)
        }
        Standing::Held(_) | Standing::Lapsed(_) => {
            let (start, staff) = (claim.start, Some(claim.staff));
            claims::replace(tx, ctx, firm, start, (staff, staff))
        }
    }
}

fn forget(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<(), Fault> {
    quanta::give_back(tx, ctx, claim.id)?;
    tx.execute(DELETE, params![ctx.org, claim.id]).map(drop)
}

/// Gives back everything an order holds; `false` when it held nothing.
pub fn release(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<bool, Fault> {
    let Some(claim) = queries::lock(tx, ctx, order)? else {
        return Ok(false);
    };
    ctx.require_at(CLAIM, claim.site)?;
    forget(tx, ctx, &claim)?;
    Ok(true)
}

/// Gives back what an order holds after it was finished early; clean-up keeps its time.
pub fn release_from(tx: &mut Tx, ctx: &Ctx, order: OrderId, now: Timestamp) -> Result<(), Fault> {
    let Some(claim) = queries::lock(tx, ctx, order)? else {
        return Ok(());
    };
    ctx.require_at(CLAIM, claim.site)?;
    let end = Quanta::floor(now);
    if end >= claim.end {
        return Ok(());
    }
    let Some(service) = Span::new(claim.start, end) else {
        return forget(tx, ctx, &claim);
    };
    let clean_up = Span::new(claim.end, claim.busy.end).map_or(0, |span| span.minutes());
    let busy_to = later(end, clean_up)
        .unwrap_or(claim.busy.end)
        .min(claim.busy.end);
    let busy = Span {
        start: claim.busy.start,
        end: busy_to,
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
        if let Some(claim) = queries::lock(tx, ctx, *order)? {
            forget(tx, ctx, &claim)?;
        }
    }
    Ok(orders.len())
}
