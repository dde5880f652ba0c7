//! Free time, worked out from what is open, who works and what is taken.

use kernel::{
    Span, Timestamp,
    ids::{ResourceId, StaffId},
};

use super::{Need, Quanta, Rules, Times, WhyNot};

/// When a person or a thing is taken: quanta in order, none overlapping.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Busy(Vec<Quanta>);

impl Busy {
    /// From quanta in any order.
    pub fn new(mut taken: Vec<Quanta>) -> Self {
        taken.sort_unstable();
        Self(taken)
    }

    /// Whether any of these quanta is taken.
    pub fn hits(&self, wanted: Quanta) -> bool {
        let next = self.0.partition_point(|taken| taken.to <= wanted.from);
        self.0.get(next).is_some_and(|taken| taken.overlaps(wanted))
    }

    /// The first taken quantum at or after one; `None` when all is free from there.
    pub fn next_from(&self, quantum: i64) -> Option<i64> {
        let next = self.0.partition_point(|taken| taken.to <= quantum);
        self.0.get(next).map(|taken| taken.from.max(quantum))
    }
}

/// Somebody who works at the site.
#[derive(Debug, Clone)]
pub struct Person {
    /// Who.
    pub id: StaffId,
    /// Everything the person can do.
    pub skills: Vec<String>,
    /// Shifts without time off, in order and merged.
    pub work: Vec<Span>,
    /// Claims at any site.
    pub busy: Busy,
}

/// A room or a piece of equipment at the site.
#[derive(Debug, Clone)]
pub struct Place {
    /// Which.
    pub id: ResourceId,
    /// The code of its kind.
    pub kind: String,
    /// Claims on it.
    pub busy: Busy,
}

/// A site over some days: everything availability depends on.
#[derive(Debug, Clone, Default)]
pub struct Picture {
    /// When the site is open, in order and merged.
    pub open: Vec<Span>,
    /// Who works there, in a stable order.
    pub people: Vec<Person>,
    /// What is there, in a stable order.
    pub places: Vec<Place>,
}

/// Who and what could serve one start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fit {
    /// When.
    pub times: Times,
    /// Everybody who could.
    pub staff: Vec<StaffId>,
    /// For each kind needed, in order of its code, everything that is free.
    pub resources: Vec<(String, Vec<ResourceId>)>,
}

/// A start that can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// When the service begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// Everybody who could serve.
    pub staff: Vec<StaffId>,
    /// One free resource of each kind needed.
    pub resources: Vec<ResourceId>,
}

fn inside(spans: &[Span], wanted: &Span) -> bool {
    let next = spans.partition_point(|span| span.end <= wanted.start);
    spans.get(next).is_some_and(|span| span.contains(wanted))
}

/// Who could serve, or why nobody can. Set-up and clean-up keep visits apart; they may reach
/// beyond opening hours and shifts.
fn staff_for(
    picture: &Picture,
    need: &Need,
    who: Option<StaffId>,
    times: &Times,
) -> Result<Vec<StaffId>, WhyNot> {
    let mut why = WhyNot::SkillMissing;
    let mut free = Vec::new();
    let quanta = Quanta::covering(times.busy);
    for person in &picture.people {
        if who.is_some_and(|id| id != person.id)
            || !need
                .skills
                .iter()
                .all(|skill| person.skills.contains(skill))
        {
            continue;
        }
        if !inside(&person.work, &times.service) {
            if why == WhyNot::SkillMissing {
                why = WhyNot::NoShift;
            }
        } else if person.busy.hits(quanta) {
            why = WhyNot::StaffBusy;
        } else {
            free.push(person.id);
        }
    }
    if free.is_empty() { Err(why) } else { Ok(free) }
}

fn places_for(
    picture: &Picture,
    need: &Need,
    quanta: Quanta,
) -> Result<Vec<(String, Vec<ResourceId>)>, WhyNot> {
    let mut kinds = need.kinds.clone();
    kinds.sort_unstable();
    kinds.dedup();
    let choose = |kind: String| {
        let mut of_kind = picture
            .places
            .iter()
            .filter(|place| place.kind == kind)
            .peekable();
        if of_kind.peek().is_none() {
            return Err(WhyNot::ResourceMissing(kind));
        }
        let free: Vec<_> = of_kind
            .filter(|place| !place.busy.hits(quanta))
            .map(|place| place.id)
            .collect();
        if free.is_empty() {
            return Err(WhyNot::ResourceBusy(kind));
        }
        Ok((kind, free))
    };
    kinds.into_iter().map(choose).collect()
}

/// Everybody and everything that could serve a start, or the first reason why it cannot be.
pub fn evaluate(
    picture: &Picture,
    need: &Need,
    who: Option<StaffId>,
    start: Timestamp,
    rules: &Rules,
) -> Result<Fit, WhyNot> {
    if let Some(why) = rules.refuse(start) {
        return Err(why);
    }
    let times = need.times(start).ok_or(WhyNot::Length)?;
    if !inside(&picture.open, &times.service) {
        return Err(WhyNot::Closed);
    }
    let staff = staff_for(picture, need, who, &times)?;
    let resources = places_for(picture, need, Quanta::covering(times.busy))?;
    Ok(Fit {
        times,
        staff,
        resources,
    })
}

/// Every start that can be booked within a window, in order.
pub fn slots(
    picture: &Picture,
    need: &Need,
    who: Option<StaffId>,
    rules: &Rules,
    window: Span,
) -> Vec<Slot> {
    let step = rules.step_minutes * 60;
    let mut found = Vec::new();
    for open in &picture.open {
        let Some(part) = open.intersect(&window) else {
            continue;
        };
        let from = part.start.max(rules.earliest);
        // Steps count from the epoch, so they are whole local quarters in every zone on every day.
        let mut second = (from.as_second() + i64::from(from.subsec_nanosecond() > 0) + step - 1)
            .div_euclid(step)
            * step;
        let end = part.end.min(rules.latest).as_second();
        while second < end {
            let start = Timestamp::from_second(second).expect("between two instants of a span");
            found.extend(
                evaluate(picture, need, who, start, rules)
                    .ok()
                    .map(Slot::of),
            );
            second += step;
        }
    }
    found
}

/// The `count` slots whose start is nearest to an instant, in order of time.
pub fn nearest(mut slots: Vec<Slot>, start: Timestamp, count: usize) -> Vec<Slot> {
    slots.sort_by_key(|slot| {
        (
            slot.start.as_second().abs_diff(start.as_second()),
            slot.start,
        )
    });
    slots.truncate(count);
    slots.sort_by_key(|slot| slot.start);
    slots
}

impl Slot {
    fn of(fit: Fit) -> Self {
        Self {
            start: fit.times.service.start,
            end: fit.times.service.end,
            staff: fit.staff,
            resources: fit.resources.iter().map(|(_, free)| free[0]).collect(),
        }
    }
}
