//! The models that are asked, and what each says.

use std::borrow::Cow;

use crate::design::{Design, blocks_per_year};
use crate::ridge::{Factor, Row, value};
use crate::series::Step;
use crate::shifts::{self, median};

/// The last stretch over which the level is corrected, in half-lives.
const LEVEL_SPAN: usize = 4;
/// Share of the recent level's error that is expected to last.
const LEVEL_KEPT: f64 = 0.7;
/// Residual days beyond this many deviations count less: a storm is not a habit.
const ROBUST: f64 = 2.0;
/// How strongly a shift is held to nothing, in observations.
const SHIFT_PENALTY: f64 = 0.1;
/// Most of yesterday's error that may be expected of today.
const CARRY_MAX: f64 = 0.7;

/// The scale on which effects add up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Effects multiply.
    Log,
    /// Between adding and multiplying: counts have even noise there.
    Root,
    /// Effects add: keeps the mean where most slots are empty.
    Plain,
}

impl Scale {
    fn to(self, value: f64) -> f64 {
        match self {
            Scale::Log => value.ln_1p(),
            Scale::Root => value.sqrt(),
            Scale::Plain => value,
        }
    }

    fn back(self, value: f64) -> f64 {
        match self {
            Scale::Log => value.exp_m1().max(0.0),
            Scale::Root => value.max(0.0).powi(2),
            Scale::Plain => value.max(0.0),
        }
    }
}

/// A series as seen by the models: blocks by slots.
pub(crate) struct Grid<'a> {
    pub(crate) design: &'a Design,
    pub(crate) values: &'a [f64],
    pub(crate) slots: usize,
    /// Slots of the first block that lie before the series.
    pub(crate) phase: usize,
    pub(crate) step: Step,
    scaled: Vec<(Scale, Vec<f64>)>,
}

/// What was known at an origin, and what each member said of the slots after it.
pub(crate) struct Outlook {
    /// One forecast a member, each as long as the horizon.
    pub(crate) members: Vec<Vec<f64>>,
    /// How little the past says about each slot, by its block.
    pub(crate) leverage: Vec<f64>,
    /// Blocks at which the level moved for good.
    pub(crate) shifts: Vec<usize>,
}

/// Names of the members in their order.
pub(crate) fn names(sparse: bool) -> Vec<&'static str> {
    let base: &[&str] = if sparse {
        &["additive, short memory", "additive, long memory"]
    } else {
        &[
            "multiplicative, short memory",
            "root, short memory",
            "multiplicative, long memory",
            "root, long memory",
        ]
    };
    base.iter()
        .copied()
        .chain(["mean of the last four"])
        .collect()
}

impl<'a> Grid<'a> {
    pub(crate) fn new(
        design: &'a Design,
        values: &'a [f64],
        step: Step,
        phase: usize,
        sparse: bool,
    ) -> Grid<'a> {
        let scales: &[Scale] = if sparse {
            &[Scale::Plain]
        } else {
            &[Scale::Log, Scale::Root]
        };
        let padded = |scale: Scale| {
            let head = std::iter::repeat_n(0.0, phase);
            head.chain(values.iter().map(|&v| scale.to(v))).collect()
        };
        let scaled = scales.iter().map(|&scale| (scale, padded(scale))).collect();
        Grid {
            design,
            values,
            slots: step.slots_per_block(),
            phase,
            step,
            scaled,
        }
    }

    /// How many members there are.
    pub(crate) fn members(&self) -> usize {
        2 * self.scaled.len() + 1
    }

    /// Whether nobody is served in a slot.
    pub(crate) fn is_closed(&self, slot: usize) -> bool {
        self.design.closed[(slot + self.phase) / self.slots]
    }

    /// What the members say at `origin` of the `horizon` slots after it.
    pub(crate) fn outlook(&self, origin: usize, horizon: usize) -> Outlook {
        let first = usize::from(self.phase > 0);
        let blocks = (origin + self.phase) / self.slots;
        let penalty = self.design.penalty(blocks);
        let rows = &self.design.rows[..];
        let decay = |half_life: f64| self.decay(first, blocks, half_life);
        let (short, long) = self.half_lives();
        let guide = &self.scaled[self.scaled.len() - 1].1;
        let (robust, found) = self.robust(rows, &decay(long), &penalty, guide);
        let (rows, penalty) = with_shifts(rows, penalty, &found);
        let mut outlook = Outlook {
            members: Vec::new(),
            leverage: vec![0.0; horizon],
            shifts: found,
        };
        for half_life in [short, long] {
            let weights: Vec<f64> = decay(half_life)
                .iter()
                .zip(&robust)
                .map(|(a, b)| a * b)
                .collect();
            let factor = Factor::new(&rows, &weights, &penalty);
            for (scale, z) in &self.scaled {
                let fit = Fit::new(self, &rows, &factor, &weights, z);
                outlook
                    .members
                    .push(fit.ahead(self, &rows, *scale, (origin, horizon)));
            }
            self.add_leverage(&mut outlook.leverage, origin, |b| {
                factor.leverage(&rows[b]) / 2.0
            });
        }
        outlook.members.push(self.repeat(origin, horizon));
        outlook
    }

    /// Memories in blocks, the short and the long one.
    fn half_lives(&self) -> (f64, f64) {
        let year = blocks_per_year(self.step);
        match self.step {
            Step::Minutes(_) | Step::Day => (year / 3.0, year),
            Step::Week => (year, 3.0 * year),
            Step::Month => (3.0 * year, 8.0 * year),
        }
    }

    fn decay(&self, first: usize, blocks: usize, half_life: f64) -> Vec<f64> {
        let step = 0.5f64.powf(1.0 / half_life);
        let mut weights = vec![0.0; blocks];
        let mut weight = 1.0;
        for block in (first..blocks).rev() {
            if !self.design.closed[block] {
                weights[block] = weight;
            }
            weight *= step;
        }
        weights
    }

    /// Weights that take odd days back, and lasting shifts of level.
    fn robust(
        &self,
        rows: &[Row],
        weights: &[f64],
        penalty: &[f64],
        z: &[f64],
    ) -> (Vec<f64>, Vec<usize>) {
        let factor = Factor::new(rows, weights, penalty);
        let mut fit = Fit::new(self, rows, &factor, weights, z);
        let found = shifts::find(&fit.residuals);
        if !found.is_empty() {
            let (rows, penalty) = with_shifts(rows, penalty.to_vec(), &found);
            let factor = Factor::new(&rows, weights, &penalty);
            fit = Fit::new(self, &rows, &factor, weights, z);
        }
        let bound = ROBUST * fit.spread;
        let weight = |(block, r): (usize, &f64)| {
            let usual = self.design.special[block] || r.abs() <= bound;
            if usual { 1.0 } else { bound / r.abs() }
        };
        (
            fit.residuals.iter().enumerate().map(weight).collect(),
            found,
        )
    }

    fn add_leverage(&self, sums: &mut [f64], origin: usize, of: impl Fn(usize) -> f64) {
        let mut known: Option<(usize, f64)> = None;
        for (ahead, sum) in sums.iter_mut().enumerate() {
            let block = (origin + ahead + self.phase) / self.slots;
            let (_, value) = known
                .filter(|k| k.0 == block)
                .unwrap_or_else(|| (block, of(block)));
            known = Some((block, value));
            *sum += value;
        }
    }

    /// The mean of the same slot in the last four weeks (or of the last blocks, or years).
    fn repeat(&self, origin: usize, horizon: usize) -> Vec<f64> {
        let season = match self.step {
            Step::Minutes(_) | Step::Day => 7 * self.slots,
            Step::Week => 1,
            Step::Month => 12,
        };
        // Before a season has passed, the days (or blocks) stand in for it.
        let lag = if origin < season { self.slots } else { season };
        let one = |ahead: usize| {
            // The last whole season before the origin, then the ones before it.
            let back = (ahead / lag + 1) * lag;
            let place = |k: usize| (origin + ahead).checked_sub(back + k * lag);
            let open = |at: &usize| !self.is_closed(*at);
            let seen: Vec<f64> = (0..4)
                .filter_map(place)
                .filter(open)
                .map(|at| self.values[at])
                .collect();
            let all = &self.values[..origin];
            let mean = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
            if seen.is_empty() {
                mean(all)
            } else {
                mean(&seen)
            }
        };
        (0..horizon).map(one).collect()
    }
}

/// Adds one column a shift, which is one from that block on.
fn with_shifts<'r>(
    rows: &'r [Row],
    mut penalty: Vec<f64>,
    found: &[usize],
) -> (Cow<'r, [Row]>, Vec<f64>) {
    if found.is_empty() {
        return (Cow::Borrowed(rows), penalty);
    }
    let width = penalty.len();
    let mut wide = rows.to_vec();
    for (block, row) in wide.iter_mut().enumerate() {
        let passed = found.iter().filter(|&&at| at <= block).count();
        row.extend((0..passed).map(|k| (width + k, 1.0)));
    }
    penalty.extend(found.iter().map(|_| SHIFT_PENALTY));
    (Cow::Owned(wide), penalty)
}

/// One regression with its errors.
struct Fit {
    coefficients: Vec<f64>,
    /// Mean error of each block.
    residuals: Vec<f64>,
    /// Typical error of a block.
    spread: f64,
}

impl Fit {
    fn new(grid: &Grid<'_>, rows: &[Row], factor: &Factor, weights: &[f64], z: &[f64]) -> Fit {
        let slots = grid.slots;
        let coefficients = factor.solve(rows, weights, z, slots);
        // The mean over a block's slots needs the mean coefficients only.
        let means: Vec<f64> = coefficients
            .chunks(slots)
            .map(|c| c.iter().sum::<f64>() / slots as f64)
            .collect();
        let error = |block: usize| {
            let seen = &z[block * slots..(block + 1) * slots];
            seen.iter().sum::<f64>() / slots as f64 - value(&rows[block], &means, 1, 0)
        };
        let counted = |b: usize| if weights[b] > 0.0 { error(b) } else { 0.0 };
        let residuals: Vec<f64> = (0..weights.len()).map(counted).collect();
        let recent = residuals.len().saturating_sub(365);
        let mut sizes: Vec<f64> = residuals[recent..].iter().map(|r| r.abs()).collect();
        let spread = 1.4826 * median(&mut sizes);
        Fit {
            coefficients,
            residuals,
            spread,
        }
    }

    fn clipped(&self, value: f64) -> f64 {
        value.clamp(-ROBUST * self.spread, ROBUST * self.spread)
    }

    /// How far the level of late has been from what the regression says.
    fn level(&self, half_life: usize) -> f64 {
        let recent = self
            .residuals
            .iter()
            .rev()
            .take(LEVEL_SPAN * half_life)
            .enumerate();
        let (mut sum, mut weight) = (0.0, 0.0);
        for (age, &residual) in recent {
            let w = 0.5f64.powf(age as f64 / half_life as f64);
            sum += w * self.clipped(residual);
            weight += w;
        }
        if weight > 0.0 {
            LEVEL_KEPT * sum / weight
        } else {
            0.0
        }
    }

    /// The share of a block's error that the next one repeats.
    fn carry(&self) -> f64 {
        let recent = &self.residuals[self.residuals.len().saturating_sub(365)..];
        let clip = |r: &f64| self.clipped(*r);
        let square: f64 = recent.iter().map(|r| clip(r).powi(2)).sum();
        let pairs: f64 = recent.windows(2).map(|p| clip(&p[0]) * clip(&p[1])).sum();
        if square > 0.0 {
            (pairs / square).clamp(0.0, CARRY_MAX)
        } else {
            0.0
        }
    }

    /// Forecasts: regression, recent level, and what is left of the last block's error.
    fn ahead(
        &self,
        grid: &Grid<'_>,
        rows: &[Row],
        scale: Scale,
        (origin, horizon): (usize, usize),
    ) -> Vec<f64> {
        let half_life = match grid.step {
            Step::Minutes(_) | Step::Day => 14,
            Step::Week => 8,
            Step::Month => 6,
        };
        let level = self.level(half_life);
        let fitted = |slot: usize| {
            let at = slot + grid.phase;
            value(
                &rows[at / grid.slots],
                &self.coefficients,
                grid.slots,
                at % grid.slots,
            )
        };
        let last: Vec<f64> = (origin.saturating_sub(grid.slots)..origin)
            .filter(|&slot| !grid.is_closed(slot))
            .map(|slot| scale.to(grid.values[slot]) - fitted(slot))
            .collect();
        let error = self.clipped(last.iter().sum::<f64>() / last.len().max(1) as f64);
        let carry = self.carry();
        let one = |ahead: usize| {
            let blocks_ahead = (ahead / grid.slots + 1) as i32;
            scale.back(fitted(origin + ahead) + level + error * carry.powi(blocks_ahead))
        };
        (0..horizon).map(one).collect()
    }
}
