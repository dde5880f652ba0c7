//! BPMN 2.0 XML, in and out.
//!
//! Lanes, tasks of every kind, events, gateways, flows with conditions, names, documentation and
//! places on the page are kept. What is not kept is listed with its element, never dropped
//! silently. Written diagrams carry their drawing, so that any BPMN tool opens them.

mod layout;
mod left_out;
mod read;
mod words;
mod write;

pub use left_out::LeftOut;
pub(crate) use read::diagram_of;
pub use read::read;
pub use write::write;
