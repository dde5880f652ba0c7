#![doc = include_str!("../README.md")]

pub mod approximation;
pub mod erlang;
pub mod quote;
pub mod staffing;
mod unusable;

pub use unusable::Unusable;
