//! Claiming the time of a visit, and giving back what was claimed before.

use std::collections::HashMap;

use kernel::{
    Ctx, Fault, Span, Timestamp,
    ids::{ClaimId, OrderId, ServiceId, SiteId, StaffId},
};
use organisation::Site;
use store::{Tx, params};

use super::quanta;
use crate::{
    CLAIM,
    model::{
        Ask, Claim, GAP_MINUTES, Part, Placed, Plan, Quanta, Search, Standing, Visit, WhyNot, later,
    },
    queries,
};

const INSERT: &str = "
    insert into claims (org, id, order_id, part, site, service, staff, starts_at, ends_at,
        busy_from, busy_to, state, hold_until, overbooked, created_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    on conflict (org, order_id, part) do nothing";

const SAVE: &str = "
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

/// The visit an order claims.
#[derive(Debug, Clone)]
pub struct ClaimVisit {
    /// The order; it may have no claim yet.
    pub order: OrderId,
    /// What is asked for.
    pub visit: Visit,
    /// When the first part is to begin.
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
pub fn claim(tx: &mut Tx, ctx: &Ctx, wanted: ClaimFor) -> Result<Claim, Fault> {
    let wanted = ClaimVisit {
        order: wanted.order,
        visit: Visit::from(&wanted.ask),
        start: wanted.start,
        hold_until: wanted.hold_until,
    };
    let claims = claim_visit(tx, ctx, &wanted)?;
    found(claims.into_iter().next())
}

/// Claims the persons and everything else the parts of a visit need: all of it, or nothing.
///
/// Whoever has the fewest minutes booked that day is chosen where a part names nobody. A taken
/// time is a conflict; a time that was never on offer is invalid, in the field `start`.
pub fn claim_visit(tx: &mut Tx, ctx: &Ctx, wanted: &ClaimVisit) -> Result<Vec<Claim>, Fault> {
    let visit = &wanted.visit;
    ctx.require_at(CLAIM, visit.site)?;
    let site = organisation::site(tx, ctx, visit.site)?;
    quanta::gate(tx, ctx, site.id)?;
    let parts = queries::parts(tx, ctx, visit)?;
    let seek = Seek {
        site: &site,
        parts: &parts,
        visit,
        start: wanted.start,
    };
    let plan = seek.plan(tx, ctx, &[])?;
    let standing = wanted.hold_until.map_or(Standing::Firm, Standing::Held);
    let stand = Stand {
        order: wanted.order,
        visit,
        standing,
    };
    stand.take(tx, ctx, &plan)
}

pub(super) fn insert(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<(), Fault> {
    let row = params![
        ctx.org,
        claim.id,
        claim.order,
        claim.part,
        claim.site,
        claim.service,
        claim.staff,
        claim.start,
        claim.end,
        claim.busy.start,
        claim.busy.end,
        claim.standing.as_str(),
        claim.standing.hold_until(),
        claim.overbooked.as_deref(),
        ctx.now,
    ];
    if tx.execute(INSERT, row)? == 0 {
        return Err(Fault::conflict("capacity-order-claimed"));
    }
    Ok(())
}

/// Where, when and for what a place in the day is sought.
pub(super) struct Seek<'a> {
    pub(super) site: &'a Site,
    pub(super) parts: &'a [Part],
    pub(super) visit: &'a Visit,
    pub(super) start: Timestamp,
}

impl Seek<'_> {
    /// The visit in its place, with the fairest choice of persons, once holds that ran out are
    /// gone; what the claims `except` take counts as free.
    pub(super) fn plan(&self, tx: &mut Tx, ctx: &Ctx, except: &[ClaimId]) -> Result<Plan, Fault> {
        let whole = reach(self.parts, self.start).ok_or(WhyNot::Length)?;
        quanta::lapse_expired(tx, ctx, widened(whole))?;
        let picture = queries::picture(tx, ctx, self.site, whole, except)?;
        let booked = self.booked_minutes(tx, ctx)?;
        let rules = queries::rules_of(tx, ctx, self.site, self.visit)?;
        let search = Search {
            picture: &picture,
            parts: self.parts,
            rules: &rules,
            load: &|staff| booked.get(&staff).copied().unwrap_or(0),
        };
        search.plan(self.start).map_err(Fault::from)
    }

    /// How busy everybody is that day; nobody asks where each part names its person.
    fn booked_minutes(&self, tx: &mut Tx, ctx: &Ctx) -> Result<HashMap<StaffId, i64>, Fault> {
        if self.parts.iter().all(|part| part.who.is_some()) {
            return Ok(HashMap::new());
        }
        queries::booked_minutes(tx, ctx, day_of(self.site, self.start)?)
    }
}

/// The longest stretch a visit from `start` can touch; `None` for one of no possible length.
pub(crate) fn reach(parts: &[Part], start: Timestamp) -> Option<Span> {
    let (mut before, mut after, mut minutes) = (0, 0, 0);
    for part in parts {
        part.need.times(start)?;
        before = part.need.before_minutes.max(before);
        after = part.need.after_minutes.max(after);
        minutes += part.need.minutes + GAP_MINUTES;
    }
    Span::new(later(start, -before)?, later(start, minutes + after)?)
}

/// Whose visit is written down, and how firmly.
pub(super) struct Stand<'a> {
    pub(super) order: OrderId,
    pub(super) visit: &'a Visit,
    pub(super) standing: Standing,
}

impl Stand<'_> {
    /// Takes everything a plan names and writes the claims down, one for each part in order of
    /// time.
    pub(super) fn take(
        &self,
        tx: &mut Tx,
        ctx: &Ctx,
        plan: &[Placed],
    ) -> Result<Vec<Claim>, Fault> {
        let mut claims = Vec::with_capacity(plan.len());
        for (number, placed) in (1..).zip(plan) {
            let id: ClaimId = ctx.id();
            let (staff, resources) = quanta::take_fit(tx, ctx, id, placed, plan.len() == 1)?;
            let times = placed.fit.times;
            let over = placed.fit.over;
            let claim = Claim {
                id,
                order: self.order,
                part: number,
                site: self.visit.site,
                service: self.visit.parts[placed.part].service,
                staff,
                resources,
                start: times.service.start,
                end: times.service.end,
                busy: times.busy,
                standing: self.standing,
                overbooked: self.visit.overbook.clone().filter(|_| over),
            };
            insert(tx, ctx, &claim)?;
            claims.push(claim);
        }
        Ok(claims)
    }
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
    Span::new(midnight, next).ok_or_else(|| Fault::from(WhyNot::Length))
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
    tx.execute(SAVE, row).map(drop)
}

pub(super) fn found(claim: Option<Claim>) -> Result<Claim, Fault> {
    claim.ok_or_else(|| Fault::conflict("capacity-hold-gone"))
}

/// Gives an order back what it had claimed, however late it is by now: all of it, or a conflict
/// when somebody else has some of it. Nothing before means nothing again.
pub fn restore(tx: &mut Tx, ctx: &Ctx, order: OrderId, before: &[Claim]) -> Result<(), Fault> {
    if queries::claims_of(tx, ctx, order)? == before {
        return Ok(());
    }
    super::holds::release(tx, ctx, order)?;
    for claim in before {
        ctx.require_at(CLAIM, claim.site)?;
        quanta::gate(tx, ctx, claim.site)?;
        quanta::lapse_expired(tx, ctx, widened(claim.busy))?;
        quanta::retake(tx, ctx, claim)?;
        insert(tx, ctx, claim)?;
    }
    Ok(())
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
        part: 1,
        site: wanted.site,
        service: wanted.service,
        staff: wanted.staff,
        resources: Vec::new(),
        start,
        end,
        busy,
        standing: Standing::Firm,
        overbooked: None,
    };
    insert(tx, ctx, &claim)?;
    Ok(Some(claim))
}

/// A person who is kept where possible, or the one who is named.
pub(super) fn kept(part: Part, who: Option<StaffId>, keep: StaffId) -> Part {
    Part {
        who,
        keep: Some(keep),
        ..part
    }
}
