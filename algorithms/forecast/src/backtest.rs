//! How well forecasts would have worked: the past forecast from earlier points, without a look
//! at what came after them.

use std::fmt;

use jiff::civil::DateTime;

use crate::calendar::Calendar;
use crate::forecast::{Ahead, TooShort, forecast, least};
use crate::series::Series;

/// Which origins, how far ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How many origins; the last one's horizon ends with the series.
    pub origins: usize,
    /// Slots from one origin to the next.
    pub step: usize,
    /// How far ahead each forecast looks.
    pub ahead: Ahead,
}

/// Why a plan cannot be carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanError {
    /// Nothing to do: an origin, a step and a slot ahead are the least.
    Nothing,
    /// The first origin would lie too early.
    TooShort(TooShort),
}

impl fmt::Display for PlanError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PlanError::Nothing => f.write_str("origins, step and horizon have to be 1 or more"),
            PlanError::TooShort(TooShort { slots, needed }) => write!(
                f,
                "this plan needs at least {needed} slots, the series has {slots}; \
                 take fewer origins, a smaller step or a shorter horizon"
            ),
        }
    }
}

impl std::error::Error for PlanError {}

/// Errors of forecasts, pooled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Mean absolute error over that of repeating the last season before the first origin
    /// (Hyndman & Koehler 2006); `None` where that one is zero.
    pub mase: Option<f64>,
    /// Sum of absolute errors over the sum of demand; `None` without demand.
    pub wape: Option<f64>,
    /// Share of slots within the interval.
    pub coverage: f64,
    /// Mean width of the interval.
    pub width: f64,
    /// Mean of forecast minus demand.
    pub bias: f64,
}

/// What a backtest found.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// Over all origins.
    pub pooled: Score,
    /// One score an origin, with the first slot that was forecast.
    pub by_origin: Vec<(DateTime, Score)>,
    /// Mean absolute error of repeating the last season, before the first origin.
    pub naive_error: f64,
}

/// Forecasts the past from earlier origins and scores it.
///
/// # Errors
/// The plan is empty or the series too short for it.
pub fn backtest(series: &Series, calendar: &Calendar, plan: Plan) -> Result<Report, PlanError> {
    let Plan {
        origins,
        step,
        ahead,
    } = plan;
    if origins == 0 || step == 0 || ahead.horizon == 0 {
        return Err(PlanError::Nothing);
    }
    let slots = series.values().len();
    let back = (origins - 1)
        .saturating_mul(step)
        .saturating_add(ahead.horizon);
    let needed = back.saturating_add(least(series.step()));
    if slots < needed {
        return Err(PlanError::TooShort(TooShort { slots, needed }));
    }
    let first = slots - back;
    let naive_error = naive_error(&series.values()[..first], series.step().season());
    let mut pooled = Errors::default();
    let mut by_origin = Vec::with_capacity(origins);
    for origin in (0..origins).map(|k| first + k * step) {
        let made = forecast(&series.until(origin), calendar, ahead).map_err(PlanError::TooShort)?;
        let mut errors = Errors::default();
        for (point, &seen) in made.points.iter().zip(&series.values()[origin..]) {
            errors.add(seen, point.value, (point.low, point.high));
        }
        pooled.join(&errors);
        by_origin.push((series.at(origin), errors.score(naive_error)));
    }
    Ok(Report {
        pooled: pooled.score(naive_error),
        by_origin,
        naive_error,
    })
}

/// Mean absolute change from one season to the next; from slot to slot in a shorter past.
fn naive_error(past: &[f64], season: usize) -> f64 {
    let lag = if past.len() > season { season } else { 1 };
    let changes = past.iter().zip(&past[lag..]).map(|(a, b)| (a - b).abs());
    changes.sum::<f64>() / past.len().saturating_sub(lag).max(1) as f64
}

#[derive(Default)]
struct Errors {
    count: usize,
    absolute: f64,
    signed: f64,
    demand: f64,
    within: usize,
    width: f64,
}

impl Errors {
    fn add(&mut self, seen: f64, forecast: f64, (low, high): (f64, f64)) {
        self.count += 1;
        self.absolute += (seen - forecast).abs();
        self.signed += forecast - seen;
        self.demand += seen;
        self.within += usize::from((low..=high).contains(&seen));
        self.width += high - low;
    }

    fn join(&mut self, other: &Errors) {
        self.count += other.count;
        self.absolute += other.absolute;
        self.signed += other.signed;
        self.demand += other.demand;
        self.within += other.within;
        self.width += other.width;
    }

    fn score(&self, naive_error: f64) -> Score {
        let count = self.count.max(1) as f64;
        let over = |unit: f64, value: f64| (unit > 0.0).then(|| value / unit);
        Score {
            mase: over(naive_error, self.absolute / count),
            wape: over(self.demand, self.absolute),
            coverage: self.within as f64 / count,
            width: self.width / count,
            bias: self.signed / count,
        }
    }
}
