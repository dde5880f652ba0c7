//! Event logs in XES as rows under headings, so that they come in as a history like any table.

use std::collections::BTreeSet;

use formats::{Limits, Log, Options, read_log};
use kernel::{Fault, Text, Timestamp};
use mining::{EventLog, Value, view};

use crate::{
    columns::guess,
    grid::{BYTES_MAX, Grid, refuse},
    model::What,
};

/// Headings of what every event has.
const OWN: [&str; 4] = ["case", "activity", "start", "complete"];
/// Attributes that say how events belong together, and are used up by that.
const LIFE_CYCLE: [&str; 2] = [mining::LIFECYCLE, mining::INSTANCE];

/// Whether unpacked bytes are a log in XES.
pub fn is_log(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with('<') && head.contains("<log")
}

/// A row for each activity that was carried out, numbered by its place in the file.
///
/// Where events say "start" and "complete", each complete one is a row and takes the time of its
/// start; other steps of the life cycle are passed over.
pub fn read(bytes: Vec<u8>) -> Result<Grid, Fault> {
    let options = Options {
        limits: Limits {
            bytes_max: BYTES_MAX as u64,
            ..Limits::default()
        },
        ..Options::default()
    };
    let wrong = |problem: String| {
        let text = Text::key("exchange-file-log").with("problem", problem);
        refuse(text)
    };
    let read = read_log(bytes, &options).map_err(|error| wrong(error.to_string()))?;
    let Log::Cases(log) = read.log else {
        return Err(wrong("there are no cases".to_owned()));
    };
    grid(&whole_activities(log))
}

/// The log with a start and an end of each activity, where its life cycle tells them.
fn whole_activities(log: EventLog) -> EventLog {
    let (paired, pairing) = view::intervals(&log);
    if pairing.completes > 0 { paired } else { log }
}

fn grid(log: &EventLog) -> Result<Grid, Fault> {
    let mut taken: BTreeSet<&str> = OWN.into_iter().collect();
    let is_free = |name: &str| {
        !LIFE_CYCLE.contains(&name)
            && !guess(What::History, &[], name).is_some_and(|own| OWN.contains(&own.as_str()))
    };
    let of_events: Vec<_> = log
        .event_columns()
        .iter()
        .filter(|(name, _)| is_free(name))
        .collect();
    taken.extend(of_events.iter().map(|(name, _)| *name));
    let of_cases: Vec<_> = log
        .case_columns()
        .iter()
        .filter(|(name, _)| is_free(name) && !taken.contains(name))
        .collect();
    let mut grid = Grid::default();
    let names = of_events.iter().chain(&of_cases).map(|(name, _)| *name);
    let header = OWN.into_iter().chain(names).map(str::to_owned);
    grid.push(0, header.collect())?;
    for (case, events) in log.cases().enumerate() {
        for event in events {
            let activity = log.activity_names().name(log.activities()[event]);
            let mut cells = vec![
                log.case_names().name(case as u32).to_owned(),
                activity.to_owned(),
                instant(log.starts()[event]),
                instant(log.end(event)),
            ];
            let values = of_events.iter().map(|(_, column)| column.value(event));
            let values = values.chain(of_cases.iter().map(|(_, column)| column.value(case)));
            cells.extend(values.map(|value| value.map_or_else(String::new, text)));
            grid.push(u64::from(log.row(event)) + 1, cells)?;
        }
    }
    Ok(grid)
}

fn text(value: Value<'_>) -> String {
    match value {
        Value::Time(at) => instant(at),
        other => other.to_text(),
    }
}

fn instant(at: i64) -> String {
    Timestamp::from_microsecond(at).map_or_else(|_| at.to_string(), |at| at.to_string())
}
