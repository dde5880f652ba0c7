//! The laws of waiting, and every figure of the reference files.

mod approximation;
mod chain;
mod laws;
mod points;
mod quotes;
