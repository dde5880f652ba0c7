//! The event log: columns, sorted by case and time.

use std::ops::Range;

use crate::lengths::Lengths;
use crate::{Column, Columns, LogError, Names, Value};

/// Microseconds since 1970-01-01T00:00:00Z.
pub type Micros = i64;

/// Name of the event attribute with the step of the life cycle (XES `lifecycle` extension).
pub const LIFECYCLE: &str = "lifecycle:transition";
/// Name of the event attribute that tells apart runs of one activity (XES `concept` extension).
pub const INSTANCE: &str = "concept:instance";
/// Name of the event attribute with who did the work (XES `org` extension).
pub const RESOURCE: &str = "org:resource";

const YEAR_1: Micros = -62_135_596_800_000_000;
const YEAR_10000: Micros = 253_402_300_800_000_000;

/// One row for a [`LogBuilder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event {
    /// The case, from [`LogBuilder::case`] or [`LogBuilder::new_case`].
    pub case: u32,
    /// The activity, from [`LogBuilder::activity`].
    pub activity: u32,
    /// When it happened or started.
    pub start: Micros,
    /// When it ended, where that is known apart from the start.
    pub end: Option<Micros>,
}

/// Events grouped by case and, inside a case, sorted by start, then end, then file position.
///
/// Cases stand in the order in which they were first seen. An event takes 4 bytes for the activity,
/// 8 for the start, 4 or 8 more if any event has an end of its own, and 4 for the file position if
/// the rows came in another order: at most 24, plus the attributes that were set.
#[derive(Debug, Clone, Default)]
pub struct EventLog {
    pub(crate) case_names: Names,
    pub(crate) activity_names: Names,
    pub(crate) offsets: Vec<u32>,
    pub(crate) activity: Vec<u32>,
    pub(crate) start: Vec<Micros>,
    pub(crate) lengths: Option<Lengths>,
    pub(crate) rows: Option<Vec<u32>>,
    pub(crate) event_columns: Columns,
    pub(crate) case_columns: Columns,
}

impl EventLog {
    /// How many events.
    pub fn event_count(&self) -> usize {
        self.activity.len()
    }

    /// How many cases, those without events included.
    pub fn case_count(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Which events belong to `case`: a range into [`EventLog::activities`] and the other columns.
    pub fn case_events(&self, case: usize) -> Range<usize> {
        self.offsets[case] as usize..self.offsets[case + 1] as usize
    }

    /// The ranges of all cases, in case order.
    pub fn cases(&self) -> impl Iterator<Item = Range<usize>> + Clone {
        self.offsets
            .windows(2)
            .map(|pair| pair[0] as usize..pair[1] as usize)
    }

    /// First start and last end of a case; `None` for a case without events.
    pub fn case_span(&self, case: usize) -> Option<(Micros, Micros)> {
        let events = self.case_events(case);
        let first = *self.start.get(events.start..events.end)?.first()?;
        let last = events.map(|event| self.end(event)).max()?;
        Some((first, last))
    }

    /// The activity of each event, a number in [`EventLog::activity_names`].
    pub fn activities(&self) -> &[u32] {
        &self.activity
    }

    /// When each event started.
    pub fn starts(&self) -> &[Micros] {
        &self.start
    }

    /// When an event ended; the same as the start where only one time is known.
    pub fn end(&self, event: usize) -> Micros {
        self.start[event] + self.length(event)
    }

    /// How long an event took; nothing where only one time is known.
    pub fn length(&self, event: usize) -> Micros {
        self.lengths
            .as_ref()
            .map_or(0, |lengths| lengths.get(event))
    }

    /// Whether any event came with an end of its own.
    pub fn has_ends(&self) -> bool {
        self.lengths.is_some()
    }

    /// The position of an event among the rows as they were pushed.
    pub fn row(&self, event: usize) -> u32 {
        match &self.rows {
            Some(rows) => rows[event],
            None => event as u32,
        }
    }

    /// Names of activities. May hold names that no event has.
    pub fn activity_names(&self) -> &Names {
        &self.activity_names
    }

    /// Names of cases.
    pub fn case_names(&self) -> &Names {
        &self.case_names
    }

    /// The attribute `name` of events.
    pub fn event_column(&self, name: &str) -> Option<&Column> {
        self.event_columns.get(name)
    }

    /// The attribute `name` of cases.
    pub fn case_column(&self, name: &str) -> Option<&Column> {
        self.case_columns.get(name)
    }

    /// The number of the activity called `name`.
    ///
    /// # Errors
    /// When the log does not know it.
    pub fn activity(&self, name: &str) -> Result<u32, LogError> {
        self.activity_names.find(name).ok_or(LogError::Unknown {
            what: "activity",
            name: name.to_owned(),
        })
    }

    /// The log of the chosen events, in the same order; cases without any are left out.
    ///
    /// `end` of a pick is kept only if this log has ends or `with_ends` is set.
    pub(crate) fn derive(&self, picks: &[Pick], with_ends: bool) -> Self {
        let mut log = Self {
            activity_names: self.activity_names.clone(),
            offsets: vec![0],
            lengths: (with_ends || self.has_ends()).then(Lengths::default),
            ..Self::default()
        };
        let mut cases = Vec::new();
        for group in picks.chunk_by(|a, b| a.case == b.case) {
            log.case_names.append(self.case_names.name(group[0].case));
            cases.push(group[0].case as usize);
            for pick in group {
                log.activity.push(self.activity[pick.event as usize]);
                log.start.push(pick.start);
                if let Some(lengths) = &mut log.lengths {
                    lengths.push(pick.end - pick.start);
                }
            }
            log.offsets.push(log.activity.len() as u32);
        }
        let events = picks.iter().map(|pick| pick.event as usize);
        log.rows = Some(events.clone().map(|event| self.row(event)).collect());
        log.event_columns = self.event_columns.pick(events);
        log.case_columns = self.case_columns.pick(cases.into_iter());
        log
    }

    /// The log of the events that `keep` accepts; cases without any are left out.
    pub(crate) fn retain(&self, keep: impl Fn(usize, usize) -> bool) -> Self {
        let mut picks = Vec::new();
        for (case, events) in self.cases().enumerate() {
            for event in events.filter(|&event| keep(case, event)) {
                picks.push(Pick {
                    case: case as u32,
                    event: event as u32,
                    start: self.start[event],
                    end: self.end(event),
                });
            }
        }
        self.derive(&picks, false)
    }

    /// All attributes of events.
    pub fn event_columns(&self) -> &Columns {
        &self.event_columns
    }

    /// All attributes of cases.
    pub fn case_columns(&self) -> &Columns {
        &self.case_columns
    }
}

/// An event chosen for a derived log, with the times it has there.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Pick {
    pub(crate) case: u32,
    pub(crate) event: u32,
    pub(crate) start: Micros,
    pub(crate) end: Micros,
}

/// Collects rows in any order and sorts them into an [`EventLog`].
#[derive(Debug, Clone, Default)]
pub struct LogBuilder {
    case_names: Names,
    activity_names: Names,
    case: Vec<u32>,
    activity: Vec<u32>,
    start: Vec<Micros>,
    lengths: Option<Lengths>,
    event_columns: Columns,
    case_columns: Columns,
}

impl LogBuilder {
    /// A builder without rows.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of the case called `name`: equal names, one case.
    pub fn case(&mut self, name: &str) -> u32 {
        self.case_names.intern(name)
    }

    /// A case of its own, even if another has the same name (a `<trace>` of XES).
    pub fn new_case(&mut self, name: &str) -> u32 {
        self.case_names.append(name)
    }

    /// The number of the activity called `name`.
    pub fn activity(&mut self, name: &str) -> u32 {
        self.activity_names.intern(name)
    }

    /// Adds an event and returns its row.
    ///
    /// # Errors
    /// When the end comes before the start, a time lies outside the years 1 to 9999, a number was
    /// not handed out by this builder, or there are too many events.
    pub fn push(&mut self, event: Event) -> Result<u32, LogError> {
        let row = u32::try_from(self.activity.len()).map_err(|_| LogError::TooManyEvents)?;
        if row == u32::MAX {
            return Err(LogError::TooManyEvents);
        }
        let end = event.end.unwrap_or(event.start);
        for time in [event.start, end] {
            if !(YEAR_1..YEAR_10000).contains(&time) {
                return Err(LogError::TimeOutOfRange { row, time });
            }
        }
        if end < event.start {
            let start = event.start;
            return Err(LogError::EndBeforeStart { row, start, end });
        }
        if event.case as usize >= self.case_names.len()
            || event.activity as usize >= self.activity_names.len()
        {
            return Err(LogError::UnknownNumber { row });
        }
        if event.end.is_some() && self.lengths.is_none() {
            self.lengths = Some(Lengths::zero(self.start.len()));
        }
        self.case.push(event.case);
        self.activity.push(event.activity);
        self.start.push(event.start);
        if let Some(lengths) = &mut self.lengths {
            lengths.push(end - event.start);
        }
        Ok(row)
    }

    /// Gives the event in `row` an attribute.
    pub fn set(&mut self, row: u32, name: &str, value: Value<'_>) {
        self.event_columns.set(name, row as usize, value);
    }

    /// Gives a case an attribute.
    pub fn set_case(&mut self, case: u32, name: &str, value: Value<'_>) {
        self.case_columns.set(name, case as usize, value);
    }

    /// Sorts the rows: by case, start, end, and position where those are equal.
    pub fn build(self) -> EventLog {
        let offsets = offsets(&self.case, self.case_names.len());
        let rows = self.order(&offsets);
        let Some(rows) = rows else {
            return EventLog {
                case_names: self.case_names,
                activity_names: self.activity_names,
                offsets,
                activity: self.activity,
                start: self.start,
                lengths: self.lengths,
                rows: None,
                event_columns: self.event_columns,
                case_columns: self.case_columns,
            };
        };
        drop(self.case);
        // One column after the other, so that only one is held twice.
        let activity = gather(self.activity, &rows);
        let start = gather(self.start, &rows);
        let lengths = self.lengths.map(|lengths| lengths.gather(&rows));
        EventLog {
            case_names: self.case_names,
            activity_names: self.activity_names,
            offsets,
            activity,
            start,
            lengths,
            event_columns: self
                .event_columns
                .pick(rows.iter().map(|&row| row as usize)),
            rows: Some(rows),
            case_columns: self.case_columns,
        }
    }

    /// The rows in log order, `None` when they are in it already.
    fn order(&self, offsets: &[u32]) -> Option<Vec<u32>> {
        let key = |row: usize| {
            let length = self.lengths.as_ref().map_or(0, |lengths| lengths.get(row));
            (self.start[row], length)
        };
        let grouped = self.case.is_sorted();
        let sorted = (1..self.case.len())
            .all(|row| self.case[row - 1] != self.case[row] || key(row - 1) <= key(row));
        if grouped && sorted {
            return None;
        }
        let mut next = offsets.to_vec();
        let mut rows = vec![0; self.case.len()];
        for (row, &case) in self.case.iter().enumerate() {
            let place = &mut next[case as usize];
            rows[*place as usize] = row as u32;
            *place += 1;
        }
        for pair in offsets.windows(2) {
            let rows = &mut rows[pair[0] as usize..pair[1] as usize];
            if !rows.is_sorted_by_key(|&row| key(row as usize)) {
                rows.sort_by_key(|&row| key(row as usize));
            }
        }
        Some(rows)
    }
}

/// Where each case begins when rows are grouped by case, and the end of the last.
fn offsets(case: &[u32], cases: usize) -> Vec<u32> {
    let mut offsets = vec![0; cases + 1];
    for &case in case {
        offsets[case as usize + 1] += 1;
    }
    for case in 0..cases {
        offsets[case + 1] += offsets[case];
    }
    offsets
}

pub(crate) fn gather<T: Copy>(column: Vec<T>, rows: &[u32]) -> Vec<T> {
    rows.iter().map(|&row| column[row as usize]).collect()
}
