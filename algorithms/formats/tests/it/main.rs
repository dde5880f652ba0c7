//! The readers and the models against the reference logs.

mod conformance;
mod data;
mod laws;
mod logs;
mod objects;
mod refusals;
