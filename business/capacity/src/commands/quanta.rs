//! Taking and giving back quanta: the one place where time changes hands.

use kernel::{
    Ctx, Fault, Span,
    ids::{ClaimId, ResourceId, SiteId, StaffId},
};
use store::{Tx, Value, params};

use crate::{
    CLAIM,
    model::{Claim, Placed, Quanta, WhyNot},
    queries,
};

const GATE: &str = "
    insert into claim_gates (org, site, turns) values ($1, $2, 1)
    on conflict (org, site) do update set turns = claim_gates.turns + 1";

const TAKE: &str = "
    insert into claim_quanta (org, resource, quantum, claim)";
const UNLESS_TAKEN: &str = "on conflict (org, resource, quantum) do nothing";

// Whose quanta a claim holds is known, and when: they are found by their key.
const GIVE_BACK: &str = "
    delete from claim_quanta
    where org = $1 and claim = $2
        and resource in (
            select staff from claims where org = $1 and id = $2
            union all
            select resource from claim_resources where org = $1 and claim = $2)
        and quantum >= coalesce(cast($3 as bigint), (
            select busy_from / 300000000 from claims where org = $1 and id = $2))
        and quantum < (
            select (busy_to + 299999999) / 300000000 from claims where org = $1 and id = $2)";

const GIVE_BACK_ONE: &str = "
    delete from claim_quanta
    where org = $1 and resource = $3 and quantum >= $4 and quantum < $5 and claim = $2";

const LAPSE: &str = "
    update claims set state = 'lapsed'
    where org = $1 and id = $2 and state = 'held' and hold_until <= $3";

const ADD_RESOURCE: &str = "
    insert into claim_resources (org, claim, resource, kind) values ($1, $2, $3, $4)";

const DROP_RESOURCES: &str = "
    delete from claim_resources where org = $1 and claim = $2";

/// Waits until nobody else changes what is claimed at the site, or at a site that shares staff
/// with it. Rows are locked in one order everywhere, gate, order, claim, ticket, counters, so that
/// nobody waits in a circle: a command that locks an order and goes on to its claim comes through
/// here first. Passing twice is once.
pub fn gate(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<(), Fault> {
    ctx.require_at(CLAIM, site)?;
    if !tx.is_first_at(format!("gate {} {site}", ctx.org)) {
        return Ok(());
    }
    for linked in people::sites_sharing_staff(tx, ctx, site)? {
        tx.execute(GATE, params![ctx.org, linked])?;
    }
    tx.forget();
    Ok(())
}

/// Takes quanta of a person or a thing: all of them, or none.
pub(super) fn take(
    tx: &mut Tx,
    ctx: &Ctx,
    claim: ClaimId,
    resource: &str,
    quanta: Quanta,
) -> Result<bool, Fault> {
    let wanted: Vec<[Value; 4]> = (quanta.from..quanta.to)
        .map(|quantum| {
            [
                ctx.org.into(),
                resource.into(),
                quantum.into(),
                claim.into(),
            ]
        })
        .collect();
    let taken = tx.insert_all(TAKE, &wanted, UNLESS_TAKEN)?;
    if i64::try_from(taken) == Ok(quanta.count()) {
        return Ok(true);
    }
    give_back_one(tx, ctx, claim, resource, quanta)?;
    Ok(false)
}

/// Gives back what a claim holds of one person or thing.
pub(super) fn give_back_one(
    tx: &mut Tx,
    ctx: &Ctx,
    claim: ClaimId,
    resource: &str,
    quanta: Quanta,
) -> Result<(), Fault> {
    let row = params![ctx.org, claim, resource, quanta.from, quanta.to];
    tx.execute(GIVE_BACK_ONE, row).map(drop)
}

/// Gives back everything a claim that is written down holds.
pub(super) fn give_back(tx: &mut Tx, ctx: &Ctx, claim: ClaimId) -> Result<(), Fault> {
    tx.execute(GIVE_BACK, params![ctx.org, claim, None::<i64>])?;
    tx.execute(DROP_RESOURCES, params![ctx.org, claim])
        .map(drop)
}

/// Gives back what a claim that is written down holds from a quantum on.
pub(super) fn give_back_from(
    tx: &mut Tx,
    ctx: &Ctx,
    claim: ClaimId,
    quantum: i64,
) -> Result<(), Fault> {
    tx.execute(GIVE_BACK, params![ctx.org, claim, quantum])
        .map(drop)
}

/// Takes the time of holds that ran out, where they stand in the way. The row of the claim
/// changes first: a customer who confirms at this instant either keeps the time or loses it,
/// never half.
pub(super) fn lapse_expired(tx: &mut Tx, ctx: &Ctx, span: Span) -> Result<(), Fault> {
    for claim in queries::expired(tx, ctx, span)? {
        if tx.execute(LAPSE, params![ctx.org, claim, ctx.now])? == 1 {
            give_back(tx, ctx, claim)?;
        }
    }
    Ok(())
}

/// Takes what a claim once held: the same person, rooms and equipment, at the same time. Of
/// somebody who was booked over it held nothing.
pub(super) fn retake(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<(), Fault> {
    let quanta = Quanta::covering(claim.busy);
    let staff = claim.staff.to_string();
    if claim.overbooked.is_none() && !take(tx, ctx, claim.id, &staff, quanta)? {
        return Err(WhyNot::StaffBusy.into());
    }
    for resource in &claim.resources {
        let kind = queries::resource(tx, ctx, *resource)?.kind;
        if !take(tx, ctx, claim.id, &resource.to_string(), quanta)? {
            return Err(WhyNot::ResourceBusy(kind).into());
        }
        tx.execute(ADD_RESOURCE, params![ctx.org, claim.id, *resource, kind])?;
    }
    Ok(())
}

/// Takes the person and one resource of each kind for a part in its place; another person than
/// the first only where no other part depends on who it is.
pub(super) fn take_fit(
    tx: &mut Tx,
    ctx: &Ctx,
    claim: ClaimId,
    placed: &Placed,
    is_alone: bool,
) -> Result<(StaffId, Vec<ResourceId>), Fault> {
    let fit = &placed.fit;
    let quanta = Quanta::covering(fit.times.busy);
    let choice = if is_alone { fit.staff.len() } else { 1 };
    let mut chosen = None;
    for staff in fit.staff.iter().take(choice) {
        if fit.over || take(tx, ctx, claim, &staff.to_string(), quanta)? {
            chosen = Some(*staff);
            break;
        }
    }
    let staff = chosen.ok_or(WhyNot::StaffBusy)?;
    let wanted = fit.resources_for(staff);
    let mut resources: Vec<ResourceId> = Vec::with_capacity(wanted.len());
    for (kind, free) in &wanted {
        let mut chosen = None;
        for resource in free {
            if take(tx, ctx, claim, &resource.to_string(), quanta)? {
                chosen = Some(*resource);
                break;
            }
        }
        let Some(resource) = chosen else {
            give_back_one(tx, ctx, claim, &staff.to_string(), quanta)?;
            for taken in &resources {
                give_back_one(tx, ctx, claim, &taken.to_string(), quanta)?;
            }
            tx.execute(DROP_RESOURCES, params![ctx.org, claim])?;
            return Err(WhyNot::ResourceBusy(kind.clone()).into());
        };
        tx.execute(ADD_RESOURCE, params![ctx.org, claim, resource, kind])?;
        resources.push(resource);
    }
    Ok((staff, resources))
}
