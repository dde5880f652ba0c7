//! Process mining: what really happens, against what was designed.

mod activities;
pub mod alignment;
mod cases;
mod column;
pub mod conformance;
mod error;
mod follows;
mod groups;
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
pub use error::LogError;
pub use follows::{Edge, Follows};
pub use log::{Event, EventLog, INSTANCE, LIFECYCLE, LogBuilder, Micros, RESOURCE};
pub use names::Names;
pub use objects::{Attribute, Link, Object, ObjectEvent, ObjectLog, Relation};
pub use summary::Summary;
pub use traces::{Trace, Traces};
pub use tree::Tree;
pub use variants::Variants;
