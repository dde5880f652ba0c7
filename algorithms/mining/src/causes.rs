//! Root causes: which attribute value separates the cases that went wrong from the others.
//!
//! Each value is held against all other cases. What is found is an association with its count, size
//! and interval, never a proof; the probability is corrected for how many values were tried.

use std::collections::{BTreeMap, BTreeSet};

use crate::chance::{Share, ShareTest, compare_shares, correct};
use crate::{Column, EventLog, Micros, Summary, Value};

/// A property of cases and how much more often those that have it went wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Cause {
    /// What kind of property: the name of an attribute or of an added property.
    pub attribute: String,
    /// Its value; numbers as the quarter they fall into.
    pub value: String,
    /// Cases with the value that went wrong, among the cases with the value.
    pub with: Share,
    /// Cases without the value that went wrong, among the cases without it.
    pub without: Share,
    /// Difference of the shares with interval and test.
    pub test: ShareTest,
    /// Probability corrected by Benjamini and Hochberg over all values tried.
    pub corrected: f64,
    /// How much of all that went wrong would not have, if the cases with the value had gone wrong
    /// as often as the others: the population attributable fraction (Levin 1953), at least 0.
    pub attributable: f64,
}

/// Properties of cases: for each attribute and case, the values it has.
#[derive(Debug, Clone, Default)]
pub struct Properties {
    by_attribute: BTreeMap<String, BTreeMap<String, Vec<u32>>>,
    cases: usize,
}

impl Properties {
    /// The attributes of cases and events of `log`. A case has each value of its events once;
    /// numbers become quarters of their range of ranks.
    ///
    /// Attributes with more than `values_max` different values, such as names and ids, are left
    /// out.
    pub fn of(log: &EventLog, values_max: usize) -> Self {
        let mut properties = Self {
            by_attribute: BTreeMap::new(),
            cases: log.case_count(),
        };
        for (name, column) in log.case_columns().iter() {
            let value_of = reader(column, log.case_count());
            properties.add_values(name, |case| value_of(case).into_iter().collect());
        }
        for (name, column) in log.event_columns().iter() {
            let value_of = reader(column, log.event_count());
            properties.add_values(name, |case| {
                log.case_events(case).filter_map(&value_of).collect()
            });
        }
        properties
            .by_attribute
            .retain(|_, values| values.len() <= values_max);
        properties
    }

    /// Adds a property of the caller's own, such as the weekday in the shop's zone.
    pub fn add(&mut self, attribute: &str, value_of: impl Fn(usize) -> Option<String>) {
        self.add_values(attribute, |case| value_of(case).into_iter().collect());
    }

    /// Adds what happened just before the first `activity` of each case.
    pub fn add_previous_step(&mut self, log: &EventLog, activity: u32) {
        self.add("previous step", |case| {
            let events = log.case_events(case);
            let activities = &log.activities()[events];
            let place = activities.iter().position(|&a| a == activity)?;
            let before = activities.get(place.checked_sub(1)?)?;
            Some(log.activity_names().name(*before).to_owned())
        });
    }

    fn add_values(&mut self, attribute: &str, values: impl Fn(usize) -> BTreeSet<String>) {
        let by_value = self.by_attribute.entry(attribute.to_owned()).or_default();
        for case in 0..self.cases {
            for value in values(case) {
                by_value.entry(value).or_default().push(case as u32);
            }
        }
    }
}

/// Reads values as text, numbers and times as quarters.
fn reader(column: &Column, rows: usize) -> impl Fn(usize) -> Option<String> {
    let number = |value| match value {
        Value::Integer(number) | Value::Time(number) => Some(number as f64),
        Value::Real(number) => Some(number),
        Value::Text(_) | Value::Flag(_) => None,
    };
    let mut numbers: Vec<f64> = (0..rows)
        .filter_map(|row| number(column.value(row)?))
        .collect();
    numbers.sort_unstable_by(f64::total_cmp);
    let mut bounds: Vec<f64> = (1..=4)
        .filter_map(|quarter| numbers.get(quarter * numbers.len().saturating_sub(1) / 4))
        .copied()
        .collect();
    bounds.dedup();
    move |row| {
        let value = column.value(row)?;
        let Some(number) = number(value) else {
            return Some(value.to_text());
        };
        let above = bounds.partition_point(|&bound| bound < number);
        Some(match above.checked_sub(1) {
            None => format!("up to {}", bounds[above]),
            Some(below) => format!("over {} to {}", bounds[below], bounds[above]),
        })
    }
}

/// The values that separate the cases that went wrong, the strongest first.
///
/// `wrong` says of each case whether it went wrong; `None` leaves the case out. Values of fewer
/// than `support_min` cases are not tried.
///
/// # Panics
/// When `wrong` is shorter than the number of cases of the log that `properties` was made from.
pub fn causes(properties: &Properties, wrong: &[Option<bool>], support_min: u64) -> Vec<Cause> {
    let all = share(0..properties.cases, wrong);
    let mut found = Vec::new();
    for (attribute, values) in &properties.by_attribute {
        for (value, cases) in values {
            let with = share(cases.iter().map(|&case| case as usize), wrong);
            let without = Share {
                hits: all.hits - with.hits,
                of: all.of - with.of,
            };
            if with.of < support_min.max(1) {
                continue;
            }
            let Some(test) = compare_shares(with, without) else {
                continue;
            };
            let expected = without.ratio() * with.of as f64;
            found.push(Cause {
                attribute: attribute.clone(),
                value: value.clone(),
                with,
                without,
                test,
                corrected: 1.0,
                attributable: match all.hits {
                    0 => 0.0,
                    hits => ((with.hits as f64 - expected) / hits as f64).max(0.0),
                },
            });
        }
    }
    let corrected = correct(&found.iter().map(|cause| cause.test.p).collect::<Vec<_>>());
    for (cause, corrected) in found.iter_mut().zip(corrected) {
        cause.corrected = corrected;
    }
    // By the end of the interval nearer to no difference: large and certain comes first.
    let sure = |cause: &Cause| {
        let (low, high) = cause.test.interval;
        if low > 0.0 { low } else { (-high).max(0.0) }
    };
    found.sort_by(|a, b| {
        let by_size = sure(b).total_cmp(&sure(a));
        by_size.then(a.corrected.total_cmp(&b.corrected))
    });
    found
}

fn share(cases: impl Iterator<Item = usize>, wrong: &[Option<bool>]) -> Share {
    let mut share = Share::default();
    for wrong in cases.filter_map(|case| wrong[case]) {
        share.of += 1;
        share.hits += u64::from(wrong);
    }
    share
}

/// Whether each case took longer than `limit`, in microseconds; `None` for a case without events.
pub fn slower_than(log: &EventLog, limit: Micros) -> Vec<Option<bool>> {
    (0..log.case_count())
        .map(|case| log.case_span(case).map(|(start, end)| end - start > limit))
        .collect()
}

/// Whether each case is among the slowest tenth; `None` for a case without events.
pub fn slowest_tenth(log: &EventLog) -> Vec<Option<bool>> {
    let mut durations: Vec<Micros> = (0..log.case_count())
        .filter_map(|case| log.case_span(case).map(|(start, end)| end - start))
        .collect();
    match Summary::of(&mut durations) {
        Some(durations) => slower_than(log, durations.p90.ceil() as Micros),
        None => vec![None; log.case_count()],
    }
}

/// Whether each case repeats an activity; `None` for a case without events.
pub fn reworked(log: &EventLog) -> Vec<Option<bool>> {
    log.cases()
        .map(|events| {
            let mut activities = log.activities()[events].to_vec();
            activities.sort_unstable();
            let repeats = activities.windows(2).any(|pair| pair[0] == pair[1]);
            (!activities.is_empty()).then_some(repeats)
        })
        .collect()
}

/// Whether each case contains an activity, such as "Cancelled"; `None` for a case without events.
pub fn containing(log: &EventLog, activity: u32) -> Vec<Option<bool>> {
    log.cases()
        .map(|events| {
            let activities = &log.activities()[events];
            (!activities.is_empty()).then(|| activities.contains(&activity))
        })
        .collect()
}
