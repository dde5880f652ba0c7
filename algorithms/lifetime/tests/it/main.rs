//! Tests of the crate: published figures, laws and bad data.

mod bad_data;
mod cdnow;
mod data;
mod dice;
mod laws;
mod scores;
mod simulated;
mod worked;
