#![doc = include_str!("../README.md")]

pub mod bpmn;
pub mod csv;
mod element;
mod error;
mod limits;
pub mod ocel;
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
    let objects = |log| Read {
        log: Log::Objects(log),
        notes: Vec::new(),
    };
    match begin(&bytes) {
        Begin::Xml if is_object_centric(&bytes) => ocel::read_xml(&bytes, limits).map(objects),
        Begin::Xml => xes::read(&bytes, limits).map(cases),
        Begin::Json => ocel::read_json(&bytes, limits).map(objects),
        Begin::Sqlite => ocel::read_sqlite(&bytes, limits).map(objects),
        Begin::Text => csv::read(&bytes, &options.columns, limits).map(cases),
        Begin::Zip => Err(FormatError::file(
            "a zip archive; unpack it, or pack the file with gzip",
        )),
    }
}

/// Reads a model as a Petri net: PNML, or BPMN 2.0. The notes list what was not kept.
///
/// # Errors
/// Names the element and what is allowed.
pub fn read_net(bytes: Vec<u8>, limits: &Limits) -> Result<(Net, Vec<String>), FormatError> {
    let bytes = unpack(bytes, limits)?;
    let root = element::Element::read(&bytes, limits)?;
    if root.name != "definitions" {
        return pnml::net_of(&root).map(|net| (net, Vec::new()));
    }
    let (diagram, notes) = bpmn::diagram_of(&root)?;
    let net = diagram
        .net()
        .map_err(|error| FormatError::file(error.to_string()))?;
    Ok((net, notes.iter().map(ToString::to_string).collect()))
}

/// XES and OCEL both begin with `<log>`; the elements that only OCEL has stand near the beginning.
fn is_object_centric(bytes: &[u8]) -> bool {
    const HEAD: usize = 64 << 10;
    let head = &bytes[..bytes.len().min(HEAD)];
    ["<object-types", "<event-types", "<objects", "<events"]
        .iter()
        .any(|mark| memchr::memmem::find(head, mark.as_bytes()).is_some())
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
