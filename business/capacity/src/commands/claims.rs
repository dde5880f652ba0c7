//! Claiming time, and moving what was claimed.

use kernel::{
    Ctx, Fault, Span, Timestamp,
    ids::{ClaimId, OrderId, ServiceId, SiteId, StaffId},
};
use organisation::Site;
use store::{Tx, params};

use super::quanta;
use crate::{
    CLAIM,
    model::{Ask, Claim, Fit, Need, Quanta, Standing, WhyNot, evaluate, later},
    queries,
};

const INSERT: &str = "
    insert into claims (org, id, order_id, site, service, staff, starts_at, ends_at, busy_from,
        busy_to, state, hold_until, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    on conflict (org, order_id) do nothing";

const MOVE: &str = "
    update claims set staff = $3, starts_at = $4, ends_at = $5, busy_from = $6, busy_to = $7,
        state = $8, hold_until = $9
    where org = $1 and id = $2";

/// What an order claims.
#[derive(Debug, Clone)]
pub struct ClaimFor {
    /// The order; it may have no claim yet.
    pub order: OrderId,
    /// What is asked for.
    pub ask: Ask,
    /// When the service is to begin.
    pub start: Timestamp,
    /// Until when it is only held; `None` claims it for good.
    pub hold_until: Option<Timestamp>,
}

/// Somebody begins to serve without a booking.
#[derive(Debug, Clone)]
pub struct Occupy {
    /// The order served.
    pub order: OrderId,
    /// Where.
    pub site: SiteId,
    /// What is served.
    pub service: ServiceId,
    /// Who serves.
    pub staff: StaffId,
    /// From when.
    pub start: Timestamp,
    /// How long it should take, in minutes.
    pub minutes: i64,
}

/// Claims a person and everything else a service needs: all of it, or nothing.
///
/// Whoever has the fewest minutes booked that day is chosen when the ask names nobody. A taken
/// time is a conflict; a time that was never on offer is invalid, in the field `start`.
pub fn claim(tx: &mut Tx, ctx: &Ctx, wanted: ClaimFor) -> Result<Claim, Fault> {
    ctx.require_at(CLAIM, wanted.ask.site)?;
    let site = organisation::site(tx, ctx, wanted.ask.site)?;
    let need = queries::need(tx, ctx, &wanted.ask)?;
    quanta::gate(tx, ctx, site.id)?;
    let place = Place {
        site: &site,
        need: &need,
        who: wanted.ask.staff,
        keep: None,
    };
    let fit = fit(tx, ctx, &place, wanted.start, None)?;
    let id: ClaimId = ctx.id();
    let (staff, resources) = quanta::take_fit(tx, ctx, id, &fit)?;
    let claim = Claim {
        id,
        order: wanted.order,
        site: site.id,
        service: wanted.ask.service,
        staff,
        resources,
        start: fit.times.service.start,
        end: fit.times.service.end,
        busy: fit.times.busy,
        standing: wanted.hold_until.map_or(Standing::Firm, Standing::Held),
    };
    insert(tx, ctx, &claim)?;
    Ok(claim)
}

fn insert(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        claim.id,
        claim.order,
        claim.site,
        claim.service,
        claim.staff,
        claim.start,
        claim.end,
        claim.busy.start,
        claim.busy.end,
        claim.standing.as_str(),
        claim.standing.hold_until(),
        ctx.now,
    ];
    if tx.execute(INSERT, row)? == 0 {
        return Err(Fault::conflict("capacity-order-claimed"));
    }
    Ok(())
}

/// Where and for what a place in the day is sought.
pub(super) struct Place<'a> {
    pub(super) site: &'a Site,
    pub(super) need: &'a Need,
    /// This person and nobody else.
    pub(super) who: Option<StaffId>,
    /// This person rather than another, when free.
    pub(super) keep: Option<StaffId>,
}

/// Everybody and everything free at a start, fairest first, once holds that ran out are gone.
pub(super) fn fit(
    tx: &mut Tx,
    ctx: &Ctx,
    place: &Place,
    start: Timestamp,
    except: Option<ClaimId>,
) -> Result<Fit, Fault> {
    let times = place.need.times(start).ok_or(WhyNot::Length)?;
    quanta::lapse_expired(tx, ctx, widened(times.busy))?;
    let picture = queries::picture(tx, ctx, place.site, times.busy, except)?;
    let rules = queries::rules(ctx, place.site);
    let mut fit = evaluate(&picture, place.need, place.who, start, &rules)?;
    if fit.staff.len() > 1 {
        let day = day_of(place.site, start)?;
        let booked = queries::booked_minutes(tx, ctx, day)?;
        fit.staff.sort_by_key(|staff| {
            let minutes = booked.get(staff).copied().unwrap_or(0);
            (Some(*staff) != place.keep, minutes, *staff)
        });
    }
    Ok(fit)
}

/// Claims share quanta with their neighbours' ends, so those are looked at too.
fn widened(span: Span) -> Span {
    let start = later(span.start, -5).unwrap_or(span.start);
    let end = later(span.end, 5).unwrap_or(span.end);
    Span { start, end }
}

fn day_of(site: &Site, start: Timestamp) -> Result<Span, Fault> {
    let day = site.date_of(start);
    let midnight = organisation::instant_clipped(&site.zone, day, 0);
    let next = organisation::instant_clipped(&site.zone, day, 24 * 60);
    Span::new(midnight, next).ok_or_else(|| Fault::from(WhyNot::Horizon))
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
    let site = found(queries::claim_of(tx, ctx, order)?)?.site;
    ctx.require_at(CLAIM, site)?;
    quanta::gate(tx, ctx, site)?;
    let claim = found(queries::lock(tx, ctx, order)?)?;
    let standing = match claim.standing {
        Standing::Lapsed(_) => return Err(Fault::conflict("capacity-hold-gone")),
        standing => standing,
    };
    let keep = Some(claim.staff);
    replace(tx, ctx, Claim { standing, ..claim }, start, (staff, keep))
}

/// Gives back what a claim holds and takes its place at another start instead.
pub(super) fn replace(
    tx: &mut Tx,
    ctx: &Ctx,
    claim: Claim,
    start: Timestamp,
    (who, keep): (Option<StaffId>, Option<StaffId>),
) -> Result<Claim, Fault> {
    let site = organisation::site(tx, ctx, claim.site)?;
    let need = need_of(tx, ctx, &claim)?;
    let place = Place {
        site: &site,
        need: &need,
        who,
        keep,
    };
    let fit = fit(tx, ctx, &place, start, Some(claim.id))?;
    quanta::give_back(tx, ctx, claim.id)?;
    let (staff, resources) = quanta::take_fit(tx, ctx, claim.id, &fit)?;
    let moved = Claim {
        staff,
        resources,
        start: fit.times.service.start,
        end: fit.times.service.end,
        busy: fit.times.busy,
        ..claim
    };
    save(tx, ctx, &moved)?;
    Ok(moved)
}

/// The needs of a claim: as long as it is, with what its service needs today.
fn need_of(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<Need, Fault> {
    let ask = Ask {
        site: claim.site,
        service: claim.service,
        add_on_minutes: 0,
        staff: None,
    };
    let minutes = |from: Timestamp, to: Timestamp| Span::new(from, to).map_or(0, |s| s.minutes());
    Ok(Need {
        minutes: minutes(claim.start, claim.end),
        before_minutes: minutes(claim.busy.start, claim.start),
        after_minutes: minutes(claim.end, claim.busy.end),
        ..queries::need(tx, ctx, &ask)?
    })
}

/// Writes down where a claim stands now.
pub(super) fn save(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        claim.id,
        claim.staff,
        claim.start,
        claim.end,
        claim.busy.start,
        claim.busy.end,
        claim.standing.as_str(),
        claim.standing.hold_until(),
    ];
    tx.execute(MOVE, row).map(drop)
}

pub(super) fn found(claim: Option<Claim>) -> Result<Claim, Fault> {
    claim.ok_or_else(|| Fault::conflict("capacity-hold-gone"))
}

/// Gives an order back what it had claimed, however late it is by now: all of it, or a conflict
/// when somebody else has some of it. Nothing before means nothing again.
pub fn restore(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    before: Option<&Claim>,
) -> Result<(), Fault> {
    if queries::claim_of(tx, ctx, order)?.as_ref() == before {
        return Ok(());
    }
    super::holds::release(tx, ctx, order)?;
    let Some(claim) = before else {
        return Ok(());
    };
    ctx.require_at(CLAIM, claim.site)?;
    quanta::gate(tx, ctx, claim.site)?;
    quanta::lapse_expired(tx, ctx, widened(claim.busy))?;
    quanta::retake(tx, ctx, claim)?;
    insert(tx, ctx, claim)
}

/// Marks a person as busy from now on, whatever the hours, up to the next booking at most.
///
/// `None` when the order has a claim already, or the person is busy by the book: serving goes on,
/// and the book stays as it is.
pub fn occupy(tx: &mut Tx, ctx: &Ctx, wanted: &Occupy) -> Result<Option<Claim>, Fault> {
    ctx.require_at(CLAIM, wanted.site)?;
    quanta::gate(tx, ctx, wanted.site)?;
    if queries::claim_of(tx, ctx, wanted.order)?.is_some() {
        return Ok(None);
    }
    let start = Quanta::floor(wanted.start);
    let longest = later(start, wanted.minutes.clamp(5, 24 * 60));
    let Some(whole) = longest.and_then(|end| Span::new(start, end)) else {
        return Ok(None);
    };
    quanta::lapse_expired(tx, ctx, whole)?;
    let staff = wanted.staff.to_string();
    let Some(end) = queries::free_until(tx, ctx, &staff, Quanta::covering(whole))? else {
        return Ok(None);
    };
    let Some(busy) = Span::new(start, end) else {
        return Ok(None);
    };
    let id: ClaimId = ctx.id();
    if !quanta::take(tx, ctx, id, &staff, Quanta::covering(busy))? {
        return Ok(None);
    }
    let claim = Claim {
        id,
        order: wanted.order,
        site: wanted.site,
        service: wanted.service,
        staff: wanted.staff,
        resources: Vec::new(),
        start,
        end,
        busy,
        standing: Standing::Firm,
    };
    insert(tx, ctx, &claim)?;
    Ok(Some(claim))
}
