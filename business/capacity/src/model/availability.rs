//! Free time, worked out from what is open, who works and what is taken.

use kernel::{
    Span, Timestamp,
    ids::{ResourceId, StaffId},
};

use super::{Busy, Moves, Need, Quanta, Rules, Stint, Times, WhyNot};

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
    /// The same claims one by one, in order, where it matters how far apart they lie.
    pub stints: Vec<Stint>,
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
    /// What people need between two rooms and between two sites.
    pub moves: Moves,
}

/// What a part of the same visit takes already.
#[derive(Debug, Clone)]
pub struct Own {
    /// Who serves it; nobody whose time is taken, when that person is booked over.
    pub staff: Option<StaffId>,
    /// When, where and in which rooms.
    pub stint: Stint,
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
    /// Rooms that somebody has no time to leave.
    pub tied: Vec<(StaffId, Vec<ResourceId>)>,
    /// Whether the person is busy, and booked over knowingly.
    pub over: bool,
}

impl Fit {
    /// Puts somebody who could serve before the others.
    pub(super) fn choose(&mut self, staff: StaffId) {
        self.staff.retain(|other| *other != staff);
        self.staff.insert(0, staff);
    }

    /// For each kind needed, what is free and near enough for a person.
    pub fn resources_for(&self, staff: StaffId) -> Vec<(String, Vec<ResourceId>)> {
        let tied = self.tied.iter().find(|(id, _)| *id == staff);
        let Some((_, near)) = tied else {
            return self.resources.clone();
        };
        let of_kind = |(kind, free): &(String, Vec<ResourceId>)| {
            let kept: Vec<_> = free
                .iter()
                .filter(|id| near.contains(id))
                .copied()
                .collect();
            let free = if kept.is_empty() { free.clone() } else { kept };
            (kind.clone(), free)
        };
        self.resources.iter().map(of_kind).collect()
    }
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

/// What one start is judged by.
pub(super) struct Judged<'a> {
    pub(super) picture: &'a Picture,
    /// What earlier parts of the same visit take.
    pub(super) own: &'a [Own],
    pub(super) need: &'a Need,
    pub(super) who: Option<StaffId>,
    /// Whether somebody named may be busy.
    pub(super) over: bool,
    pub(super) times: Times,
}

/// Those who could serve, and what keeps them where they are.
#[derive(Default)]
struct Crew {
    free: Vec<StaffId>,
    tied: Vec<(StaffId, Vec<ResourceId>)>,
    over: bool,
}

impl Judged<'_> {
    fn quanta(&self) -> Quanta {
        Quanta::covering(self.times.busy)
    }

    fn is_able(&self, person: &Person) -> bool {
        let mut skills = self.need.skills.iter();
        skills.all(|skill| person.skills.contains(skill))
    }

    fn is_busy(&self, person: &Person, quanta: Quanta) -> bool {
        let own = |own: &Own| own.staff == Some(person.id) && own.stint.quanta.overlaps(quanta);
        person.busy.hits(quanta) || self.own.iter().any(own)
    }

    /// The rooms a person has no time to leave, or the site that is too far.
    fn ties(&self, person: &Person, quanta: Quanta) -> Result<Option<Vec<ResourceId>>, WhyNot> {
        let moves = &self.picture.moves;
        if !moves.matter() {
            return Ok(None);
        }
        let own = self.own.iter().filter(|own| own.staff == Some(person.id));
        let stints = moves.neighbours(&person.stints, quanta).iter();
        let tied = moves.ties(stints.chain(own.map(|own| &own.stint)), quanta)?;
        Ok(tied.filter(|_| !self.need.kinds.is_empty()))
    }

    /// Who could serve, or why nobody can. Set-up and clean-up keep visits apart; they may reach
    /// beyond opening hours and shifts.
    fn crew(&self) -> Result<Crew, WhyNot> {
        let mut why = WhyNot::SkillMissing;
        let mut crew = Crew::default();
        let quanta = self.quanta();
        for person in &self.picture.people {
            if self.who.is_some_and(|id| id != person.id) || !self.is_able(person) {
                continue;
            }
            if !inside(&person.work, &self.times.service) {
                if why == WhyNot::SkillMissing {
                    why = WhyNot::NoShift;
                }
                continue;
            }
            let stays = match self.is_busy(person, quanta) {
                true => Err(WhyNot::StaffBusy),
                false => self.ties(person, quanta),
            };
            match stays {
                Ok(tied) => {
                    crew.free.push(person.id);
                    crew.tied.extend(tied.map(|near| (person.id, near)));
                }
                Err(_) if self.over && self.who.is_some() => {
                    crew.over = true;
                    crew.free.push(person.id);
                }
                Err(reason) => why = reason,
            }
        }
        if crew.free.is_empty() {
            Err(why)
        } else {
            Ok(crew)
        }
    }

    fn is_free(&self, place: &Place) -> bool {
        let quanta = self.quanta();
        let taken =
            |own: &Own| own.stint.quanta.overlaps(quanta) && own.stint.places.contains(&place.id);
        !place.busy.hits(quanta) && !self.own.iter().any(taken)
    }

    fn places(&self) -> Result<Vec<(String, Vec<ResourceId>)>, WhyNot> {
        let mut kinds: Vec<&String> = self.need.kinds.iter().collect();
        kinds.sort_unstable();
        kinds.dedup();
        let choose = |kind: &String| {
            let places = self.picture.places.iter();
            let mut of_kind = places.filter(|place| place.kind == *kind).peekable();
            if of_kind.peek().is_none() {
                return Err(WhyNot::ResourceMissing(kind.clone()));
            }
            let free = of_kind.filter(|place| self.is_free(place));
            let free: Vec<_> = free.map(|place| place.id).collect();
            if free.is_empty() {
                return Err(WhyNot::ResourceBusy(kind.clone()));
            }
            Ok((kind.clone(), free))
        };
        kinds.into_iter().map(choose).collect()
    }

    /// Everybody and everything that could serve, or the first reason why it cannot be.
    pub(super) fn fit(&self) -> Result<Fit, WhyNot> {
        if !inside(&self.picture.open, &self.times.service) {
            return Err(WhyNot::Closed);
        }
        let crew = self.crew()?;
        let resources = self.places()?;
        if crew.tied.is_empty() {
            return Ok(self.fitting(crew, resources));
        }
        self.in_reach(crew, resources)
    }

    /// As [`Judged::fit`], where somebody has no time to change the room.
    fn in_reach(
        &self,
        mut crew: Crew,
        resources: Vec<(String, Vec<ResourceId>)>,
    ) -> Result<Fit, WhyNot> {
        // Somebody who has no time to change the room serves where a room in reach is free.
        let free = |near: &[ResourceId]| {
            let mut kinds = resources.iter();
            kinds.any(|(_, free)| free.iter().any(|id| near.contains(id)))
        };
        let stuck = |id: &StaffId| {
            crew.tied
                .iter()
                .any(|(tied, near)| tied == id && !free(near))
        };
        let kept: Vec<_> = crew.free.iter().filter(|id| !stuck(id)).copied().collect();
        if kept.is_empty() && !self.over {
            return Err(WhyNot::RoomChange);
        }
        if !kept.is_empty() {
            crew.free = kept;
        } else {
            crew.over = true;
        }
        Ok(self.fitting(crew, resources))
    }

    fn fitting(&self, crew: Crew, resources: Vec<(String, Vec<ResourceId>)>) -> Fit {
        Fit {
            times: self.times,
            staff: crew.free,
            resources,
            tied: crew.tied,
            over: crew.over,
        }
    }
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
    let judged = Judged {
        picture,
        own: &[],
        need,
        who,
        over: false,
        times: need.times(start).ok_or(WhyNot::Length)?,
    };
    judged.fit()
}

/// The starts on the grid of the rules within a window, while the site is open.
pub(super) fn starts(picture: &Picture, rules: &Rules, window: Span) -> Vec<Timestamp> {
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
            found.push(Timestamp::from_second(second).expect("between two instants of a span"));
            second += step;
        }
    }
    found
}

/// Every start that can be booked within a window, in order.
pub fn slots(
    picture: &Picture,
    need: &Need,
    who: Option<StaffId>,
    rules: &Rules,
    window: Span,
) -> Vec<Slot> {
    let fits = starts(picture, rules, window).into_iter();
    fits.filter_map(|start| evaluate(picture, need, who, start, rules).ok())
        .map(Slot::of)
        .collect()
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
