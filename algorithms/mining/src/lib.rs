//! Process mining: what really happens, against what was designed.
//!
#![doc = include_str!("../README.md")]

mod activities;
pub mod alignment;
pub mod bpmn;
mod cases;
pub mod causes;
pub mod chance;
mod column;
mod compare;
pub mod conformance;
pub mod discovery;
mod error;
pub mod filter;
mod flow;
mod follows;
mod groups;
pub mod layout;
mod lengths;
pub mod live;
mod log;
mod names;
mod objects;
mod parallel;
pub mod petri;
pub mod replay;
mod summary;
mod traces;
mod tree;
mod variants;
pub mod view;

pub use activities::{Activity, Rework, activities, rework};
pub use cases::Cases;
pub use column::{Column, Columns, Value};
pub use compare::{Comparison, Difference, Tested, compare};
pub use error::LogError;
pub use flow::{Bottleneck, HandOvers, Loop, bottlenecks, hand_overs, loops};
pub use follows::{Edge, Follows};
pub use log::{Event, EventLog, INSTANCE, LIFECYCLE, LogBuilder, Micros, RESOURCE};
pub use names::Names;
pub use objects::{Attribute, Link, Object, ObjectEvent, ObjectLog, Relation};
pub use summary::Summary;
pub use traces::{Trace, Traces};
pub use tree::{Outline, OutlineStep, Tree};
pub use variants::Variants;
