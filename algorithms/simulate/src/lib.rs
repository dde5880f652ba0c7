#![doc = include_str!("../README.md")]

pub mod distribution;
mod engine;
pub mod json;
pub mod model;
mod plan;
pub mod random;
mod results;
mod study;
mod tally;

pub use model::Model;
pub use results::{
    CONFIDENCE, CUSTOMER_FIGURES, Estimate, RESOURCE_FIGURES, Results, STEP_FIGURES, Section,
};
pub use study::{Stopped, Study, compare, simulate};
