//! Recency, frequency and money, scored by bands.

use crate::{Day, Error, Purchase, quantile};

/// What is scored, for one customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rfm {
    /// Number of the customer.
    pub customer: u32,
    /// Days from the last purchase to the day of reference.
    pub recency_days: u32,
    /// Different days with a purchase.
    pub frequency: u32,
    /// Total spend.
    pub money: f64,
}

/// Ascending cut points of each measure; a score is one more than the cuts strictly below.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Cuts of the days since the last purchase; fewer days score higher.
    pub recency: Vec<f64>,
    /// Cuts of the number of days with a purchase.
    pub frequency: Vec<f64>,
    /// Cuts of the total spend.
    pub money: Vec<f64>,
}

/// Scores from 1, the best is the number of cuts plus one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Scores {
    /// Higher: bought more recently.
    pub recency: u32,
    /// Higher: bought on more days.
    pub frequency: u32,
    /// Higher: spent more.
    pub money: u32,
}

/// Measures every customer on a day of reference, by number of the customer.
///
/// Hughes (1994), "Strategic database marketing". Rows may come in any order.
///
/// # Errors
/// [`Error::Empty`], and with the row [`Error::Spend`] or [`Error::Future`] (after the day).
pub fn measure(purchases: &[Purchase], reference: Day) -> Result<Vec<Rfm>, Error> {
    if purchases.is_empty() {
        return Err(Error::Empty);
    }
    for (row, purchase) in purchases.iter().enumerate() {
        let value = purchase.spend;
        if !(value >= 0.0 && value.is_finite()) {
            return Err(Error::Spend { row, value });
        }
        if purchase.day > reference {
            return Err(Error::Future { row });
        }
    }
    let mut sorted = purchases.to_vec();
    // Stable, so that spends are added in the order of the rows.
    sorted.sort_by_key(|purchase| (purchase.customer, purchase.day));
    let customers = sorted.chunk_by(|a, b| a.customer == b.customer);
    let measured = customers.map(|own| Rfm {
        customer: own[0].customer,
        recency_days: reference.0.abs_diff(own[own.len() - 1].day.0),
        frequency: own.chunk_by(|a, b| a.day == b.day).count() as u32,
        money: own.iter().map(|purchase| purchase.spend).sum(),
    });
    Ok(measured.collect())
}

impl Bands {
    /// Quintiles of the customers measured.
    ///
    /// # Errors
    /// [`Error::Empty`].
    pub fn quintiles(measured: &[Rfm]) -> Result<Self, Error> {
        let cuts = |value: fn(&Rfm) -> f64| {
            let mut values: Vec<f64> = measured.iter().map(value).collect();
            values.sort_by(f64::total_cmp);
            let shares = [0.2, 0.4, 0.6, 0.8].into_iter();
            let cuts: Option<Vec<f64>> = shares.map(|share| quantile(&values, share)).collect();
            cuts.ok_or(Error::Empty)
        };
        Ok(Self {
            recency: cuts(|rfm| f64::from(rfm.recency_days))?,
            frequency: cuts(|rfm| f64::from(rfm.frequency))?,
            money: cuts(|rfm| rfm.money)?,
        })
    }

    /// Bands of the caller's choice.
    ///
    /// # Errors
    /// [`Error::Range`] with the first cut that is not a number or lies below the one before.
    pub fn new(recency: &[f64], frequency: &[f64], money: &[f64]) -> Result<Self, Error> {
        let all = [
            ("a cut of the recency", recency),
            ("a cut of the frequency", frequency),
            ("a cut of the money", money),
        ];
        for (what, cuts) in all {
            let mut before = f64::NEG_INFINITY;
            for &value in cuts {
                if !(value >= before && value.is_finite()) {
                    return Err(Error::Range { what, value });
                }
                before = value;
            }
        }
        Ok(Self {
            recency: recency.to_vec(),
            frequency: frequency.to_vec(),
            money: money.to_vec(),
        })
    }

    /// The scores of a customer. Equal values always share a score.
    pub fn scores(&self, rfm: &Rfm) -> Scores {
        let rank = |cuts: &[f64], value: f64| cuts.partition_point(|cut| *cut < value) as u32;
        Scores {
            recency: self.recency.len() as u32 + 1
                - rank(&self.recency, f64::from(rfm.recency_days)),
            frequency: rank(&self.frequency, f64::from(rfm.frequency)) + 1,
            money: rank(&self.money, rfm.money) + 1,
        }
    }
}
