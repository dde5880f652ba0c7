//! Writing XES.

use std::fmt::Write as _;

use mining::{Columns, EventLog, Value};

use crate::time;
use crate::xml::escape;

/// What stands before the cases.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <log xes.version=\"1849-2016\" xes.features=\"\" xmlns=\"http://www.xes-standard.org/\">\n\
    <extension name=\"Concept\" prefix=\"concept\" \
    uri=\"http://www.xes-standard.org/concept.xesext\"/>\n\
    <extension name=\"Time\" prefix=\"time\" \
    uri=\"http://www.xes-standard.org/time.xesext\"/>\n\
    <extension name=\"Lifecycle\" prefix=\"lifecycle\" \
    uri=\"http://www.xes-standard.org/lifecycle.xesext\"/>\n\
    <extension name=\"Organizational\" prefix=\"org\" \
    uri=\"http://www.xes-standard.org/org.xesext\"/>\n";

/// What stands after the cases.
pub const TAIL: &str = "</log>\n";

/// Writes a log as XES: cases in order, events by time, all attributes.
///
/// An event with an end of its own has the end as `time:timestamp` and the start as
/// `start_timestamp`; [`super::read`] reads both back.
pub fn write(log: &EventLog) -> String {
    let mut out = String::from(HEAD);
    write_traces(log, &mut out);
    out.push_str(TAIL);
    out
}

/// Writes the cases of a log, as they stand between [`HEAD`] and [`TAIL`], so that a log can be
/// written case by case.
pub fn write_traces(log: &EventLog, out: &mut String) {
    for (case, events) in log.cases().enumerate() {
        out.push_str("<trace>\n");
        let name = log.case_names().name(case as u32);
        attribute(super::NAME, Value::Text(name), out);
        columns(log.case_columns(), case, out);
        for event in events {
            out.push_str("<event>\n");
            let activity = log.activity_names().name(log.activities()[event]);
            attribute(super::NAME, Value::Text(activity), out);
            if log.has_ends() {
                attribute(super::START, Value::Time(log.starts()[event]), out);
            }
            attribute(super::TIME, Value::Time(log.end(event)), out);
            columns(log.event_columns(), event, out);
            out.push_str("</event>\n");
        }
        out.push_str("</trace>\n");
    }
}

fn columns(columns: &Columns, index: usize, out: &mut String) {
    for (name, column) in columns.iter() {
        if let Some(value) = column.value(index) {
            attribute(name, value, out);
        }
    }
}

fn attribute(key: &str, value: Value<'_>, out: &mut String) {
    let element = match value {
        Value::Text(_) => "string",
        Value::Integer(_) => "int",
        Value::Real(_) => "float",
        Value::Time(_) => "date",
        Value::Flag(_) => "boolean",
    };
    let _ = write!(out, "<{element} key=\"");
    escape(key, out);
    out.push_str("\" value=\"");
    match value {
        Value::Time(instant) => time::write(instant, out),
        Value::Text(text) => escape(text, out),
        other => out.push_str(&other.to_text()),
    }
    out.push_str("\"/>\n");
}
