//! A series of demand on a regular grid of civil time.

use std::fmt;

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

mod together;

pub use together::Row;

/// Most slots a series may span: 20 years of quarters of an hour.
const SLOTS_MAX: usize = 701_280;
/// Most slots that several series may have in all.
const SLOTS_TOGETHER_MAX: usize = 50_000_000;
/// Shortest slot that is guessed from the times themselves, in minutes.
const MINUTES_MIN: i64 = 5;
const DAY_MINUTES: i64 = 24 * 60;

/// The length of one slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Minutes that divide a day.
    Minutes(u32),
    /// One day.
    Day,
    /// Seven days.
    Week,
    /// One calendar month.
    Month,
}

impl Step {
    /// Slots in one block: a day for minutes, else one.
    pub(crate) fn slots_per_block(self) -> usize {
        match self {
            Step::Minutes(minutes) => (24 * 60 / minutes) as usize,
            _ => 1,
        }
    }

    /// Slots in the season by which errors are scaled: a week, or a year of weeks or months.
    pub fn season(self) -> usize {
        match self {
            Step::Minutes(_) => 7 * self.slots_per_block(),
            Step::Day => 7,
            Step::Week => 52,
            Step::Month => 12,
        }
    }

    /// `hour`, `day`, `week`, `month` or minutes such as `30min`.
    pub fn parse(text: &str) -> Option<Step> {
        match text {
            "hour" => Some(Step::Minutes(60)),
            "day" => Some(Step::Day),
            "week" => Some(Step::Week),
            "month" => Some(Step::Month),
            _ => {
                let minutes: u32 = text.strip_suffix("min")?.parse().ok()?;
                (minutes > 0 && 24 * 60 % minutes == 0).then_some(Step::Minutes(minutes))
            }
        }
    }

    fn span(self, count: usize) -> Span {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        match self {
            Step::Minutes(minutes) => (i64::from(minutes) * count).minutes(),
            Step::Day => count.days(),
            Step::Week => (7 * count).days(),
            Step::Month => count.months(),
        }
    }

    /// The date so many steps after another.
    pub(crate) fn date_after(self, first: Date, count: usize) -> Date {
        first.checked_add(self.span(count)).unwrap_or(Date::MAX)
    }

    /// The beginning of the slot that holds `at`, with weeks from `first`'s weekday.
    fn floor(self, at: DateTime, first: DateTime) -> DateTime {
        match self {
            Step::Minutes(minutes) => {
                let of_day = minute_of_day(at) / i64::from(minutes) * i64::from(minutes);
                at.date().at(0, 0, 0, 0) + of_day.minutes()
            }
            Step::Day => at.date().at(0, 0, 0, 0),
            Step::Week => {
                let days = days_between(first.date(), at.date()).div_euclid(7) * 7;
                first.date().at(0, 0, 0, 0) + days.days()
            }
            Step::Month => at.date().first_of_month().at(0, 0, 0, 0),
        }
    }

    /// How many whole slots lie between two slot beginnings.
    fn distance(self, from: DateTime, to: DateTime) -> Option<usize> {
        let count = match self {
            Step::Minutes(minutes) => {
                let days = days_between(from.date(), to.date());
                let all = days * DAY_MINUTES + minute_of_day(to) - minute_of_day(from);
                all / i64::from(minutes)
            }
            Step::Day => days_between(from.date(), to.date()),
            Step::Week => days_between(from.date(), to.date()) / 7,
            Step::Month => {
                let years = i64::from(to.year()) - i64::from(from.year());
                years * 12 + i64::from(to.month()) - i64::from(from.month())
            }
        };
        usize::try_from(count).ok()
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Step::Minutes(60) => f.write_str("hour"),
            Step::Minutes(minutes) => write!(f, "{minutes}min"),
            Step::Day => f.write_str("day"),
            Step::Week => f.write_str("week"),
            Step::Month => f.write_str("month"),
        }
    }
}

pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    i64::from((to - from).get_days())
}

fn minute_of_day(at: DateTime) -> i64 {
    i64::from(at.hour()) * 60 + i64::from(at.minute())
}

/// Demand on a regular grid: one value a slot, zero where nothing was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    start: DateTime,
    step: Step,
    values: Vec<f64>,
    filled: usize,
}

/// Why rows are not a series. Rows are counted from zero.
#[derive(Debug, Clone, PartialEq)]
pub enum SeriesError {
    /// There are no rows.
    Empty,
    /// A value that is no number, or infinite.
    NotFinite {
        /// The row.
        row: usize,
    },
    /// Demand below zero.
    Negative {
        /// The row.
        row: usize,
        /// What stands there.
        value: f64,
    },
    /// Two rows for one slot.
    Twice {
        /// The later row.
        row: usize,
        /// The earlier row.
        first: usize,
        /// The slot they share.
        at: DateTime,
    },
    /// The times are on no common grid of five minutes or more.
    Irregular {
        /// A row beside the grid.
        row: usize,
        /// Its time.
        at: DateTime,
    },
    /// The rows span more slots than one series may have.
    TooLong {
        /// How many slots they span.
        slots: usize,
        /// First time.
        first: DateTime,
        /// Last time.
        last: DateTime,
    },
    /// Several series span more slots than they may have in all.
    TooMany {
        /// How many series.
        series: usize,
        /// How many slots each would span.
        slots: usize,
    },
}

impl SeriesError {
    /// The row to blame, counted from zero.
    pub fn row(&self) -> Option<usize> {
        match self {
            SeriesError::NotFinite { row }
            | SeriesError::Negative { row, .. }
            | SeriesError::Twice { row, .. }
            | SeriesError::Irregular { row, .. } => Some(*row),
            SeriesError::Empty | SeriesError::TooLong { .. } | SeriesError::TooMany { .. } => None,
        }
    }
}

impl fmt::Display for SeriesError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SeriesError::Empty => f.write_str("there are no rows; at least eight are needed"),
            SeriesError::NotFinite { .. } => {
                f.write_str("the value is not a finite number; zero or more is allowed")
            }
            SeriesError::Negative { value, .. } => {
                write!(f, "{value} is below zero; demand is zero or more")
            }
            SeriesError::Twice { at, .. } => write!(
                f,
                "{at} is given twice; give each slot once, or name a slot so that rows are added up"
            ),
            SeriesError::Irregular { at, .. } => write!(
                f,
                "{at} is on no regular grid of five minutes or more; \
                 name a slot (hour, day, week, month, 30min) so that rows are added up"
            ),
            SeriesError::TooLong { slots, first, last } => write!(
                f,
                "from {first} to {last} are {slots} slots, at most {SLOTS_MAX} are allowed; \
                 look for a wrong year, or name a longer slot"
            ),
            SeriesError::TooMany { series, slots } => write!(
                f,
                "{series} series of {slots} slots are more than {SLOTS_TOGETHER_MAX} slots in all; \
                 name a longer slot, or give fewer series at a time"
            ),
        }
    }
}

impl std::error::Error for SeriesError {}

impl Series {
    /// Values from `start` on, one a step.
    ///
    /// # Errors
    /// Names the first value that is not zero or more.
    pub fn new(start: DateTime, step: Step, values: Vec<f64>) -> Result<Series, SeriesError> {
        if values.is_empty() {
            return Err(SeriesError::Empty);
        }
        values
            .iter()
            .enumerate()
            .try_for_each(|(row, &value)| check(row, value))?;
        if values.len() > SLOTS_MAX {
            let last = start + step.span(values.len() - 1);
            return Err(SeriesError::TooLong {
                slots: values.len(),
                first: start,
                last,
            });
        }
        Ok(Series {
            start,
            step,
            values,
            filled: 0,
        })
    }

    /// Rows in any order, put on the grid their times suggest.
    ///
    /// A slot without a row had no demand: it counts as zero (see [`Series::filled`]).
    ///
    /// # Errors
    /// Names the row and what is allowed.
    pub fn from_rows(rows: &[(DateTime, f64)]) -> Result<Series, SeriesError> {
        rows.iter()
            .enumerate()
            .try_for_each(|(row, &(_, value))| check(row, value))?;
        let (first, _) = ends(rows)?;
        let step = guess(rows, first)?;
        Series::on_grid(rows, step, false)
    }

    /// Rows in any order and at any times, added up by slot.
    ///
    /// # Errors
    /// Names the row and what is allowed.
    pub fn summed(rows: &[(DateTime, f64)], step: Step) -> Result<Series, SeriesError> {
        rows.iter()
            .enumerate()
            .try_for_each(|(row, &(_, value))| check(row, value))?;
        Series::on_grid(rows, step, true)
    }

    fn on_grid(rows: &[(DateTime, f64)], step: Step, add: bool) -> Result<Series, SeriesError> {
        let (first, last) = ends(rows)?;
        let start = step.floor(first, first);
        let place = |at: DateTime| step.distance(start, step.floor(at, first)).unwrap_or(0);
        let slots = place(last) + 1;
        if slots > SLOTS_MAX {
            return Err(SeriesError::TooLong { slots, first, last });
        }
        let mut values = vec![0.0; slots];
        let mut seen: Vec<Option<usize>> = vec![None; slots];
        for (row, &(at, value)) in rows.iter().enumerate() {
            let slot = place(at);
            if let (Some(first), false) = (seen[slot], add) {
                return Err(SeriesError::Twice { row, first, at });
            }
            seen[slot] = seen[slot].or(Some(row));
            values[slot] += value;
        }
        let filled = seen.iter().filter(|s| s.is_none()).count();
        Ok(Series {
            start,
            step,
            values,
            filled,
        })
    }

    /// The first slot's beginning.
    pub fn start(&self) -> DateTime {
        self.start
    }

    /// The length of a slot.
    pub fn step(&self) -> Step {
        self.step
    }

    /// One value a slot, none missing.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Slots that had no row and count as zero.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// The beginning of a slot, which may lie in the future.
    pub fn at(&self, slot: usize) -> DateTime {
        self.start
            .checked_add(self.step.span(slot))
            .unwrap_or(DateTime::MAX)
    }

    /// The same series up to (without) a slot.
    pub fn until(&self, slot: usize) -> Series {
        let values = self.values[..slot.min(self.values.len())].to_vec();
        Series {
            values,
            ..self.clone()
        }
    }
}

fn check(row: usize, value: f64) -> Result<(), SeriesError> {
    match value {
        v if !v.is_finite() => Err(SeriesError::NotFinite { row }),
        v if v < 0.0 => Err(SeriesError::Negative { row, value }),
        _ => Ok(()),
    }
}

fn ends(rows: &[(DateTime, f64)]) -> Result<(DateTime, DateTime), SeriesError> {
    let times = || rows.iter().map(|row| row.0);
    times().min().zip(times().max()).ok_or(SeriesError::Empty)
}

/// The step that fits every time: the largest common one.
fn guess(rows: &[(DateTime, f64)], first: DateTime) -> Result<Step, SeriesError> {
    let minute = minute_of_day(first);
    let sub_daily = rows
        .iter()
        .any(|row| minute_of_day(row.0) != minute || row.0.second() != 0);
    if sub_daily {
        return guess_minutes(rows, first);
    }
    let days = rows
        .iter()
        .map(|row| days_between(first.date(), row.0.date()));
    let common = days.fold(0, common_divisor);
    let monthly = rows.len() > 2 && rows.iter().all(|row| row.0.day() == 1) && common != 7;
    Ok(match common {
        _ if monthly => Step::Month,
        c if c > 0 && c % 7 == 0 && rows.len() > 2 => Step::Week,
        _ => Step::Day,
    })
}

fn guess_minutes(rows: &[(DateTime, f64)], first: DateTime) -> Result<Step, SeriesError> {
    let mut common = DAY_MINUTES;
    for (row, &(at, _)) in rows.iter().enumerate() {
        // From midnight, not from the first row, so that slots begin with the hour.
        common = common_divisor(common, minute_of_day(at));
        if common < MINUTES_MIN || at.second() != 0 || at.subsec_nanosecond() != 0 {
            return Err(SeriesError::Irregular { row, at });
        }
    }
    let minutes =
        u32::try_from(common).map_err(|_| SeriesError::Irregular { row: 0, at: first })?;
    Ok(if common == DAY_MINUTES {
        Step::Day
    } else {
        Step::Minutes(minutes)
    })
}

fn common_divisor(a: i64, b: i64) -> i64 {
    if b == 0 {
        a.abs()
    } else {
        common_divisor(b, a % b)
    }
}
