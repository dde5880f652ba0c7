//! Precision: how much more a model allows than a log shows.
//!
//! Align-based ETC precision (Adriansyah, Munoz-Gama, Carmona, van Dongen, van der Aalst,
//! *Measuring precision of modeled behavior*, 2015): after each prefix of the aligned traces, as
//! the model runs them, the activities that the model allows next are compared with those that
//! some trace goes on with; prefixes weigh as many cases as have them.

use std::collections::{BTreeSet, HashMap};

use crate::alignment::{Aligned, Alignments, Move};
use crate::petri::{ModelError, Net, States};
use crate::traces::Traces;

/// Precision and what it was counted from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Precision {
    /// Seen continuations / allowed continuations, 1 where nothing is allowed.
    pub value: f64,
    /// Continuations allowed, summed over prefixes and cases.
    pub allowed: u64,
    /// Those of them that some trace has.
    pub seen: u64,
}

/// One prefix of what the model ran.
#[derive(Default)]
struct Prefix {
    cases: u64,
    next: HashMap<u32, usize>,
}

/// Compares what the model allows after each aligned prefix with what the log does there.
///
/// # Errors
/// `TooLarge` beyond `states_max` states of the model; `DeadEnd` where its end is out of reach.
pub fn precision(
    net: &Net,
    traces: &Traces,
    found: &Alignments,
    states_max: usize,
) -> Result<Precision, ModelError> {
    let states = States::all(net, states_max)?;
    let prefixes = prefixes(net, traces, found);
    let mut sets: Vec<Vec<u32>> = vec![Vec::new(); prefixes.len()];
    sets[0] = states.silently(&[0]);
    let (mut allowed, mut seen) = (0, 0);
    // A prefix is made before those that extend it, so one pass in order is enough.
    for (index, prefix) in prefixes.iter().enumerate() {
        let here = std::mem::take(&mut sets[index]);
        let mut targets: HashMap<u32, BTreeSet<u32>> = HashMap::new();
        for edge in here.iter().flat_map(|&state| states.known(state)) {
            if let Some(label) = edge.label {
                targets.entry(label).or_default().insert(edge.target);
            }
        }
        allowed += targets.len() as u64 * prefix.cases;
        for (label, &next) in &prefix.next {
            if let Some(targets) = targets.get(label) {
                seen += prefix.cases;
                sets[next] = states.silently(&targets.iter().copied().collect::<Vec<_>>());
            }
        }
    }
    let value = if allowed == 0 {
        1.0
    } else {
        seen as f64 / allowed as f64
    };
    Ok(Precision {
        value,
        allowed,
        seen,
    })
}

fn prefixes(net: &Net, traces: &Traces, found: &Alignments) -> Vec<Prefix> {
    let mut prefixes = vec![Prefix::default()];
    for (trace, aligned) in traces.traces.iter().zip(&found.traces) {
        let Aligned::Optimal { moves, .. } = aligned else {
            continue;
        };
        let steps = moves.iter().filter_map(|step| match *step {
            Move::Both { transition, .. } | Move::Model { transition } => {
                net.transitions[transition as usize].label
            }
            Move::Log { .. } => None,
        });
        let mut at = 0;
        prefixes[0].cases += trace.cases;
        for label in steps {
            let new = prefixes.len();
            at = *prefixes[at].next.entry(label).or_insert(new);
            if at == new {
                prefixes.push(Prefix::default());
            }
            prefixes[at].cases += trace.cases;
        }
    }
    prefixes
}
