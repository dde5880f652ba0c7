//! What a log can have wrong, with the row and what is allowed.

use std::fmt;

use crate::Micros;

/// Why a log, or a question to it, was refused. Rows count from 0 in the order they were pushed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogError {
    /// The event ends before it starts.
    EndBeforeStart {
        /// Which row.
        row: u32,
        /// When it starts, in microseconds since 1970-01-01 UTC.
        start: Micros,
        /// When it ends, in microseconds since 1970-01-01 UTC.
        end: Micros,
    },
    /// The time lies outside the years 1 to 9999.
    TimeOutOfRange {
        /// Which row.
        row: u32,
        /// The time given, in microseconds since 1970-01-01 UTC.
        time: Micros,
    },
    /// The row names a case or an activity that the builder did not hand out.
    UnknownNumber {
        /// Which row.
        row: u32,
    },
    /// More than 4,294,967,294 events.
    TooManyEvents,
    /// A log without events, where at least one is needed.
    NoEvents,
    /// An event of a growing log that comes before one of its case that is in already.
    OutOfOrder {
        /// Name of the case.
        case: String,
        /// Start of the event, in microseconds since 1970-01-01 UTC.
        time: Micros,
        /// Start of the last event of the case, in microseconds since 1970-01-01 UTC.
        last: Micros,
    },
    /// A name that must be there once and is there twice.
    Repeated {
        /// What kind of thing has the name.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A name that the log does not have.
    Unknown {
        /// What kind of thing was asked for: an activity, an attribute, an object type.
        what: &'static str,
        /// The name asked for.
        name: String,
    },
}

impl fmt::Display for LogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EndBeforeStart { row, start, end } => write!(
                f,
                "row {row} ends {} s before it starts; an end must not come before its start",
                (start - end) as f64 / 1e6
            ),
            Self::TimeOutOfRange { row, time } => write!(
                f,
                "row {row} has the time {time} µs since 1970; years 1 to 9999 are allowed"
            ),
            Self::UnknownNumber { row } => write!(
                f,
                "row {row} names a case or activity that is not in the log's tables"
            ),
            Self::TooManyEvents => f.write_str("a log may have up to 4,294,967,294 events"),
            Self::NoEvents => f.write_str("the log has no events; at least one is needed"),
            Self::OutOfOrder { case, time, last } => write!(
                f,
                "an event of case “{case}” comes {} s before the last one; a growing log takes the \
                 events of a case in order of their start, then of their end",
                (last - time) as f64 / 1e6
            ),
            Self::Repeated { what, name } => {
                write!(
                    f,
                    "the log has two of the {what} “{name}”; a name stands for one only"
                )
            }
            Self::Unknown { what, name } => write!(f, "the log has no {what} called “{name}”"),
        }
    }
}

impl std::error::Error for LogError {}
