//! How long things take: distributions, drawn from a [`Stream`] and fitted to observed times.

mod fit;

pub use fit::{Fit, fit};

use statrs::function::{erf, gamma};

use crate::random::Stream;

/// A distribution of times in minutes.
#[derive(Debug, Clone, PartialEq)]
pub enum Distribution {
    /// Always the same.
    Constant(f64),
    /// Exponential.
    Exponential {
        /// Its mean.
        mean: f64,
    },
    /// Every time between two limits alike.
    Uniform {
        /// The least.
        from: f64,
        /// The most.
        to: f64,
    },
    /// A guess by three points, with straight sides.
    Triangular {
        /// The least.
        least: f64,
        /// The likeliest.
        likeliest: f64,
        /// The most.
        most: f64,
    },
    /// Log-normal.
    LogNormal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation / mean.
        cv: f64,
    },
    /// Gamma; Erlang's distribution of n stages has the cv 1/√n.
    Gamma {
        /// Its mean.
        mean: f64,
        /// Its standard deviation / mean.
        cv: f64,
    },
    /// Weibull.
    Weibull {
        /// Its mean.
        mean: f64,
        /// Its shape; below 1 some times are very long, above 1 they are alike.
        shape: f64,
    },
    /// Normal; where a time cannot be negative, 0 stands for all that would be.
    Normal {
        /// Its mean.
        mean: f64,
        /// Its standard deviation.
        sd: f64,
    },
    /// One of these, each as likely as the others.
    Observed(Vec<f64>),
    /// These one after the other, in the order in which they are asked for, and then again.
    InOrder(Vec<f64>),
}

impl Distribution {
    /// The mean, in minutes; that of the normal distribution before anything is cut off.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Self::Constant(minutes) => *minutes,
            Self::Exponential { mean }
            | Self::LogNormal { mean, .. }
            | Self::Gamma { mean, .. }
            | Self::Weibull { mean, .. }
            | Self::Normal { mean, .. } => *mean,
            Self::Uniform { from, to } => f64::midpoint(*from, *to),
            Self::Triangular {
                least,
                likeliest,
                most,
            } => (least + likeliest + most) / 3.0,
            Self::Observed(values) | Self::InOrder(values) => {
                values.iter().sum::<f64>() / values.len() as f64
            }
        }
    }

    pub(crate) fn sampler(&self) -> Sampler {
        match self {
            Self::Constant(minutes) => Sampler::Constant(*minutes),
            Self::Exponential { mean } => Sampler::Exponential(*mean),
            Self::Uniform { from, to } => Sampler::Uniform(*from, to - from),
            Self::Triangular {
                least,
                likeliest,
                most,
            } => Sampler::Triangular(*least, *likeliest, *most),
            Self::LogNormal { mean, cv } => {
                let variance = (cv * cv).ln_1p();
                Sampler::LogNormal(mean.ln() - variance / 2.0, variance.sqrt())
            }
            Self::Gamma { mean, cv } => Sampler::Gamma(1.0 / (cv * cv), mean * cv * cv),
            Self::Weibull { mean, shape } => {
                let scale = mean / gamma::gamma(1.0 + 1.0 / shape);
                Sampler::Weibull(scale, 1.0 / shape)
            }
            Self::Normal { mean, sd } => Sampler::Normal(*mean, *sd),
            Self::Observed(values) => Sampler::Observed(values.clone()),
            Self::InOrder(values) => Sampler::InOrder(values.clone(), 0),
        }
    }
}

/// A distribution with its constants worked out.
#[derive(Debug, Clone)]
pub(crate) enum Sampler {
    Constant(f64),
    Exponential(f64),
    Uniform(f64, f64),
    Triangular(f64, f64, f64),
    LogNormal(f64, f64),
    Gamma(f64, f64),
    Weibull(f64, f64),
    Normal(f64, f64),
    Observed(Vec<f64>),
    InOrder(Vec<f64>, usize),
}

impl Sampler {
    /// The next time. All but the gamma distribution turn one number of the stream into one time,
    /// so that the same luck means a longer time in both of two models.
    #[inline]
    pub(crate) fn draw(&mut self, luck: &mut Stream) -> f64 {
        match self {
            Self::Exponential(mean) => *mean * luck.exponential(),
            Self::Constant(minutes) => *minutes,
            other => other.draw_rarer(luck),
        }
    }

    fn draw_rarer(&mut self, luck: &mut Stream) -> f64 {
        match self {
            Self::Constant(minutes) => *minutes,
            Self::Exponential(mean) => *mean * luck.exponential(),
            Self::Uniform(from, width) => *from + *width * luck.uniform(),
            Self::Triangular(least, likeliest, most) => {
                triangular(*least, *likeliest, *most, luck.uniform())
            }
            Self::LogNormal(mean, sd) => (*mean + *sd * normal(luck)).exp(),
            Self::Gamma(shape, scale) => *scale * standard_gamma(*shape, luck),
            Self::Weibull(scale, power) => *scale * luck.exponential().powf(*power),
            Self::Normal(mean, sd) => *mean + *sd * normal(luck),
            Self::Observed(values) => {
                let place = (luck.uniform() * values.len() as f64) as usize;
                values[place.min(values.len() - 1)]
            }
            Self::InOrder(values, place) => {
                let minutes = values[*place];
                *place = (*place + 1) % values.len();
                minutes
            }
        }
    }
}

/// A number from the standard normal distribution, by its inverse.
fn normal(luck: &mut Stream) -> f64 {
    -std::f64::consts::SQRT_2 * erf::erfc_inv(2.0 * luck.uniform())
}

fn triangular(least: f64, likeliest: f64, most: f64, uniform: f64) -> f64 {
    let width = most - least;
    if width <= 0.0 {
        return least;
    }
    let rising = (likeliest - least) / width;
    if uniform < rising {
        least + (uniform * width * (likeliest - least)).sqrt()
    } else {
        most - ((1.0 - uniform) * width * (most - likeliest)).sqrt()
    }
}

/// A number from the gamma distribution with scale 1, by Marsaglia and Tsang (*ACM Transactions
/// on Mathematical Software* 26, 2000): a bent normal number that is rejected now and then.
fn standard_gamma(shape: f64, luck: &mut Stream) -> f64 {
    if shape < 1.0 {
        // A shape below 1 has a pole at 0: draw one shape higher and shrink.
        let shrink = luck.uniform().powf(1.0 / shape);
        return standard_gamma(shape + 1.0, luck) * shrink;
    }
    let offset = shape - 1.0 / 3.0;
    let bend = 1.0 / (9.0 * offset).sqrt();
    loop {
        let z = normal(luck);
        let cube = (1.0 + bend * z).powi(3);
        if cube > 0.0 {
            let limit = 0.5 * z * z + offset - offset * cube + offset * cube.ln();
            if luck.uniform().ln() < limit {
                return offset * cube;
            }
        }
    }
}
