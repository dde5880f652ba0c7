//! The front desk: today, calendar, my day, search, journal.

pub mod model;
