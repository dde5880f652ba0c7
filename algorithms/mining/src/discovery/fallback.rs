//! What is done where nothing can be cut: looser patterns that still fit every trace.

use crate::tree::Tree;

use super::graph::Graph;
use super::{Log, Miner, cut};

/// Beyond so many activities each one alone is no longer tried as a parallel part.
const TRIED_MAX: usize = 100;

impl Miner {
    /// The first pattern that applies; at last anything in any order.
    pub fn fall_back(&self, log: Log, graph: &Graph, depth: usize) -> Tree {
        if let Some(once) = once_per_trace(&log, graph) {
            return self.beside(&log, once, depth);
        }
        if let Some(apart) = self.apart(&log, graph) {
            return self.beside(&log, apart, depth);
        }
        let is = |counts: &[u64], activity: u32| {
            let place = graph.activities.binary_search(&activity);
            place.is_ok_and(|place| counts[place] > 0)
        };
        let strict = |a, b| is(&graph.ends, a) && is(&graph.starts, b);
        if let Some(rounds) = rounds(&log, strict) {
            return self.mine(rounds, depth + 1).repeated();
        }
        if let Some(rounds) = rounds(&log, |_, b| is(&graph.starts, b)) {
            return self.mine(rounds, depth + 1).repeated();
        }
        self.flower(graph)
    }

    /// The activity in parallel with the rest.
    fn beside(&self, log: &Log, activity: u32, depth: usize) -> Tree {
        let (alone, rest) = parted(log, activity);
        Tree::Parallel(vec![
            self.mine(alone, depth + 1),
            self.mine(rest, depth + 1),
        ])
    }

    /// An activity without which the rest can be cut.
    fn apart(&self, log: &Log, graph: &Graph) -> Option<u32> {
        if graph.activities.len() > TRIED_MAX {
            return None;
        }
        graph.activities.iter().copied().find(|&activity| {
            let mut rest = parted(log, activity).1;
            rest.retain(|(trace, _)| !trace.is_empty());
            let rest = Graph::of(&rest);
            let cut = cut::find(&rest);
            let noisy = || cut::find(&rest.without_rare(self.noise));
            cut.is_some() || (self.noise > 0.0 && noisy().is_some())
        })
    }
}

/// The activity alone, and all others alone.
fn parted(log: &Log, activity: u32) -> (Log, Log) {
    let part = |keep: &dyn Fn(u32) -> bool| {
        let row = |(trace, cases): &(Vec<u32>, u64)| {
            (
                trace.iter().copied().filter(|&other| keep(other)).collect(),
                *cases,
            )
        };
        log.iter().map(row).collect()
    };
    (
        part(&|other| other == activity),
        part(&|other| other != activity),
    )
}

/// The first activity that every trace has exactly once.
fn once_per_trace(log: &Log, graph: &Graph) -> Option<u32> {
    let mut counts = vec![0_usize; graph.activities.len()];
    for (trace, _) in log {
        let mut seen = trace.clone();
        seen.sort_unstable();
        for same in seen.chunk_by(|a, b| a == b).filter(|same| same.len() == 1) {
            if let Ok(place) = graph.activities.binary_search(&same[0]) {
                counts[place] += 1;
            }
        }
    }
    let place = counts.iter().position(|&count| count == log.len())?;
    Some(graph.activities[place])
}

/// The rounds of a loop, where any trace has more than one: a new one begins between two events
/// for which `parts` holds.
fn rounds(log: &Log, parts: impl Fn(u32, u32) -> bool) -> Option<Log> {
    let mut rounds = Log::new();
    let mut cut = false;
    for (trace, cases) in log {
        let mut begin = 0;
        for at in 1..trace.len() {
            if parts(trace[at - 1], trace[at]) {
                rounds.push((trace[begin..at].to_vec(), *cases));
                begin = at;
                cut = true;
            }
        }
        rounds.push((trace[begin..].to_vec(), *cases));
    }
    cut.then_some(rounds)
}
