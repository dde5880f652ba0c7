//! What each block (a day, a week or a month) looks like before it comes: the columns of the
//! regression.

use std::collections::BTreeMap;
use std::f64::consts::TAU;

use jiff::civil::{Date, Weekday};

use crate::calendar::Calendar;
use crate::ridge::Row;
use crate::series::{Step, days_between};

const YEAR_DAYS: f64 = 365.25;
/// Waves of the year: two follow a climate without following its weather.
const WAVES: u8 = 2;
/// Days of the turn of the year, which differ from their weekday nearly everywhere.
const TURN: [(i8, i8); 12] = [
    (12, 22),
    (12, 23),
    (12, 24),
    (12, 25),
    (12, 26),
    (12, 27),
    (12, 28),
    (12, 29),
    (12, 30),
    (12, 31),
    (1, 1),
    (1, 2),
];
/// Days around a holiday that get an effect of their own.
const FEAST_BEFORE: i64 = 1;
const FEAST_AFTER: i64 = 3;

/// A column of the design, by what it says of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Column {
    Always,
    Weekday(i8),
    Holiday,
    DayOff,
    MadeUpFor,
    Trend,
    Wave(u8, bool),
    WeekendWave(bool),
    Turn(i8, i8),
    Month(i8),
    Feast(usize, i64),
}

impl Column {
    /// How strongly the column is held to zero, in observations. A year of waves must not be
    /// read out of less than a year.
    fn penalty(self, years: f64) -> f64 {
        let seasonal = if years < 1.1 { 1e6 } else { 0.5 };
        match self {
            Column::Always => 1e-6,
            Column::Weekday(_) | Column::Month(_) => 0.3,
            Column::Wave(wave, _) => seasonal * f64::from(wave),
            Column::WeekendWave(_) => seasonal,
            Column::Feast(..) | Column::Holiday | Column::Turn(..) => 0.5,
            _ => 1.0,
        }
    }

    fn is_special(self) -> bool {
        matches!(self, Column::Feast(..) | Column::Holiday | Column::Turn(..))
    }
}

/// The design of a series and its future.
pub(crate) struct Design {
    pub(crate) rows: Vec<Row>,
    pub(crate) closed: Vec<bool>,
    /// Days that are known to be unlike others: what they show is no accident.
    pub(crate) special: Vec<bool>,
    columns: Vec<Column>,
    step: Step,
}

impl Design {
    /// One row a block from `first` on.
    pub(crate) fn new(first: Date, blocks: usize, step: Step, calendar: &Calendar) -> Design {
        let dates: Vec<Date> = (0..blocks)
            .map(|block| block_date(first, step, block))
            .collect();
        let mut places: BTreeMap<Column, usize> = BTreeMap::new();
        let mut rows: Vec<Vec<(Column, f64)>> = dates
            .iter()
            .map(|&date| describe(first, date, step, calendar))
            .collect();
        if matches!(step, Step::Minutes(_) | Step::Day) {
            add_feasts(&mut rows, first, calendar);
        }
        rows.iter().flatten().for_each(|&(column, _)| {
            places.insert(column, 0);
        });
        places
            .values_mut()
            .enumerate()
            .for_each(|(at, place)| *place = at);
        let by_place = |row: &Vec<(Column, f64)>| {
            let mut merged: BTreeMap<usize, f64> = BTreeMap::new();
            row.iter().for_each(|&(column, value)| {
                merged.insert(places[&column], value);
            });
            merged.into_iter().collect()
        };
        let special = rows
            .iter()
            .map(|row| row.iter().any(|(column, _)| column.is_special()))
            .collect();
        Design {
            special,
            rows: rows.iter().map(by_place).collect(),
            closed: dates.iter().map(|&date| calendar.is_closed(date)).collect(),
            columns: places.keys().copied().collect(),
            step,
        }
    }

    /// Penalties of the columns for a fit to so many blocks.
    pub(crate) fn penalty(&self, blocks: usize) -> Vec<f64> {
        let years = blocks as f64 / blocks_per_year(self.step);
        self.columns
            .iter()
            .map(|column| column.penalty(years))
            .collect()
    }
}

/// Blocks in a year.
pub(crate) fn blocks_per_year(step: Step) -> f64 {
    match step {
        Step::Minutes(_) | Step::Day => YEAR_DAYS,
        Step::Week => YEAR_DAYS / 7.0,
        Step::Month => 12.0,
    }
}

fn block_date(first: Date, step: Step, block: usize) -> Date {
    let day_or_longer = if let Step::Minutes(_) = step {
        Step::Day
    } else {
        step
    };
    day_or_longer.date_after(first, block)
}

fn describe(first: Date, date: Date, step: Step, calendar: &Calendar) -> Vec<(Column, f64)> {
    let days = days_between(first, date) as f64;
    let mut row = vec![(Column::Always, 1.0), (Column::Trend, days / YEAR_DAYS)];
    if step == Step::Month {
        row.push((Column::Month(date.month()), 1.0));
        return row;
    }
    // By the date, not by the count of days, so that the wave keeps its place in the year.
    let phase = TAU * f64::from(date.day_of_year()) / YEAR_DAYS;
    for wave in 1..=WAVES {
        let angle = phase * f64::from(wave);
        row.push((Column::Wave(wave, false), angle.sin()));
        row.push((Column::Wave(wave, true), angle.cos()));
    }
    if step == Step::Week {
        return row;
    }
    let weekend = matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday);
    let day = calendar.get(date);
    let holiday = day.is_some_and(|day| day.holiday);
    let working = day
        .and_then(|day| day.working)
        .unwrap_or(!weekend && !holiday);
    row.push((Column::Weekday(date.weekday().to_monday_zero_offset()), 1.0));
    if holiday {
        row.push((Column::Holiday, 1.0));
    }
    if !weekend && !working {
        row.push((Column::DayOff, 1.0));
    }
    if weekend && working {
        row.push((Column::MadeUpFor, 1.0));
    }
    if !working {
        row.push((Column::WeekendWave(false), phase.sin()));
        row.push((Column::WeekendWave(true), phase.cos()));
    }
    if TURN.contains(&(date.month(), date.day())) {
        row.push((Column::Turn(date.month(), date.day()), 1.0));
    }
    row
}

fn add_feasts(rows: &mut [Vec<(Column, f64)>], first: Date, calendar: &Calendar) {
    for run in calendar.runs() {
        let begins = days_between(first, run.first);
        for offset in -FEAST_BEFORE..run.days + FEAST_AFTER {
            let row = usize::try_from(begins + offset)
                .ok()
                .and_then(|at| rows.get_mut(at));
            if let Some(row) = row {
                row.push((Column::Feast(run.feast, offset), 1.0));
            }
        }
    }
}
