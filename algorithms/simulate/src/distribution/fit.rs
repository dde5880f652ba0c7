//! Which distribution times come from: four are fitted by maximum likelihood, the best is kept.

use statrs::function::gamma;

use super::Distribution;

/// A distribution fitted to observed times.
#[derive(Debug, Clone, PartialEq)]
pub struct Fit {
    /// The distribution.
    pub distribution: Distribution,
    /// Its log-likelihood.
    pub log_likelihood: f64,
    /// Akaike's criterion: 2 × parameters − 2 × log-likelihood; the least is the best.
    pub aic: f64,
}

/// Fits the exponential, gamma, log-normal and Weibull distributions to times in minutes, best
/// first by Akaike's criterion.
///
/// Times of 0 count as a thousandth of the mean, since these distributions have none. Times that
/// are all the same give the constant alone.
///
/// # Errors
/// A sentence that names what is wrong, for fewer than two times or one that is negative, not a
/// number or endless, or times that are all 0.
pub fn fit(minutes: &[f64]) -> Result<Vec<Fit>, String> {
    if minutes.len() < 2 {
        let count = minutes.len();
        return Err(format!("{count} times are too few to fit; give at least 2"));
    }
    if let Some(place) = minutes.iter().position(|m| !(*m >= 0.0 && m.is_finite())) {
        let wrong = minutes[place];
        return Err(format!(
            "time {place} is {wrong}; give finite numbers of at least 0"
        ));
    }
    let mean = minutes.iter().sum::<f64>() / minutes.len() as f64;
    if mean <= 0.0 {
        return Err("all times are 0; give at least one above 0".to_owned());
    }
    let first = minutes[0];
    if minutes.iter().all(|time| *time == first) {
        return Ok(vec![Fit {
            distribution: Distribution::Constant(first),
            log_likelihood: 0.0,
            aic: 0.0,
        }]);
    }
    let times: Vec<f64> = minutes.iter().map(|time| time.max(mean * 1e-3)).collect();
    let mut fits = vec![exponential(&times), log_normal(&times)];
    fits.extend([gamma_fit(&times), weibull(&times)].into_iter().flatten());
    fits.sort_by(|a, b| a.aic.total_cmp(&b.aic));
    Ok(fits)
}

fn judged(distribution: Distribution, parameters: f64, log_likelihood: f64) -> Fit {
    Fit {
        distribution,
        log_likelihood,
        aic: 2.0 * (parameters - log_likelihood),
    }
}

fn mean_of(times: &[f64], of: impl Fn(f64) -> f64) -> f64 {
    times.iter().map(|time| of(*time)).sum::<f64>() / times.len() as f64
}

fn exponential(times: &[f64]) -> Fit {
    let mean = mean_of(times, |time| time);
    let likelihood = -(times.len() as f64) * (mean.ln() + 1.0);
    judged(Distribution::Exponential { mean }, 1.0, likelihood)
}

fn log_normal(times: &[f64]) -> Fit {
    let centre = mean_of(times, f64::ln);
    let variance = mean_of(times, |time| (time.ln() - centre).powi(2));
    let distribution = Distribution::LogNormal {
        mean: (centre + variance / 2.0).exp(),
        cv: variance.exp_m1().sqrt(),
    };
    let spread = 0.5 * (std::f64::consts::TAU * variance).ln() + 0.5;
    judged(distribution, 2.0, -(times.len() as f64) * (centre + spread))
}

/// The shape solves ln k − ψ(k) = ln mean − mean ln; Newton's steps on 1/k by Minka (*Estimating
/// a Gamma distribution*, 2002) settle in four or five. `None` when they do not.
fn gamma_fit(times: &[f64]) -> Option<Fit> {
    let mean = mean_of(times, |time| time);
    let mean_ln = mean_of(times, f64::ln);
    let gap = mean.ln() - mean_ln;
    let mut shape = (3.0 - gap + ((gap - 3.0).powi(2) + 24.0 * gap).sqrt()) / (12.0 * gap);
    for _ in 0..50 {
        let step = 1e-5 * shape;
        let slope = (gamma::digamma(shape + step) - gamma::digamma(shape - step)) / (2.0 * step);
        let miss = shape.ln() - gamma::digamma(shape) - gap;
        let inverse = 1.0 / shape + miss / (shape * shape * (1.0 / shape - slope));
        let next = 1.0 / inverse;
        let settled = (next - shape).abs() <= 1e-10 * shape;
        shape = next;
        if settled {
            break;
        }
    }
    if !(shape > 0.0 && shape.is_finite()) {
        return None;
    }
    let scale = mean / shape;
    let each = (shape - 1.0) * mean_ln - shape - shape * scale.ln() - gamma::ln_gamma(shape);
    let cv = shape.sqrt().recip();
    let likelihood = times.len() as f64 * each;
    Some(judged(Distribution::Gamma { mean, cv }, 2.0, likelihood))
}

/// The shape k solves Σ tᵏ ln t / Σ tᵏ − 1/k = mean ln t, which rises in k: halving finds it.
fn weibull(times: &[f64]) -> Option<Fit> {
    let most = times.iter().copied().fold(0.0, f64::max);
    let mean_ln = mean_of(times, |time| (time / most).ln());
    let miss = |shape: f64| {
        // Against the largest time no power overflows.
        let powers = mean_of(times, |time| (time / most).powf(shape));
        let logs = mean_of(times, |time| (time / most).powf(shape) * (time / most).ln());
        logs / powers - 1.0 / shape - mean_ln
    };
    let (mut low, mut high) = (1e-3_f64, 1e3_f64);
    if miss(low) > 0.0 || miss(high) < 0.0 {
        return None;
    }
    for _ in 0..100 {
        let middle = (low * high).sqrt();
        if miss(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let shape = (low * high).sqrt();
    let scale = most * mean_of(times, |time| (time / most).powf(shape)).powf(1.0 / shape);
    let each = shape.ln() - shape * scale.ln() + (shape - 1.0) * (mean_ln + most.ln()) - 1.0;
    let mean = scale * gamma::gamma(1.0 + 1.0 / shape);
    let likelihood = times.len() as f64 * each;
    Some(judged(
        Distribution::Weibull { mean, shape },
        2.0,
        likelihood,
    ))
}
