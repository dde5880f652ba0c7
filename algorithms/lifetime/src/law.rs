//! What every model of coming back knows; each in its own file.

use crate::Customer;
use crate::base::Rows;

/// The most parameters that a model has.
pub(crate) const PARAMETERS_MAX: usize = 5;

/// The slope of a log-likelihood in each parameter of a model, then zeros.
pub(crate) type Slope = [f64; PARAMETERS_MAX];

/// A model of coming back with its parameters.
pub(crate) trait Law: Sync {
    /// Adds the slope of the log-likelihood of these histories; returns the log-likelihood.
    fn tally(&self, rows: &Rows, slope: &mut Slope) -> f64;

    /// The chance that the customer will ever come back of their own accord.
    fn p_alive(&self, customer: &Customer) -> f64;

    /// Expected purchases in the time `t` after the observation.
    fn expected(&self, customer: &Customer, t: f64) -> f64;

    /// The chance of at least one purchase in the time `t` after the observation.
    fn return_within(&self, customer: &Customer, t: f64) -> f64;

    /// The chance that a new customer makes `n` repeat purchases in the time `t`.
    fn probability(&self, t: f64, n: u32) -> f64;
}
