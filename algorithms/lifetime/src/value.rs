//! Customer lifetime value.

use crate::{Customer, Error, GammaGamma, Model};

/// When money flows and what later money is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Horizon {
    /// How many steps to look ahead.
    pub steps: u32,
    /// Length of a step in the model's unit of time, such as 4.345 weeks for a month.
    pub step: f64,
    /// Discount rate of one step: 0.01 makes money of the next step worth 1/1.01.
    pub rate: f64,
}

impl Horizon {
    fn check(&self) -> Result<(), Error> {
        let step_is_sound = self.step > 0.0 && self.step.is_finite();
        if !step_is_sound {
            let (what, value) = ("the length of a step", self.step);
            return Err(Error::Range { what, value });
        }
        if !(self.rate > -1.0 && self.rate.is_finite()) {
            let (what, value) = ("the discount rate", self.rate);
            return Err(Error::Range { what, value });
        }
        Ok(())
    }
}

/// What a customer's future purchases are worth today, in the money of the spends.
///
/// Σ_{i=1..steps} E[M] · (E[Y(i·step)] − E[Y((i−1)·step)]) / (1 + rate)^i: each step's purchases
/// are paid at its end. `None` where the expected spend has no bound. Fader, Hardie & Lee (2005),
/// Journal of Marketing Research 42(4): 415–430.
///
/// # Errors
/// [`Error::Range`] of the horizon.
pub fn lifetime_value(
    model: &Model,
    spend: &GammaGamma,
    customer: &Customer,
    horizon: &Horizon,
) -> Result<Option<f64>, Error> {
    horizon.check()?;
    let purchases = discounted_purchases(model, customer, horizon);
    Ok(spend.expected_spend(customer).map(|each| each * purchases))
}

fn discounted_purchases(model: &Model, customer: &Customer, horizon: &Horizon) -> f64 {
    let (mut total, mut before, mut factor) = (0.0, 0.0, 1.0);
    for step in 1..=horizon.steps {
        let until = model.expected(customer, f64::from(step) * horizon.step);
        factor /= 1.0 + horizon.rate;
        total += (until - before) * factor;
        before = until;
    }
    total
}
