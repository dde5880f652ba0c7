//! Activities one by one: how often, in how many cases, repeated, waited for, worked on.

use crate::groups::{Places, put, summaries};
use crate::{EventLog, Summary};

/// Figures of one activity. Times are in microseconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    /// Number of the activity.
    pub activity: u32,
    /// How many events.
    pub events: u64,
    /// Cases that contain it.
    pub cases: u64,
    /// Cases that begin with it.
    pub starts: u64,
    /// Cases that end with it.
    pub ends: u64,
    /// Cases that contain it at least twice.
    pub rework_cases: u64,
    /// Over all cases, how often it happens beyond the first time.
    pub rework_events: u64,
    /// How often it follows itself directly.
    pub immediate_repeats: u64,
    /// Time since the previous event of the case ended; events that open a case are left out.
    /// Negative where work overlaps.
    pub waiting: Option<Summary>,
    /// The same with negative times as 0.
    pub waiting_clamped: Option<Summary>,
    /// End minus start; `None` if the log has no ends.
    pub working: Option<Summary>,
    /// Where in a case it stands: 0 is the first event, 1 the second.
    pub position: Summary,
}

/// The figures of all activities that happen, in code-point order of their names.
pub fn activities(log: &EventLog) -> Vec<Activity> {
    let counts = count(log);
    let events: Vec<u32> = counts.iter().map(|count| count.events as u32).collect();
    let later: Vec<u32> = counts
        .iter()
        .map(|count| (count.events - count.starts) as u32)
        .collect();
    let mut waiting = gaps(log, &later, |gap| gap);
    let mut clamped = if log.has_ends() {
        gaps(log, &later, |gap| gap.max(0))
    } else {
        waiting.clone()
    };
    let mut working = match log.has_ends() {
        true => summaries(std::slice::from_ref(&events), |_, places| work(log, places)),
        false => vec![None; counts.len()],
    };
    let mut position = summaries(&[events], |_, places| positions(log, places));
    let mut found: Vec<Activity> = counts
        .into_iter()
        .filter_map(|count| {
            let activity = count.activity as usize;
            Some(Activity {
                waiting: waiting[activity].take(),
                waiting_clamped: clamped[activity].take(),
                working: working[activity].take(),
                position: position[activity].take()?,
                activity: count.activity,
                events: count.events,
                cases: count.cases,
                starts: count.starts,
                ends: count.ends,
                rework_cases: count.rework_cases,
                rework_events: count.events - count.cases,
                immediate_repeats: count.immediate_repeats,
            })
        })
        .collect();
    let names = log.activity_names();
    found.sort_by(|a, b| names.name(a.activity).cmp(names.name(b.activity)));
    found
}

#[derive(Clone, Default)]
struct Count {
    activity: u32,
    events: u64,
    cases: u64,
    starts: u64,
    ends: u64,
    rework_cases: u64,
    immediate_repeats: u64,
    last_case: Option<usize>,
    rework_case: Option<usize>,
}

fn count(log: &EventLog) -> Vec<Count> {
    let mut counts: Vec<Count> = (0..log.activity_names().len() as u32)
        .map(|activity| Count {
            activity,
            ..Count::default()
        })
        .collect();
    for (case, events) in log.cases().enumerate() {
        let activities = &log.activities()[events];
        if let (Some(&first), Some(&last)) = (activities.first(), activities.last()) {
            counts[first as usize].starts += 1;
            counts[last as usize].ends += 1;
        }
        let mut previous = None;
        for &activity in activities {
            let count = &mut counts[activity as usize];
            count.events += 1;
            count.immediate_repeats += u64::from(previous == Some(activity));
            if count.last_case != Some(case) {
                count.cases += 1;
                count.last_case = Some(case);
            } else if count.rework_case != Some(case) {
                count.rework_cases += 1;
                count.rework_case = Some(case);
            }
            previous = Some(activity);
        }
    }
    counts
}

fn gaps(log: &EventLog, counts: &[u32], shape: impl Fn(i64) -> i64 + Sync) -> Vec<Option<Summary>> {
    summaries(&[counts.to_vec()], |_, places| {
        for events in log.cases() {
            for event in events.skip(1) {
                let gap = log.starts()[event] - log.end(event - 1);
                put(places, log.activities()[event] as usize, shape(gap));
            }
        }
    })
}

fn work(log: &EventLog, places: &mut Places<'_>) {
    for (event, &activity) in log.activities().iter().enumerate() {
        put(places, activity as usize, log.length(event));
    }
}

fn positions(log: &EventLog, places: &mut Places<'_>) {
    for events in log.cases() {
        for (position, event) in events.enumerate() {
            put(places, log.activities()[event] as usize, position as i64);
        }
    }
}

/// Repetition over all activities.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Rework {
    /// Cases in which some activity happens at least twice.
    pub cases: u64,
    /// Events beyond the first of their activity in their case.
    pub events: u64,
    /// Directly-follows pairs of an activity with itself.
    pub immediate_repeats: u64,
}

/// Repetition over all activities.
pub fn rework(log: &EventLog) -> Rework {
    let mut rework = Rework::default();
    let mut last_case = vec![None; log.activity_names().len()];
    for (case, events) in log.cases().enumerate() {
        let before = rework.events;
        let activities = &log.activities()[events];
        for &activity in activities {
            let seen = last_case[activity as usize].replace(case);
            rework.events += u64::from(seen == Some(case));
        }
        rework.cases += u64::from(rework.events > before);
        let repeats = activities.windows(2).filter(|pair| pair[0] == pair[1]);
        rework.immediate_repeats += repeats.count() as u64;
    }
    rework
}
