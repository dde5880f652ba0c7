//! Readers and writers of event logs and models: bytes in, columns out.

mod element;
mod error;
mod limits;
pub mod pnml;
mod xml;

pub use error::{At, FormatError};
pub use limits::{Limits, is_gzip, unpack};
