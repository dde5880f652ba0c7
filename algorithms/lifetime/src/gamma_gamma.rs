//! Gamma-Gamma: what a purchase of a customer is worth.
//!
//! Fader & Hardie (2013), "The gamma-gamma model of monetary value" (note 025). Spends of a
//! customer are gamma (p, ν), and ν differs between customers as gamma (q, v). It takes spending to
//! be independent of how often somebody comes.

use crate::law::{PARAMETERS_MAX, Slope};
use crate::optimise::{self, Valley, descend, identity};
use crate::special::{digamma, digamma_rise, ln_gamma};
use crate::{Customer, Error};

/// The model with its parameters; v is in money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GammaGamma {
    /// Shape of the spends of one customer.
    pub p: f64,
    /// Shape of the difference between customers.
    pub q: f64,
    /// Scale of the difference between customers, in money (γ in some papers).
    pub v: f64,
}

/// A Gamma-Gamma model fitted to customers.
#[derive(Debug, Clone, PartialEq)]
pub struct GammaGammaFit {
    /// The model with the most likely parameters.
    pub model: GammaGamma,
    /// Standard errors of p, q and v.
    pub standard_errors: [f64; 3],
    /// ln of the likelihood of the mean spends.
    pub log_likelihood: f64,
    /// Customers with a repeat purchase and a spend: those it was fitted to.
    pub customers: usize,
}

/// Customers with the same number of repeats.
struct Group {
    repeats: f64,
    /// Mean spend over the mean of all, and its logarithm.
    spends: Vec<(f64, f64)>,
}

struct Likelihood {
    groups: Vec<Group>,
    customers: f64,
}

impl GammaGamma {
    const NAME: &'static str = "Gamma-Gamma";

    /// A model with given parameters.
    ///
    /// # Errors
    /// [`Error::Parameter`] for one that is not a positive number.
    pub fn new(p: f64, q: f64, v: f64) -> Result<Self, Error> {
        for (name, value) in [("p", p), ("q", q), ("v", v)] {
            if !(value > 0.0 && value.is_finite()) {
                return Err(Error::Parameter { name, value });
            }
        }
        Ok(Self { p, q, v })
    }

    /// Mean spend of a purchase over all customers; `None` if q ≤ 1, where it has no bound.
    pub fn population_mean(&self) -> Option<f64> {
        (self.q > 1.0).then(|| self.p * self.v / (self.q - 1.0))
    }

    /// Expected spend of a purchase of this customer; `None` where it has no bound.
    ///
    /// Without repeats, or with a mean spend of 0, it is the mean of the population.
    pub fn expected_spend(&self, customer: &Customer) -> Option<f64> {
        if customer.repeats == 0 || customer.mean_spend <= 0.0 {
            return self.population_mean();
        }
        let x = f64::from(customer.repeats);
        let weight = self.p * x + self.q - 1.0;
        (weight > 0.0).then(|| self.p * (self.v + x * customer.mean_spend) / weight)
    }

    /// Fits the model to the customers with a repeat purchase and a spend above 0.
    ///
    /// # Errors
    /// [`Error::Spend`] with the customer as row, [`Error::TooFew`] or [`Error::NoMaximum`].
    pub fn fit(customers: &[Customer]) -> Result<GammaGammaFit, Error> {
        for (row, customer) in customers.iter().enumerate() {
            let value = customer.mean_spend;
            if !(value >= 0.0 && value.is_finite()) {
                return Err(Error::Spend { row, value });
            }
        }
        let mut buyers: Vec<(u32, f64)> = customers
            .iter()
            .filter(|c| c.repeats > 0 && c.mean_spend > 0.0)
            .map(|c| (c.repeats, c.mean_spend))
            .collect();
        let needed = 4;
        if buyers.len() < needed {
            let histories = buyers.len();
            return Err(Error::TooFew { histories, needed });
        }
        buyers.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // Fitted in mean spends, so that every currency gives the same fit.
        let unit = buyers.iter().map(|b| b.1).sum::<f64>() / buyers.len() as f64;
        let groups = buyers.chunk_by(|a, b| a.0 == b.0).map(|same| Group {
            repeats: f64::from(same[0].0),
            spends: same
                .iter()
                .map(|b| (b.1 / unit, (b.1 / unit).ln()))
                .collect(),
        });
        let likelihood = Likelihood {
            groups: groups.collect(),
            customers: buyers.len() as f64,
        };
        likelihood.fit(unit)
    }
}

impl Likelihood {
    fn fit(&self, unit: f64) -> Result<GammaGammaFit, Error> {
        let mut start = [0.0; PARAMETERS_MAX];
        (start[0], start[1], start[2]) = (1.0, 1.0, 0.0);
        let near = descend(self, &start, &identity());
        let names = ["p", "q", "v"];
        let furthest = (0..3).max_by(|&i, &j| near.at[i].abs().total_cmp(&near.at[j].abs()));
        let peak = optimise::finish(self, near).ok_or(Error::NoMaximum {
            model: GammaGamma::NAME,
            parameter: names[furthest.unwrap_or(0)],
        })?;
        let [p, q, v, ..] = peak.at.map(f64::exp);
        let error = |i: usize, value: f64| value * (peak.inverse[i][i] / self.customers).sqrt();
        // Densities of money are told in the caller's money.
        let in_unit = self.customers * unit.ln();
        Ok(GammaGammaFit {
            model: GammaGamma { p, q, v: v * unit },
            standard_errors: [error(0, p), error(1, q), error(2, v * unit)],
            log_likelihood: -peak.value * self.customers - in_unit,
            customers: self.customers as usize,
        })
    }
}

impl Valley for Likelihood {
    fn size(&self) -> usize {
        3
    }

    fn look(&self, at: &Slope) -> (f64, Slope) {
        let [p, q, v, ..] = at.map(f64::exp);
        let (mut total, mut slope) = (0.0, [0.0; PARAMETERS_MAX]);
        for group in &self.groups {
            let x = group.repeats;
            let (px, all) = (p * x, p * x + q);
            let count = group.spends.len() as f64;
            total +=
                count * (ln_gamma(all) - ln_gamma(px) - ln_gamma(q) + q * v.ln() + px * x.ln());
            slope[0] += count * x * (digamma_rise(px, q) + x.ln());
            slope[1] += count * (digamma(all) - digamma(q) + v.ln());
            for &(spend, ln_spend) in &group.spends {
                let pooled = v + spend * x;
                let ln_pooled = pooled.ln();
                total += (px - 1.0) * ln_spend - all * ln_pooled;
                slope[0] += x * (ln_spend - ln_pooled);
                slope[1] -= ln_pooled;
                slope[2] += q / v - all / pooled;
            }
        }
        let each = -1.0 / self.customers;
        for (part, parameter) in slope.iter_mut().zip([p, q, v]) {
            *part *= each * parameter;
        }
        (each * total, slope)
    }
}
