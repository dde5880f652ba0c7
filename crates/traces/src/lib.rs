//! Traces for a collector: what the program says of its requests by `tracing`, sent as
//! OpenTelemetry spans (OTLP over HTTP, in JSON).
//!
//! A request is a span named [`SPAN`] with the target [`TARGET`]; a transaction within it is an
//! event with the same target. Nothing waits for the collector: what it does not take in time is
//! dropped and counted.

mod layer;
mod parent;
mod sender;
mod wire;

pub use layer::{SPAN, Spans, TARGET};
pub use sender::{Collector, Exporter};
