//! What forecasts promise, by law and by measure.

mod bike;
