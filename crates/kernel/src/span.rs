//! Stretches of time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A stretch of time from `start` up to, but without, `end`. Never empty, never backwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// The first instant inside.
    pub start: Timestamp,
    /// The first instant after it.
    pub end: Timestamp,
}

impl Span {
    /// The stretch between two instants; `None` unless the first comes first.
    pub fn new(start: Timestamp, end: Timestamp) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// Whether the two have an instant in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of the other lies inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether an instant lies inside.
    pub fn holds(&self, instant: Timestamp) -> bool {
        self.start <= instant && instant < self.end
    }

    /// Its length in whole minutes, rounded down.
    pub fn minutes(&self) -> i64 {
        (self.end.as_microsecond() - self.start.as_microsecond()) / 60_000_000
    }

    /// What the two have in common.
    pub fn intersect(&self, other: &Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// What is left of it without any of the others, in order.
    pub fn subtract(&self, others: &[Self]) -> Vec<Self> {
        let mut taken: Vec<Self> = others.iter().filter_map(|o| self.intersect(o)).collect();
        taken.sort();
        let mut left = Vec::new();
        let mut from = self.start;
        for other in taken {
            left.extend(Self::new(from, other.start));
            from = from.max(other.end);
        }
        left.extend(Self::new(from, self.end));
        left
    }

    /// The same time covered by the fewest spans, in order.
    pub fn merge(mut spans: Vec<Self>) -> Vec<Self> {
        spans.sort();
        let mut merged: Vec<Self> = Vec::with_capacity(spans.len());
        for span in spans {
            match merged.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => merged.push(span),
            }
        }
        merged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: i64, end: i64) -> Span {
        let at = |second| Timestamp::from_second(second).unwrap();
        Span::new(at(start), at(end)).unwrap()
    }

    #[test]
    fn what_is_taken_away_leaves_the_gaps() {
        let day = span(0, 100);
        assert_eq!(
            day.subtract(&[span(40, 60), span(10, 20)]),
            [span(0, 10), span(20, 40), span(60, 100)]
        );
        assert_eq!(day.subtract(&[span(-5, 200)]), []);
        assert_eq!(
            day.subtract(&[span(10, 50), span(20, 30)]),
            [span(0, 10), span(50, 100)]
        );
    }

    #[test]
    fn touching_spans_become_one() {
        assert_eq!(
            Span::merge(vec![span(5, 9), span(0, 5), span(20, 30)]),
            [span(0, 9), span(20, 30)]
        );
    }
}
