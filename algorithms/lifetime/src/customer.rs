//! What is remembered of a customer.

use crate::Error;

/// The history of one customer: all that the models need to know.
///
/// Times are in one unit of the caller's choice (days, weeks, months), counted from the customer's
/// first purchase. In the literature these are x, t_x, T and m.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Customer {
    /// Days with a purchase after the first one (x).
    pub repeats: u32,
    /// Time from the first to the last purchase (t_x); 0 without repeats.
    pub recency: f64,
    /// Time from the first purchase to the end of the observation (T).
    pub age: f64,
    /// Mean spend of a repeat day (m), in any money; 0 without repeats.
    pub mean_spend: f64,
}

impl Customer {
    /// A history without money: x, t_x and T.
    pub fn new(repeats: u32, recency: f64, age: f64) -> Self {
        Self {
            repeats,
            recency,
            age,
            mean_spend: 0.0,
        }
    }

    /// Someone who has just bought for the first time.
    pub fn just_arrived() -> Self {
        Self::default()
    }

    pub(crate) fn check(&self, index: usize) -> Result<(), Error> {
        let ordered = 0.0 <= self.recency && self.recency <= self.age && self.age.is_finite();
        let consistent = self.repeats > 0 || self.recency == 0.0;
        if ordered && consistent {
            Ok(())
        } else {
            Err(Error::History { customer: index })
        }
    }
}
