//! The distinct traces of a log with their counts: what models are compared with.

use std::collections::HashMap;

use crate::{EventLog, Names};

/// One distinct sequence of activities.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// Activities in order, numbers in [`Traces::names`].
    pub activities: Vec<u32>,
    /// How many cases have it.
    pub cases: u64,
}

/// Distinct traces, the most frequent first; ties by names, compared one by one in code-point
/// order.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    /// Names of activities.
    pub names: Names,
    /// The traces.
    pub traces: Vec<Trace>,
}

impl Traces {
    /// The traces of a log; cases without events count as the empty trace.
    pub fn of(log: &EventLog) -> Self {
        let mut counts: HashMap<&[u32], u64> = HashMap::new();
        for range in log.cases() {
            *counts.entry(&log.activities()[range]).or_default() += 1;
        }
        let traces = counts
            .into_iter()
            .map(|(activities, cases)| Trace {
                activities: activities.to_vec(),
                cases,
            })
            .collect();
        Self::sorted(log.activity_names().clone(), traces)
    }

    /// Traces given by name, such as `[(&["a", "b"], 3)]`; equal ones are added up.
    pub fn from_names<T: AsRef<[S]>, S: AsRef<str>>(rows: &[(T, u64)]) -> Self {
        let mut names = Names::new();
        let mut counts: HashMap<Vec<u32>, u64> = HashMap::new();
        for (row, cases) in rows {
            let row = row
                .as_ref()
                .iter()
                .map(|name| names.intern(name.as_ref()))
                .collect();
            *counts.entry(row).or_default() += cases;
        }
        let traces = counts
            .into_iter()
            .map(|(activities, cases)| Trace { activities, cases })
            .collect();
        Self::sorted(names, traces)
    }

    fn sorted(names: Names, mut traces: Vec<Trace>) -> Self {
        let ranks = names.ranks();
        let rank = |trace: &Trace| -> Vec<u32> {
            trace
                .activities
                .iter()
                .map(|&activity| ranks[activity as usize])
                .collect()
        };
        traces.sort_by_cached_key(|trace| (std::cmp::Reverse(trace.cases), rank(trace)));
        Self { names, traces }
    }

    /// How many cases all traces have together.
    pub fn cases(&self) -> u64 {
        self.traces.iter().map(|trace| trace.cases).sum()
    }
}
