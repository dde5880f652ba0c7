//! Free time: everything it depends on, read in a handful of statements however many the days.

use std::collections::HashMap;

use kernel::{
    Ctx, Date, Fault, Span, Text, Timestamp,
    ids::{ClaimId, ResourceId, SiteId, StaffId},
};
use organisation::Site;
use store::{Tx, params};

use super::{claims::reach, resources_at};
use crate::{
    VIEW,
    model::{
        Ask, Busy, LONGEST_MINUTES, Need, Person, Picture, Place, Quanta, Rules, Slot, WhyNot,
        evaluate, later, nearest, slots,
    },
};

/// The most days one question about free time may cover.
const DAYS_MAX: i32 = 62;
/// How far alternatives may lie from the start wished for, in minutes: three days.
const NEAR_MINUTES: i64 = 3 * 24 * 60;

const STAFF_BUSY: &str = "
    select staff, busy_from, busy_to, id from claims
    where org = $1 and busy_from >= $2 and busy_from < $3 and busy_to > $4
        and (state = 'firm' or (state = 'held' and hold_until > $5))
    order by busy_from, id limit 200000";

const RESOURCE_BUSY: &str = "
    select r.resource, c.busy_from, c.busy_to, c.id from claims c
    join claim_resources r on r.org = c.org and r.claim = c.id
    where c.org = $1 and c.busy_from >= $2 and c.busy_from < $3 and c.busy_to > $4
        and (c.state = 'firm' or (c.state = 'held' and c.hold_until > $5))
        and c.site = $6
    order by c.busy_from, c.id, r.resource limit 200000";

/// What an ask needs, by the service as it is now.
pub(crate) fn need(tx: &mut Tx, ctx: &Ctx, ask: &Ask) -> Result<Need, Fault> {
    let service = offers::service(tx, ctx, ask.service)?;
    Ok(Need {
        minutes: service.minutes + ask.add_on_minutes,
        before_minutes: service.buffer_before_minutes,
        after_minutes: service.buffer_after_minutes,
        skills: service.skills,
        kinds: service.resources,
    })
}

/// A site over a span, as `except` sees it: its own time counts as free.
pub(crate) fn picture(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    span: Span,
    except: Option<ClaimId>,
) -> Result<Picture, Fault> {
    let days = (site.date_of(span.start), site.date_of(span.end));
    let open = organisation::open_spans_between(tx, ctx, site, days.0, days.1)?;
    Ok(Picture {
        open: Span::merge(open),
        people: people_of(tx, ctx, site, span, except)?,
        places: places_of(tx, ctx, site.id, span, except)?,
    })
}

fn people_of(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    span: Span,
    except: Option<ClaimId>,
) -> Result<Vec<Person>, Fault> {
    let mut work: HashMap<StaffId, Vec<Span>> = HashMap::new();
    for (staff, shift) in people::work_spans(tx, ctx, site.id, span)? {
        work.entry(staff).or_default().push(shift);
    }
    let rows = tx.all(
        STAFF_BUSY,
        params![ctx.org, reach(span), span.end, span.start, ctx.now],
        |row| Ok((row.id(0)?, row.instant(1)?, row.instant(2)?, row.id(3)?)),
    )?;
    let mut taken = by_holder::<StaffId>(rows, except);
    let staff = people::staff_at(tx, ctx, site.id)?;
    Ok(staff
        .into_iter()
        .map(|person| Person {
            id: person.id,
            skills: person.skills,
            work: Span::merge(work.remove(&person.id).unwrap_or_default()),
            busy: Busy::new(taken.remove(&person.id).unwrap_or_default()),
        })
        .collect())
}

fn places_of(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    span: Span,
    except: Option<ClaimId>,
) -> Result<Vec<Place>, Fault> {
    let rows = tx.all(
        RESOURCE_BUSY,
        params![ctx.org, reach(span), span.end, span.start, ctx.now, site],
        |row| Ok((row.id(0)?, row.instant(1)?, row.instant(2)?, row.id(3)?)),
    )?;
    let mut taken = by_holder::<ResourceId>(rows, except);
    let places = resources_at(tx, ctx, site)?;
    Ok(places
        .into_iter()
        .filter(|place| place.active)
        .map(|place| Place {
            busy: Busy::new(taken.remove(&place.id).unwrap_or_default()),
            id: place.id,
            kind: place.kind,
        })
        .collect())
}

type Taken<K> = (K, Timestamp, Timestamp, ClaimId);

fn by_holder<K: Eq + std::hash::Hash>(
    rows: Vec<Taken<K>>,
    except: Option<ClaimId>,
) -> HashMap<K, Vec<Quanta>> {
    let mut taken: HashMap<K, Vec<Quanta>> = HashMap::new();
    for (holder, from, to, claim) in rows {
        if except == Some(claim) {
            continue;
        }
        let quanta = Span::new(from, to).map(Quanta::covering);
        taken.entry(holder).or_default().extend(quanta);
    }
    taken
}

/// The rules of the door somebody came through, at a site.
pub(crate) fn rules(ctx: &Ctx, site: &Site) -> Rules {
    Rules::of(ctx.channel, ctx.now, site.notice_minutes, site.horizon_days)
}

/// The starts that can be booked from one local day to another, both included, at most 62 days.
pub fn availability(
    tx: &mut Tx,
    ctx: &Ctx,
    ask: &Ask,
    from: Date,
    to: Date,
) -> Result<Vec<Slot>, Fault> {
    ctx.require(VIEW)?;
    let site = organisation::site(tx, ctx, ask.site)?;
    let Some(window) = window(&site, from, to) else {
        let text = Text::key("capacity-days-wrong").with("max", DAYS_MAX);
        return Err(Fault::invalid("day", text));
    };
    let need = need(tx, ctx, ask)?;
    // What begins before the last midnight may end after it.
    let end = later(window.end, LONGEST_MINUTES).unwrap_or(window.end);
    let picture = picture(tx, ctx, &site, Span { end, ..window }, None)?;
    let rules = rules(ctx, &site).offered();
    Ok(slots(&picture, &need, ask.staff, &rules, window))
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

/// Why a start cannot be booked; `None` when it can.
pub fn why_not(
    tx: &mut Tx,
    ctx: &Ctx,
    ask: &Ask,
    start: Timestamp,
) -> Result<Option<WhyNot>, Fault> {
    ctx.require(VIEW)?;
    let site = organisation::site(tx, ctx, ask.site)?;
    let need = need(tx, ctx, ask)?;
    let Some(times) = need.times(start) else {
        return Ok(Some(WhyNot::Length));
    };
    let picture = picture(tx, ctx, &site, times.busy, None)?;
    let rules = rules(ctx, &site);
    Ok(evaluate(&picture, &need, ask.staff, start, &rules).err())
}
