//! Dates that come again: every so many days, weeks or months, so often or until a day.

use jiff::{ToSpan, civil::Date};

/// How far apart the dates lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Every {
    /// So many days.
    Days(i32),
    /// So many weeks, on the weekday of the first date.
    Weeks(i32),
    /// So many months, on the day of the first date, or on the last day of a shorter month.
    Months(i32),
}

/// Where the dates end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// After so many dates, the first one included.
    Count(usize),
    /// With the last date on or before this one.
    Date(Date),
}

/// A rule of dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// The first date.
    pub first: Date,
    /// How far apart they lie; at least one unit.
    pub every: Every,
    /// Where they end.
    pub until: Until,
}

impl Repeat {
    /// The dates in order; `None` when they are more than `most`, or reach beyond the calendar.
    /// Each is counted from the first one, so that short months do not shift the later ones.
    pub fn dates(&self, most: usize) -> Option<Vec<Date>> {
        if matches!(self.until, Until::Count(count) if count > most) {
            return None;
        }
        let mut dates = Vec::new();
        loop {
            let done = match self.until {
                Until::Count(count) => dates.len() >= count,
                Until::Date(last) => self.date(dates.len())? > last,
            };
            if done {
                return Some(dates);
            }
            if dates.len() == most {
                return None;
            }
            dates.push(self.date(dates.len())?);
        }
    }

    fn date(&self, nth: usize) -> Option<Date> {
        let nth = i32::try_from(nth).ok()?;
        let span = match self.every {
            Every::Days(step) => nth.checked_mul(step.max(1))?.days(),
            Every::Weeks(step) => nth.checked_mul(step.max(1))?.weeks(),
            Every::Months(step) => nth.checked_mul(step.max(1))?.months(),
        };
        self.first.checked_add(span).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    fn dates(first: &str, every: Every, until: Until) -> Option<Vec<String>> {
        let repeat = Repeat {
            first: day(first),
            every,
            until,
        };
        Some(repeat.dates(5)?.iter().map(Date::to_string).collect())
    }

    #[test]
    fn every_second_week_keeps_the_weekday_and_ends_with_the_count() {
        let found = dates("2026-11-24", Every::Weeks(2), Until::Count(3));
        let wanted = ["2026-11-24", "2026-12-08", "2026-12-22"];
        assert_eq!(found, Some(wanted.map(str::to_owned).to_vec()));
    }

    #[test]
    fn the_end_of_a_month_stays_the_end_and_does_not_creep_forward() {
        let found = dates(
            "2026-12-31",
            Every::Months(1),
            Until::Date(day("2027-03-31")),
        );
        let wanted = ["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"];
        assert_eq!(found, Some(wanted.map(str::to_owned).to_vec()));
    }

    #[test]
    fn more_dates_than_allowed_are_none_and_not_some_of_them() {
        assert_eq!(dates("2026-11-24", Every::Days(1), Until::Count(6)), None);
        let far = Until::Date(day("9999-12-31"));
        assert_eq!(dates("2026-11-24", Every::Days(1), far), None);
        assert_eq!(
            dates("2026-11-24", Every::Days(1), Until::Count(0)),
            Some(Vec::new())
        );
    }
}
