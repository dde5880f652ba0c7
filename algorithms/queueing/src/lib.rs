//! Waiting by formula and from the past: how long, how many staff, and what to tell the customer.
//!
//! Rates are events per time unit and waits come in the same unit; quotes are in seconds.

pub mod approximation;
pub mod erlang;
pub mod quote;
pub mod staffing;
mod unusable;

pub use unusable::Unusable;
