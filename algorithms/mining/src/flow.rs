//! Where time goes and how work moves: bottlenecks, loops, hand-overs.

use std::collections::BTreeMap;

use crate::{EventLog, Follows, LogError, Names};

/// Waiting between two activities, as a part of all waiting.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bottleneck {
    /// Number of the activity that was done.
    pub from: u32,
    /// Number of the activity that was waited for.
    pub to: u32,
    /// How often.
    pub count: u64,
    /// In how many cases.
    pub cases: u64,
    /// Time waited, in microseconds; overlapping work counts as no waiting.
    pub total: i128,
    /// Mean wait, in microseconds.
    pub mean: f64,
    /// Part of the waiting of the whole log, from 0 to 1.
    pub share: f64,
}

/// The edges of a map by the time waited on them, the longest total first.
///
/// The total ranks, not the mean: a rare long wait matters less than a daily short one.
pub fn bottlenecks(follows: &Follows) -> Vec<Bottleneck> {
    let all: i128 = follows.edges.iter().map(|edge| edge.total_clamped).sum();
    let mut ranked: Vec<Bottleneck> = follows
        .edges
        .iter()
        .filter(|edge| edge.total_clamped > 0)
        .map(|edge| Bottleneck {
            from: edge.from,
            to: edge.to,
            count: edge.count,
            cases: edge.cases,
            total: edge.total_clamped,
            mean: edge.mean_clamped(),
            share: edge.total_clamped as f64 / all as f64,
        })
        .collect();
    ranked.sort_by_key(|bottleneck| std::cmp::Reverse(bottleneck.total));
    ranked
}

/// A return to an activity that the case has had before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loop {
    /// Number of the activity returned to.
    pub activity: u32,
    /// Number of the activity from which it was returned to; the same for a direct repeat.
    pub back_from: u32,
    /// How often.
    pub count: u64,
    /// In how many cases.
    pub cases: u64,
    /// Events between both occurrences, summed.
    pub events_between: u64,
    /// Time from the end of the earlier to the start of the later occurrence, in microseconds,
    /// summed; overlapping work counts as 0.
    pub total: i128,
}

/// All returns, the most frequent first, equal counts by names.
pub fn loops(log: &EventLog) -> Vec<Loop> {
    let mut found: BTreeMap<(u32, u32), (Loop, usize)> = BTreeMap::new();
    let mut last: Vec<Option<usize>> = vec![None; log.activity_names().len()];
    for (case, events) in log.cases().enumerate() {
        for event in events.clone() {
            let activity = log.activities()[event];
            let Some(earlier) = last[activity as usize].replace(event) else {
                continue;
            };
            if earlier < events.start {
                continue;
            }
            let back_from = log.activities()[event - 1];
            let fresh = (Loop::none(activity, back_from), usize::MAX);
            let (found, last_case) = found.entry((activity, back_from)).or_insert(fresh);
            found.count += 1;
            found.cases += u64::from(*last_case != case);
            found.events_between += (event - earlier - 1) as u64;
            found.total += i128::from((log.starts()[event] - log.end(earlier)).max(0));
            *last_case = case;
        }
    }
    let names = log.activity_names();
    let mut loops: Vec<Loop> = found.into_values().map(|(found, _)| found).collect();
    loops.sort_by_key(|a| {
        let ends = (names.name(a.activity), names.name(a.back_from));
        (std::cmp::Reverse(a.count), ends)
    });
    loops
}

impl Loop {
    fn none(activity: u32, back_from: u32) -> Self {
        Self {
            activity,
            back_from,
            count: 0,
            cases: 0,
            events_between: 0,
            total: 0,
        }
    }
}

/// Who hands work to whom.
///
/// Source: van der Aalst, Reijers and Song, "Discovering social networks from event logs", *CSCW*
/// 14 (2005): hand-over of work between directly following events of a case.
#[derive(Debug, Clone)]
pub struct HandOvers {
    /// Names of those who work.
    pub workers: Names,
    /// How often work went from one to the other, by their numbers; staying with one counts too.
    pub counts: BTreeMap<(u32, u32), u64>,
    /// Pairs of events of which one or both do not say who worked.
    pub unknown: u64,
}

/// Hand-overs by the event attribute `who`, such as [`crate::RESOURCE`].
///
/// # Errors
/// When events have no such attribute.
pub fn hand_overs(log: &EventLog, who: &str) -> Result<HandOvers, LogError> {
    let column = log.event_column(who).ok_or(LogError::Unknown {
        what: "event attribute",
        name: who.to_owned(),
    })?;
    let mut workers = Names::new();
    let numbers: Vec<Option<u32>> = (0..log.event_count())
        .map(|event| Some(workers.intern(&column.value(event)?.to_text())))
        .collect();
    let mut counts = BTreeMap::new();
    let mut unknown = 0;
    for events in log.cases() {
        for pair in numbers[events].windows(2) {
            match (pair[0], pair[1]) {
                (Some(from), Some(to)) => *counts.entry((from, to)).or_default() += 1,
                _ => unknown += 1,
            }
        }
    }
    Ok(HandOvers {
        workers,
        counts,
        unknown,
    })
}
