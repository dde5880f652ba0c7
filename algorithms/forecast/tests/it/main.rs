//! What forecasts promise, by law and by measure.

mod bike;
mod given;
mod hierarchy;
mod laws;
mod refusals;
