//! BG/NBD and MBG/NBD: after a purchase a customer may be gone for good.
//!
//! BG/NBD: Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science
//! 24(2): 275–284. MBG/NBD, where the first purchase may already be the last: Batislam, Denizel &
//! Filiztekin (2007), International Journal of Research in Marketing 24(3): 201–209. Rates are
//! gamma (r, α), the chance to leave after a purchase is beta (a, b).

use crate::Customer;
use crate::base::Rows;
use crate::law::{Law, Slope};
use crate::nbd::ln_poisson_gamma;
use crate::quadrature::integral;
use crate::special::{
    beta_reg, decay_integral, digamma_rise, ln_gamma, ln_one_plus_exp, ln_rising, logistic,
};

/// The parameters; α is in the unit of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BetaGeometric {
    pub r: f64,
    pub alpha: f64,
    pub a: f64,
    pub b: f64,
    /// Whether one may leave right after the first purchase (MBG/NBD).
    pub leaves_at_once: bool,
}

/// Beyond this the power series is too slow and the integral takes over.
const SERIES_MAX: f64 = 0.95;

impl BetaGeometric {
    /// How often a customer of `repeats` has had the choice to leave.
    fn choices(&self, repeats: f64) -> f64 {
        if self.leaves_at_once {
            repeats + 1.0
        } else {
            repeats
        }
    }

    /// ln of the odds that the customer left with the last purchase.
    fn ln_odds_gone(&self, customer: &Customer) -> f64 {
        let repeats = f64::from(customer.repeats);
        let choices = self.choices(repeats);
        if choices == 0.0 {
            return f64::NEG_INFINITY;
        }
        let silence = (customer.age - customer.recency) / (self.alpha + customer.recency);
        (self.a / (self.b + choices - 1.0)).ln() + (self.r + repeats) * silence.ln_1p()
    }

    /// Expected purchases in the time t of someone alive.
    ///
    /// With l = ln((α+T+t)/(α+T)), c = a+b+choices−1 and z = 1−e^(−l), Euler's transformation of
    /// the published ₂F₁ gives c·(1−e^(−(a−1)l))/(a−1) − e^(−(a−1)l)·G,
    /// G = Σ_{k≥1} (a+b'−r)_k (a)_{k−1} z^k / ((c+1)_{k−1} k!): no pole at a = 1, no overflow.
    fn expected_alive(&self, customer: &Customer, t: f64) -> f64 {
        let repeats = f64::from(customer.repeats);
        let rate = self.alpha + customer.age;
        let l = (t / rate).ln_1p();
        let z = t / (rate + t);
        if z > SERIES_MAX {
            return self.expected_alive_by_integral(repeats, t / rate);
        }
        let choices = self.choices(repeats);
        let c = self.a + self.b + choices - 1.0;
        let excess = c - self.r - repeats;
        let (mut term, mut sum, mut k) = (excess * z, 0.0, 1.0);
        while k < 10_000.0 {
            sum += term;
            let ratio = (excess + k) * (self.a + k - 1.0) / ((c + k) * (k + 1.0)) * z;
            term *= ratio;
            if term.abs() <= 1e-17 * sum.abs() && ratio.abs() < 1.0 {
                break;
            }
            k += 1.0;
        }
        let grown = -(self.a - 1.0) * l;
        c * decay_integral(self.a - 1.0, l) - grown.exp() * sum
    }

    /// The same as the mean of (1 − (1+pτ)^−(r+x)) / p over p ~ Beta(a, b + choices).
    ///
    /// In s = ln(p/(1−p)) the density is smooth and has one peak; far to the left and to the
    /// right the function is constant and the rest is a power of p or of 1 − p.
    fn expected_alive_by_integral(&self, repeats: f64, tau: f64) -> f64 {
        let (a, b) = (self.a, self.b + self.choices(repeats));
        let shape = self.r + repeats;
        let ln_beta = ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b);
        let ln_weight = |s: f64| -a * ln_one_plus_exp(-s) - b * ln_one_plus_exp(s) - ln_beta;
        let value = |s: f64| {
            let p = logistic(s);
            let gain = if p * tau < 1e-12 {
                shape * tau
            } else {
                -(-shape * (p * tau).ln_1p()).exp_m1() / p
            };
            ln_weight(s).exp() * gain
        };
        let peak = (a / b).ln();
        let from = peak.min(-tau.ln() - shape.ln().max(0.0)) - 40.0;
        let to = peak.max(0.0) + 40.0;
        let width = 1.0_f64.min(4.0 * (1.0 / a + 1.0 / b).sqrt());
        let panels = ((to - from) / width).ceil() as usize;
        let left = shape * tau * (a * from - ln_beta).exp() / a;
        let right = -(-shape * tau.ln_1p()).exp_m1() * (-b * to - ln_beta).exp() / b;
        left + integral(from, to, panels, value) + right
    }
}

impl Law for BetaGeometric {
    fn tally(&self, rows: &Rows, slope: &mut Slope) -> f64 {
        let Self { r, alpha, a, b, .. } = *self;
        let repeats = rows.repeats;
        let choices = self.choices(repeats);
        let shape = r + repeats;
        let constant = ln_rising(r, repeats) + r * alpha.ln() + ln_rising(b, choices)
            - ln_rising(a + b, choices);
        let rise_ab = digamma_rise(a + b, choices);
        let rise_b = digamma_rise(b, choices);
        let constant_r = digamma_rise(r, repeats) + alpha.ln();
        let ln_odds = (a / (b + choices - 1.0)).ln();
        let (mut total, mut gone_total, mut count_total) = (0.0, 0.0, 0.0);
        let times = rows.recency.iter().zip(&rows.age);
        for ((recency, age), count) in times.zip(&rows.count) {
            let ln_rate = (alpha + age).ln();
            total += count * (constant - shape * ln_rate);
            slope[0] += count * (constant_r - ln_rate);
            slope[1] += count * (r / alpha - shape / (alpha + age));
            count_total += count;
            if choices == 0.0 {
                continue;
            }
            let ln_silence = ln_rate - (alpha + recency).ln();
            let ln_gone = ln_odds + shape * ln_silence;
            let gone = count * logistic(ln_gone);
            total += count * ln_one_plus_exp(ln_gone);
            slope[0] += gone * ln_silence;
            slope[1] += gone * shape * (1.0 / (alpha + age) - 1.0 / (alpha + recency));
            gone_total += gone;
        }
        slope[2] += gone_total / a - count_total * rise_ab;
        slope[3] += count_total * (rise_b - rise_ab);
        if choices > 0.0 {
            slope[3] -= gone_total / (b + choices - 1.0);
        }
        total
    }

    fn p_alive(&self, customer: &Customer) -> f64 {
        logistic(-self.ln_odds_gone(customer))
    }

    fn expected(&self, customer: &Customer, t: f64) -> f64 {
        self.p_alive(customer) * self.expected_alive(customer, t)
    }

    fn return_within(&self, customer: &Customer, t: f64) -> f64 {
        let shape = self.r + f64::from(customer.repeats);
        let silent = -shape * (t / (self.alpha + customer.age)).ln_1p();
        self.p_alive(customer) * -silent.exp_m1()
    }

    fn probability(&self, t: f64, n: u32) -> f64 {
        let repeats = f64::from(n);
        let choices = self.choices(repeats);
        let stayed = ln_rising(self.b, choices) - ln_rising(self.a + self.b, choices);
        let alive = (stayed + ln_poisson_gamma(self.r, self.alpha, t, n)).exp();
        if choices == 0.0 {
            return alive;
        }
        // Left with purchase n: n or more purchases would have fallen into the time.
        let left = (stayed + (self.a / (self.b + choices - 1.0)).ln()).exp();
        let enough = if n == 0 {
            1.0
        } else if t == 0.0 {
            0.0
        } else {
            beta_reg(repeats, self.r, t / (self.alpha + t))
        };
        alive + left * enough
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn series_and_integral_tell_the_same() {
        let values = [0.02, 0.3, 0.999_999_9, 1.0, 2.5, 40.0];
        for a in values {
            for b in values {
                for (r, repeats) in [(0.05, 0), (0.7, 1), (3.0, 30), (0.5, 900)] {
                    for tau in [0.01, 0.6, 4.0, 18.0] {
                        let law = BetaGeometric {
                            r,
                            alpha: 1.0,
                            a,
                            b,
                            leaves_at_once: repeats == 1,
                        };
                        let customer = Customer::new(repeats, 0.0, 0.0);
                        let series = law.expected_alive(&customer, tau);
                        let integral = law.expected_alive_by_integral(f64::from(repeats), tau);
                        if repeats == 0 {
                            // Without a choice made, leaving begins with b itself.
                            assert!(series > 0.0);
                        }
                        let error = (series / integral - 1.0).abs();
                        assert!(error < 1e-9, "{law:?} {tau}: {series} {integral}");
                    }
                }
            }
        }
    }
}
