//! Maximum likelihood.

use crate::base::Base;
use crate::law::{PARAMETERS_MAX, Slope};
use crate::optimise::{self, Peak, Valley, descend, identity};
use crate::{Error, Kind, Model};

/// A model fitted to a customer base.
#[derive(Debug, Clone)]
pub struct Fit {
    /// The model with the most likely parameters, in the unit of time of the customers.
    pub model: Model,
    /// Standard error of each parameter, from the curvature of the log-likelihood at its peak.
    pub standard_errors: Vec<f64>,
    /// ln of the likelihood of the histories, without constants that hold for every model.
    pub log_likelihood: f64,
    /// Customers it was fitted to.
    pub customers: usize,
    peak: Peak,
}

impl Fit {
    /// Akaike's criterion: 2 · parameters − 2 · log-likelihood; the smaller the better.
    pub fn aic(&self) -> f64 {
        2.0 * self.standard_errors.len() as f64 - 2.0 * self.log_likelihood
    }
}

/// The likelihood of a base under one kind of model, in logarithms of its parameters.
struct Likelihood<'a> {
    kind: Kind,
    base: &'a Base,
}

impl Valley for Likelihood<'_> {
    fn size(&self) -> usize {
        self.kind.parameter_names().len()
    }

    fn look(&self, at: &Slope) -> (f64, Slope) {
        let values = at.map(f64::exp);
        let model = Model::of_checked(self.kind, &values);
        let (value, mut slope) = self.base.tally(model.law());
        let each = -1.0 / self.base.customers() as f64;
        for (part, parameter) in slope.iter_mut().zip(values) {
            *part *= each * parameter;
        }
        (each * value, slope)
    }
}

impl Base {
    /// Fits a model from a start of its own.
    ///
    /// # Errors
    /// [`Error::TooFew`] histories, or [`Error::NoMaximum`] of the likelihood.
    pub fn fit(&self, kind: Kind) -> Result<Fit, Error> {
        let rate = self.repeats() / self.customers() as f64;
        let start: &[f64] = match kind {
            Kind::Nbd => &[0.5, 0.5 / rate],
            Kind::BgNbd | Kind::MbgNbd => &[0.5, 0.3 / rate, 0.8, 2.0],
            Kind::ParetoNbd => &[0.5, 0.3 / rate, 0.6, 0.5],
        };
        self.fit_from_logs(kind, &logs(start))
    }

    /// Fits a model from given parameters, in the unit of time of the customers.
    ///
    /// # Errors
    /// As [`Base::fit`], and [`Error::Parameter`] or [`Error::ParameterCount`] of the start.
    pub fn fit_from(&self, kind: Kind, start: &[f64]) -> Result<Fit, Error> {
        let start = Model::new(kind, start)?.parameters();
        let names = kind.parameter_names().iter();
        let scaled: Vec<f64> = names
            .zip(start)
            .map(|(name, value)| value / self.unit(name))
            .collect();
        self.fit_from_logs(kind, &logs(&scaled))
    }

    /// The log-likelihood of a model, and its slope in each parameter.
    pub fn log_likelihood(&self, model: &Model) -> (f64, Vec<f64>) {
        let names = model.kind().parameter_names();
        let units = names.iter().map(|name| self.unit(name));
        let parameters = model.parameters().into_iter().zip(units.clone());
        let scaled: Vec<f64> = parameters.map(|(value, unit)| value / unit).collect();
        let (value, slope) = self.tally(Model::of_checked(model.kind(), &scaled).law());
        let slope = slope.into_iter().zip(units).map(|(part, unit)| part / unit);
        (self.in_callers_unit(value), slope.collect())
    }

    fn fit_from_logs(&self, kind: Kind, start: &Slope) -> Result<Fit, Error> {
        // One history more than parameters, or the parameters are not determined.
        let needed = kind.parameter_names().len() + 1;
        let histories = self.histories();
        if histories < needed {
            return Err(Error::TooFew { histories, needed });
        }
        let all = Likelihood { kind, base: self };
        let peak = match self.sample() {
            None => descend(&all, start, &identity()),
            Some(part) => {
                let part = Likelihood { kind, base: &part };
                let near = descend(&part, start, &identity());
                let near = optimise::finish(&part, near).unwrap_or(near);
                descend(&all, &near.at, &near.inverse)
            }
        };
        self.finish(&all, peak)
    }

    /// The peak near by with its standard errors, if it is one.
    fn finish(&self, all: &Likelihood<'_>, near: Peak) -> Result<Fit, Error> {
        let size = all.size();
        let names = all.kind.parameter_names();
        let furthest = (0..size).max_by(|&i, &j| near.at[i].abs().total_cmp(&near.at[j].abs()));
        let peak = optimise::finish(all, near).ok_or(Error::NoMaximum {
            model: all.kind.name(),
            parameter: names[furthest.unwrap_or(0)],
        })?;
        let parameters: Vec<f64> = (0..size)
            .map(|i| peak.at[i].exp() * self.unit(names[i]))
            .collect();
        let customers = self.customers();
        let errors = parameters.iter().enumerate();
        Ok(Fit {
            standard_errors: errors
                .map(|(i, value)| value * (peak.inverse[i][i] / customers as f64).sqrt())
                .collect(),
            model: Model::of_checked(all.kind, &parameters),
            log_likelihood: self.in_callers_unit(-peak.value * customers as f64),
            customers,
            peak,
        })
    }

    /// How many of the caller's units one inner unit of this parameter is.
    fn unit(&self, parameter: &str) -> f64 {
        if Kind::is_time(parameter) {
            self.scale()
        } else {
            1.0
        }
    }

    /// A density of moments changes with the unit of time; likelihoods are told in the caller's.
    fn in_callers_unit(&self, log_likelihood: f64) -> f64 {
        log_likelihood - self.repeats() * self.scale().ln()
    }
}

fn logs(values: &[f64]) -> Slope {
    let mut logs = [0.0; PARAMETERS_MAX];
    for (log, value) in logs.iter_mut().zip(values) {
        *log = value.ln();
    }
    logs
}

/// Parameters fitted to customer bases drawn from the base itself.
#[derive(Debug, Clone)]
pub struct Bootstrap {
    /// One fit per row, parameters in the order of [`Kind::parameter_names`].
    pub parameters: Vec<Vec<f64>>,
    /// Draws whose likelihood had no peak.
    pub failed: usize,
}

impl Bootstrap {
    /// The interval of a parameter that holds the share `level` of the draws, as percentiles.
    ///
    /// `None` without draws, for an unknown parameter, or a level outside 0..1. Efron &
    /// Tibshirani (1993), "An introduction to the bootstrap", chapter 13.
    pub fn interval(&self, parameter: usize, level: f64) -> Option<(f64, f64)> {
        if !(level > 0.0 && level < 1.0) {
            return None;
        }
        let column = self
            .parameters
            .iter()
            .map(|row| row.get(parameter).copied());
        let mut values = column.collect::<Option<Vec<f64>>>()?;
        values.sort_by(f64::total_cmp);
        let at = |share: f64| crate::quantile(&values, share);
        Some((at(0.5 - 0.5 * level)?, at(0.5 + 0.5 * level)?))
    }
}

impl Base {
    /// Fits `draws` bases of as many customers, drawn with replacement; the seed decides them.
    pub fn bootstrap(&self, fit: &Fit, draws: usize, seed: u64) -> Bootstrap {
        let mut state = seed;
        let kind = fit.model.kind();
        let mut result = Bootstrap {
            parameters: Vec::with_capacity(draws),
            failed: 0,
        };
        for _ in 0..draws {
            let base = self.resample(|below| below_of(next(&mut state), below));
            let all = Likelihood { kind, base: &base };
            let peak = descend(&all, &fit.peak.at, &fit.peak.inverse);
            match base.finish(&all, peak) {
                Ok(fit) => result.parameters.push(fit.model.parameters()),
                Err(_) => result.failed += 1,
            }
        }
        result
    }
}

/// SplitMix64: Steele, Lea & Flood (2014), "Fast splittable pseudorandom number generators".
fn next(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number below `below` from 64 random bits, without a division.
fn below_of(bits: u64, below: u64) -> u64 {
    ((u128::from(bits) * u128::from(below)) >> 64) as u64
}
