//! Views of a log by name.

use std::borrow::Cow;

use clap::ValueEnum;
use mining::EventLog;
use mining::view::{Pairing, Support, completed, intervals, with_lifecycle};

use crate::Failure;

/// What counts as an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum View {
    /// Every event.
    Events,
    /// Every event; the activity is joined with the step of the life cycle.
    #[value(name = "events+lifecycle", alias = "events_lifecycle")]
    Lifecycle,
    /// Only events whose step of the life cycle is "complete".
    Complete,
    /// One entry for each executed activity, with start and end.
    Intervals,
}

impl View {
    /// Its name in arguments and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Lifecycle => "events+lifecycle",
            Self::Complete => "complete",
            Self::Intervals => "intervals",
        }
    }

    /// The view that fits `log` best if nobody says which: executed activities where the file has
    /// both times in a row, else events.
    pub fn usual(log: &EventLog) -> Self {
        if log.has_ends() {
            Self::Intervals
        } else {
            Self::Events
        }
    }

    /// Each view under which `log` tells something of its own.
    pub fn supported(log: &EventLog) -> Vec<Self> {
        let support = Support::of(log);
        let mut views = vec![Self::usual(log)];
        if !support.ends && support.lifecycle {
            views.push(Self::Lifecycle);
        }
        if !support.ends && support.pairs {
            views.extend([Self::Complete, Self::Intervals]);
        }
        views
    }

    /// The log as this view sees it, and how its intervals were paired.
    pub fn of(self, log: &EventLog) -> Result<(Cow<'_, EventLog>, Option<Pairing>), Failure> {
        let (seen, pairing) = match self {
            Self::Events => (Cow::Borrowed(log), None),
            Self::Lifecycle => (Cow::Owned(with_lifecycle(log)), None),
            Self::Complete => (Cow::Owned(completed(log)), None),
            // A table with both times has its intervals as given.
            Self::Intervals if log.has_ends() => (Cow::Borrowed(log), None),
            Self::Intervals => {
                let (intervals, pairing) = intervals(log);
                (Cow::Owned(intervals), Some(pairing))
            }
        };
        match seen.event_count() {
            0 => Err(Failure(format!(
                "no event of the log counts in the view {}; try --view events",
                self.name()
            ))),
            _ => Ok((seen, pairing)),
        }
    }
}
