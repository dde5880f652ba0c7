//! Who comes in, and who does not: closed doors, long lines, missed appointments.

use super::calendar::Event;
use super::visits::{Doing, NOBODY, NONE, Visit};
use super::{Replication, Source};
use crate::plan::{Coming, Target};

/// Streams of a group's own, beside those of its visitors.
const ARRIVALS: u64 = 0;
const VISITORS: u64 = 1;

impl Replication<'_> {
    /// Opens each group's source and enters its first arrival.
    pub(super) fn open_sources(&mut self) {
        let plan = self.plan;
        for (number, group) in plan.groups.iter().enumerate() {
            let gap = match &group.arrivals {
                Coming::Every(gap) => Some(gap.clone()),
                _ => None,
            };
            self.sources.push(Source {
                luck: self.luck.part(number as u64).part(ARRIVALS),
                arrivals: 0,
                gap,
                patience: group.patience.clone(),
            });
            if let Coming::Bookings(minutes, no_show, lateness) = &group.arrivals {
                let mut lateness = lateness.clone();
                for &minute in minutes {
                    let luck = &mut self.sources[number].luck;
                    let comes = luck.uniform() >= *no_show;
                    let late = lateness.draw(luck);
                    self.book(number, minute, comes.then_some(late));
                }
            } else {
                self.enter_arrival(number);
            }
        }
    }

    fn book(&mut self, group: usize, minute: f64, late: Option<f64>) {
        let is_counted = minute >= self.plan.warm_up && minute < self.plan.horizon;
        match late.map(|late| (minute + late).max(0.0)) {
            Some(comes) if comes < self.plan.horizon => {
                self.calendar.enter(comes, Event::Booked(group as u32));
            }
            Some(_) => {}
            None => self.groups[group].no_show += u64::from(is_counted),
        }
    }

    /// Enters the next arrival of a group that comes one by one.
    #[inline]
    fn enter_arrival(&mut self, group: usize) {
        let source = &mut self.sources[group];
        let minute = match &self.plan.groups[group].arrivals {
            Coming::Poisson(rates) => rates.next(self.now, source.luck.exponential()),
            Coming::At(minutes) => {
                let next = minutes.get(source.arrivals as usize);
                next.copied().unwrap_or(f64::INFINITY)
            }
            Coming::Every(_) | Coming::Bookings(..) => match &mut source.gap {
                Some(gap) => self.now + gap.draw(&mut source.luck).max(0.0),
                None => f64::INFINITY,
            },
        };
        if minute < self.plan.horizon {
            self.calendar.enter(minute, Event::Arrival(group as u32));
        }
    }

    #[inline]
    pub(super) fn arrive(&mut self, group: usize) {
        self.admit(group);
        self.enter_arrival(group);
    }

    /// Somebody stands at the door.
    pub(super) fn admit(&mut self, number: usize) {
        let plan = self.plan;
        let group = &plan.groups[number];
        let source = &mut self.sources[number];
        let mut luck = self.luck.part(number as u64).part(VISITORS);
        luck = luck.part(source.arrivals);
        source.arrivals += 1;
        let is_counted = self.now >= plan.warm_up;
        self.groups[number].arrived += u64::from(is_counted);
        if !plan.opening.is_on(self.now) {
            self.groups[number].turned_away += u64::from(is_counted);
            return;
        }
        // Drawn whether or not it is needed, so that a shorter line in another model does not
        // change the luck of what follows.
        let mood = (!group.balking.is_empty()).then(|| luck.uniform());
        let patience = self.sources[number].patience.as_mut();
        let patience = patience.map(|patience| patience.draw(&mut luck).max(0.0));
        if mood.is_some_and(|mood| self.balks(number, mood)) {
            self.groups[number].balked += u64::from(is_counted);
            return;
        }
        let visit = self.visits.open(Visit {
            luck,
            arrived: self.now,
            queued: self.now,
            begun: self.now,
            step: group.start,
            order: 0,
            next: NONE,
            previous: NONE,
            parent: NONE,
            pending: 0,
            leaves: NONE,
            group: number as u16,
            team: NOBODY,
            doing: Doing::Split,
            counted: is_counted,
            served: false,
        });
        self.go(visit, Target::Step(group.start), patience);
    }

    /// Whether somebody in this mood, from 0 to 1, turns round at the line for the first step.
    fn balks(&self, number: usize, mood: f64) -> bool {
        let group = &self.plan.groups[number];
        let first = &self.plan.steps[group.start as usize];
        if !first.is_work() || self.startable(group.start).is_some() {
            return false;
        }
        let waiting = self.waiting_at(group.start);
        let reached = |rule: &&crate::model::Balking| waiting >= rule.waiting_at_least;
        let rule = group.balking.iter().find(reached);
        rule.is_some_and(|rule| mood < rule.share)
    }
}
