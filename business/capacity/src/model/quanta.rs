//! Five-minute pieces of time: what a claim is made of.

use kernel::{Span, Timestamp};

/// The length of one quantum, in microseconds.
const MICROSECONDS: i64 = 5 * 60 * 1_000_000;

/// Consecutive quanta, from the first up to, but without, `to`; counted since 1970 in UTC.
///
/// Zones are whole quarters of an hour apart, so a quantum never straddles a local change of clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quanta {
    /// The first quantum.
    pub from: i64,
    /// The first quantum after it.
    pub to: i64,
}

impl Quanta {
    /// The fewest quanta that cover a span.
    pub fn covering(span: Span) -> Self {
        Self {
            from: span.start.as_microsecond().div_euclid(MICROSECONDS),
            to: (span.end.as_microsecond() - 1).div_euclid(MICROSECONDS) + 1,
        }
    }

    /// Whether the two have a quantum in common.
    pub const fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// How many they are.
    pub const fn count(self) -> i64 {
        self.to - self.from
    }

    /// The instant at which the last one ends.
    pub fn end(self) -> Timestamp {
        Timestamp::from_microsecond(self.to * MICROSECONDS).unwrap_or(Timestamp::MAX)
    }

    /// The instant at which the quantum holding `instant` begins.
    pub fn floor(instant: Timestamp) -> Timestamp {
        let quantum = instant.as_microsecond().div_euclid(MICROSECONDS);
        Timestamp::from_microsecond(quantum * MICROSECONDS).unwrap_or(Timestamp::MIN)
    }

    /// Whether an instant is the beginning of a quantum.
    pub fn begins_at(instant: Timestamp) -> bool {
        instant.as_nanosecond() % (i128::from(MICROSECONDS) * 1000) == 0
    }
}
