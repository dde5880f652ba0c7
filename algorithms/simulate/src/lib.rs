//! Discrete-event simulation of a blueprint with real arrivals, staff and times.

pub mod random;
