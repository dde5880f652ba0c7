//! Cohorts: who came together, and how many still come.

use std::collections::BTreeMap;

use crate::{Day, Purchase, quantile};

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Calendar months.
    Month,
    /// So many days, counted from 1970-01-01; 0 is taken as 1.
    Days(u32),
}

/// Customers who first bought in the same period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cohort {
    /// First day of the period of their first purchase.
    pub begins: Day,
    /// How many they are.
    pub customers: usize,
    /// How many of them bought in that period (all), the next one, and so on to the last observed.
    pub active: Vec<usize>,
}

impl Cohort {
    /// Share of the cohort that bought in each period; the first is 1.
    pub fn retention(&self) -> Vec<f64> {
        let all = self.customers as f64;
        self.active.iter().map(|&n| n as f64 / all).collect()
    }
}

impl Period {
    fn index(self, day: Day) -> i32 {
        match self {
            Self::Month => {
                let (year, month, _) = day.date();
                year * 12 + month - 1
            }
            Self::Days(days) => i64::from(day.0).div_euclid(i64::from(days.max(1))) as i32,
        }
    }

    fn begins(self, index: i32) -> Day {
        match self {
            Self::Month => {
                Day::new(index.div_euclid(12), index.rem_euclid(12) + 1, 1).unwrap_or(Day(i32::MIN))
            }
            Self::Days(days) => Day((i64::from(index) * i64::from(days.max(1))) as i32),
        }
    }
}

/// Cohorts in order of time, observed to a day; later purchases are not looked at.
///
/// Each cohort holds a number for every period to the last day: memory grows with the time.
pub fn cohorts(purchases: &[Purchase], period: Period, observed_to: Day) -> Vec<Cohort> {
    let mut visits: Vec<(u32, i32)> = purchases
        .iter()
        .filter(|purchase| purchase.day <= observed_to)
        .map(|purchase| (purchase.customer, period.index(purchase.day)))
        .collect();
    visits.sort_unstable();
    visits.dedup();
    let last = period.index(observed_to);
    let mut found: BTreeMap<i32, Cohort> = BTreeMap::new();
    for own in visits.chunk_by(|a, b| a.0 == b.0) {
        let first = own[0].1;
        let cohort = found.entry(first).or_insert_with(|| Cohort {
            begins: period.begins(first),
            customers: 0,
            active: vec![0; last.abs_diff(first) as usize + 1],
        });
        cohort.customers += 1;
        for (_, index) in own {
            cohort.active[index.abs_diff(first) as usize] += 1;
        }
    }
    found.into_values().collect()
}

/// Days between visits over all customers: a law of thumb for when the next one is due.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gaps {
    /// How many gaps there are.
    pub count: usize,
    /// A tenth of the gaps are shorter.
    pub p10_days: f64,
    /// Half of the gaps are shorter.
    pub median_days: f64,
    /// Nine tenths of the gaps are shorter.
    pub p90_days: f64,
}

/// Gaps between successive days with a purchase of the same customer; `None` without repeats.
///
/// Gaps that are still open at the end are not in it, so it is too short for a growing business;
/// [`crate::Model::next_visit`] is not.
pub fn gaps(purchases: &[Purchase]) -> Option<Gaps> {
    let mut visits: Vec<(u32, Day)> = purchases.iter().map(|p| (p.customer, p.day)).collect();
    visits.sort_unstable();
    visits.dedup();
    let pairs = visits.windows(2).filter(|pair| pair[0].0 == pair[1].0);
    let mut days: Vec<f64> = pairs
        .map(|pair| f64::from(pair[1].1.0) - f64::from(pair[0].1.0))
        .collect();
    days.sort_by(f64::total_cmp);
    Some(Gaps {
        count: days.len(),
        p10_days: quantile(&days, 0.1)?,
        median_days: quantile(&days, 0.5)?,
        p90_days: quantile(&days, 0.9)?,
    })
}
