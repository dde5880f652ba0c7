//! Every reason why a time cannot be had, not the first one alone.

use kernel::{
    Span, Timestamp,
    ids::{OrderId, ResourceId, SiteId, StaffId},
};

use super::{Need, Part, Person, Picture, Quanta, Rules, Search, Times, WhyNot};

/// Whoever or whatever is taken: by which order, and from when to when, service and all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// The order.
    pub order: OrderId,
    /// Who serves it.
    pub staff: StaffId,
    /// The rooms and equipment it takes.
    pub places: Vec<ResourceId>,
    /// The service itself.
    pub service: Span,
    /// With what is needed before and after.
    pub busy: Span,
    /// Where.
    pub site: SiteId,
}

/// Why somebody could not serve.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Absent {
    /// Lacks these skills.
    Skill(Vec<String>),
    /// Does not work then; works at these times of the day.
    Shift(Vec<Span>),
    /// Is between two shifts, until then.
    Break(Timestamp),
    /// Is off, until then.
    Off(Timestamp),
    /// Serves an order, until then.
    Busy(OrderId, Timestamp),
    /// Is free for the service itself, but not for what is needed before and after it.
    Buffer(OrderId, Timestamp),
    /// Needs these minutes from or to another site.
    Travel(SiteId, i64),
    /// Needs these minutes to change the room.
    RoomChange(i64),
}

/// One reason why a time cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// The time has passed.
    Past,
    /// It is not on the grid of starts, so many minutes apart.
    OffStep(i64),
    /// The visit has no possible length.
    Length,
    /// The site is closed for a part of it; it is open at these times of the day.
    Closed(Vec<Span>),
    /// Sooner than so many minutes ahead; `None` names whose rule it is where it has a name.
    Notice(i64),
    /// Further ahead than so many days.
    Horizon(i64),
    /// The customer has as many bookings ahead as are allowed.
    Limit(i64),
    /// Somebody could not serve.
    Person(StaffId, Absent),
    /// Nobody here has what it takes.
    Nobody(Vec<String>),
    /// A room or piece of equipment is taken until then.
    Place(ResourceId, OrderId, Timestamp),
    /// There is no room or equipment of this kind.
    NoPlace(String),
    /// Each part could be had alone, but not one after the other.
    Apart,
}

/// The answer to “why is this time not offered?”.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// What stands in the way, with the part of the visit from 1.
    pub reasons: Vec<(usize, Reason)>,
    /// What keeps customers from booking it themselves; the desk may.
    pub for_customers: Vec<Reason>,
    /// Whether only persons who are named are busy, so that they can be booked over.
    pub is_of_staff: bool,
}

/// Everything the question is answered from.
pub(crate) struct Asked<'a> {
    pub(crate) picture: &'a Picture,
    pub(crate) parts: &'a [Part],
    pub(crate) rules: &'a Rules,
    pub(crate) taken: &'a [Taken],
    /// Who is off, and when.
    pub(crate) off: &'a [(StaffId, Span)],
}

impl Asked<'_> {
    /// Every reason why a visit cannot begin at `start`.
    pub(crate) fn answer(&self, start: Timestamp) -> Answer {
        let mut answer = Answer::default();
        match self.rules.refuse(start) {
            Some(WhyNot::Past) => answer.reasons.push((1, Reason::Past)),
            Some(WhyNot::OffStep) => {
                answer
                    .reasons
                    .push((1, Reason::OffStep(self.rules.step_minutes)));
            }
            Some(WhyNot::Notice(minutes)) => answer.reasons.push((1, Reason::Notice(minutes))),
            Some(WhyNot::Horizon(days)) => answer.reasons.push((1, Reason::Horizon(days))),
            _ => {}
        }
        let mut from = start;
        let mut only_staff = answer.reasons.is_empty();
        for (number, part) in (1..).zip(self.parts) {
            let Some(times) = part.need.times(from) else {
                answer.reasons.push((number, Reason::Length));
                return answer;
            };
            let found = self.of_part(part, times);
            let named = part.who.is_some();
            only_staff &= found.iter().all(|reason| named && is_of_staff(reason));
            answer
                .reasons
                .extend(found.into_iter().map(|reason| (number, reason)));
            from = times.service.end;
        }
        if answer.reasons.is_empty() && self.parts.len() > 1 {
            let search = Search {
                picture: self.picture,
                parts: self.parts,
                rules: self.rules,
                load: &|_| 0,
            };
            if search.plan(start).is_err() {
                answer.reasons.push((1, Reason::Apart));
            }
        }
        answer.is_of_staff = only_staff && !answer.reasons.is_empty();
        answer
    }

    fn of_part(&self, part: &Part, times: Times) -> Vec<Reason> {
        let mut found = Vec::new();
        if !self
            .picture
            .open
            .iter()
            .any(|open| open.contains(&times.service))
        {
            found.push(Reason::Closed(self.picture.open.clone()));
        }
        found.extend(self.of_staff(part, times));
        for kind in &part.need.kinds {
            found.extend(self.of_kind(kind, times.busy));
        }
        found
    }

    /// Nothing while one person can serve.
    fn of_staff(&self, part: &Part, times: Times) -> Vec<Reason> {
        let people = self.picture.people.iter();
        let asked: Vec<&Person> = people
            .filter(|person| part.who.is_none_or(|who| who == person.id))
            .collect();
        let mut found = Vec::new();
        for person in &asked {
            match self.absence(part, person, times) {
                None => return Vec::new(),
                // Whoever cannot do it is not worth a line, unless asked for by name.
                Some(Absent::Skill(_)) if part.who.is_none() => {}
                Some(absent) => found.push(Reason::Person(person.id, absent)),
            }
        }
        if found.is_empty() {
            found.push(Reason::Nobody(part.need.skills.clone()));
        }
        found
    }

    fn absence(&self, part: &Part, person: &Person, times: Times) -> Option<Absent> {
        let missing = missing(&part.need, person);
        if !missing.is_empty() {
            return Some(Absent::Skill(missing));
        }
        if !person.work.iter().any(|work| work.contains(&times.service)) {
            return Some(self.not_at_work(person, times.service));
        }
        let mine = self.taken.iter().filter(|taken| taken.staff == person.id);
        let mut hit: Vec<_> = mine
            .filter(|taken| overlap(taken.busy, times.busy))
            .collect();
        hit.sort_by_key(|taken| taken.busy.end);
        if let Some(last) = hit.last() {
            let serves = hit
                .iter()
                .any(|taken| overlap(taken.service, times.service));
            return Some(match serves {
                true => Absent::Busy(last.order, last.busy.end),
                false => Absent::Buffer(last.order, last.busy.end),
            });
        }
        let quanta = Quanta::covering(times.busy);
        let moves = &self.picture.moves;
        let neighbours = moves.neighbours(&person.stints, quanta).iter();
        match moves.ties(neighbours, quanta) {
            Err(WhyNot::Travel(site)) => {
                let minutes = moves.travel.get(&site).copied().unwrap_or(0);
                Some(Absent::Travel(site, minutes))
            }
            Ok(Some(near)) if !part.need.kinds.is_empty() => {
                let reached = |id: &ResourceId| {
                    let place = self.picture.places.iter().find(|place| place.id == *id);
                    place.is_some_and(|place| {
                        part.need.kinds.contains(&place.kind) && !place.busy.hits(quanta)
                    })
                };
                let stays = near.iter().any(reached);
                (!stays).then_some(Absent::RoomChange(moves.room_minutes))
            }
            _ => None,
        }
    }

    fn not_at_work(&self, person: &Person, service: Span) -> Absent {
        let off = self.off.iter().filter(|(who, _)| *who == person.id);
        if let Some((_, off)) = off.clone().find(|(_, off)| off.overlaps(&service)) {
            return Absent::Off(off.end);
        }
        let before = person.work.iter().any(|work| work.start < service.start);
        let next = person.work.iter().find(|work| work.start >= service.start);
        match next {
            Some(next) if before => Absent::Break(next.start),
            _ => Absent::Shift(person.work.clone()),
        }
    }

    fn of_kind(&self, kind: &str, busy: Span) -> Vec<Reason> {
        let quanta = Quanta::covering(busy);
        let places = self
            .picture
            .places
            .iter()
            .filter(|place| place.kind == kind);
        let places: Vec<_> = places.collect();
        if places.is_empty() {
            return vec![Reason::NoPlace(kind.to_owned())];
        }
        if places.iter().any(|place| !place.busy.hits(quanta)) {
            return Vec::new();
        }
        let taken = |place: ResourceId| {
            let mut taken = self.taken.iter();
            taken.find(|taken| taken.places.contains(&place) && overlap(taken.busy, busy))
        };
        let reason = |place: &&super::Place| {
            let by = taken(place.id)?;
            Some(Reason::Place(place.id, by.order, by.busy.end))
        };
        places.iter().filter_map(reason).collect()
    }
}

fn missing(need: &Need, person: &Person) -> Vec<String> {
    let lacks = |skill: &&String| !person.skills.contains(skill);
    need.skills.iter().filter(lacks).cloned().collect()
}

/// Whether two stretches share five minutes of the day.
fn overlap(one: Span, other: Span) -> bool {
    Quanta::covering(one).overlaps(Quanta::covering(other))
}

fn is_of_staff(reason: &Reason) -> bool {
    matches!(
        reason,
        Reason::Person(
            _,
            Absent::Busy(..) | Absent::Buffer(..) | Absent::Travel(..) | Absent::RoomChange(_)
        )
    )
}
