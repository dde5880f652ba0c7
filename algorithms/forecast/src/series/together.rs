//! Several series on one grid, and their sums.

use std::collections::BTreeSet;

use jiff::civil::DateTime;

use super::{SLOTS_TOGETHER_MAX, Series, SeriesError, Step, check, ends, guess};
use crate::forecast::least;

/// A row of several series: the series' number, the time and the demand.
pub type Row = (usize, DateTime, f64);

impl Series {
    /// Rows of several series, numbered from zero, in any order, put on one grid.
    ///
    /// All end with the last row of any, since a slot without a row had no demand; each begins with
    /// its own first row, or as much earlier as a forecast needs. Rows are added up by `step`;
    /// without one, each slot has one row and the times suggest the step.
    ///
    /// # Errors
    /// Names the row and what is allowed.
    pub fn together(rows: &[Row], step: Option<Step>) -> Result<Vec<Series>, SeriesError> {
        for (row, &(_, _, value)) in rows.iter().enumerate() {
            check(row, value)?;
        }
        let times: Vec<(DateTime, f64)> = rows.iter().map(|row| (row.1, 0.0)).collect();
        let (first, _) = ends(&times)?;
        let step = match step {
            Some(step) => step,
            None => once_each(rows).and_then(|()| guess(&times, first))?,
        };
        let grid = Series::on_grid(&times, step, true)?;
        let slots = grid.values.len();
        let series = 1 + rows.iter().map(|row| row.0).max().unwrap_or(0);
        if slots.saturating_mul(series) > SLOTS_TOGETHER_MAX {
            return Err(SeriesError::TooMany { series, slots });
        }
        let mut values = vec![vec![None; slots]; series];
        for &(of, at, value) in rows {
            let slot = step.distance(grid.start, step.floor(at, first));
            *values[of][slot.unwrap_or(0)].get_or_insert(0.0) += value;
        }
        Ok(values.iter().map(|values| grid.with(values)).collect())
    }

    /// A series on this grid, from its first value on or as much earlier as a forecast needs.
    fn with(&self, values: &[Option<f64>]) -> Series {
        let latest = values.len().saturating_sub(least(self.step));
        let own = values.iter().position(Option::is_some);
        let begin = own.unwrap_or(latest).min(latest);
        let values = &values[begin..];
        Series {
            start: self.at(begin),
            step: self.step,
            filled: values.iter().filter(|value| value.is_none()).count(),
            values: values.iter().map(|value| value.unwrap_or(0.0)).collect(),
        }
    }

    /// The sum of series that end together, from the first slot of any; `None` without any.
    pub fn sum(parts: &[&Series]) -> Option<Series> {
        let longest = parts.iter().max_by_key(|part| part.values.len())?;
        let mut sum = Series::clone(longest);
        sum.values.fill(0.0);
        for part in parts {
            let skipped = sum.values.len() - part.values.len();
            for (sum, value) in sum.values[skipped..].iter_mut().zip(&part.values) {
                *sum += value;
            }
        }
        Some(sum)
    }
}

/// Refuses a second row of one series for one time.
fn once_each(rows: &[Row]) -> Result<(), SeriesError> {
    let mut seen = BTreeSet::new();
    for (row, &(of, at, _)) in rows.iter().enumerate() {
        if !seen.insert((of, at)) {
            let earlier = rows.iter().position(|row| (row.0, row.1) == (of, at));
            let first = earlier.unwrap_or(row);
            return Err(SeriesError::Twice { row, first, at });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn row(of: usize, day: i8, value: f64) -> Row {
        (of, date(2026, 1, day).at(0, 0, 0, 0), value)
    }

    #[test]
    fn series_begin_with_their_first_row_and_end_together() {
        let old = (1..=20).map(|day| row(0, day, 2.0));
        let new = (9..=18).map(|day| row(1, day, 5.0));
        let brief = [row(2, 19, 7.0)];
        let rows: Vec<Row> = old.chain(new).chain(brief).collect();
        let made = Series::together(&rows, None).expect("a grid of days");
        let starts: Vec<i8> = made.iter().map(|series| series.start().day()).collect();
        // The brief one has the eight slots that a forecast needs.
        assert_eq!(starts, [1, 9, 13]);
        assert_eq!(made[1].values()[8..], [5.0, 5.0, 0.0, 0.0]);
        assert_eq!((made[1].filled(), made[2].filled()), (2, 7));
        let sum = Series::sum(&made.iter().collect::<Vec<_>>()).expect("three parts");
        assert_eq!(sum.start(), made[0].start());
        assert_eq!(sum.values()[7..12], [2.0, 7.0, 7.0, 7.0, 7.0]);
        assert_eq!(sum.values()[17..], [7.0, 9.0, 2.0]);
        assert_eq!(Series::sum(&[]), None);
    }

    #[test]
    fn one_series_with_few_days_does_not_change_the_step() {
        let daily = (1..=28).map(|day| row(0, day, 1.0));
        let weekly = (0..4).map(|week| row(1, 1 + 7 * week, 1.0));
        let rows: Vec<Row> = daily.chain(weekly).collect();
        let made = Series::together(&rows, None).expect("a grid of days");
        assert_eq!((made[1].step(), made[1].values().len()), (Step::Day, 28));
        let weeks = Series::together(&rows, Some(Step::Week)).expect("a grid of weeks");
        assert_eq!(weeks[0].values(), [7.0; 4]);
    }

    #[test]
    fn two_rows_of_one_series_for_one_time_and_too_many_slots_are_refused() {
        let twice = [row(0, 1, 1.0), row(1, 1, 1.0), row(0, 1, 2.0)];
        let found = Series::together(&twice, None).map_err(|error| error.row());
        assert_eq!(found, Err(Some(2)));
        assert!(Series::together(&twice, Some(Step::Day)).is_ok());
        let far = (100, date(2020, 1, 1).at(0, 5, 0, 0), 1.0);
        let wide = Series::together(&[row(0, 1, 1.0), far], None);
        assert!(matches!(
            wide,
            Err(SeriesError::TooMany { series: 101, .. })
        ));
    }
}
