//! The model made ready: names become numbers, and what cannot be played is refused.

mod checks;
mod flow;
mod schedule;

pub(crate) use schedule::{RateTable, Schedule};

use crate::distribution::{Distribution, Sampler};
use crate::model::{Arrivals, Balking, Group, Kind, Model, Step, Wrong};

/// Where a visit goes from a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    Step(u32),
    Join,
    End,
}

/// What happens in a step.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    Work,
    Choice,
    Parallel(Vec<u32>),
}

/// A step with numbers for names.
#[derive(Debug, Clone)]
pub(crate) struct PlanStep {
    pub act: Act,
    /// Ways on, each with the chance of it or an earlier one.
    pub ways: Vec<(f64, Target)>,
    pub minutes: Sampler,
    pub needs_staff: bool,
    /// Teams that can do it, the least skilled first: the versatile are kept for what only they
    /// can do.
    pub teams: Vec<u16>,
    pub rooms: Vec<u16>,
    /// Steps that may be startable once this one has given back its staff and rooms.
    pub wakes: Vec<u32>,
}

impl PlanStep {
    pub(crate) const fn is_work(&self) -> bool {
        matches!(self.act, Act::Work)
    }
}

/// A team with its timetable.
#[derive(Debug, Clone)]
pub(crate) struct PlanTeam {
    pub count: u32,
    pub shifts: Schedule,
    /// Steps that it can do.
    pub steps: Vec<u32>,
}

/// A group of customers with its numbers.
#[derive(Debug, Clone)]
pub(crate) struct PlanGroup {
    pub level: u16,
    pub start: u32,
    pub arrivals: Coming,
    pub balking: Vec<Balking>,
    pub patience: Option<Sampler>,
}

/// How arrivals are made.
#[derive(Debug, Clone)]
pub(crate) enum Coming {
    Poisson(RateTable),
    Every(Sampler),
    At(Vec<f64>),
    Bookings(Vec<f64>, f64, Sampler),
}

/// A model ready to be played.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub steps: Vec<PlanStep>,
    pub teams: Vec<PlanTeam>,
    pub rooms: Vec<u32>,
    pub groups: Vec<PlanGroup>,
    /// How many different priorities there are.
    pub levels: usize,
    pub opening: Schedule,
    pub horizon: f64,
    pub warm_up: f64,
    pub run_on: bool,
    pub wait_target: f64,
}

impl Plan {
    /// Makes a model ready.
    ///
    /// # Errors
    /// [`Wrong`] names the element that cannot be played, and what is allowed.
    pub(crate) fn new(model: &Model) -> Result<Self, Wrong> {
        checks::check(model)?;
        flow::check(model)?;
        let cycle = model.cycle_minutes;
        let mut steps = Vec::new();
        for (index, step) in model.steps.iter().enumerate() {
            steps.push(plan_step(model, index, step)?);
        }
        for index in 0..steps.len() {
            steps[index].wakes = wakes(&steps, index);
        }
        let teams = model.staff.iter().enumerate().map(|(team, staff)| {
            let can = |step: &PlanStep| step.teams.contains(&(team as u16));
            PlanTeam {
                count: staff.count,
                shifts: Schedule::new(&staff.shifts, cycle),
                steps: indices(&steps, can),
            }
        });
        let mut priorities: Vec<i64> = model.customers.iter().map(|g| g.priority).collect();
        priorities.sort_unstable();
        priorities.dedup();
        let groups = model.customers.iter().map(|group| {
            let level = priorities.iter().filter(|&&p| p < group.priority).count();
            plan_group(model, group, level as u16)
        });
        Ok(Self {
            groups: groups.collect(),
            teams: teams.collect(),
            steps,
            rooms: model.rooms.iter().map(|room| room.count).collect(),
            levels: priorities.len(),
            opening: Schedule::new(&model.opening, cycle),
            horizon: model.horizon_minutes,
            warm_up: model.warm_up_minutes,
            run_on: model.run_on,
            wait_target: model.wait_target_minutes,
        })
    }
}

fn indices(steps: &[PlanStep], holds: impl Fn(&PlanStep) -> bool) -> Vec<u32> {
    let all = steps.iter().enumerate();
    all.filter(|(_, step)| holds(step))
        .map(|(index, _)| index as u32)
        .collect()
}

fn wakes(steps: &[PlanStep], index: usize) -> Vec<u32> {
    let freed = &steps[index];
    indices(steps, |step| {
        step.teams.iter().any(|team| freed.teams.contains(team))
            || step.rooms.iter().any(|room| freed.rooms.contains(room))
    })
}

/// The number of a step, which the checks have found to exist.
fn number_of(model: &Model, name: &str) -> u32 {
    let place = model.steps.iter().position(|step| step.name == name);
    place.expect("the checks have found every name") as u32
}

fn plan_step(model: &Model, index: usize, step: &Step) -> Result<PlanStep, Wrong> {
    let mut reached = 0.0;
    let ways = step.next.iter().map(|way| {
        reached += way.share;
        let target = match way.to.as_str() {
            "end" => Target::End,
            "join" => Target::Join,
            name => Target::Step(number_of(model, name)),
        };
        (reached, target)
    });
    let mut plan = PlanStep {
        ways: ways.collect(),
        act: Act::Choice,
        minutes: Sampler::Constant(0.0),
        needs_staff: false,
        teams: Vec::new(),
        rooms: Vec::new(),
        wakes: Vec::new(),
    };
    match &step.kind {
        Kind::Choice => {}
        Kind::Parallel { branches } => {
            let firsts = branches.iter().map(|name| number_of(model, name));
            plan.act = Act::Parallel(firsts.collect());
        }
        Kind::Work {
            minutes,
            skills,
            rooms,
        } => {
            plan.act = Act::Work;
            plan.minutes = minutes.sampler();
            plan.needs_staff = !skills.is_empty();
            plan.teams = able(model, index, skills)?;
            let places = rooms.iter().map(|name| {
                let place = model.rooms.iter().position(|room| room.name == *name);
                place.expect("the checks have found every name") as u16
            });
            plan.rooms = places.collect();
        }
    }
    Ok(plan)
}

/// The teams of whom each member has all of these skills, the least skilled first.
fn able(model: &Model, index: usize, skills: &[String]) -> Result<Vec<u16>, Wrong> {
    if skills.is_empty() {
        return Ok(Vec::new());
    }
    let has = |team: usize| {
        skills
            .iter()
            .all(|skill| model.staff[team].skills.contains(skill))
    };
    let mut teams: Vec<usize> = (0..model.staff.len()).filter(|&team| has(team)).collect();
    if teams.is_empty() {
        let path = format!("steps[{index}].skills");
        let list = skills.join(" + ");
        let reason = format!("no team of the staff has {list}; name skills that one team has");
        return Err(Wrong::new(path, reason));
    }
    teams.sort_by_key(|&team| model.staff[team].skills.len());
    Ok(teams.into_iter().map(|team| team as u16).collect())
}

fn plan_group(model: &Model, group: &Group, level: u16) -> PlanGroup {
    let sorted = |minutes: &[f64]| {
        let mut minutes = minutes.to_vec();
        minutes.sort_by(f64::total_cmp);
        minutes
    };
    let arrivals = match &group.arrivals {
        Arrivals::Poisson(rates) => Coming::Poisson(RateTable::new(rates, model.cycle_minutes)),
        Arrivals::Every(gap) => Coming::Every(gap.sampler()),
        Arrivals::At(minutes) => Coming::At(sorted(minutes)),
        Arrivals::Bookings {
            at_minutes,
            no_show,
            lateness,
        } => Coming::Bookings(sorted(at_minutes), *no_show, lateness.sampler()),
    };
    let mut balking = group.balking.clone();
    balking.sort_by_key(|rule| std::cmp::Reverse(rule.waiting_at_least));
    PlanGroup {
        level,
        start: number_of(model, &group.start),
        arrivals,
        balking,
        patience: group.patience.as_ref().map(Distribution::sampler),
    }
}
