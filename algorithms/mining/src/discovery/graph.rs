//! The directly-follows graph of a part of the log.

use std::collections::{BTreeMap, HashMap};

use super::Log;

/// Which activity follows which, which begin and which end; by place in `activities`.
#[derive(Debug, Clone)]
pub struct Graph {
    /// The activities of this part, in ascending order.
    pub activities: Vec<u32>,
    /// How often the second follows the first at once.
    pub edges: BTreeMap<(usize, usize), u64>,
    /// How many cases begin with each.
    pub starts: Vec<u64>,
    /// How many cases end with each.
    pub ends: Vec<u64>,
}

impl Graph {
    /// The graph of a log without empty traces.
    pub fn of(log: &Log) -> Self {
        let mut activities: Vec<u32> = log.iter().flat_map(|(trace, _)| trace).copied().collect();
        activities.sort_unstable();
        activities.dedup();
        let place: HashMap<u32, usize> = activities.iter().copied().zip(0..).collect();
        let mut starts = vec![0; activities.len()];
        let mut ends = starts.clone();
        let mut edges: HashMap<(usize, usize), u64> = HashMap::new();
        for (trace, cases) in log {
            for pair in trace.windows(2) {
                *edges.entry((place[&pair[0]], place[&pair[1]])).or_default() += cases;
            }
            if let (Some(first), Some(last)) = (trace.first(), trace.last()) {
                starts[place[first]] += cases;
                ends[place[last]] += cases;
            }
        }
        let edges = edges.into_iter().collect();
        Self {
            activities,
            edges,
            starts,
            ends,
        }
    }

    /// The graph without followers, starts and ends that are rarer than `noise` times the most
    /// frequent one of the same activity, of the starts and of the ends.
    pub fn without_rare(&self, noise: f64) -> Self {
        let mut most = self.ends.clone();
        for (&(from, _), &count) in &self.edges {
            most[from] = most[from].max(count);
        }
        let common = |counts: &[u64]| {
            let most = counts.iter().copied().max().unwrap_or_default();
            counts
                .iter()
                .map(|&count| if rare(count, most, noise) { 0 } else { count })
                .collect()
        };
        let kept = |(&edge, &count): (&(usize, usize), &u64)| {
            (!rare(count, most[edge.0], noise)).then_some((edge, count))
        };
        Self {
            activities: self.activities.clone(),
            edges: self.edges.iter().filter_map(kept).collect(),
            starts: common(&self.starts),
            ends: common(&self.ends),
        }
    }
}

fn rare(count: u64, most: u64, noise: f64) -> bool {
    (count as f64) < noise * most as f64
}
