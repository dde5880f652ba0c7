//! Bookings left without their person: a shift was taken away, or somebody is off.

use std::collections::BTreeMap;

use capacity::{Ask, Claim, Reason};
use kernel::ids::StaffId;
use kernel::{Ctx, Fault, FaultKind, Span, Timestamp};
use orders::{Card, StateName};
use organisation::Site;
use store::Tx;

use crate::today::{day_span, minutes_later};

/// How far ahead Today looks.
const DAYS_AHEAD: i64 = 14;
/// How many are shown.
const SHOWN: usize = 5;
/// How many people are asked whether they could take one over.
const ASKED: usize = 12;

/// A booking, or a part of one, whose person is not at work then.
pub(crate) struct Unstaffed {
    pub card: Card,
    pub part: i64,
    pub span: Span,
    pub staff: StaffId,
    /// Until when the person is off; `None` where there is no shift.
    pub off_until: Option<Timestamp>,
    /// Somebody who could take it over at its time.
    pub other: Option<StaffId>,
}

/// The next bookings of a site whose person is not at work, soonest first.
pub(crate) fn gather(tx: &mut Tx, ctx: &Ctx, site: &Site) -> Result<Vec<Unstaffed>, Fault> {
    let end = minutes_later(ctx.now, DAYS_AHEAD * 24 * 60);
    let Some(ahead) = Span::new(ctx.now, end) else {
        return Ok(Vec::new());
    };
    let mut work: BTreeMap<StaffId, Vec<Span>> = BTreeMap::new();
    let whole = Span {
        end: minutes_later(end, 24 * 60),
        ..ahead
    };
    for (staff, shift) in people::work_spans(tx, ctx, site.id, whole)? {
        work.entry(staff).or_default().push(shift);
    }
    let work: BTreeMap<StaffId, Vec<Span>> = work
        .into_iter()
        .map(|(staff, shifts)| (staff, Span::merge(shifts)))
        .collect();
    let is_there = |claim: &Claim| {
        let shifts = work.get(&claim.staff).map_or(&[][..], Vec::as_slice);
        shifts.iter().any(|shift| shift.contains(&claim.span()))
    };
    let mut found = Vec::new();
    // Whole days, whose claims are kept while nothing is claimed.
    let days = Span {
        start: day_span(site, site.date_of(ctx.now)).start,
        end: day_span(site, site.date_of(end)).end,
    };
    for claim in capacity::firm_claims_in(tx, ctx, site.id, days)?.iter() {
        if claim.start <= ctx.now || claim.start >= end || is_there(claim) {
            continue;
        }
        found.extend(left_alone(tx, ctx, claim)?);
        if found.len() == SHOWN {
            break;
        }
    }
    Ok(found)
}

/// What is known of a claim whose person is not at work; `None` where it is no booking.
fn left_alone(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<Option<Unstaffed>, Fault> {
    let card = match orders::card(tx, ctx, claim.order) {
        Ok(card) => card,
        // A group session keeps its time under an id that no order has.
        Err(fault) if fault.kind == FaultKind::Missing => return Ok(None),
        Err(fault) => return Err(fault),
    };
    if card.order.state.name() != StateName::Booked {
        return Ok(None);
    }
    let span = claim.span();
    let off = people::time_off(tx, ctx, span)?;
    let off = off.iter().find(|off| off.staff == claim.staff);
    Ok(Some(Unstaffed {
        part: claim.part,
        staff: claim.staff,
        off_until: off.map(|off| off.span.end),
        other: other_for(tx, ctx, claim)?,
        span,
        card,
    }))
}

/// Somebody else who could serve at the same time.
fn other_for(tx: &mut Tx, ctx: &Ctx, claim: &Claim) -> Result<Option<StaffId>, Fault> {
    let minutes = offers::service(tx, ctx, claim.service)?.minutes;
    let people = people::staff_at(tx, ctx, claim.site)?;
    let others = people.iter().filter(|person| person.id != claim.staff);
    for person in others.take(ASKED) {
        let ask = Ask {
            site: claim.site,
            service: claim.service,
            add_on_minutes: claim.span().minutes() - minutes,
            staff: Some(person.id),
        };
        // Its own rooms are free for it: only what is of the person counts.
        let answer = capacity::reasons(tx, ctx, &capacity::Visit::from(&ask), claim.start)?;
        let keeps_a_room = answer.reasons.iter().any(
            |(_, reason)| matches!(reason, Reason::Place(_, order, _) if *order == claim.order),
        );
        let is_place = |reason: &Reason| matches!(reason, Reason::Place(..));
        let mut reasons = answer.reasons.iter();
        if reasons.all(|(_, reason)| keeps_a_room && is_place(reason)) {
            return Ok(Some(person.id));
        }
    }
    Ok(None)
}
