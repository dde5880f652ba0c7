//! Writing CSV.

use mining::{EventLog, Value};

use crate::time;

/// Writes a log as CSV with a header: case, activity, time or start and end, then attributes.
///
/// Columns are named as [`super::read`] recognises them; attributes of cases are repeated on each
/// event under `case:` and their name.
pub fn write(log: &EventLog) -> String {
    let mut out = String::from("case:concept:name,concept:name,");
    out.push_str(if log.has_ends() {
        "start_timestamp,time:timestamp"
    } else {
        "time:timestamp"
    });
    for (name, _) in log.case_columns().iter() {
        out.push(',');
        cell(&format!("case:{name}"), &mut out);
    }
    for (name, _) in log.event_columns().iter() {
        out.push(',');
        cell(name, &mut out);
    }
    out.push('\n');
    for (case, events) in log.cases().enumerate() {
        for event in events {
            cell(log.case_names().name(case as u32), &mut out);
            out.push(',');
            cell(log.activity_names().name(log.activities()[event]), &mut out);
            out.push(',');
            if log.has_ends() {
                time::write(log.starts()[event], &mut out);
                out.push(',');
            }
            time::write(log.end(event), &mut out);
            let case_values = log
                .case_columns()
                .iter()
                .map(|(_, column)| column.value(case));
            let event_values = log
                .event_columns()
                .iter()
                .map(|(_, column)| column.value(event));
            for value in case_values.chain(event_values) {
                out.push(',');
                match value {
                    Some(Value::Time(instant)) => time::write(instant, &mut out),
                    Some(Value::Text(text)) => cell(text, &mut out),
                    Some(other) => cell(&other.to_text(), &mut out),
                    None => {}
                }
            }
            out.push('\n');
        }
    }
    out
}

fn cell(text: &str, out: &mut String) {
    if text.contains(['"', ',', ';', '\t', '|', '\n', '\r']) {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(text);
    }
}
