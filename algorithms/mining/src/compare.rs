//! Two logs side by side: what differs beyond chance.

use std::collections::BTreeMap;

use crate::chance::{RankTest, Share, ShareTest, compare_shares, compare_values, correct};
use crate::{EventLog, Micros, Names, Summary};

/// What differs between a first and a second log.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Duration of cases.
    pub duration: Difference,
    /// Activities in code-point order; their times are the work where the log has ends.
    pub activities: Vec<(String, Difference)>,
    /// Directly-follows pairs in code-point order.
    pub edges: Vec<((String, String), Difference)>,
}

/// How often something happens in both logs, and how long it takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// Cases of the first log that have it.
    pub first: Share,
    /// Cases of the second log that have it.
    pub second: Share,
    /// Occurrences in the first log.
    pub first_count: u64,
    /// Occurrences in the second log.
    pub second_count: u64,
    /// Median time in the first log, in microseconds.
    pub first_median: Option<f64>,
    /// Median time in the second log, in microseconds.
    pub second_median: Option<f64>,
    /// Whether the shares of cases differ.
    pub frequency: Option<Tested<ShareTest>>,
    /// Whether the times differ.
    pub time: Option<Tested<RankTest>>,
}

/// A test and its probability corrected for all tests of the comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tested<T> {
    /// The test by itself.
    pub test: T,
    /// Probability corrected by Benjamini and Hochberg over every test made.
    pub corrected: f64,
}

/// Compares two logs: activities and pairs are the same if their names are.
pub fn compare(first: &EventLog, second: &EventLog) -> Comparison {
    let mut names = Names::new();
    let mut sides = [first, second].map(|log| Measured::of(log, &mut names));
    let cases = sides.each_ref().map(|side| side.durations.len() as u64);
    let duration = Difference {
        frequency: None,
        ..Occurrences::all(&mut sides).against(cases)
    };
    let mut activities = Vec::new();
    for (key, found) in pair(
        sides
            .each_mut()
            .map(|side| std::mem::take(&mut side.activities)),
    ) {
        activities.push((names.name(key).to_owned(), found.against(cases)));
    }
    let mut edges = Vec::new();
    for ((from, to), found) in pair(sides.map(|side| side.edges)) {
        let ends = (names.name(from).to_owned(), names.name(to).to_owned());
        edges.push((ends, found.against(cases)));
    }
    activities.sort_by(|x, y| x.0.cmp(&y.0));
    edges.sort_by(|x, y| x.0.cmp(&y.0));
    let mut comparison = Comparison {
        duration,
        activities,
        edges,
    };
    comparison.correct();
    comparison
}

impl Comparison {
    /// Corrects all probabilities as one family of tests.
    fn correct(&mut self) {
        let activities = self.activities.iter_mut().map(|(_, difference)| difference);
        let edges = self.edges.iter_mut().map(|(_, difference)| difference);
        let all = std::iter::once(&mut self.duration)
            .chain(activities)
            .chain(edges);
        let mut probabilities = Vec::new();
        let mut corrected = Vec::new();
        for difference in all {
            if let Some(frequency) = &mut difference.frequency {
                probabilities.push(frequency.test.p);
                corrected.push(&mut frequency.corrected);
            }
            if let Some(time) = &mut difference.time {
                probabilities.push(time.test.p);
                corrected.push(&mut time.corrected);
            }
        }
        for (place, value) in corrected.into_iter().zip(correct(&probabilities)) {
            *place = value;
        }
    }
}

/// Occurrences of one thing in one log.
#[derive(Default)]
struct Occurrences {
    cases: u64,
    last_case: Option<usize>,
    count: u64,
    times: Vec<Micros>,
}

impl Occurrences {
    fn add(&mut self, case: usize, time: Option<Micros>) {
        self.count += 1;
        self.cases += u64::from(self.last_case != Some(case));
        self.last_case = Some(case);
        self.times.extend(time);
    }

    /// The cases themselves, each once with its duration.
    fn all(sides: &mut [Measured; 2]) -> Both {
        Both(sides.each_mut().map(|side| Self {
            cases: side.durations.len() as u64,
            last_case: None,
            count: side.durations.len() as u64,
            times: std::mem::take(&mut side.durations),
        }))
    }
}

/// Occurrences of one thing in both logs.
#[derive(Default)]
struct Both([Occurrences; 2]);

impl Both {
    fn against(mut self, cases: [u64; 2]) -> Difference {
        let time = compare_values(&self.0[0].times, &self.0[1].times);
        let median = |times: &mut Vec<Micros>| Summary::of(times).map(|times| times.median);
        let [first_median, second_median] = self.0.each_mut().map(|side| median(&mut side.times));
        let [a, b] = self.0;
        let (first, second) = (
            Share {
                hits: a.cases,
                of: cases[0],
            },
            Share {
                hits: b.cases,
                of: cases[1],
            },
        );
        Difference {
            first,
            second,
            first_count: a.count,
            second_count: b.count,
            first_median,
            second_median,
            frequency: compare_shares(first, second).map(Tested::new),
            time: time.map(Tested::new),
        }
    }
}

impl<T> Tested<T> {
    fn new(test: T) -> Self {
        Self {
            test,
            corrected: 1.0,
        }
    }
}

type ByKey<K> = BTreeMap<K, Occurrences>;

fn pair<K: Ord>(sides: [ByKey<K>; 2]) -> BTreeMap<K, Both> {
    let mut pairs: BTreeMap<K, Both> = BTreeMap::new();
    for (place, side) in sides.into_iter().enumerate() {
        for (key, found) in side {
            pairs.entry(key).or_default().0[place] = found;
        }
    }
    pairs
}

/// What one log has, by names that both logs share.
struct Measured {
    durations: Vec<Micros>,
    activities: ByKey<u32>,
    edges: ByKey<(u32, u32)>,
}

impl Measured {
    fn of(log: &EventLog, names: &mut Names) -> Self {
        let shared: Vec<u32> = log
            .activity_names()
            .iter()
            .map(|n| names.intern(n))
            .collect();
        let name = |event: usize| shared[log.activities()[event] as usize];
        let mut measured = Self {
            durations: Vec::new(),
            activities: BTreeMap::new(),
            edges: BTreeMap::new(),
        };
        for (case, events) in log.cases().enumerate() {
            let span = log.case_span(case);
            measured
                .durations
                .extend(span.map(|(start, end)| end - start));
            for event in events.clone() {
                let work = log.has_ends().then(|| log.length(event));
                let activity = measured.activities.entry(name(event)).or_default();
                activity.add(case, work);
                if event > events.start {
                    let gap = log.starts()[event] - log.end(event - 1);
                    let edge = measured.edges.entry((name(event - 1), name(event)));
                    edge.or_default().add(case, Some(gap));
                }
            }
        }
        measured
    }
}
