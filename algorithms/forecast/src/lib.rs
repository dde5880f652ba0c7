//! Demand by hour and day, with seasons, a calendar and honest intervals.
#![doc = include_str!("../README.md")]

mod backtest;
mod calendar;
mod calibrate;
mod design;
mod feasts;
mod forecast;
mod hierarchy;
mod member;
mod ridge;
mod series;
mod shifts;

pub use backtest::{Plan, PlanError, Report, Score, backtest};
pub use calendar::{Calendar, Day};
pub use feasts::Country;
pub use forecast::{Ahead, Forecast, Point, TooShort, forecast};
pub use hierarchy::{Hierarchy, HierarchyError, Node};
pub use series::{Row, Series, SeriesError, Step};
