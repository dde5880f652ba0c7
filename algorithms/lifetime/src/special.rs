//! Functions on the log scale that stay exact where the plain ones overflow or cancel.

pub(crate) use statrs::function::beta::beta_reg;
pub(crate) use statrs::function::gamma::{digamma, ln_gamma};

/// Whole numbers up to this are multiplied out: exact where two ln Γ would cancel.
const FACTORS_MAX: f64 = 16.0;

/// ln Γ(x + n) − ln Γ(x).
pub(crate) fn ln_rising(x: f64, n: f64) -> f64 {
    if n <= FACTORS_MAX && n.fract() == 0.0 {
        let product: f64 = (0..n as u32).map(|i| x + f64::from(i)).product();
        return product.ln();
    }
    ln_gamma(x + n) - ln_gamma(x)
}

/// ψ(x + n) − ψ(x), the slope of [`ln_rising`] in x.
pub(crate) fn digamma_rise(x: f64, n: f64) -> f64 {
    if n <= FACTORS_MAX && n.fract() == 0.0 {
        return (0..n as u32).map(|i| 1.0 / (x + f64::from(i))).sum();
    }
    digamma(x + n) - digamma(x)
}

/// ln(1 + eˣ) without overflow.
pub(crate) fn ln_one_plus_exp(x: f64) -> f64 {
    if x > 0.0 {
        x + (-x).exp().ln_1p()
    } else {
        x.exp().ln_1p()
    }
}

/// 1 / (1 + e⁻ˣ).
pub(crate) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// (1 − e^(−k·l)) / k, which is l at k = 0.
pub(crate) fn decay_integral(k: f64, l: f64) -> f64 {
    if (k * l).abs() < 1e-300 {
        l
    } else {
        -(-k * l).exp_m1() / k
    }
}
