//! Quoted against real: how good the waits were that customers were told. Pure.

use std::collections::BTreeMap;

use kernel::Date;

use super::Wait;

/// How a wait ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Called or served after so many minutes.
    Served(i64),
    /// Left, or did not come when called.
    Abandoned,
    /// Still waits.
    Open,
}

/// A wait that somebody was told, and how it ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The ticket's printed number.
    pub label: String,
    /// The line it stood in.
    pub line: String,
    /// The local day.
    pub day: Date,
    /// The local hour.
    pub hour: i64,
    /// The local time in words.
    pub time: String,
    /// The range told, when one could be.
    pub wait: Option<Wait>,
    /// The wait expected, in seconds.
    pub expected_seconds: Option<i64>,
    /// The model that told it.
    pub model: i64,
    /// People ahead then.
    pub people_ahead: i64,
    /// How it ended.
    pub outcome: Outcome,
}

impl Told {
    /// Minutes by which the real wait missed the range: 0 within it; `None` when it cannot be said.
    pub fn missed_minutes(&self) -> Option<i64> {
        let (wait, Outcome::Served(real)) = (self.wait?, self.outcome) else {
            return None;
        };
        Some((real - wait.max).max(wait.min - real).max(0))
    }

    fn error_minutes(&self) -> Option<i64> {
        let (wait, Outcome::Served(real)) = (self.wait?, self.outcome) else {
            return None;
        };
        let expected = self
            .expected_seconds
            .map_or(i64::midpoint(wait.min, wait.max), |s| s / 60);
        Some(real - expected)
    }
}

/// The figures of some waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reckoning {
    /// Numbers given out.
    pub count: i64,
    /// Of these, how many were told a range and were called.
    pub judged: i64,
    /// Of the judged, how many waited within the range.
    pub held: i64,
    /// Of the judged, how many waited longer than the range.
    pub longer: i64,
    /// Mean minutes told, in the middle of the range.
    pub quoted_minutes: Option<i64>,
    /// Mean minutes waited by those who were called.
    pub real_minutes: Option<i64>,
    /// Mean of the distance between the wait expected and the real one.
    pub error_minutes: Option<i64>,
    /// Mean of real less expected: above 0, people wait longer than they are told.
    pub bias_minutes: Option<i64>,
    /// Those who left or did not come when called.
    pub abandoned: i64,
}

impl Reckoning {
    /// The share of judged waits that held, in percent.
    pub fn coverage_percent(&self) -> Option<i64> {
        (self.judged > 0).then(|| (self.held * 100 + self.judged / 2) / self.judged)
    }

    /// The share of numbers that were given up, in percent.
    pub fn abandoned_percent(&self) -> Option<i64> {
        (self.count > 0).then(|| (self.abandoned * 100 + self.count / 2) / self.count)
    }
}

fn mean(values: &[i64]) -> Option<i64> {
    let count = i64::try_from(values.len())
        .ok()
        .filter(|count| *count > 0)?;
    let sum: i64 = values.iter().sum();
    // Rounded to the nearest, below nothing as well.
    Some((2 * sum + count).div_euclid(2 * count))
}

/// Reckons up some waits.
pub fn reckon<'t>(told: impl IntoIterator<Item = &'t Told>) -> Reckoning {
    let told: Vec<&Told> = told.into_iter().collect();
    let missed: Vec<(&Told, i64)> = told
        .iter()
        .filter_map(|told| Some((*told, told.missed_minutes()?)))
        .collect();
    let errors: Vec<i64> = told
        .iter()
        .filter_map(|told| told.error_minutes())
        .collect();
    let distances: Vec<i64> = errors.iter().map(|error| error.abs()).collect();
    let real: Vec<i64> = told
        .iter()
        .filter_map(|told| match told.outcome {
            Outcome::Served(minutes) => Some(minutes),
            _ => None,
        })
        .collect();
    let quoted: Vec<i64> = missed
        .iter()
        .filter_map(|(told, _)| told.wait.map(|wait| i64::midpoint(wait.min, wait.max)))
        .collect();
    let longer = missed
        .iter()
        .filter(|(told, _)| match (told.wait, told.outcome) {
            (Some(wait), Outcome::Served(real)) => real > wait.max,
            _ => false,
        });
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let abandoned = told
        .iter()
        .filter(|told| told.outcome == Outcome::Abandoned);
    Reckoning {
        count: count(told.len()),
        judged: count(missed.len()),
        held: count(missed.iter().filter(|(_, missed)| *missed == 0).count()),
        longer: count(longer.count()),
        quoted_minutes: mean(&quoted),
        real_minutes: mean(&real),
        error_minutes: mean(&distances),
        bias_minutes: mean(&errors),
        abandoned: count(abandoned.count()),
    }
}

fn grouped<K: Ord>(told: &[Told], key: impl Fn(&Told) -> K) -> Vec<(K, Reckoning)> {
    let mut groups: BTreeMap<K, Vec<&Told>> = BTreeMap::new();
    for one in told {
        groups.entry(key(one)).or_default().push(one);
    }
    let groups = groups.into_iter();
    groups.map(|(key, told)| (key, reckon(told))).collect()
}

/// By the local hour in which the number was taken.
pub fn by_hour(told: &[Told]) -> Vec<(i64, Reckoning)> {
    grouped(told, |told| told.hour)
}

/// By line.
pub fn by_line(told: &[Told]) -> Vec<(String, Reckoning)> {
    grouped(told, |told| told.line.clone())
}

/// By local day.
pub fn by_day(told: &[Told]) -> Vec<(Date, Reckoning)> {
    grouped(told, |told| told.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(min: i64, max: i64, outcome: Outcome) -> Told {
        Told {
            label: "A001".to_owned(),
            line: "A".to_owned(),
            day: Date::constant(2026, 11, 21),
            hour: 10,
            time: String::new(),
            wait: Some(Wait { min, max }),
            expected_seconds: None,
            model: 0,
            people_ahead: 2,
            outcome,
        }
    }

    #[test]
    fn what_held_what_was_longer_and_who_gave_up_are_counted_apart() {
        let all = [
            told(10, 20, Outcome::Served(20)),
            told(10, 20, Outcome::Served(26)),
            told(10, 20, Outcome::Served(8)),
            told(10, 20, Outcome::Abandoned),
            told(10, 20, Outcome::Open),
        ];
        let figures = reckon(&all);
        assert_eq!((figures.count, figures.judged, figures.held), (5, 3, 1));
        assert_eq!((figures.longer, figures.abandoned), (1, 1));
        assert_eq!(figures.coverage_percent(), Some(33));
        assert_eq!(figures.abandoned_percent(), Some(20));
        assert_eq!(figures.error_minutes, Some(8), "5, 11 and 7");
        assert_eq!(figures.bias_minutes, Some(3), "5, 11 and -7");
        assert_eq!(all[1].missed_minutes(), Some(6));
        assert_eq!(all[2].missed_minutes(), Some(2));
    }

    #[test]
    fn nothing_told_is_no_share_at_all() {
        assert_eq!(reckon(&[]).coverage_percent(), None);
        assert_eq!(reckon(&[]).error_minutes, None);
    }
}
