//! Pareto/NBD: a customer may be gone for good at any moment.
//!
//! Schmittlein, Morrison & Colombo (1987), "Counting your customers", Management Science 33(1):
//! 1–24; the form of the likelihood as in Fader & Hardie (2005), "A note on deriving the Pareto/NBD
//! model". Rates of buying are gamma (r, α), rates of leaving gamma (s, β).

use crate::Customer;
use crate::base::Rows;
use crate::law::{Law, Slope};
use crate::nbd::ln_poisson_gamma;
use crate::quadrature::{falling, integral};
use crate::special::{
    decay_integral, digamma_rise, ln_gamma, ln_one_plus_exp, ln_rising, logistic,
};

/// The parameters; α and β are in the unit of time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pareto {
    pub r: f64,
    pub alpha: f64,
    pub s: f64,
    pub beta: f64,
}

/// What is known of the moment of leaving, given that it lies in the silence.
struct Silence {
    /// ln of the odds that the customer left in it.
    ln_odds: f64,
    /// Mean of ln((α+T)/(α+y)), of 1/(α+y), of ln((β+T)/(β+y)) and of 1/(β+y).
    means: [f64; 4],
}

impl Pareto {
    /// Integrates over the moment y of leaving in t_x..T:
    /// odds = s ∫ ((α+T)/(α+y))^(r+x) ((β+T)/(β+y))^s dy/(β+y).
    ///
    /// The integrand falls from t_x on, so it is taken relative to its value there; in
    /// u = ln(min(α,β)+y) it is smooth, and panels end where nothing is left of it.
    fn silence(&self, repeats: f64, recency: f64, age: f64) -> Silence {
        let Self { r, alpha, s, beta } = *self;
        let shape = r + repeats;
        let least = alpha.min(beta);
        let (ln_alpha_end, ln_beta_end) = ((alpha + age).ln(), (beta + age).ln());
        let peak = shape * (ln_alpha_end - (alpha + recency).ln())
            + s * (ln_beta_end - (beta + recency).ln());
        let (start, end) = ((least + recency).ln(), (least + age).ln());
        // The steepest fall of the integrand in u is at the end.
        let at_end = least + age;
        let fall = shape * at_end / (alpha + age) + (s + 1.0) * at_end / (beta + age);
        let [mass, sums @ ..] = falling(start, end, fall, |u| {
            let shifted = u.exp();
            let (ln_alpha, ln_beta) = if alpha <= beta {
                (u, (shifted + (beta - alpha)).ln())
            } else {
                ((shifted + (alpha - beta)).ln(), u)
            };
            let (over_alpha, over_beta) = (ln_alpha_end - ln_alpha, ln_beta_end - ln_beta);
            let y = shifted - least;
            let (rate_alpha, rate_beta) = (1.0 / (alpha + y), 1.0 / (beta + y));
            let height = (shape * over_alpha + s * over_beta - peak).exp();
            let mass = shifted * rate_beta * height;
            let means = [over_alpha, rate_alpha, over_beta, rate_beta];
            [
                mass,
                means[0] * mass,
                means[1] * mass,
                means[2] * mass,
                means[3] * mass,
            ]
        });
        Silence {
            ln_odds: s.ln() + peak + mass.ln(),
            means: sums.map(|sum: f64| if mass > 0.0 { sum / mass } else { 0.0 }),
        }
    }

    fn ln_odds_gone(&self, customer: &Customer) -> f64 {
        let repeats = f64::from(customer.repeats);
        self.silence(repeats, customer.recency, customer.age)
            .ln_odds
    }
}

impl Law for Pareto {
    fn tally(&self, rows: &Rows, slope: &mut Slope) -> f64 {
        let Self { r, alpha, s, beta } = *self;
        let shape = r + rows.repeats;
        let constant = ln_rising(r, rows.repeats) + r * alpha.ln() + s * beta.ln();
        let constant_r = digamma_rise(r, rows.repeats) + alpha.ln();
        let mut total = 0.0;
        let times = rows.recency.iter().zip(&rows.age);
        for ((&recency, &age), &count) in times.zip(&rows.count) {
            let (ln_rate, ln_leave) = ((alpha + age).ln(), (beta + age).ln());
            let silence = self.silence(rows.repeats, recency, age);
            let gone = logistic(silence.ln_odds);
            let [over_alpha, rate_alpha, over_beta, rate_beta] = silence.means;
            let alive = constant - shape * ln_rate - s * ln_leave;
            total += count * (alive + ln_one_plus_exp(silence.ln_odds));
            slope[0] += count * (constant_r - ln_rate + gone * over_alpha);
            let at_end = 1.0 / (alpha + age);
            slope[1] += count * (r / alpha - shape * at_end + gone * shape * (at_end - rate_alpha));
            slope[2] += count * (beta.ln() - ln_leave + gone * (1.0 / s + over_beta));
            let at_end = 1.0 / (beta + age);
            slope[3] +=
                count * (s / beta - s * at_end + gone * (s * at_end - (s + 1.0) * rate_beta));
        }
        total
    }

    fn p_alive(&self, customer: &Customer) -> f64 {
        logistic(-self.ln_odds_gone(customer))
    }

    fn expected(&self, customer: &Customer, t: f64) -> f64 {
        let rate = (self.r + f64::from(customer.repeats)) / (self.alpha + customer.age);
        let leave = self.beta + customer.age;
        let stay = leave * decay_integral(self.s - 1.0, (t / leave).ln_1p());
        self.p_alive(customer) * rate * stay
    }

    fn return_within(&self, customer: &Customer, t: f64) -> f64 {
        // ∫ of the density of the next purchase over u in 0..t, in w = ln(1 + u/c).
        let shape = self.r + f64::from(customer.repeats);
        let (rate, leave) = (self.alpha + customer.age, self.beta + customer.age);
        let least = rate.min(leave);
        let at_end = least + t;
        let fall = (shape + 1.0) * at_end / (rate + t) + self.s * at_end / (leave + t);
        let [chance] = falling(0.0, (t / least).ln_1p(), fall, |w| {
            let u = least * w.exp_m1();
            let silent = -(shape + 1.0) * (u / rate).ln_1p() - self.s * (u / leave).ln_1p();
            [shape * (least + u) / rate * silent.exp()]
        });
        self.p_alive(customer) * chance
    }

    fn probability(&self, t: f64, n: u32) -> f64 {
        let Self { r, alpha, s, beta } = *self;
        let repeats = f64::from(n);
        let stayed = ln_poisson_gamma(r, alpha, t, n) - s * (t / beta).ln_1p();
        // Left at y after n purchases: ∫ P(n by y) s β^s (β+y)^−(s+1) dy, in u = ln(c+y).
        let least = alpha.min(beta);
        let (from, to) = (least.ln(), (least + t).ln());
        let ln_weight = ln_rising(r, repeats) - ln_gamma(repeats + 1.0) + s.ln();
        let left = |u: f64| {
            let y = u.exp() - least;
            if y <= 0.0 {
                return 0.0;
            }
            let count = if n == 0 {
                0.0
            } else {
                repeats * (y / (alpha + y)).ln()
            };
            let rest = -r * (y / alpha).ln_1p() - s * (y / beta).ln_1p();
            (ln_weight + count + rest).exp() * (least + y) / (beta + y)
        };
        // n purchases by y rise as the n-th power, then form a peak of width about 1/√n in ln y.
        let width = 1.0_f64.min(4.0 / (r + s + repeats).sqrt());
        let panels = ((to - from) / width + repeats / 12.0).ceil().max(1.0) as usize;
        stayed.exp() + integral(from, to, panels, left)
    }
}
