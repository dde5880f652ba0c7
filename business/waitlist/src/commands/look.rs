//! Looking for a free time that somebody waits for.

use std::collections::{HashMap, hash_map::Entry};

use capacity::Plan;
use kernel::{
    Channel, Ctx, Date, Fault, Timestamp,
    ids::{ServiceId, SiteId, StaffId, WaitingId},
};
use orders::NewLine;
use organisation::Site;
use store::Tx;

use crate::{
    EDIT,
    model::{Offer, Place, Waiting, answer_until},
    queries,
};

/// A time that suits somebody, before it is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Whom it suits.
    pub waiting: WaitingId,
    /// When it would be.
    pub start: Timestamp,
    /// With whom, when it matters.
    pub staff: Option<StaffId>,
}

/// Free times of a service with a person over some days, looked up once a round.
type Seen = HashMap<(Vec<ServiceId>, Option<StaffId>, Date, Date), Vec<Timestamp>>;

/// Suiting times that are shown of an entry.
const TIMES_MAX: usize = 60;

/// The times that can be offered by hand to whoever still waits, soonest first. The desk may offer
/// what customers cannot book by themselves, too.
pub(crate) fn offerable(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, entry): (&Site, &Waiting),
) -> Result<Vec<Candidate>, Fault> {
    if entry.place != Place::Waiting || !ctx.may(EDIT) {
        return Ok(Vec::new());
    }
    let mut times = suiting(tx, ctx, (site, entry), &mut HashMap::new())?;
    times.truncate(TIMES_MAX);
    Ok(times)
}

/// The free times an entry waits for, soonest first; those it has been offered before are left out.
fn suiting(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, entry): (&Site, &Waiting),
    seen: &mut Seen,
) -> Result<Vec<Candidate>, Fault> {
    let before = queries::offers_to(tx, ctx, entry.id)?;
    let known = |start: Timestamp| before.iter().any(|offer: &Offer| offer.start == start);
    let candidate = |start: Timestamp, staff: Option<StaffId>| Candidate {
        waiting: entry.id,
        start,
        staff,
    };
    if let Some(id) = entry.wish.session {
        let session = sessions::session(tx, ctx, id)?;
        let taken = capacity::seats_taken(tx, ctx, &[id])?;
        let left = session.seats - taken.get(&id).copied().unwrap_or(0);
        let open = session.changeable().is_ok() && left >= entry.wish.seats;
        // A seat of the same session may come free again, whoever had it.
        let start = session.span.start;
        return Ok(if open {
            vec![candidate(start, None)]
        } else {
            Vec::new()
        });
    }
    let today = site.date_of(ctx.now);
    let (first, last) = (entry.wish.first_day.max(today), entry.wish.last_day);
    if last < first {
        return Ok(Vec::new());
    }
    let all: Vec<ServiceId> = entry.wish.services().collect();
    let key = (all, entry.wish.staff, first, last);
    let starts = match seen.entry(key) {
        Entry::Occupied(known) => known.into_mut(),
        Entry::Vacant(unknown) => {
            let lines: Vec<NewLine> = entry.wish.services().map(NewLine::one).collect();
            let wishes = wishes(tx, ctx, entry)?;
            let visit = orders::visit_of(tx, ctx, site.id, &lines, &wishes)?;
            // What customers may book by themselves is what they are offered.
            let online = ctx.with_channel(Channel::Online);
            let plans = match visit.parts.is_empty() {
                true => Vec::new(),
                false => capacity::visits(tx, &online, &visit, first, last)?,
            };
            let start = |plan: &Plan| Some(plan.first()?.fit.times.service.start);
            unknown.insert(plans.iter().filter_map(start).collect())
        }
    };
    let local = |start: Timestamp| start.to_zoned(site.zone.clone()).datetime();
    Ok(starts
        .iter()
        .filter(|start| entry.wish.suits(local(**start)) && !known(**start))
        .map(|start| candidate(*start, entry.wish.staff))
        .collect())
}

/// Who is wished for, by the place of each line that person can serve.
pub(super) fn wishes(
    tx: &mut Tx,
    ctx: &Ctx,
    entry: &Waiting,
) -> Result<Vec<(usize, StaffId)>, Fault> {
    let Some(who) = entry.wish.staff else {
        return Ok(Vec::new());
    };
    let person = people::staff_member(tx, ctx, who)?;
    let all: Vec<ServiceId> = entry.wish.services().collect();
    let known = offers::services_by_id(tx, ctx, &all)?;
    let able = |id: &ServiceId| known.get(id).is_some_and(|one| person.can(&one.skills));
    let places = all.iter().enumerate().filter(|(_, id)| able(id));
    Ok(places.map(|(place, _)| (place, who)).collect())
}

/// The first free time for whoever is next; `passed` are those somebody else was quicker with.
pub fn next_candidate(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    passed: &[Candidate],
) -> Result<Option<Candidate>, Fault> {
    let open = queries::open_offers(tx, ctx, site)?;
    let waiting = queries::waiting_at(tx, ctx, site)?;
    if waiting.is_empty() {
        return Ok(None);
    }
    let site = organisation::site(tx, ctx, site)?;
    let told = messages::leaves_at(tx, ctx, &site, ctx.now)?;
    let (minutes, _) = queries::settings(tx, ctx)?;
    let mut seen = Seen::new();
    for entry in waiting {
        if open.contains_key(&entry.id) {
            continue;
        }
        let found = suiting(tx, ctx, (&site, &entry), &mut seen)?;
        let first = found
            .into_iter()
            .find(|one| answer_until(told, minutes, one.start).is_some() && !passed.contains(one));
        if first.is_some() {
            return Ok(first);
        }
    }
    Ok(None)
}
