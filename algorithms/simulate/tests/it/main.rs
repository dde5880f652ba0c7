//! Simulation against formulas, published runs and a trace; laws; refusals.

mod distributions;
mod fits;
mod formulas;
mod laws;
mod published;
mod refusals;
mod shop;
mod trace;
