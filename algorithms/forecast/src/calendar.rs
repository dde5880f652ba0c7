//! What is known about days before they come: holidays, working days, closed days.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::Date;

use crate::series::days_between;

/// Unnamed holidays a year apart are the same feast when they lie this close to one another:
/// lunar feasts move by up to 19 days.
const SAME_FEAST_DAYS: i64 = 20;
/// The longest run of holidays that is treated day by day.
const RUN_DAYS_MAX: i64 = 10;

/// What is known about one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Day {
    /// A public holiday or feast.
    pub holiday: bool,
    /// Its name, equal from year to year; without one, feasts are matched by their dates.
    pub feast: Option<String>,
    /// Whether it is a working day where the weekday does not say so.
    pub working: Option<bool>,
    /// Nobody is served: the forecast is zero, and the past is not learnt from.
    pub closed: bool,
}

/// Days that differ from what their weekday says, past and future.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    days: BTreeMap<Date, Day>,
}

impl Calendar {
    /// A calendar without any special day.
    pub fn new() -> Calendar {
        Calendar::default()
    }

    /// Says what a day is, in place of what was said before.
    pub fn set(&mut self, date: Date, day: Day) {
        self.days.insert(date, day);
    }

    /// Adds to what is known of a day: a holiday stays one, a closed day stays closed.
    pub fn add(&mut self, date: Date, day: Day) {
        let known = self.days.entry(date).or_default();
        known.holiday |= day.holiday;
        known.closed |= day.closed;
        known.feast = day.feast.or_else(|| known.feast.take());
        known.working = day.working.or(known.working);
    }

    /// What is known of a day.
    pub fn get(&self, date: Date) -> Option<&Day> {
        self.days.get(&date)
    }

    pub(crate) fn is_closed(&self, date: Date) -> bool {
        self.get(date).is_some_and(|day| day.closed)
    }

    /// Runs of holidays in order, each with the number of the feast it repeats.
    pub(crate) fn runs(&self) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        let mut feasts = 0;
        for (&date, day) in self.days.iter().filter(|(_, day)| day.holiday) {
            let name = day.feast.as_deref();
            if let Some(last) = runs.last_mut()
                && days_between(last.first, date) == last.days
                && last.days < RUN_DAYS_MAX
                && name.is_none_or(|n| names.get(n) == Some(&last.feast))
                && name.is_some() == last.named
            {
                last.days += 1;
                continue;
            }
            let known = match name {
                Some(name) => names.get(name).copied(),
                None => year_before(&runs, date),
            };
            let feast = known.unwrap_or_else(|| {
                feasts += 1;
                feasts - 1
            });
            if let Some(name) = name {
                names.insert(name, feast);
            }
            runs.push(Run {
                first: date,
                days: 1,
                feast,
                named: name.is_some(),
            });
        }
        runs
    }
}

/// Holidays in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Run {
    pub(crate) first: Date,
    pub(crate) days: i64,
    pub(crate) feast: usize,
    named: bool,
}

fn year_before(runs: &[Run], date: Date) -> Option<usize> {
    let then = date.checked_sub(1.year()).ok()?;
    let apart = |run: &Run| days_between(then, run.first).abs();
    let near = runs
        .iter()
        .filter(|run| !run.named && apart(run) <= SAME_FEAST_DAYS);
    near.min_by_key(|run| apart(run)).map(|run| run.feast)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn holidays(dates: &[Date]) -> Calendar {
        let mut calendar = Calendar::new();
        for &date in dates {
            calendar.set(
                date,
                Day {
                    holiday: true,
                    ..Day::default()
                },
            );
        }
        calendar
    }

    #[test]
    fn a_feast_that_moves_is_the_same_feast() {
        let spring = [
            date(2023, 1, 22),
            date(2023, 1, 23),
            date(2024, 2, 10),
            date(2024, 2, 11),
        ];
        let runs = holidays(&spring).runs();
        assert_eq!(runs.len(), 2);
        assert_eq!((runs[0].feast, runs[0].days), (runs[1].feast, runs[1].days));
    }

    #[test]
    fn christmas_and_new_year_stay_apart() {
        let turn = [
            date(2011, 12, 26),
            date(2012, 1, 2),
            date(2012, 12, 25),
            date(2013, 1, 1),
        ];
        let feasts: Vec<usize> = holidays(&turn).runs().iter().map(|run| run.feast).collect();
        assert_eq!(feasts, [0, 1, 0, 1]);
    }
}
