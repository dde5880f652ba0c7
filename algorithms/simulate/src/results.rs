//! What the replications say together: each figure with its mean and confidence interval.

use statrs::distribution::{ContinuousCDF, StudentsT};

use crate::engine::Replication;
use crate::model::Model;
use crate::plan::Plan;

/// The confidence with which an interval holds the long-run mean.
pub const CONFIDENCE: f64 = 0.95;

/// The figures of a group of customers. Times are in minutes; `wait` is that for the first work.
pub const CUSTOMER_FIGURES: [&str; 18] = [
    "arrived",
    "no_show",
    "turned_away",
    "balked",
    "abandoned",
    "abandoned_after_target",
    "served",
    "unfinished",
    "served_in_target",
    "share_in_target",
    "share_abandoned",
    "share_waited",
    "wait_mean",
    "wait_mean_all",
    "wait_p50",
    "wait_p90",
    "visit_mean",
    "visit_p90",
];

/// The figures of a step; `queue_mean` and `working_mean` are customers at a time.
pub const STEP_FIGURES: [&str; 7] = [
    "finished",
    "share_waited",
    "wait_mean",
    "wait_p50",
    "wait_p90",
    "queue_mean",
    "working_mean",
];

/// The figures of a team or a kind of room: the share of its time on duty that it is used (work
/// after the end of a shift counts, so that it can exceed 1), and how many are used at a time.
pub const RESOURCE_FIGURES: [&str; 2] = ["occupancy", "used_mean"];

/// The mean of a figure over the replications.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The mean.
    pub mean: f64,
    /// Half the width of the 95 % confidence interval by Student's t; `None` for one replication.
    pub half_width: Option<f64>,
}

impl Estimate {
    /// Whether the interval holds a value.
    #[must_use]
    pub fn holds(&self, value: f64) -> bool {
        (self.mean - value).abs() <= self.half_width.unwrap_or(f64::INFINITY)
    }

    /// The mean of the replications that have the figure; `None` when none has.
    pub(crate) fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        let count = values.len() as f64;
        if values.is_empty() {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count;
        let half_width = (values.len() > 1).then(|| {
            let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
            let error = (squares / (count - 1.0) / count).sqrt();
            error * student(count - 1.0)
        });
        Some(Self { mean, half_width })
    }
}

/// The factor of the standard error for the interval, with so many degrees of freedom.
fn student(freedom: f64) -> f64 {
    let distribution = StudentsT::new(0.0, 1.0, freedom);
    let distribution = distribution.expect("two replications leave at least one degree");
    distribution.inverse_cdf(f64::midpoint(1.0, CONFIDENCE))
}

/// The figures of one group, step, team or kind of room.
#[derive(Debug, Clone, PartialEq)]
pub struct Section {
    /// Its name in the model.
    pub name: String,
    /// Its figures; `None` where no replication has one (the wait of nobody).
    pub figures: Vec<(&'static str, Option<Estimate>)>,
}

impl Section {
    /// The figure with this name.
    #[must_use]
    pub fn figure(&self, name: &str) -> Option<Estimate> {
        let found = self.figures.iter().find(|figure| figure.0 == name);
        found.and_then(|figure| figure.1)
    }
}

/// What the replications say together.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// How many there were.
    pub replications: u32,
    /// How many events they worked off.
    pub events: u64,
    /// By group of customers.
    pub customers: Vec<Section>,
    /// By step; of a choice or a parallel step only `finished`.
    pub steps: Vec<Section>,
    /// By team.
    pub staff: Vec<Section>,
    /// By kind of room.
    pub rooms: Vec<Section>,
}

impl Results {
    /// Sorts the figures of each replication, in the order of [`figures`], by name.
    pub(crate) fn new(model: &Model, all: &[Vec<f64>], events: u64) -> Self {
        let mut place = 0;
        let mut section = |name: &String, names: &[&'static str]| {
            let figures = names.iter().map(|figure| {
                let column = place;
                place += 1;
                (*figure, Estimate::of(all.iter().map(|one| one[column])))
            });
            Section {
                name: name.clone(),
                figures: figures.collect(),
            }
        };
        let customers = model.customers.iter();
        let customers = customers
            .map(|group| section(&group.name, &CUSTOMER_FIGURES))
            .collect();
        let steps = model
            .steps
            .iter()
            .map(|step| section(&step.name, &STEP_FIGURES))
            .collect();
        let staff = model
            .staff
            .iter()
            .map(|team| section(&team.name, &RESOURCE_FIGURES))
            .collect();
        let rooms = model
            .rooms
            .iter()
            .map(|room| section(&room.name, &RESOURCE_FIGURES))
            .collect();
        Self {
            replications: all.len() as u32,
            events,
            customers,
            steps,
            staff,
            rooms,
        }
    }

    /// The figures of the group with this name.
    #[must_use]
    pub fn group(&self, name: &str) -> Option<&Section> {
        self.customers.iter().find(|section| section.name == name)
    }

    /// The figures of the step with this name.
    #[must_use]
    pub fn step(&self, name: &str) -> Option<&Section> {
        self.steps.iter().find(|section| section.name == name)
    }

    /// The figures of the team with this name.
    #[must_use]
    pub fn team(&self, name: &str) -> Option<&Section> {
        self.staff.iter().find(|section| section.name == name)
    }

    /// The figures of the rooms with this name.
    #[must_use]
    pub fn room(&self, name: &str) -> Option<&Section> {
        self.rooms.iter().find(|section| section.name == name)
    }
}

/// All figures of one replication, section after section; not a number where there is none.
pub(crate) fn figures(plan: &Plan, run: &Replication) -> Vec<f64> {
    let minutes = plan.horizon - plan.warm_up;
    let mut all = Vec::new();
    for group in &run.groups {
        let (waits, visits) = (&group.waits, &group.visits);
        let joined = (waits.count + group.abandoned) as f64;
        let served = waits.count as f64;
        all.extend([
            group.arrived as f64,
            group.no_show as f64,
            group.turned_away as f64,
            group.balked as f64,
            group.abandoned as f64,
            group.abandoned_late as f64,
            visits.count as f64,
            group.unfinished as f64,
            group.in_target as f64,
            group.in_target as f64 / served,
            group.abandoned as f64 / joined,
            waits.share_above_zero(),
            waits.mean(),
            group.waited / joined,
            waits.quantile(0.5),
            waits.quantile(0.9),
            visits.mean(),
            visits.quantile(0.9),
        ]);
    }
    for (planned, step) in plan.steps.iter().zip(&run.steps) {
        let minutes = if planned.is_work() { minutes } else { f64::NAN };
        all.extend([
            step.finished as f64,
            step.waits.share_above_zero(),
            step.waits.mean(),
            step.waits.quantile(0.5),
            step.waits.quantile(0.9),
            step.queued / minutes,
            step.working / minutes,
        ]);
    }
    for (team, pool) in plan.teams.iter().zip(&run.teams) {
        let on_duty = team.shifts.minutes_on(plan.warm_up, plan.horizon);
        all.push(pool.used / (on_duty * f64::from(team.count)));
        all.push(pool.used / minutes);
    }
    for (&count, pool) in plan.rooms.iter().zip(&run.rooms) {
        all.push(pool.used / (minutes * f64::from(count)));
        all.push(pool.used / minutes);
    }
    all
}
