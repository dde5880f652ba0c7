//! One replication: the calendar is worked off, and what is seen is counted.

mod arrivals;
mod calendar;
mod flow;
mod visits;

use calendar::{Calendar, Event};
use visits::{Doing, Line, NOBODY, Visits};

use crate::distribution::Sampler;
use crate::plan::Plan;
use crate::random::Stream;
use crate::tally::{GroupTally, StepTally};

/// Customers that may be inside at once; more mean that work piles up without end.
pub(crate) const INSIDE_MAX: u32 = 4_000_000;

/// Why a replication was given up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum GivenUp {
    /// More events than allowed.
    Events,
    /// More than [`INSIDE_MAX`] inside at this minute.
    Crowd(f64),
}

/// Staff of a team or rooms of a kind: how many are in use, and for how long they have been.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pool {
    /// How many are there now.
    count: u32,
    busy: u32,
    /// Minutes of use, summed over them.
    pub used: f64,
}

impl Pool {
    #[inline]
    const fn is_free(&self) -> bool {
        self.busy < self.count
    }
}

/// A group's arrivals so far.
struct Source {
    luck: Stream,
    arrivals: u64,
    gap: Option<Sampler>,
    patience: Option<Sampler>,
}

/// One replication while it runs.
pub(crate) struct Replication<'a> {
    plan: &'a Plan,
    now: f64,
    calendar: Calendar,
    visits: Visits,
    /// A line for each step and priority.
    lines: Vec<Line>,
    minutes: Vec<Sampler>,
    sources: Vec<Source>,
    /// Whether the next change of each team's shift brings it.
    comes: Vec<bool>,
    order: u32,
    /// Visits on their way to where they go next.
    moving: Vec<(u32, crate::plan::Target)>,
    luck: Stream,
    pub teams: Vec<Pool>,
    pub rooms: Vec<Pool>,
    pub steps: Vec<StepTally>,
    pub groups: Vec<GroupTally>,
    pub events: u64,
}

impl<'a> Replication<'a> {
    pub(crate) fn new(plan: &'a Plan, luck: Stream) -> Self {
        let pool = |count| Pool {
            count,
            busy: 0,
            used: 0.0,
        };
        let on_duty = |team: &crate::plan::PlanTeam| {
            pool(if team.shifts.is_on(0.0) {
                team.count
            } else {
                0
            })
        };
        Self {
            now: 0.0,
            calendar: Calendar::default(),
            visits: Visits::new(),
            lines: vec![Line::EMPTY; plan.steps.len() * plan.levels],
            minutes: plan.steps.iter().map(|step| step.minutes.clone()).collect(),
            sources: Vec::new(),
            comes: vec![false; plan.teams.len()],
            order: 0,
            moving: Vec::new(),
            luck,
            teams: plan.teams.iter().map(on_duty).collect(),
            rooms: plan.rooms.iter().map(|&count| pool(count)).collect(),
            steps: plan.steps.iter().map(|_| StepTally::new()).collect(),
            groups: plan.groups.iter().map(|_| GroupTally::new()).collect(),
            events: 0,
            plan,
        }
    }

    /// Works the calendar off.
    pub(crate) fn run(&mut self, events_max: u64) -> Result<(), GivenUp> {
        self.open_sources();
        for team in 0..self.plan.teams.len() {
            self.enter_shift(team);
        }
        let horizon = self.plan.horizon;
        let last = if self.plan.run_on {
            2.0 * horizon
        } else {
            horizon
        };
        while let Some((minute, entry, event)) = self.calendar.next() {
            let is_over = minute >= horizon && self.visits.inside == 0;
            if minute > last || is_over {
                break;
            }
            self.now = minute;
            self.happen(entry, event);
            if self.events > events_max {
                return Err(GivenUp::Events);
            }
            if self.visits.inside > INSIDE_MAX {
                return Err(GivenUp::Crowd(minute));
            }
        }
        self.now = last;
        self.count_the_rest();
        Ok(())
    }

    #[inline]
    fn happen(&mut self, entry: u32, event: Event) {
        self.events += 1;
        match event {
            Event::Arrival(group) => self.arrive(group as usize),
            Event::Done(visit) => self.finish_work(visit),
            Event::Leave(visit) => self.lose_patience(visit, entry),
            Event::Shift(team) => self.change_shift(team as usize),
            Event::Booked(group) => self.admit(group as usize),
        }
    }

    fn enter_shift(&mut self, team: usize) {
        if let Some((minute, comes)) = self.plan.teams[team].shifts.next_change(self.now) {
            self.comes[team] = comes;
            self.calendar.enter(minute, Event::Shift(team as u32));
        }
    }

    fn change_shift(&mut self, team: usize) {
        let plan = self.plan;
        self.teams[team].count = if self.comes[team] {
            plan.teams[team].count
        } else {
            0
        };
        self.enter_shift(team);
        self.wake(&plan.teams[team].steps);
    }

    /// How much of a span lies between warm-up and horizon.
    #[inline]
    fn counted(&self, from: f64, until: f64) -> f64 {
        (until.min(self.plan.horizon) - from.max(self.plan.warm_up)).max(0.0)
    }

    /// Adds what those do at the end who are still inside.
    fn count_the_rest(&mut self) {
        let visits = std::mem::take(&mut self.visits.all);
        for visit in &visits {
            let step = visit.step as usize;
            match visit.doing {
                Doing::Waiting => self.steps[step].queued += self.counted(visit.queued, self.now),
                Doing::Working => self.use_up(step, visit.team, visit.begun),
                Doing::Gone | Doing::Split => {}
            }
        }
        for group in &mut self.groups {
            let ended = group.turned_away + group.balked + group.abandoned + group.visits.count;
            group.unfinished = group.arrived - ended;
        }
    }

    /// Adds the minutes of a piece of work that began then and ends now.
    #[inline]
    fn use_up(&mut self, step: usize, team: u16, begun: f64) {
        let minutes = self.counted(begun, self.now);
        self.steps[step].working += minutes;
        if team != NOBODY {
            self.teams[team as usize].used += minutes;
        }
        for &room in &self.plan.steps[step].rooms {
            self.rooms[room as usize].used += minutes;
        }
    }
}
