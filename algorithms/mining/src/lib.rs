//! Process mining: what really happens, against what was designed.

mod column;
mod error;
mod log;
mod names;
mod objects;

pub use column::{Column, Columns, Value};
pub use error::LogError;
pub use log::{Event, EventLog, INSTANCE, LIFECYCLE, LogBuilder, Micros, RESOURCE};
pub use names::Names;
pub use objects::{Attribute, Link, Object, ObjectEvent, ObjectLog, Relation};
