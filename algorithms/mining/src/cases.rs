//! Cases as wholes: how long, how many events, how often they arrive, how many are open at once.

use crate::{EventLog, Micros, Summary};

/// Figures of cases. Cases without events are left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Cases {
    /// How many cases.
    pub count: usize,
    /// First start to last end, in microseconds.
    pub duration: Summary,
    /// Events in a case.
    pub length: Summary,
    /// Mean time from the start of a case to the start of the next, in microseconds: the time from
    /// the earliest start to the latest, divided by the number of cases less one. `None` for a
    /// single case.
    pub arrival_gap_mean: Option<f64>,
    /// Most cases open at once. A case is open from its first start to its last end, both included.
    pub open_max: usize,
    /// Earliest start.
    pub first: Micros,
    /// Latest end.
    pub last: Micros,
}

impl Cases {
    /// The figures of a log; `None` for a log without events.
    pub fn of(log: &EventLog) -> Option<Self> {
        let spans: Vec<(Micros, Micros)> = (0..log.case_count())
            .filter_map(|case| log.case_span(case))
            .collect();
        let mut lengths: Vec<i64> = log
            .cases()
            .map(|events| events.len() as i64)
            .filter(|&length| length > 0)
            .collect();
        let mut starts: Vec<Micros> = spans.iter().map(|span| span.0).collect();
        let mut ends: Vec<Micros> = spans.iter().map(|span| span.1).collect();
        let mut durations: Vec<Micros> = spans.iter().map(|span| span.1 - span.0).collect();
        starts.sort_unstable();
        ends.sort_unstable();
        let (first, last) = (*starts.first()?, *ends.last()?);
        let arrivals = starts[starts.len() - 1] - first;
        Some(Self {
            count: spans.len(),
            duration: Summary::of(&mut durations)?,
            length: Summary::of(&mut lengths)?,
            arrival_gap_mean: (spans.len() > 1).then(|| arrivals as f64 / (spans.len() - 1) as f64),
            open_max: open_max(&starts, &ends),
            first,
            last,
        })
    }
}

/// Most intervals that share an instant; both lists are sorted.
fn open_max(starts: &[Micros], ends: &[Micros]) -> usize {
    let (mut most, mut ended) = (0, 0);
    for (started, &now) in starts.iter().enumerate() {
        // At the same instant starts count before ends, as intervals are closed.
        while ends[ended] < now {
            ended += 1;
        }
        most = most.max(started + 1 - ended);
    }
    most
}
