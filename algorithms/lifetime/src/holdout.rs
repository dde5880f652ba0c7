//! How well models foretold what then happened, and which to choose.

use crate::{Base, Customer, Error, Fit, Kind, Later, Model};

/// Foretold against real purchases of every customer in the holdout.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Accuracy {
    /// Purchases foretold for all customers together.
    pub predicted_total: f64,
    /// Purchases that happened.
    pub actual_total: f64,
    /// Root of the mean squared error of a customer, in purchases.
    pub rmse: f64,
    /// Mean absolute error of a customer, in purchases.
    pub mae: f64,
    /// Pearson's correlation of foretold and real; `None` if one of them does not vary.
    pub correlation: Option<f64>,
}

impl Accuracy {
    /// Compares pairs of foretold and real numbers; `None` without pairs.
    pub fn of(pairs: impl Iterator<Item = (f64, f64)>) -> Option<Self> {
        let pairs: Vec<(f64, f64)> = pairs.collect();
        if pairs.is_empty() {
            return None;
        }
        let n = pairs.len() as f64;
        let predicted_total: f64 = pairs.iter().map(|p| p.0).sum();
        let actual_total: f64 = pairs.iter().map(|p| p.1).sum();
        let mean = |value: fn(&(f64, f64)) -> f64| pairs.iter().map(value).sum::<f64>() / n;
        let (centre, centre_actual) = (predicted_total / n, actual_total / n);
        let (mut together, mut own, mut actual) = (0.0, 0.0, 0.0);
        for (x, y) in &pairs {
            let (x, y) = (x - centre, y - centre_actual);
            together += x * y;
            own += x * x;
            actual += y * y;
        }
        let spread = (own * actual).sqrt();
        Some(Self {
            predicted_total,
            actual_total,
            rmse: mean(|(x, y)| (x - y) * (x - y)).sqrt(),
            mae: mean(|(x, y)| (x - y).abs()),
            correlation: (spread > 0.0).then(|| together / spread),
        })
    }
}

/// How well a model foretells the next `t`; `None` without customers.
pub fn accuracy(
    model: &Model,
    customers: &[Customer],
    later: &[Later],
    t: f64,
) -> Option<Accuracy> {
    let pairs = customers.iter().zip(later);
    Accuracy::of(
        pairs.map(|(customer, later)| (model.expected(customer, t), f64::from(later.purchases))),
    )
}

/// The same for the rule of thumb that everybody goes on as before: x / T purchases per unit.
pub fn accuracy_of_rates(customers: &[Customer], later: &[Later], t: f64) -> Option<Accuracy> {
    let pairs = customers.iter().zip(later);
    Accuracy::of(pairs.map(|(customer, later)| {
        let rate = if customer.age > 0.0 {
            f64::from(customer.repeats) / customer.age
        } else {
            0.0
        };
        (rate * t, f64::from(later.purchases))
    }))
}

/// A model that stood for choice.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// Which model.
    pub kind: Kind,
    /// Its fit, or why there is none.
    pub fit: Result<Fit, Error>,
    /// How well it foretold the holdout; `None` without a fit or a holdout.
    pub accuracy: Option<Accuracy>,
}

/// Fits models and compares them on the holdout of length `t`.
///
/// The candidates keep the order of `kinds`. [`chosen`] picks from them.
///
/// # Errors
/// As [`Base::new`]; a model that does not fit is told by its candidate.
pub fn compare(
    kinds: &[Kind],
    customers: &[Customer],
    later: &[Later],
    t: f64,
) -> Result<Vec<Candidate>, Error> {
    let base = Base::new(customers)?;
    let candidates = kinds.iter().map(|&kind| {
        let fit = base.fit(kind);
        let model = fit.as_ref().ok().filter(|_| t > 0.0).map(|fit| fit.model);
        Candidate {
            kind,
            accuracy: model.and_then(|model| accuracy(&model, customers, later, t)),
            fit,
        }
    });
    Ok(candidates.collect())
}

/// The candidate with the smallest root mean squared error in the holdout, and without a holdout
/// the one with the smallest Akaike criterion; `None` if nothing fitted.
pub fn chosen(candidates: &[Candidate]) -> Option<&Candidate> {
    let score = |candidate: &Candidate| {
        let fit = candidate.fit.as_ref().ok()?;
        Some(candidate.accuracy.map_or(fit.aic(), |found| found.rmse))
    };
    let scored = candidates.iter().filter_map(|c| Some((score(c)?, c)));
    let best = scored.min_by(|a, b| a.0.total_cmp(&b.0));
    best.map(|(_, candidate)| candidate)
}

/// Customers alike in the past, and what they did next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Repeats in the time of calibration; the last line holds this many or more.
    pub repeats: u32,
    /// Customers with so many.
    pub customers: usize,
    /// Mean purchases foretold for the holdout.
    pub predicted_mean: f64,
    /// Mean purchases that happened.
    pub actual_mean: f64,
    /// Customers whom the model expects to have so many repeats, at their ages.
    pub expected_customers: f64,
}

/// Foretold and real by number of repeats, 0 to `repeats_max` or more; empty lines are kept.
///
/// The conditional expectations of Fader, Hardie & Lee (2005), figure 6, and the frequencies of
/// repeats of their figure 4.
pub fn calibration_table(
    model: &Model,
    customers: &[Customer],
    later: &[Later],
    t: f64,
    repeats_max: u32,
) -> Vec<Calibration> {
    let expected = expected_frequencies(model, customers, repeats_max);
    let lines = expected.into_iter().zip(0..);
    lines
        .map(|(expected_customers, repeats)| {
            let pairs = customers.iter().zip(later);
            let alike = pairs.filter(|(c, _)| c.repeats.min(repeats_max) == repeats);
            let (mut count, mut predicted, mut actual) = (0, 0.0, 0.0);
            for (customer, later) in alike {
                count += 1;
                predicted += model.expected(customer, t);
                actual += f64::from(later.purchases);
            }
            let mean = |sum: f64| if count == 0 { 0.0 } else { sum / count as f64 };
            Calibration {
                repeats,
                customers: count,
                predicted_mean: mean(predicted),
                actual_mean: mean(actual),
                expected_customers,
            }
        })
        .collect()
}

/// Sums over customers of the chance of 0, 1, … repeats at their ages; ages are counted once.
fn expected_frequencies(model: &Model, customers: &[Customer], repeats_max: u32) -> Vec<f64> {
    let mut ages: Vec<f64> = customers.iter().map(|customer| customer.age).collect();
    ages.sort_by(f64::total_cmp);
    let mut expected = vec![0.0; repeats_max as usize + 1];
    for same in ages.chunk_by(|a, b| a == b) {
        let count = same.len() as f64;
        let mut rest = count;
        for (n, line) in (0..repeats_max).zip(&mut expected) {
            let share = count * model.probability(same[0], n);
            *line += share;
            rest -= share;
        }
        expected[repeats_max as usize] += rest;
    }
    expected
}
