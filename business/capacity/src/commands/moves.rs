//! Moving what was claimed: the whole visit, or nothing of it.

use kernel::{
    Ctx, Fault, Timestamp,
    ids::{ClaimId, OrderId, StaffId},
};
use store::{Tx, params};

use super::{
    claims::{Seek, Stand, found, kept},
    quanta,
};
use crate::{
    CLAIM,
    model::{Claim, Need, Part, PartAsk, Standing, Visit, WhyNot, later},
    queries,
};

pub(super) const DELETE: &str = "delete from claims where org = $1 and id = $2";

/// Where a visit is moved to.
#[derive(Debug, Clone)]
pub struct Move {
    /// The part that is meant, from 1.
    pub part: i64,
    /// When that part is to begin; the others follow.
    pub start: Timestamp,
    /// Who is to serve it; `None` keeps the person where that is possible.
    pub staff: Option<StaffId>,
    /// Why that person may be booked over.
    pub overbook: Option<String>,
}

/// Moves the claim of an order to another start, and to another person if one is named; the same
/// person is kept when free otherwise. What was claimed stays claimed when the move is refused.
pub fn move_claim(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    start: Timestamp,
    staff: Option<StaffId>,
) -> Result<Claim, Fault> {
    let wanted = Move {
        part: 1,
        start,
        staff,
        overbook: None,
    };
    let claims = move_visit(tx, ctx, order, &wanted)?;
    found(claims.into_iter().next())
}

/// Moves every part of a visit so that the one meant begins when it is wanted to.
pub fn move_visit(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    wanted: &Move,
) -> Result<Vec<Claim>, Fault> {
    let site = found(queries::claim_of(tx, ctx, order)?)?.site;
    ctx.require_at(CLAIM, site)?;
    quanta::gate(tx, ctx, site)?;
    let claims = queries::lock(tx, ctx, order)?;
    let (Some(first), Some(meant)) = (
        claims.first(),
        claims.iter().find(|claim| claim.part == wanted.part),
    ) else {
        return Err(Fault::conflict("capacity-hold-gone"));
    };
    if matches!(first.standing, Standing::Lapsed(_)) {
        return Err(Fault::conflict("capacity-hold-gone"));
    }
    let ahead = meant.start.as_microsecond() - first.start.as_microsecond();
    let start = Timestamp::from_microsecond(wanted.start.as_microsecond() - ahead)
        .map_err(|_| Fault::from(WhyNot::Length))?;
    let who = |claim: &Claim| wanted.staff.filter(|_| claim.part == wanted.part);
    let anew = Anew {
        claims: &claims,
        who: &who,
        overbook: wanted.overbook.clone(),
        standing: first.standing,
    };
    anew.take(tx, ctx, start)
}

/// What an order claims, to be claimed anew.
pub(super) struct Anew<'a> {
    pub(super) claims: &'a [Claim],
    /// Who must serve a part.
    pub(super) who: &'a dyn Fn(&Claim) -> Option<StaffId>,
    pub(super) overbook: Option<String>,
    pub(super) standing: Standing,
}

impl Anew<'_> {
    /// Gives back what the claims hold and takes the place of the visit at a start instead.
    pub(super) fn take(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        start: Timestamp,
    ) -> Result<Vec<Claim>, Fault> {
        let first = found(self.claims.first().cloned())?;
        let site = organisation::site(tx, ctx, first.site)?;
        let mut parts = Vec::with_capacity(self.claims.len());
        for claim in self.claims {
            parts.push(self.part(tx, ctx, claim)?);
        }
        let visit = Visit {
            overbook: self.overbook.clone(),
            ..Visit::new(first.site, self.claims.iter().map(asked).collect())
        };
        let seek = Seek {
            site: &site,
            parts: &parts,
            visit: &visit,
            start,
        };
        let ids: Vec<ClaimId> = self.claims.iter().map(|claim| claim.id).collect();
        let plan = seek.plan(tx, ctx, &ids)?;
        for claim in self.claims {
            quanta::give_back(tx, ctx, claim.id)?;
            tx.execute(DELETE, params![ctx.org, claim.id])?;
        }
        let stand = Stand {
            order: first.order,
            visit: &visit,
            standing: self.standing,
        };
        stand.take(tx, ctx, &plan)
    }

    /// The part of a claim: as long as it is, with what its service needs today.
    fn part(&self, tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<Part, Fault> {
        let minutes = |from: Timestamp, to: Timestamp| {
            (to.as_microsecond() - from.as_microsecond()).div_euclid(60_000_000)
        };
        let need = queries::need(tx, ctx, claim.service, 0)?;
        let part = Part {
            need: Need {
                minutes: minutes(claim.start, claim.end),
                before_minutes: minutes(claim.busy.start, claim.start),
                after_minutes: minutes(claim.end, claim.busy.end),
                ..need
            },
            who: None,
            keep: None,
            over: self.overbook.is_some(),
        };
        Ok(kept(part, (self.who)(claim), claim.staff))
    }
}

fn asked(claim: &Claim) -> PartAsk {
    PartAsk {
        service: claim.service,
        add_on_minutes: 0,
        staff: Some(claim.staff),
    }
}

/// Makes a held visit firm; one that is firm stays so.
///
/// A hold that ran out is taken anew with the same persons when the time is still free, and is a
/// conflict otherwise.
pub fn confirm_hold(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Claim, Fault> {
    let seen = found(queries::claim_of(tx, ctx, order)?)?;
    ctx.require_at(CLAIM, seen.site)?;
    quanta::gate(tx, ctx, seen.site)?;
    let claims = queries::lock(tx, ctx, order)?;
    let first = found(claims.first().cloned())?;
    if claims.iter().all(|claim| claim.standing.blocks(ctx.now)) {
        for claim in &claims {
            let firm = Claim {
                standing: Standing::Firm,
                ..claim.clone()
            };
            super::claims::save(tx, ctx, &firm)?;
        }
        return Ok(Claim {
            standing: Standing::Firm,
            ..first
        });
    }
    let anew = Anew {
        claims: &claims,
        who: &|claim| Some(claim.staff),
        overbook: None,
        standing: Standing::Firm,
    };
    let taken = anew.take(tx, ctx, first.start)?;
    // The customer was told these times, and no others.
    let same = |(old, new): (&Claim, &Claim)| (old.start, old.service) == (new.start, new.service);
    if !claims.iter().zip(&taken).all(same) {
        return Err(WhyNot::StaffBusy.into());
    }
    found(taken.into_iter().next())
}

/// An instant of a claim, moved by some minutes.
pub(super) fn shifted(at: Timestamp, minutes: i64, latest: Timestamp) -> Timestamp {
    later(at, minutes).unwrap_or(latest).min(latest)
}
