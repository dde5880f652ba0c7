//! From purchases to histories.

use crate::{Customer, Day, Error};

/// A purchase. Customers are numbered from 0 without gaps, in any order.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Purchase {
    /// Who bought.
    pub customer: u32,
    /// When.
    pub day: Day,
    /// For how much, in any money; 0 where it is not known.
    pub spend: f64,
}

/// What to look at, and in which unit of time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    /// Last day of the time that models learn from.
    pub calibration_end: Day,
    /// Last day observed; what lies between is the holdout.
    pub observed_to: Day,
    /// Days in a unit of time: 1 counts in days, 7 in weeks, 365.25 / 12 in months.
    pub unit_days: f64,
}

impl Window {
    /// Everything up to a day, without a holdout.
    pub fn up_to(observed_to: Day, unit_days: f64) -> Self {
        Self {
            calibration_end: observed_to,
            observed_to,
            unit_days,
        }
    }

    /// Length of the holdout, in units.
    pub fn holdout(&self) -> f64 {
        (f64::from(self.observed_to.0) - f64::from(self.calibration_end.0)) / self.unit_days
    }
}

/// What a customer did in the holdout.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Later {
    /// Days with a purchase.
    pub purchases: u32,
    /// Money spent.
    pub spend: f64,
}

/// The customers who first bought in the time of calibration, by number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Summary {
    /// Number of each customer, ascending.
    pub numbers: Vec<u32>,
    /// History of each at the end of calibration.
    pub customers: Vec<Customer>,
    /// What each did in the holdout.
    pub later: Vec<Later>,
}

/// What is known of one customer while purchases are read.
#[derive(Clone, Copy)]
struct Running {
    first: i32,
    last: i32,
    last_calibration: i32,
    repeats: u32,
    later: u32,
    repeat_spend: f64,
    later_spend: f64,
}

const UNSEEN: Running = Running {
    first: i32::MAX,
    last: i32::MIN,
    last_calibration: i32::MIN,
    repeats: 0,
    later: 0,
    repeat_spend: 0.0,
    later_spend: 0.0,
};

impl Running {
    /// Adds a purchase that is not before the last one; false if it is.
    fn add(&mut self, purchase: &Purchase, calibration_end: i32) -> bool {
        let day = purchase.day.0;
        if day < self.last {
            return false;
        }
        if self.first == i32::MAX {
            self.first = day;
        }
        let new_day = day > self.last && day > self.first;
        if day <= calibration_end {
            self.repeats += u32::from(new_day);
            if day > self.first {
                self.repeat_spend += purchase.spend;
            }
            self.last_calibration = day;
        } else {
            self.later += u32::from(new_day);
            self.later_spend += purchase.spend;
        }
        self.last = day;
        true
    }
}

/// Joins the purchases of each customer and day, and counts them as published for CDNOW.
///
/// Fader & Hardie (2001), Interfaces 31(3): several purchases of a customer on one day are one,
/// their spends added up; x counts days with a purchase after the first, t_x and T run from the
/// first day; m is the mean spend of the repeat days. Whoever first bought after the end of
/// calibration is left out. Rows may come in any order; it is fastest when the rows of each
/// customer are in order of time.
///
/// # Errors
/// [`Error::Empty`], [`Error::Range`] of the window, and with the row [`Error::Spend`],
/// [`Error::Future`] or [`Error::CustomerNumber`].
pub fn summarise(purchases: &[Purchase], window: &Window) -> Result<Summary, Error> {
    if !(window.unit_days > 0.0 && window.unit_days.is_finite()) {
        let (what, value) = ("the unit of time in days", window.unit_days);
        return Err(Error::Range { what, value });
    }
    if window.holdout() < 0.0 {
        let (what, value) = ("the length of the holdout", window.holdout());
        return Err(Error::Range { what, value });
    }
    if purchases.is_empty() {
        return Err(Error::Empty);
    }
    let end = window.calibration_end.0;
    let mut customers = vec![UNSEEN; count(purchases, window.observed_to)?];
    let mut in_order = true;
    for purchase in purchases {
        if !customers[purchase.customer as usize].add(purchase, end) {
            in_order = false;
            break;
        }
    }
    if !in_order {
        customers.fill(UNSEEN);
        let mut sorted = purchases.to_vec();
        // Stable, so that spends of a day are added in the order of the rows.
        sorted.sort_by_key(|purchase| purchase.day);
        for purchase in &sorted {
            customers[purchase.customer as usize].add(purchase, end);
        }
    }
    Ok(collect(&customers, window))
}

/// Checks every row; returns one more than the largest number of a customer.
fn count(purchases: &[Purchase], observed_to: Day) -> Result<usize, Error> {
    let mut largest = 0;
    for (row, purchase) in purchases.iter().enumerate() {
        let value = purchase.spend;
        if !(value >= 0.0 && value.is_finite()) {
            return Err(Error::Spend { row, value });
        }
        if purchase.day > observed_to {
            return Err(Error::Future { row });
        }
        let number = purchase.customer;
        if number as usize >= purchases.len() {
            return Err(Error::CustomerNumber { row, number });
        }
        largest = largest.max(number);
    }
    Ok(largest as usize + 1)
}

fn collect(customers: &[Running], window: &Window) -> Summary {
    let end = window.calibration_end.0;
    let mut summary = Summary::default();
    for (number, running) in customers.iter().enumerate() {
        if running.first > end {
            continue;
        }
        let units = |from: i32, to: i32| (f64::from(to) - f64::from(from)) / window.unit_days;
        let repeats = f64::from(running.repeats);
        summary.numbers.push(number as u32);
        summary.customers.push(Customer {
            repeats: running.repeats,
            recency: units(running.first, running.last_calibration),
            age: units(running.first, end),
            mean_spend: if running.repeats == 0 {
                0.0
            } else {
                running.repeat_spend / repeats
            },
        });
        summary.later.push(Later {
            purchases: running.later,
            spend: running.later_spend,
        });
    }
    summary
}
