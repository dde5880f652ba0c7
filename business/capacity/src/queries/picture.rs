//! Free time: everything it depends on, read in a handful of statements however many the days.

use std::{collections::HashMap, sync::Arc};

use kernel::{
    Ctx, Date, Fault, Span, Text, Timestamp,
    ids::{ClaimId, ResourceId, ServiceId, SiteId, StaffId},
};
use organisation::Site;
use store::{Tx, params};

use super::{claims::reach, resources_at, rules_of};
use crate::{
    VIEW,
    model::{
        Ask, Busy, LONGEST_MINUTES, Moves, Need, Part, PartAsk, Person, Picture, Place, Plan,
        Quanta, Rules, Search, Slot, Stint, Visit, WhyNot, evaluate, later, nearest, slots,
    },
};

const DAY_MINUTES: i64 = 24 * 60;
/// The most days one question about free time may cover.
const DAYS_MAX: i32 = 62;
/// How far alternatives may lie from the start wished for, in minutes: three days.
const NEAR_MINUTES: i64 = 3 * 24 * 60;
/// How far those of a visit are looked for first: most are found there, at a fraction of the work.
const NEARER_MINUTES: i64 = 12 * 60;

/// Every claim of the organisation in a stretch of time, once for each thing it takes and at least
/// once: a person may be claimed elsewhere, too. With a hold, until when.
const TAKEN: &str = "
    select c.id, c.staff, c.busy_from, c.busy_to, c.site, r.resource,
        case when c.state = 'held' then c.hold_until end
    from claims c
    left join claim_resources r on r.org = c.org and r.claim = c.id
    where c.org = $1 and c.busy_from >= $2 and c.busy_from < $3 and c.busy_to > $4
        and (c.state = 'firm' or (c.state = 'held' and c.hold_until > $5))
    order by c.busy_from, c.id, r.resource limit 200000";

/// What a service needs now, with the minutes that go with it.
pub(crate) fn need(
    tx: &mut Tx,
    ctx: &Ctx,
    service: ServiceId,
    add_on_minutes: i64,
) -> Result<Need, Fault> {
    let service = offers::service(tx, ctx, service)?;
    Ok(Need {
        minutes: service.minutes + add_on_minutes,
        before_minutes: service.buffer_before_minutes,
        after_minutes: service.buffer_after_minutes,
        skills: service.skills,
        kinds: service.resources,
    })
}

/// The parts of a visit with what they need.
pub(crate) fn parts(tx: &mut Tx, ctx: &Ctx, visit: &Visit) -> Result<Vec<Part>, Fault> {
    let part = |ask: &PartAsk| {
        Ok(Part {
            need: need(tx, ctx, ask.service, ask.add_on_minutes)?,
            who: ask.staff,
            keep: None,
            over: visit.overbook.is_some() && ask.staff.is_some(),
        })
    };
    visit.parts.iter().map(part).collect()
}

/// A site over a span, as `except` sees it: its own time counts as free.
pub(crate) fn picture(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    span: Span,
    except: &[ClaimId],
) -> Result<Picture, Fault> {
    let moves = super::moves_at(tx, ctx, site.id)?;
    let days = (site.date_of(span.start), site.date_of(span.end));
    let open = organisation::open_spans_between(tx, ctx, site, days.0, days.1)?;
    // Whoever comes from elsewhere is a neighbour from further away.
    let reach_minutes = moves.reach_minutes();
    let near = Span {
        start: later(span.start, -reach_minutes).unwrap_or(span.start),
        end: later(span.end, reach_minutes).unwrap_or(span.end),
    };
    let taken = taken(tx, ctx, near)?;
    let still = |one: &&Taken| {
        let runs = one.hold_until.is_none_or(|until| until > ctx.now);
        runs && !except.contains(&one.claim)
    };
    let taken: Vec<&Taken> = taken.iter().filter(still).collect();
    Ok(Picture {
        open: Span::merge(open),
        people: people_of(tx, ctx, (site.id, &moves), span, &taken)?,
        places: places_of(tx, ctx, site.id, &taken)?,
        moves,
    })
}

/// The time that one claim takes.
struct Taken {
    claim: ClaimId,
    staff: StaffId,
    quanta: Quanta,
    site: SiteId,
    places: Vec<ResourceId>,
    /// Where it is a hold.
    hold_until: Option<Timestamp>,
}

/// What is taken in a span anywhere in the organisation, in order of time, with holds that may have
/// run out. Whole days are asked for again and again, and kept.
fn taken(tx: &mut Tx, ctx: &Ctx, span: Span) -> Result<Arc<Vec<Taken>>, Fault> {
    if span.minutes() < DAY_MINUTES {
        return read_taken(tx, ctx, span, ctx.now).map(Arc::new);
    }
    let question = format!("taken {} {} {}", ctx.org, span.start, span.end);
    tx.kept(question, |tx| {
        read_taken(tx, ctx, span, Timestamp::UNIX_EPOCH)
    })
}

/// As [`taken`], without the holds that had run out at an instant.
fn read_taken(tx: &mut Tx, ctx: &Ctx, span: Span, at: Timestamp) -> Result<Vec<Taken>, Fault> {
    let mut all: Vec<Taken> = Vec::new();
    let bounds = params![ctx.org, reach(span), span.end, span.start, at];
    tx.all(TAKEN, bounds, |row| {
        let (claim, place) = (row.id(0)?, row.opt_id(5)?);
        match all.last_mut() {
            Some(last) if last.claim == claim => last.places.extend(place),
            _ => {
                let busy = Span::new(row.instant(2)?, row.instant(3)?);
                let busy = busy.ok_or_else(|| Fault::broken("a claim of no length"))?;
                all.push(Taken {
                    claim,
                    staff: row.id(1)?,
                    quanta: Quanta::covering(busy),
                    site: row.id(4)?,
                    places: place.into_iter().collect(),
                    hold_until: row.opt_instant(6)?,
                });
            }
        }
        Ok(())
    })?;
    Ok(all)
}

fn people_of(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, moves): (SiteId, &Moves),
    span: Span,
    taken: &[&Taken],
) -> Result<Vec<Person>, Fault> {
    let mut work: HashMap<StaffId, Vec<Span>> = HashMap::new();
    for (staff, shift) in people::work_spans(tx, ctx, site, span)? {
        work.entry(staff).or_default().push(shift);
    }
    let mut claimed: HashMap<StaffId, Vec<&Taken>> = HashMap::new();
    for one in taken {
        claimed.entry(one.staff).or_default().push(one);
    }
    let stint = |one: &&Taken| Stint {
        quanta: one.quanta,
        away: (one.site != site).then_some(one.site),
        places: one.places.clone(),
    };
    let staff = people::staff_at(tx, ctx, site)?;
    Ok(staff
        .into_iter()
        .map(|person| {
            let claimed = claimed.remove(&person.id).unwrap_or_default();
            let stints = match moves.matter() {
                true => claimed.iter().map(stint).collect(),
                false => Vec::new(),
            };
            Person {
                id: person.id,
                skills: person.skills,
                work: Span::merge(work.remove(&person.id).unwrap_or_default()),
                busy: Busy::new(claimed.iter().map(|one| one.quanta).collect()),
                stints,
            }
        })
        .collect())
}

fn places_of(tx: &mut Tx, ctx: &Ctx, site: SiteId, taken: &[&Taken]) -> Result<Vec<Place>, Fault> {
    let mut busy: HashMap<ResourceId, Vec<Quanta>> = HashMap::new();
    for one in taken.iter().filter(|one| one.site == site) {
        for place in &one.places {
            busy.entry(*place).or_default().push(one.quanta);
        }
    }
    let places = resources_at(tx, ctx, site)?;
    Ok(places
        .into_iter()
        .filter(|place| place.active)
        .map(|place| Place {
            busy: Busy::new(busy.remove(&place.id).unwrap_or_default()),
            id: place.id,
            kind: place.kind,
        })
        .collect())
}

/// The starts that can be booked from one local day to another, both included, at most 62 days.
pub fn availability(
    tx: &mut Tx,
    ctx: &Ctx,
    ask: &Ask,
    from: Date,
    to: Date,
) -> Result<Vec<Slot>, Fault> {
    let visit = Visit::from(ask);
    let days = Days::read(tx, ctx, &visit, from, to)?;
    let need = &days.parts[0].need;
    let found = slots(&days.picture, need, ask.staff, &days.rules, days.window);
    Ok(found)
}

/// Every start from one local day to another at which a whole visit can be had, with the parts
/// in their places.
pub fn visits(
    tx: &mut Tx,
    ctx: &Ctx,
    visit: &Visit,
    from: Date,
    to: Date,
) -> Result<Vec<Plan>, Fault> {
    let days = Days::read(tx, ctx, visit, from, to)?;
    Ok(days.search().plans(days.window))
}

/// What the order that moves has now.
pub(super) fn own_claims(tx: &mut Tx, ctx: &Ctx, visit: &Visit) -> Result<Vec<ClaimId>, Fault> {
    let Some(order) = visit.moved else {
        return Ok(Vec::new());
    };
    let claims = super::claims_of(tx, ctx, order)?;
    Ok(claims.into_iter().map(|claim| claim.id).collect())
}

/// Some days of a site, and what is looked for in them.
struct Days {
    window: Span,
    picture: Picture,
    parts: Vec<Part>,
    rules: Rules,
}

impl Days {
    fn read(tx: &mut Tx, ctx: &Ctx, visit: &Visit, from: Date, to: Date) -> Result<Self, Fault> {
        ctx.require(VIEW)?;
        let site = organisation::site(tx, ctx, visit.site)?;
        let Some(window) = window(&site, from, to) else {
            let text = Text::key("capacity-days-wrong").with("max", DAYS_MAX);
            return Err(Fault::invalid("day", text));
        };
        // What begins before the last midnight may end after it.
        let end = later(window.end, LONGEST_MINUTES).unwrap_or(window.end);
        let parts = parts(tx, ctx, visit)?;
        let own = own_claims(tx, ctx, visit)?;
        let mut picture = picture(tx, ctx, &site, Span { end, ..window }, &own)?;
        // Whoever can do none of it need not be asked at every start.
        picture
            .people
            .retain(|person| parts.iter().any(|part| part.is_for(person)));
        Ok(Self {
            window,
            picture,
            parts,
            rules: rules_of(tx, ctx, &site, visit)?.offered(),
        })
    }

    fn search(&self) -> Search<'_> {
        Search {
            picture: &self.picture,
            parts: &self.parts,
            rules: &self.rules,
            load: &|_| 0,
        }
    }
}

/// The instants between two local days; `None` when they are too many or beyond the calendar.
fn window(site: &Site, from: Date, to: Date) -> Option<Span> {
    let days = from.until(to).ok()?.get_days();
    if !(0..DAYS_MAX).contains(&days) {
        return None;
    }
    let midnight = |day: Date| Some(day.to_zoned(site.zone.clone()).ok()?.timestamp());
    Span::new(midnight(from)?, midnight(to.tomorrow().ok()?)?)
}

/// The `count` free starts nearest to one, within three days of it.
pub fn nearest_slots(
    tx: &mut Tx,
    ctx: &Ctx,
    ask: &Ask,
    start: Timestamp,
    count: usize,
) -> Result<Vec<Slot>, Fault> {
    ctx.require(VIEW)?;
    let site = organisation::site(tx, ctx, ask.site)?;
    let near = start.max(ctx.now);
    let days = (later(near, -NEAR_MINUTES), later(near, NEAR_MINUTES));
    let (Some(from), Some(to)) = days else {
        return Ok(Vec::new());
    };
    let (from, to) = (site.date_of(from), site.date_of(to));
    let found = availability(tx, ctx, ask, from, to)?;
    Ok(nearest(found, start, count))
}

/// The `count` starts of a visit nearest to one, within three days of it.
pub fn nearest_visits(
    tx: &mut Tx,
    ctx: &Ctx,
    visit: &Visit,
    start: Timestamp,
    count: usize,
) -> Result<Vec<Plan>, Fault> {
    ctx.require(VIEW)?;
    let site = organisation::site(tx, ctx, visit.site)?;
    let near = start.max(ctx.now);
    let mut found = Vec::new();
    for minutes in [NEARER_MINUTES, NEAR_MINUTES] {
        let days = (later(near, -minutes), later(near, minutes));
        let (Some(from), Some(to)) = days else {
            return Ok(Vec::new());
        };
        let days = Days::read(tx, ctx, visit, site.date_of(from), site.date_of(to))?;
        found = days.search().nearest(days.window, start, count);
        let apart = |plan: &Plan| begin(plan).as_second().abs_diff(near.as_second());
        let is_near = |plan: &Plan| apart(plan) <= minutes.unsigned_abs() * 60;
        if found.len() == count && found.iter().all(is_near) {
            break;
        }
    }
    found.sort_by_key(begin);
    Ok(found)
}

fn begin(plan: &Plan) -> Timestamp {
    plan[0].fit.times.service.start
}

/// Why a start cannot be booked; `None` when it can.
pub fn why_not(
    tx: &mut Tx,
    ctx: &Ctx,
    ask: &Ask,
    start: Timestamp,
) -> Result<Option<WhyNot>, Fault> {
    ctx.require(VIEW)?;
    let site = organisation::site(tx, ctx, ask.site)?;
    let visit = Visit::from(ask);
    let need = need(tx, ctx, ask.service, ask.add_on_minutes)?;
    let Some(times) = need.times(start) else {
        return Ok(Some(WhyNot::Length));
    };
    let picture = picture(tx, ctx, &site, times.busy, &[])?;
    let rules = rules_of(tx, ctx, &site, &visit)?;
    Ok(evaluate(&picture, &need, ask.staff, start, &rules).err())
}
