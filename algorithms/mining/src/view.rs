//! Views: what counts as an event.
//!
//! The steps of the life cycle are those of the XES `lifecycle` extension (IEEE Std 1849-2016).

use std::collections::{HashMap, VecDeque};

use crate::log::Pick;
use crate::{EventLog, INSTANCE, LIFECYCLE, Names, Value};

/// How starts and completes were joined into intervals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Events that say "start".
    pub starts: u64,
    /// Events that say "complete".
    pub completes: u64,
    /// Starts that no complete took; they are left out.
    pub unpaired_starts: u64,
    /// Completes without a start; their interval has no length.
    pub completes_without_start: u64,
}

/// Which views a log supports beyond its plain events.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Support {
    /// Events say more than one step of the life cycle.
    pub lifecycle: bool,
    /// Some events say "start" and some "complete".
    pub pairs: bool,
    /// Events have an end of their own.
    pub ends: bool,
}

impl Support {
    /// What `log` supports.
    pub fn of(log: &EventLog) -> Self {
        let mut steps = Names::new();
        for event in 0..log.event_count() {
            if let Some(step) = text(log, LIFECYCLE, event) {
                steps.intern(&step.to_ascii_lowercase());
            }
        }
        Self {
            lifecycle: steps.len() > 1,
            pairs: steps.find("start").is_some() && steps.find("complete").is_some(),
            ends: log.has_ends(),
        }
    }
}

/// Every event; the activity is joined with the step of the life cycle by a plus sign.
pub fn with_lifecycle(log: &EventLog) -> EventLog {
    let mut joined = log.clone();
    let mut names = Names::new();
    let mut known = HashMap::new();
    for (event, activity) in joined.activity.iter_mut().enumerate() {
        let step = text(log, LIFECYCLE, event);
        *activity = *known.entry((*activity, step)).or_insert_with(|| {
            let name = log.activity_names().name(*activity);
            match step {
                Some(step) => names.intern(&format!("{name}+{step}")),
                None => names.intern(name),
            }
        });
    }
    joined.activity_names = names;
    joined
}

/// Only events that say "complete", in any case of letters.
pub fn completed(log: &EventLog) -> EventLog {
    log.retain(|_, event| says(log, event, "complete"))
}

/// One entry for each executed activity, with start and end.
///
/// A "complete" takes the oldest open "start" of the same case, activity and instance; other steps
/// are ignored. Entries are in order of start, then end, then position of the complete event.
pub fn intervals(log: &EventLog) -> (EventLog, Pairing) {
    let mut pairing = Pairing::default();
    let mut picks = Vec::new();
    let mut open: HashMap<(u32, Option<&str>), VecDeque<usize>> = HashMap::new();
    for (case, events) in log.cases().enumerate() {
        open.clear();
        let first = picks.len();
        for event in events {
            let key = (log.activities()[event], text(log, INSTANCE, event));
            if says(log, event, "start") {
                pairing.starts += 1;
                open.entry(key).or_default().push_back(event);
            } else if says(log, event, "complete") {
                pairing.completes += 1;
                let started = open.get_mut(&key).and_then(VecDeque::pop_front);
                pairing.completes_without_start += u64::from(started.is_none());
                picks.push(Pick {
                    case: case as u32,
                    event: event as u32,
                    start: log.starts()[started.unwrap_or(event)],
                    end: log.starts()[event],
                });
            }
        }
        pairing.unpaired_starts += open.values().map(|left| left.len() as u64).sum::<u64>();
        picks[first..].sort_by_key(|pick| (pick.start, pick.end, log.row(pick.event as usize)));
    }
    (log.derive(&picks, true), pairing)
}

fn says(log: &EventLog, event: usize, step: &str) -> bool {
    text(log, LIFECYCLE, event).is_some_and(|said| said.eq_ignore_ascii_case(step))
}

fn text<'a>(log: &'a EventLog, name: &str, event: usize) -> Option<&'a str> {
    match log.event_column(name)?.value(event)? {
        Value::Text(text) => Some(text),
        _ => None,
    }
}
