//! Logs cut down to the cases or events that a question is about.

use crate::{EventLog, LogError, Micros, Value, Variants};

/// Which cases to keep. Filters are applied one after the other.
#[derive(Debug, Clone, PartialEq)]
pub enum CaseFilter {
    /// Cases that lie wholly within the window, both ends included.
    Within(Micros, Micros),
    /// Cases that start within the window, both ends included.
    StartsWithin(Micros, Micros),
    /// Cases that are open at some instant of the window, both ends included.
    OpenWithin(Micros, Micros),
    /// Cases that contain the activity.
    Contains(String),
    /// Cases that do not contain the activity.
    Lacks(String),
    /// Cases of the most frequent variants that together cover at least this share (0 to 1).
    VariantShare(f64),
    /// Cases that have one of the values, given as text, in an attribute of theirs or of one of
    /// their events.
    Attribute(String, Vec<String>),
    /// Cases that take at least the first and at most the second time, in microseconds.
    Duration(Micros, Micros),
    /// Cases in which the first activity is followed by the second.
    Followed(Followed),
}

/// One activity after another in the same case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Followed {
    /// The earlier activity.
    pub first: String,
    /// The later activity.
    pub then: String,
    /// Whether nothing may happen between them.
    pub directly: bool,
    /// Most time from the end of the first to the start of the second, in microseconds.
    pub within: Option<Micros>,
}

/// The log of the cases that pass `filter`, with all their events.
///
/// # Errors
/// When the log does not know an activity or attribute that the filter names.
pub fn cases(log: &EventLog, filter: &CaseFilter) -> Result<EventLog, LogError> {
    let keep = kept(log, filter)?;
    Ok(log.retain(|case, _| keep[case]))
}

/// The log of the cases that do not pass `filter`.
///
/// # Errors
/// As [`cases`].
pub fn other_cases(log: &EventLog, filter: &CaseFilter) -> Result<EventLog, LogError> {
    let keep = kept(log, filter)?;
    Ok(log.retain(|case, _| !keep[case]))
}

/// The log of the events of the named activities; cases without any are left out.
///
/// # Errors
/// When the log does not know one of the activities.
pub fn activities(log: &EventLog, names: &[&str]) -> Result<EventLog, LogError> {
    let mut keep = vec![false; log.activity_names().len()];
    for name in names {
        keep[log.activity(name)? as usize] = true;
    }
    Ok(log.retain(|_, event| keep[log.activities()[event] as usize]))
}

/// The log of the events that start and end within the window, both ends included.
pub fn events_within(log: &EventLog, from: Micros, to: Micros) -> EventLog {
    log.retain(|_, event| log.starts()[event] >= from && log.end(event) <= to)
}

/// Whether each case passes `filter`. Cases without events never do.
///
/// # Errors
/// As [`cases`].
pub fn kept(log: &EventLog, filter: &CaseFilter) -> Result<Vec<bool>, LogError> {
    let spans = |test: &dyn Fn(Micros, Micros) -> bool| -> Vec<bool> {
        let spans = (0..log.case_count()).map(|case| log.case_span(case));
        spans
            .map(|span| span.is_some_and(|(start, end)| test(start, end)))
            .collect()
    };
    Ok(match filter {
        CaseFilter::Within(from, to) => spans(&|start, end| start >= *from && end <= *to),
        CaseFilter::StartsWithin(from, to) => spans(&|start, _| start >= *from && start <= *to),
        CaseFilter::OpenWithin(from, to) => spans(&|start, end| start <= *to && end >= *from),
        CaseFilter::Duration(least, most) => {
            spans(&|start, end| end - start >= *least && end - start <= *most)
        }
        CaseFilter::Contains(name) => containing(log, name, true)?,
        CaseFilter::Lacks(name) => containing(log, name, false)?,
        CaseFilter::VariantShare(share) => common(log, *share),
        CaseFilter::Attribute(name, values) => with_attribute(log, name, values)?,
        CaseFilter::Followed(followed) => following(log, followed)?,
    })
}

fn containing(log: &EventLog, name: &str, wanted: bool) -> Result<Vec<bool>, LogError> {
    let activity = log.activity(name)?;
    let has = |events: std::ops::Range<usize>| log.activities()[events].contains(&activity);
    Ok(log
        .cases()
        .map(|events| !events.is_empty() && has(events) == wanted)
        .collect())
}

fn common(log: &EventLog, share: f64) -> Vec<bool> {
    let variants = Variants::of(log, 1);
    let needed = variants.needed_for(share);
    let case_variant = variants.case_variant.iter();
    case_variant
        .map(|&variant| (variant as usize) < needed)
        .collect()
}

fn with_attribute(log: &EventLog, name: &str, values: &[String]) -> Result<Vec<bool>, LogError> {
    let (of_case, of_event) = (log.case_column(name), log.event_column(name));
    if of_case.is_none() && of_event.is_none() {
        return Err(LogError::Unknown {
            what: "attribute",
            name: name.to_owned(),
        });
    }
    let wanted = |value: Option<Value<'_>>| match value {
        Some(Value::Text(text)) => values.iter().any(|wanted| wanted == text),
        Some(value) => values.contains(&value.to_text()),
        None => false,
    };
    let cases = log.cases().enumerate();
    Ok(cases
        .map(|(case, mut events)| {
            !events.is_empty()
                && (wanted(of_case.and_then(|column| column.value(case)))
                    || events.any(|event| wanted(of_event.and_then(|c| c.value(event)))))
        })
        .collect())
}

fn following(log: &EventLog, followed: &Followed) -> Result<Vec<bool>, LogError> {
    let first = log.activity(&followed.first)?;
    let then = log.activity(&followed.then)?;
    let activities = log.activities();
    let soon = |early: usize, late: usize| {
        let gap = log.starts()[late] - log.end(early);
        followed.within.is_none_or(|most| gap <= most)
    };
    let has = |events: std::ops::Range<usize>| {
        // The first of the latest end so far leaves the shortest time to any later one.
        let mut latest: Option<usize> = None;
        for event in events.clone() {
            if activities[event] == then {
                let early = match followed.directly {
                    true => {
                        (event > events.start && activities[event - 1] == first).then(|| event - 1)
                    }
                    false => latest,
                };
                if early.is_some_and(|early| soon(early, event)) {
                    return true;
                }
            }
            if activities[event] == first && latest.is_none_or(|l| log.end(l) <= log.end(event)) {
                latest = Some(event);
            }
        }
        false
    };
    Ok(log.cases().map(has).collect())
}
