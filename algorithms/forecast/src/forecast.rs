//! Demand ahead: the members asked, weighed and given intervals.

use std::fmt;

use jiff::civil::DateTime;

use crate::calendar::Calendar;
use crate::calibrate::{Calibration, blend};
use crate::design::Design;
use crate::member::{Grid, names};
use crate::series::{Series, Step};

/// Fewest slots from which anything is forecast.
const SLOTS_MIN: usize = 8;

/// How far ahead, and with what intervals.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ahead {
    /// Slots to forecast.
    pub horizon: usize,
    /// The share of the future that the intervals should hold, such as 0.8.
    pub share: f64,
}

impl Ahead {
    /// So many slots, with intervals for 80 %.
    pub fn slots(horizon: usize) -> Ahead {
        Ahead {
            horizon,
            share: 0.8,
        }
    }
}

/// One slot ahead.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// The slot's beginning.
    pub at: DateTime,
    /// Expected demand.
    pub value: f64,
    /// Lower end of the interval.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
}

/// Demand ahead and how it was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// One point a slot.
    pub points: Vec<Point>,
    /// How much each model was trusted, by its error in the past of this series.
    pub members: Vec<(&'static str, f64)>,
    /// When the level moved for good.
    pub shifts: Vec<DateTime>,
}

/// The series is too short to say anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooShort {
    /// Slots it has.
    pub slots: usize,
    /// Slots it needs.
    pub needed: usize,
}

impl fmt::Display for TooShort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { slots, needed } = self;
        write!(
            f,
            "the series has {slots} slots; at least {needed} are needed for a forecast"
        )
    }
}

impl std::error::Error for TooShort {}

/// Forecasts the slots after the end of a series.
///
/// The calendar is known ahead; nothing else of the future is.
///
/// # Errors
/// The series has fewer than eight slots, or fewer than two whole days of shorter slots.
pub fn forecast(series: &Series, calendar: &Calendar, ahead: Ahead) -> Result<Forecast, TooShort> {
    let values = series.values();
    let needed = least(series.step());
    if values.len() < needed {
        return Err(TooShort {
            slots: values.len(),
            needed,
        });
    }
    let phase = phase(series);
    let slots = series.step().slots_per_block();
    let blocks = (phase + values.len() + ahead.horizon).div_ceil(slots);
    let design = Design::new(series.start().date(), blocks, series.step(), calendar);
    let sparse = is_sparse(series);
    let grid = Grid::new(&design, values, series.step(), phase, sparse);
    let calibration = Calibration::new(&grid, values.len(), ahead.horizon, sparse);
    let outlook = grid.outlook(values.len(), ahead.horizon);
    let blended = blend(&outlook.members, &calibration.weights);
    let point = |(k, &value): (usize, &f64)| {
        let slot = values.len() + k;
        let at = series.at(slot);
        if grid.is_closed(slot) {
            return Point {
                at,
                value: 0.0,
                low: 0.0,
                high: 0.0,
            };
        }
        let of_block = (slot + phase) % slots;
        let (low, high) = calibration.interval(value, outlook.leverage[k], of_block, ahead.share);
        Point {
            at,
            value,
            low,
            high,
        }
    };
    Ok(Forecast {
        points: blended.iter().enumerate().map(point).collect(),
        members: names(sparse)
            .into_iter()
            .zip(calibration.weights.iter().copied())
            .collect(),
        shifts: outlook
            .shifts
            .iter()
            .map(|&block| series.at((block * slots).saturating_sub(phase)))
            .collect(),
    })
}

/// Fewest slots of a step from which a forecast is made.
pub(crate) fn least(step: Step) -> usize {
    SLOTS_MIN.max(3 * step.slots_per_block())
}

/// Slots of the first day that lie before the series.
fn phase(series: &Series) -> usize {
    match series.step() {
        Step::Minutes(minutes) => {
            let start = series.start();
            (start.hour() as usize * 60 + start.minute() as usize) / minutes as usize
        }
        _ => 0,
    }
}

/// Whether most slots are empty even at the times of the week when something happens.
fn is_sparse(series: &Series) -> bool {
    let season = series.step().season();
    let values = series.values();
    let busy: Vec<bool> = (0..season.min(values.len()))
        .map(|slot| values.iter().skip(slot).step_by(season).any(|&v| v > 0.0))
        .collect();
    let active = values
        .iter()
        .enumerate()
        .filter(|(at, _)| busy[at % season])
        .map(|(_, &v)| v);
    let (empty, all) = active.fold((0usize, 0usize), |(e, n), v| {
        (e + usize::from(v == 0.0), n + 1)
    });
    2 * empty > all
}
