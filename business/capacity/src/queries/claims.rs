//! Claims: whose time is taken, by which order.

use std::{collections::HashMap, sync::Arc};

use kernel::{
    Ctx, Fault, Span, Timestamp,
    ids::{ClaimId, OrderId, ResourceId, SiteId, StaffId},
};
use store::{Row, Tx, params};

use crate::{
    VIEW,
    model::{Claim, Quanta, Standing},
};

/// Before any claim that could still run at `from` began: no claim is longer than a day.
pub(crate) const LONGEST_MICROSECONDS: i64 = 86_400_000_000;

const CLAIMS_OF: &str = "
    select id, order_id, site, service, staff, starts_at, ends_at, busy_from, busy_to, state,
        hold_until, part, overbooked
    from claims where org = $1 and order_id = $2 order by part limit 100";

const RESOURCES_OF: &str = "
    select resource from claim_resources where org = $1 and claim = $2
    order by kind, resource limit 100";

const CLAIMS_IN: &str = "
    select id, order_id, site, service, staff, starts_at, ends_at, busy_from, busy_to, state,
        hold_until, part, overbooked
    from claims
    where org = $1 and site = $2 and busy_from >= $3 and busy_from < $4 and busy_to > $5
        and (state = 'firm' or (state = 'held' and hold_until > $6))
    order by starts_at, id limit 20000";

const RESOURCES_IN: &str = "
    select r.claim, r.resource from claims c
    join claim_resources r on r.org = c.org and r.claim = c.id
    where c.org = $1 and c.site = $2 and c.busy_from >= $3 and c.busy_from < $4
    order by r.claim, r.kind, r.resource limit 100000";

/// The orders that take the room or piece of equipment `$2` at site `$3` of `$1`, to be asked for
/// within another statement.
pub const ORDERS_WITH: &str = "
    select m.order_id from claims m
    join claim_resources r on r.org = m.org and r.claim = m.id
    where m.org = $1 and m.site = $3 and r.resource = $2";

// Taking the row's lock first makes two changes of one claim wait for each other.
const LOCK: &str = "update claims set site = site where org = $1 and order_id = $2";

const EXPIRED: &str = "
    select id from claims
    where org = $1 and state = 'held' and hold_until <= $2 and busy_from >= $3
        and busy_from < $4 and busy_to > $5
    order by id limit 1000";

const BOOKED: &str = "
    select staff, cast(sum(ends_at - starts_at) as bigint) from claims
    where org = $1 and busy_from >= $2 and busy_from < $3
        and (state = 'firm' or (state = 'held' and hold_until > $4))
    group by staff order by staff";

fn read_claim(row: &Row) -> Result<Claim, Fault> {
    let busy = Span::new(row.instant(7)?, row.instant(8)?);
    Ok(Claim {
        id: row.id(0)?,
        order: row.id(1)?,
        site: row.id(2)?,
        service: row.id(3)?,
        staff: row.id(4)?,
        resources: Vec::new(),
        start: row.instant(5)?,
        end: row.instant(6)?,
        busy: busy.ok_or_else(|| Fault::broken("a claim that ends before it begins"))?,
        standing: Standing::parse(&row.text(9)?, row.opt_instant(10)?)?,
        part: row.int(11)?,
        overbooked: row.opt_text(12)?,
    })
}

/// The earliest `busy_from` of a claim that can touch a span, in microseconds.
pub(crate) fn reach(span: Span) -> i64 {
    span.start.as_microsecond() - LONGEST_MICROSECONDS
}

/// The claims of an order, one for each part of its visit, in order of time.
pub fn claims_of(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Claim>, Fault> {
    ctx.require(VIEW)?;
    let mut claims = tx.all(CLAIMS_OF, params![ctx.org, order], read_claim)?;
    for claim in &mut claims {
        claim.resources = tx.all(RESOURCES_OF, params![ctx.org, claim.id], |row| row.id(0))?;
    }
    Ok(claims)
}

/// The claim of the first part of an order, if it has one.
pub fn claim_of(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Option<Claim>, Fault> {
    Ok(claims_of(tx, ctx, order)?.into_iter().next())
}

/// The claims of an order, which nobody else changes until this transaction ends.
pub(crate) fn lock(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Claim>, Fault> {
    if tx.execute(LOCK, params![ctx.org, order])? == 0 {
        return Ok(Vec::new());
    }
    claims_of(tx, ctx, order)
}

/// The claims of a site that touch a span, in order of start; holds that ran out are left out.
pub fn claims_in(tx: &mut Tx, ctx: &Ctx, site: SiteId, span: Span) -> Result<Vec<Claim>, Fault> {
    ctx.require_at(VIEW, site)?;
    let reach = reach(span);
    let mut claims = tx.all(
        CLAIMS_IN,
        params![ctx.org, site, reach, span.end, span.start, ctx.now],
        read_claim,
    )?;
    let mut things: HashMap<ClaimId, Vec<ResourceId>> = HashMap::new();
    let pairs = tx.all(
        RESOURCES_IN,
        params![ctx.org, site, reach, span.end],
        |row| Ok((row.id(0)?, row.id(1)?)),
    )?;
    for (claim, resource) in pairs {
        things.entry(claim).or_default().push(resource);
    }
    for claim in &mut claims {
        claim.resources = things.remove(&claim.id).unwrap_or_default();
    }
    Ok(claims)
}

/// As [`claims_in`], for what is firm: read once until something is claimed or given back. Ask for
/// whole days, so that the next to ask asks the same.
pub fn firm_claims_in(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    span: Span,
) -> Result<Arc<Vec<Claim>>, Fault> {
    ctx.require_at(VIEW, site)?;
    let question = format!("firm claims {} {site} {} {}", ctx.org, span.start, span.end);
    tx.kept(question, |tx| {
        let mut claims = claims_in(tx, ctx, site, span)?;
        claims.retain(|claim| claim.standing == Standing::Firm);
        Ok(claims)
    })
}

/// Holds that ran out and stand in the way of a span.
pub(crate) fn expired(tx: &mut Tx, ctx: &Ctx, span: Span) -> Result<Vec<ClaimId>, Fault> {
    tx.all(
        EXPIRED,
        params![ctx.org, ctx.now, reach(span), span.end, span.start],
        |row| row.id(0),
    )
}

/// The minutes already booked with each person on a day.
pub(crate) fn booked_minutes(
    tx: &mut Tx,
    ctx: &Ctx,
    day: Span,
) -> Result<HashMap<StaffId, i64>, Fault> {
    let rows = tx.all(
        BOOKED,
        params![ctx.org, day.start, day.end, ctx.now],
        |row| Ok((row.id(0)?, row.int(1)? / 60_000_000)),
    )?;
    Ok(rows.into_iter().collect())
}

const NEXT_TAKEN: &str = "
    select min(quantum) from claim_quanta
    where org = $1 and resource = $2 and quantum >= $3 and quantum < $4";

/// Until when a person or a thing is free from the first of these quanta on; `None` when taken.
pub(crate) fn free_until(
    tx: &mut Tx,
    ctx: &Ctx,
    resource: &str,
    wanted: Quanta,
) -> Result<Option<Timestamp>, Fault> {
    let wish = params![ctx.org, resource, wanted.from, wanted.to];
    let next = tx.one(NEXT_TAKEN, wish, |row| row.opt_int(0))?.flatten();
    Ok(match next {
        Some(taken) if taken == wanted.from => None,
        Some(taken) => Some(
            Quanta {
                from: wanted.from,
                to: taken,
            }
            .end(),
        ),
        None => Some(wanted.end()),
    })
}
