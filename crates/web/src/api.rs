//! What other programs may call: endpoints that rooms register, and the document that describes
//! them.
//!
//! An [`Endpoint`] is a plain function from what was asked to what is answered, both of them types
//! with a schema. It is the route, the check of what is sent and the entry in the document at once,
//! so that none of the three can say anything else than the others.

mod answer;
mod bytes;
mod call;
mod check;
mod document;
mod endpoint;
pub mod example;
mod limit;
mod meanings;
mod page;
mod perform;
mod reference;
mod route;
mod wire;

pub use axum::body::Bytes;
pub use bytes::{Fetched, Readying, Rest, Takes};
pub use check::refuted;
pub use document::PATH as DOCUMENT_PATH;
pub use endpoint::{Endpoint, Endpoints, Nothing};
pub use wire::{Amount, Cursor, Day, Moment, cut, opaque, plain, words};

pub(crate) use document::Documents;
pub(crate) use page::{find, index, part};
pub(crate) use route::router;

/// What stands before the path of every endpoint.
pub const BASE: &str = "/api/v1";
