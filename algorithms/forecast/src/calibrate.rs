//! What past forecasts teach: how much to trust each member, and how wide intervals have to be.

use crate::member::{Grid, Outlook};

/// Most past origins that are looked at.
const ORIGINS_MAX: usize = 12;
/// Errors are put on an even footing by this power of the demand: between errors that do not
/// grow with it (1) and those of counts, which grow with its root (0.5).
const POWER: f64 = 0.75;
/// The tails are taken a little further out than asked: the origins are few, and their slots
/// depend on one another, so the quantile of what was seen is too near.
const TAIL: f64 = 0.95;
/// How strongly better members are preferred.
const PREFERENCE: i32 = 4;

/// What was learnt from past origins.
pub(crate) struct Calibration {
    /// Weight of each member; they add up to one.
    pub(crate) weights: Vec<f64>,
    /// Typical error of each slot of a block.
    spread: Vec<f64>,
    /// Errors in units of the spread, in rising order.
    errors: Vec<f64>,
}

impl Calibration {
    /// Forecasts from earlier origins and compares them with what came.
    ///
    /// Where the past is too short for that, the members weigh the same and the errors are
    /// those of repeating the last values.
    pub(crate) fn new(grid: &Grid<'_>, origin: usize, horizon: usize, sparse: bool) -> Calibration {
        let origins = past_origins(grid, origin, horizon);
        let looks: Vec<(usize, Outlook)> = origins
            .iter()
            .map(|&at| (at, grid.outlook(at, horizon)))
            .collect();
        let weights = weigh(grid, &looks, sparse);
        let mut samples: Vec<(usize, f64)> = Vec::new();
        for (at, look) in &looks {
            let blend = blend(&look.members, &weights);
            for (ahead, forecast) in blend.iter().enumerate() {
                if grid.is_closed(at + ahead) {
                    continue;
                }
                let error = even(grid.values[at + ahead]) - even(*forecast);
                samples.push((at + ahead, error / (1.0 + look.leverage[ahead]).sqrt()));
            }
        }
        if samples.is_empty() {
            let lag = if origin > 2 * grid.step.season() {
                grid.step.season()
            } else {
                grid.slots
            };
            samples = (lag..origin)
                .map(|at| (at, even(grid.values[at]) - even(grid.values[at - lag])))
                .collect();
        }
        Calibration::from_errors(grid, weights, &samples)
    }

    fn from_errors(grid: &Grid<'_>, weights: Vec<f64>, samples: &[(usize, f64)]) -> Calibration {
        let slot = |at: usize| (at + grid.phase) % grid.slots;
        let mut sums = vec![(0.0, 0usize); grid.slots];
        for &(at, error) in samples {
            let (sum, count) = &mut sums[slot(at)];
            *sum += error.abs();
            *count += 1;
        }
        let all: f64 = sums.iter().map(|s| s.0).sum();
        let typical = all / samples.len().max(1) as f64;
        let spread: Vec<f64> = sums
            .iter()
            .map(|&(sum, count)| {
                if count == 0 {
                    typical
                } else {
                    sum / count as f64
                }
            })
            .collect();
        let even = |&(at, error): &(usize, f64)| {
            let unit = spread[slot(at)];
            if unit > 0.0 { error / unit } else { 0.0 }
        };
        let mut errors: Vec<f64> = samples.iter().map(even).collect();
        errors.sort_unstable_by(f64::total_cmp);
        Calibration {
            weights,
            spread,
            errors,
        }
    }

    /// Low and high ends around a forecast, with the wanted share between them.
    pub(crate) fn interval(
        &self,
        forecast: f64,
        leverage: f64,
        slot: usize,
        share: f64,
    ) -> (f64, f64) {
        let tail = (1.0 - share) / 2.0 * TAIL;
        let unit = self.spread[slot] * (1.0 + leverage).sqrt();
        let end = |quantile: f64| back(even(forecast) + unit * quantile);
        let low = end(quantile(&self.errors, tail)).min(forecast);
        (low, end(quantile(&self.errors, 1.0 - tail)).max(forecast))
    }
}

fn even(value: f64) -> f64 {
    value.max(0.0).powf(POWER)
}

fn back(value: f64) -> f64 {
    value.max(0.0).powf(1.0 / POWER)
}

/// Linear between the order statistics; zero where there are none.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    if sorted.is_empty() {
        return 0.0;
    }
    let place = share * (sorted.len() - 1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below])
}

/// Origins a season apart, each followed by a whole horizon and preceded by enough to learn.
fn past_origins(grid: &Grid<'_>, origin: usize, horizon: usize) -> Vec<usize> {
    let season = match grid.step.season() {
        season if grid.slots > 1 || season == 7 => season,
        _ => 1,
    };
    let enough = (4 * season).max(origin / 3);
    // Whole seasons back, so that the same slots of the day are compared.
    let nearest = horizon.div_ceil(season);
    let at = |k: usize| {
        origin
            .checked_sub((nearest + k) * season)
            .filter(|&at| at >= enough)
    };
    (0..ORIGINS_MAX).map_while(at).collect()
}

/// Members by the inverse of their past error: absolute, or squared where most slots are empty
/// (there the absolute error prefers a forecast of nothing at all).
fn weigh(grid: &Grid<'_>, looks: &[(usize, Outlook)], sparse: bool) -> Vec<f64> {
    let count = grid.members();
    let mut errors = vec![0.0; count];
    for (at, look) in looks {
        for (error, member) in errors.iter_mut().zip(&look.members) {
            for (ahead, forecast) in member.iter().enumerate() {
                let off = (grid.values[at + ahead] - forecast).abs();
                *error += if sparse { off * off } else { off };
            }
        }
    }
    let best = errors.iter().copied().fold(f64::INFINITY, f64::min);
    let trust = |error: &f64| {
        if *error > 0.0 {
            (best / error).powi(PREFERENCE)
        } else {
            1.0
        }
    };
    let trusts: Vec<f64> = errors.iter().map(trust).collect();
    let sum: f64 = trusts.iter().sum();
    if sum > 0.0 {
        trusts.iter().map(|t| t / sum).collect()
    } else {
        vec![1.0 / count as f64; count]
    }
}

/// The members' weighted mean.
pub(crate) fn blend(members: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    let horizon = members.first().map_or(0, Vec::len);
    let one = |ahead: usize| members.iter().zip(weights).map(|(m, w)| w * m[ahead]).sum();
    (0..horizon).map(one).collect()
}
