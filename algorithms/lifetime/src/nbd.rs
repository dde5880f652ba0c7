//! NBD: everybody stays; purchase rates differ.
//!
//! Ehrenberg (1959), "The pattern of consumer purchases", Applied Statistics 8(1). Purchases of a
//! customer are a Poisson process whose rate is gamma distributed (shape r, rate α).

use crate::Customer;
use crate::base::Rows;
use crate::law::{Law, Slope};
use crate::special::{digamma_rise, ln_gamma, ln_rising};

/// The parameters; α is in the unit of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nbd {
    pub r: f64,
    pub alpha: f64,
}

impl Law for Nbd {
    fn tally(&self, rows: &Rows, slope: &mut Slope) -> f64 {
        let Self { r, alpha } = *self;
        let shape = r + rows.repeats;
        let constant = ln_rising(r, rows.repeats) + r * alpha.ln();
        let constant_r = digamma_rise(r, rows.repeats) + alpha.ln();
        let mut total = 0.0;
        for (age, count) in rows.age.iter().zip(&rows.count) {
            let ln_rate = (alpha + age).ln();
            total += count * (constant - shape * ln_rate);
            slope[0] += count * (constant_r - ln_rate);
            slope[1] += count * (r / alpha - shape / (alpha + age));
        }
        total
    }

    fn p_alive(&self, _customer: &Customer) -> f64 {
        1.0
    }

    fn expected(&self, customer: &Customer, t: f64) -> f64 {
        let repeats = f64::from(customer.repeats);
        (self.r + repeats) / (self.alpha + customer.age) * t
    }

    fn return_within(&self, customer: &Customer, t: f64) -> f64 {
        let shape = self.r + f64::from(customer.repeats);
        -(-shape * (t / (self.alpha + customer.age)).ln_1p()).exp_m1()
    }

    fn probability(&self, t: f64, n: u32) -> f64 {
        ln_poisson_gamma(self.r, self.alpha, t, n).exp()
    }
}

/// ln of the chance of `n` purchases in the time `t` at a gamma distributed rate.
pub(crate) fn ln_poisson_gamma(r: f64, alpha: f64, t: f64, n: u32) -> f64 {
    let n = f64::from(n);
    let none = -r * (t / alpha).ln_1p();
    if n == 0.0 {
        return none;
    }
    ln_rising(r, n) - ln_gamma(n + 1.0) + none + n * (t / (alpha + t)).ln()
}
