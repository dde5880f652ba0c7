//! Readers and writers of event logs and models: bytes in, columns out.

pub mod csv;
mod element;
mod error;
mod limits;
pub mod pnml;
pub mod time;
pub mod xes;
mod xml;

use mining::petri::Net;
use mining::{EventLog, ObjectLog};

pub use csv::Columns;
pub use error::{At, FormatError};
pub use limits::{Limits, is_gzip, unpack};

/// What the caller knows of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Which column is which, for CSV.
    pub columns: Columns,
    /// How much the file may hold.
    pub limits: Limits,
}

/// An event log of either kind.
#[derive(Debug, Clone)]
pub enum Log {
    /// One case per event.
    Cases(EventLog),
    /// Events of several objects.
    Objects(ObjectLog),
}

/// A log and what there is to say about its reading.
#[derive(Debug, Clone)]
pub struct Read {
    /// The log.
    pub log: Log,
    /// What was passed over or assumed.
    pub notes: Vec<String>,
}

/// Reads an event log of any kind that is understood here; its bytes tell which it is.
///
/// # Errors
/// Names the row or element, and what is allowed.
pub fn read_log(bytes: Vec<u8>, options: &Options) -> Result<Read, FormatError> {
    let bytes = unpack(bytes, &options.limits)?;
    let limits = &options.limits;
    let cases = |(log, notes)| Read {
        log: Log::Cases(log),
        notes,
    };
    match begin(&bytes) {
        Begin::Xml => xes::read(&bytes, limits).map(cases),
        Begin::Text => csv::read(&bytes, &options.columns, limits).map(cases),
        Begin::Zip => Err(FormatError::file(
            "a zip archive; unpack it, or pack the file with gzip",
        )),
        Begin::Json | Begin::Sqlite => Err(FormatError::file("not read yet")),
    }
}

/// Reads a model as a Petri net.
///
/// # Errors
/// Names the element and what is allowed.
pub fn read_net(bytes: &[u8], limits: &Limits) -> Result<Net, FormatError> {
    pnml::read(bytes, limits)
}

enum Begin {
    Xml,
    Json,
    Sqlite,
    Zip,
    Text,
}

fn begin(bytes: &[u8]) -> Begin {
    let bare = bytes
        .strip_prefix(&[0xef, 0xbb, 0xbf])
        .unwrap_or(bytes)
        .trim_ascii_start();
    if bytes.starts_with(b"SQLite format 3\0") {
        return Begin::Sqlite;
    }
    if bytes.starts_with(b"PK\x03\x04") {
        return Begin::Zip;
    }
    match bare {
        [b'<', ..] | [0xff, 0xfe, b'<', ..] | [0xfe, 0xff, 0, b'<', ..] => Begin::Xml,
        [b'{', ..] => Begin::Json,
        _ => Begin::Text,
    }
}
