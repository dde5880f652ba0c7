//! The directly-follows graph: which activity comes next, how often and after how long.
//!
//! Source: van der Aalst, *Process Mining: Data Science in Action*, 2nd ed., Springer 2016, ch. 6.

use std::collections::HashMap;
use std::ops::Range;

use crate::groups::{put, summaries};
use crate::parallel::{each, shares};
use crate::{EventLog, Micros, Names, Summary};

/// Which activity follows which, and with which activities cases begin and end.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Follows {
    /// Edges by count, the largest first; equal counts by the names of both ends.
    pub edges: Vec<Edge>,
    /// Cases that begin with each activity, by its number.
    pub starts: Vec<u64>,
    /// Cases that end with each activity, by its number.
    pub ends: Vec<u64>,
}

/// One activity directly followed by another in the same case.
///
/// Its time is the start of the second minus the end of the first, in microseconds; negative where
/// the two overlap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Edge {
    /// Number of the first activity.
    pub from: u32,
    /// Number of the second activity.
    pub to: u32,
    /// How often it happens.
    pub count: u64,
    /// In how many cases it happens at least once.
    pub cases: u64,
    /// Sum of the times.
    pub total: i128,
    /// Shortest time.
    pub min: Micros,
    /// Longest time.
    pub max: Micros,
    /// How many times are negative.
    pub negative: u64,
    /// Sum of the times, the negative ones as 0.
    pub total_clamped: i128,
    /// Exact quantiles, if they were asked for.
    pub times: Option<Summary>,
}

impl Edge {
    pub(crate) fn none(from: u32, to: u32) -> Self {
        Self {
            from,
            to,
            count: 0,
            cases: 0,
            total: 0,
            min: Micros::MAX,
            max: Micros::MIN,
            negative: 0,
            total_clamped: 0,
            times: None,
        }
    }

    pub(crate) fn add(&mut self, gap: Micros, new_in_case: bool) {
        self.count += 1;
        self.cases += u64::from(new_in_case);
        self.total += i128::from(gap);
        self.total_clamped += i128::from(gap.max(0));
        self.negative += u64::from(gap < 0);
        self.min = self.min.min(gap);
        self.max = self.max.max(gap);
    }

    /// Mean time in microseconds.
    pub fn mean(&self) -> f64 {
        self.total as f64 / self.count as f64
    }

    /// Mean time in microseconds, the negative ones as 0.
    pub fn mean_clamped(&self) -> f64 {
        self.total_clamped as f64 / self.count as f64
    }
}

impl Follows {
    /// Counts, means and bounds of every edge, on `threads` threads.
    pub fn counted(log: &EventLog, threads: usize) -> Self {
        let tallies = tally_all(log, &shares(log, threads));
        Merged::new(&tallies).into_follows(log, &tallies, None)
    }

    /// As [`Follows::counted`], and exact median, 90 % and 95 % quantile of every edge.
    ///
    /// Needs 8 bytes an event while it runs, for at most five million events at once.
    pub fn timed(log: &EventLog, threads: usize) -> Self {
        let shares = shares(log, threads);
        let tallies = tally_all(log, &shares);
        let merged = Merged::new(&tallies);
        let counts: Vec<Vec<u32>> = (0..tallies.len())
            .map(|share| merged.counts(share, &tallies[share]))
            .collect();
        let times = summaries(&counts, |share, places| {
            let (index, global) = (&tallies[share].index, &merged.global[share]);
            for case in shares[share].clone() {
                each_pair(log, case, |from, to, gap| {
                    let local = index.find(from, to).expect("counted before");
                    put(places, global[local as usize] as usize, gap);
                });
            }
        });
        merged.into_follows(log, &tallies, Some(times))
    }

    /// Puts the edges into their order.
    pub(crate) fn sorted(
        mut edges: Vec<Edge>,
        starts: Vec<u64>,
        ends: Vec<u64>,
        names: &Names,
    ) -> Self {
        let ranks = names.ranks();
        edges.sort_by_key(|edge| {
            let names = (ranks[edge.from as usize], ranks[edge.to as usize]);
            (std::cmp::Reverse(edge.count), names)
        });
        Self {
            edges,
            starts,
            ends,
        }
    }

    /// The edge between two activities.
    pub fn edge(&self, from: u32, to: u32) -> Option<&Edge> {
        self.edges.iter().find(|e| (e.from, e.to) == (from, to))
    }

    /// How many directly-follows pairs the log has.
    pub fn transitions(&self) -> u64 {
        self.edges.iter().map(|edge| edge.count).sum()
    }
}

/// Calls `visit` with both activities and the time of each pair in a case.
fn each_pair(log: &EventLog, case: usize, mut visit: impl FnMut(u32, u32, Micros)) {
    let range = log.case_events(case);
    let activities = &log.activities()[range.clone()];
    let starts = &log.starts()[range.clone()];
    let pairs = activities.windows(2).zip(starts.windows(2));
    let Some(lengths) = &log.lengths else {
        return pairs.for_each(|(pair, times)| visit(pair[0], pair[1], times[1] - times[0]));
    };
    for (event, (pair, times)) in range.zip(pairs) {
        let gap = times[1] - times[0] - lengths.get(event);
        visit(pair[0], pair[1], gap);
    }
}

/// What one thread has counted.
struct Tally {
    index: Index,
    edges: Vec<Count>,
    starts: Vec<u64>,
    ends: Vec<u64>,
}

#[derive(Clone, Copy)]
struct Count {
    from: u32,
    to: u32,
    count: u32,
    cases: u32,
    negative: u32,
    last_case: u32,
    total: i128,
    total_negative: i128,
    min: Micros,
    max: Micros,
}

impl Count {
    fn new(from: u32, to: u32) -> Self {
        Self {
            from,
            to,
            count: 0,
            cases: 0,
            negative: 0,
            last_case: u32::MAX,
            total: 0,
            total_negative: 0,
            min: Micros::MAX,
            max: Micros::MIN,
        }
    }

    fn add(&mut self, case: u32, gap: Micros) {
        self.count += 1;
        self.cases += u32::from(self.last_case != case);
        self.last_case = case;
        self.total += i128::from(gap);
        self.min = self.min.min(gap);
        self.max = self.max.max(gap);
        if gap < 0 {
            self.negative += 1;
            self.total_negative += i128::from(gap);
        }
    }
}

fn tally_all(log: &EventLog, shares: &[Range<usize>]) -> Vec<Tally> {
    each(shares.to_vec(), |cases| tally(log, cases))
}

fn tally(log: &EventLog, cases: Range<usize>) -> Tally {
    let activities = log.activity_names().len();
    let mut index = Index::new(activities);
    let mut edges: Vec<Count> = Vec::new();
    let (mut starts, mut ends) = (vec![0; activities], vec![0; activities]);
    for case in cases {
        let range = log.case_events(case);
        let (Some(&first), Some(&last)) = (
            log.activities()[range.clone()].first(),
            log.activities()[range].last(),
        ) else {
            continue;
        };
        starts[first as usize] += 1;
        ends[last as usize] += 1;
        each_pair(log, case, |from, to, gap| {
            let id = index.find_or_add(from, to, edges.len());
            if id == edges.len() {
                edges.push(Count::new(from, to));
            }
            edges[id].add(case as u32, gap);
        });
    }
    Tally {
        index,
        edges,
        starts,
        ends,
    }
}

/// Numbers for pairs of activities: a square table while it is small, else a hash map.
enum Index {
    Square { side: usize, ids: Vec<u32> },
    Sparse(HashMap<(u32, u32), u32>),
}

/// Up to this many activities the square takes at most 4 MiB.
const SQUARE_SIDE_MAX: usize = 1024;
const NONE: u32 = u32::MAX;

impl Index {
    fn new(activities: usize) -> Self {
        if activities <= SQUARE_SIDE_MAX {
            Self::Square {
                side: activities,
                ids: vec![NONE; activities * activities],
            }
        } else {
            Self::Sparse(HashMap::new())
        }
    }

    fn find(&self, from: u32, to: u32) -> Option<u32> {
        match self {
            Self::Square { side, ids } => {
                Some(ids[from as usize * side + to as usize]).filter(|&id| id != NONE)
            }
            Self::Sparse(ids) => ids.get(&(from, to)).copied(),
        }
    }

    fn find_or_add(&mut self, from: u32, to: u32, next: usize) -> usize {
        let id = match self {
            Self::Square { side, ids } => &mut ids[from as usize * *side + to as usize],
            Self::Sparse(ids) => ids.entry((from, to)).or_insert(NONE),
        };
        if *id == NONE {
            *id = next as u32;
        }
        *id as usize
    }
}

/// One number for each edge, whichever thread saw it.
struct Merged {
    pairs: Vec<(u32, u32)>,
    global: Vec<Vec<u32>>,
}

impl Merged {
    fn new(tallies: &[Tally]) -> Self {
        let mut pairs: Vec<(u32, u32)> = tallies
            .iter()
            .flat_map(|tally| tally.edges.iter().map(|edge| (edge.from, edge.to)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let number = |edge: &Count| {
            let place = pairs.binary_search(&(edge.from, edge.to));
            place.expect("every edge was collected") as u32
        };
        let global = tallies
            .iter()
            .map(|tally| tally.edges.iter().map(number).collect())
            .collect();
        Self { pairs, global }
    }

    fn counts(&self, share: usize, tally: &Tally) -> Vec<u32> {
        let mut counts = vec![0; self.pairs.len()];
        for (edge, &global) in tally.edges.iter().zip(&self.global[share]) {
            counts[global as usize] = edge.count;
        }
        counts
    }

    fn into_follows(
        self,
        log: &EventLog,
        tallies: &[Tally],
        times: Option<Vec<Option<Summary>>>,
    ) -> Follows {
        let mut edges: Vec<Edge> = self
            .pairs
            .iter()
            .map(|&(from, to)| Edge::none(from, to))
            .collect();
        let activities = log.activity_names().len();
        let (mut starts, mut ends) = (vec![0; activities], vec![0; activities]);
        for (tally, global) in tallies.iter().zip(&self.global) {
            for (count, &global) in tally.edges.iter().zip(global) {
                add(&mut edges[global as usize], count);
            }
            for activity in 0..activities {
                starts[activity] += tally.starts[activity];
                ends[activity] += tally.ends[activity];
            }
        }
        for (edge, times) in edges.iter_mut().zip(times.into_iter().flatten()) {
            edge.times = times;
        }
        Follows::sorted(edges, starts, ends, log.activity_names())
    }
}

fn add(edge: &mut Edge, count: &Count) {
    edge.count += u64::from(count.count);
    edge.cases += u64::from(count.cases);
    edge.negative += u64::from(count.negative);
    edge.total += count.total;
    edge.total_clamped += count.total - count.total_negative;
    edge.min = edge.min.min(count.min);
    edge.max = edge.max.max(count.max);
}
