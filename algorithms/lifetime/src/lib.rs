#![doc = include_str!("../README.md")]

mod base;
mod beta_geometric;
mod cohorts;
mod customer;
mod day;
mod error;
mod fit;
mod gamma_gamma;
mod holdout;
mod law;
mod model;
mod nbd;
mod optimise;
mod pareto;
mod quadrature;
mod quantile;
pub mod rfm;
mod special;
mod summary;
mod value;

pub use base::Base;
pub use cohorts::{Cohort, Gaps, Period, cohorts, gaps};
pub use customer::Customer;
pub use day::Day;
pub use error::Error;
pub use fit::{Bootstrap, Fit};
pub use gamma_gamma::{GammaGamma, GammaGammaFit};
pub use holdout::{
    Accuracy, Calibration, Candidate, accuracy, accuracy_of_rates, calibration_table, chosen,
    compare,
};
pub use model::{Kind, Model};
pub use quantile::quantile;
pub use summary::{Later, Purchase, Summary, Window, summarise};
pub use value::{Horizon, lifetime_value};
