//! How far a log keeps to a model, in figures.
//!
//! Every figure is taken over cases, not over distinct traces.

mod follows;
mod precision;

use crate::alignment::{Aligned, Alignments, Move};
use crate::petri::Net;
use crate::traces::Traces;

pub use follows::{Follows as FollowsConformance, Footprint, follows, footprint};
pub use precision::{Precision, precision};

/// Figures of the optimal alignments of a log.
///
/// Fitness of a case = 1 − cost / (events + shortest run of the model); source: van der Aalst,
/// Adriansyah, van Dongen, *Replaying history on process models*, 2012.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fitness {
    /// Visible steps of the shortest run of the model.
    pub shortest_run: u32,
    /// Sum of the costs over cases.
    pub total_cost: u64,
    /// Cases with cost 0.
    pub fitting_cases: u64,
    /// Distinct traces with cost 0.
    pub fitting_traces: usize,
    /// Cases whose search the limits stopped; they are left out of every other figure.
    pub unfinished_cases: u64,
    /// Mean of the fitness over cases.
    pub average_case_fitness: f64,
    /// 1 − total cost / sum of what each case could cost at most.
    pub log_fitness: f64,
    /// How many cases have each cost, from low to high.
    pub cases_by_cost: Vec<(u32, u64)>,
}

/// Adds up alignments over the cases of a log.
pub fn fitness(traces: &Traces, found: &Alignments) -> Fitness {
    let mut total = Fitness {
        shortest_run: found.shortest_run,
        ..Fitness::default()
    };
    let (mut worst, mut sum, mut cases) = (0_u64, 0.0, 0_u64);
    let mut by_cost = std::collections::BTreeMap::new();
    for (trace, aligned) in traces.traces.iter().zip(&found.traces) {
        let Aligned::Optimal { cost, .. } = aligned else {
            total.unfinished_cases += trace.cases;
            continue;
        };
        let most = trace.activities.len() as u64 + u64::from(found.shortest_run);
        let share = if most == 0 {
            0.0
        } else {
            f64::from(*cost) / most as f64
        };
        total.total_cost += u64::from(*cost) * trace.cases;
        worst += most * trace.cases;
        sum += (1.0 - share) * trace.cases as f64;
        cases += trace.cases;
        if *cost == 0 {
            total.fitting_cases += trace.cases;
            total.fitting_traces += 1;
        }
        *by_cost.entry(*cost).or_insert(0) += trace.cases;
    }
    total.average_case_fitness = if cases == 0 { 1.0 } else { sum / cases as f64 };
    total.log_fitness = if worst == 0 {
        1.0
    } else {
        1.0 - total.total_cost as f64 / worst as f64
    };
    total.cases_by_cost = by_cost.into_iter().collect();
    total
}

/// Where one activity parts from the model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deviation {
    /// Its name.
    pub activity: String,
    /// Times it was done where the model does not allow it.
    pub extra: u64,
    /// Times the model needed it and it was not done.
    pub skipped: u64,
    /// Times log and model agreed on it.
    pub agreed: u64,
    /// Cases in which it was extra or skipped.
    pub cases: u64,
}

/// The deviations of each activity of log and model, the most cases first; ties by name.
///
/// An optimal alignment is seldom the only one: these figures are those of the one that was found,
/// the same in every run.
pub fn deviations(net: &Net, traces: &Traces, found: &Alignments) -> Vec<Deviation> {
    let mut rows: std::collections::BTreeMap<&str, [u64; 4]> = std::collections::BTreeMap::new();
    for (trace, aligned) in traces.traces.iter().zip(&found.traces) {
        let Aligned::Optimal { moves, .. } = aligned else {
            continue;
        };
        let mut apart: Vec<&str> = Vec::new();
        for step in moves {
            let (name, place) = match *step {
                Move::Log { event } => (traces.names.name(trace.activities[event as usize]), 0),
                Move::Model { transition } => match net.transitions[transition as usize].label {
                    Some(label) => (net.labels[label as usize].as_str(), 1),
                    None => continue,
                },
                Move::Both { event, .. } => {
                    (traces.names.name(trace.activities[event as usize]), 2)
                }
            };
            rows.entry(name).or_default()[place] += trace.cases;
            if place < 2 && !apart.contains(&name) {
                apart.push(name);
                rows.entry(name).or_default()[3] += trace.cases;
            }
        }
    }
    let mut found: Vec<Deviation> = rows
        .into_iter()
        .map(|(name, [extra, skipped, agreed, cases])| Deviation {
            activity: name.to_owned(),
            extra,
            skipped,
            agreed,
            cases,
        })
        .collect();
    found.sort_by_key(|row| std::cmp::Reverse(row.cases));
    found
}
