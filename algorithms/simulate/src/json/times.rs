//! Distributions as JSON: a number alone is a constant.

use super::reader::{Field, Object};
use crate::distribution::{Distribution, fit};
use crate::model::Wrong;

/// Customers with an appointment come on the minute.
pub(super) const NEVER_LATE: Distribution = Distribution::Constant(0.0);

const KINDS: [&str; 12] = [
    "constant",
    "exponential",
    "uniform",
    "triangular",
    "lognormal",
    "gamma",
    "erlang",
    "weibull",
    "normal",
    "observed",
    "in_order",
    "fitted_to",
];

/// Reads a distribution of times in minutes.
pub(super) fn distribution(field: &Field) -> Result<Distribution, Wrong> {
    if field.is_number() {
        return field.number().map(Distribution::Constant);
    }
    let (kind, inner) = field.only_one(&KINDS)?;
    match kind {
        "constant" => inner.number().map(Distribution::Constant),
        "observed" => inner.list(Field::number).map(Distribution::Observed),
        "in_order" => inner.list(Field::number).map(Distribution::InOrder),
        "fitted_to" => {
            let minutes = inner.list(Field::number)?;
            let fits = fit(&minutes).map_err(|reason| inner.because(reason))?;
            Ok(fits[0].distribution.clone())
        }
        _ => {
            let mut object = inner.object()?;
            let times = by_parameters(kind, &mut object)?;
            object.nothing_else().map(|()| times)
        }
    }
}

fn by_parameters(kind: &str, object: &mut Object) -> Result<Distribution, Wrong> {
    let mut number = |name| object.needed(name)?.number();
    Ok(match kind {
        "uniform" => Distribution::Uniform {
            from: number("from")?,
            to: number("to")?,
        },
        "triangular" => Distribution::Triangular {
            least: number("least")?,
            likeliest: number("likeliest")?,
            most: number("most")?,
        },
        "lognormal" => Distribution::LogNormal {
            mean: number("mean")?,
            cv: number("cv")?,
        },
        "gamma" => Distribution::Gamma {
            mean: number("mean")?,
            cv: number("cv")?,
        },
        "weibull" => Distribution::Weibull {
            mean: number("mean")?,
            shape: number("shape")?,
        },
        "normal" => Distribution::Normal {
            mean: number("mean")?,
            sd: number("sd")?,
        },
        "erlang" => {
            let mean = number("mean")?;
            let stages = object.needed("stages")?;
            let count = stages.count()?;
            if !(1..=1000).contains(&count) {
                return Err(stages.wrong("a whole number from 1 to 1000"));
            }
            let cv = f64::from(count).sqrt().recip();
            Distribution::Gamma { mean, cv }
        }
        _ => Distribution::Exponential {
            mean: number("mean")?,
        },
    })
}
