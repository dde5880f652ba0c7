//! Directly-follows conformance: which pairs of neighbours a model allows, and which a log has.

use std::collections::{BTreeSet, HashSet};

use crate::petri::{ModelError, Net, States};
use crate::traces::Traces;

/// What a model's language allows at the start, at the end and next to each other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Footprint {
    /// Pairs of activities of which the second may follow the first at once.
    pub pairs: BTreeSet<(String, String)>,
    /// Activities that may be first.
    pub starts: BTreeSet<String>,
    /// Activities that may be last.
    pub ends: BTreeSet<String>,
}

/// Reads the footprint off the states of a net from which the end can be reached.
///
/// # Errors
/// `TooLarge` beyond `states_max` states; `DeadEnd` where the end cannot be reached.
pub fn footprint(net: &Net, states_max: usize) -> Result<Footprint, ModelError> {
    let states = States::all(net, states_max)?;
    let alive = alive(&states);
    let name = |label: u32| net.labels[label as usize].clone();
    let next = |from: &[u32]| -> HashSet<u32> {
        let ahead = states.silently(from);
        let edges = ahead.iter().flat_map(|&state| states.known(state));
        edges
            .filter(|edge| alive[edge.target as usize])
            .filter_map(|edge| edge.label)
            .collect()
    };
    let ends_silently = |from: &[u32]| {
        states
            .silently(from)
            .iter()
            .any(|&s| states.last() == Some(s))
    };
    let mut after: Vec<Vec<u32>> = vec![Vec::new(); net.labels.len()];
    for state in 0..states.len() as u32 {
        for edge in states
            .known(state)
            .iter()
            .filter(|edge| alive[edge.target as usize])
        {
            if let Some(label) = edge.label {
                after[label as usize].push(edge.target);
            }
        }
    }
    let mut found = Footprint {
        starts: next(&[0]).into_iter().map(name).collect(),
        ..Footprint::default()
    };
    for (label, targets) in after.iter_mut().enumerate() {
        targets.sort_unstable();
        targets.dedup();
        let first = name(label as u32);
        found.pairs.extend(
            next(targets)
                .into_iter()
                .map(|second| (first.clone(), name(second))),
        );
        if ends_silently(targets) {
            found.ends.insert(first);
        }
    }
    Ok(found)
}

/// For each state whether the end can be reached from it.
fn alive(states: &States<'_>) -> Vec<bool> {
    let mut before = vec![Vec::new(); states.len()];
    for state in 0..states.len() as u32 {
        for edge in states.known(state) {
            before[edge.target as usize].push(state);
        }
    }
    let mut alive = vec![false; states.len()];
    let mut open: Vec<u32> = states.last().into_iter().collect();
    while let Some(state) = open.pop() {
        if !std::mem::replace(&mut alive[state as usize], true) {
            open.append(&mut before[state as usize]);
        }
    }
    alive
}

/// What of a log the footprint allows. A case without events counts as a wrong start and a wrong
/// end, unless the model can pass without a step.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Follows {
    /// Pairs of neighbouring events.
    pub transitions: u64,
    /// Those the model does not allow.
    pub violating_transitions: u64,
    /// Cases that begin with an activity the model does not begin with.
    pub violating_starts: u64,
    /// Cases that end with an activity the model does not end with.
    pub violating_ends: u64,
    /// 1 − violations / (transitions + 2 × cases).
    pub fitness: f64,
    /// Cases without any violation.
    pub cases_without_violation: u64,
    /// Distinct pairs of the log.
    pub log_pairs: usize,
    /// Those of them the model allows.
    pub log_pairs_allowed: usize,
    /// Distinct pairs of the log that are allowed / all allowed pairs.
    pub precision: f64,
}

/// Compares a log with a footprint.
pub fn follows(traces: &Traces, model: &Footprint) -> Follows {
    let width = traces.names.len();
    let names: Vec<&str> = traces.names.iter().collect();
    let allowed: HashSet<(u32, u32)> = model
        .pairs
        .iter()
        .filter_map(|(a, b)| Some((traces.names.find(a)?, traces.names.find(b)?)))
        .collect();
    let known = |set: &BTreeSet<String>| -> Vec<bool> {
        (0..width)
            .map(|activity| set.contains(names[activity]))
            .collect()
    };
    let (starts, ends) = (known(&model.starts), known(&model.ends));
    let mut found = Follows::default();
    let mut pairs = HashSet::new();
    for trace in &traces.traces {
        let (steps, cases) = (&trace.activities, trace.cases);
        let wrong = steps
            .windows(2)
            .filter(|pair| !allowed.contains(&(pair[0], pair[1])));
        let wrong = wrong.count() as u64;
        pairs.extend(steps.windows(2).map(|pair| (pair[0], pair[1])));
        let start = steps.first().is_some_and(|&first| starts[first as usize]);
        let end = steps.last().is_some_and(|&last| ends[last as usize]);
        found.transitions += cases * steps.len().saturating_sub(1) as u64;
        found.violating_transitions += cases * wrong;
        found.violating_starts += if start { 0 } else { cases };
        found.violating_ends += if end { 0 } else { cases };
        found.cases_without_violation += if start && end && wrong == 0 { cases } else { 0 };
    }
    let violations = found.violating_transitions + found.violating_starts + found.violating_ends;
    found.fitness = 1.0 - share(violations, found.transitions + 2 * traces.cases());
    found.log_pairs = pairs.len();
    found.log_pairs_allowed = pairs.iter().filter(|pair| allowed.contains(pair)).count();
    found.precision = match model.pairs.len() {
        0 => 1.0,
        all => found.log_pairs_allowed as f64 / all as f64,
    };
    found
}

fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
