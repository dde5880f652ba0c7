//! How long each event took, in as few bytes as it needs.

use crate::Micros;
use crate::log::gather;

/// What a length is counted in: seconds reach 136 years, milliseconds 49 days, microseconds 71
/// minutes.
const UNITS: [Micros; 3] = [1_000_000, 1_000, 1];

/// Lengths of events, exact: whole units of 4 bytes each as long as all of them fit, else 8 bytes.
#[derive(Debug, Clone)]
pub(crate) enum Lengths {
    Short { unit: Micros, counts: Vec<u32> },
    Long(Vec<Micros>),
}

impl Default for Lengths {
    fn default() -> Self {
        Self::zero(0)
    }
}

impl Lengths {
    /// So many events that took no time.
    pub(crate) fn zero(events: usize) -> Self {
        Self::Short {
            unit: UNITS[0],
            counts: vec![0; events],
        }
    }

    pub(crate) fn get(&self, event: usize) -> Micros {
        match self {
            Self::Short { unit, counts } => unit * Micros::from(counts[event]),
            Self::Long(lengths) => lengths[event],
        }
    }

    pub(crate) fn push(&mut self, length: Micros) {
        match self {
            Self::Short { unit, counts } => match whole(length, *unit) {
                Some(count) => counts.push(count),
                None => {
                    self.refine(length);
                    self.push(length);
                }
            },
            Self::Long(lengths) => lengths.push(length),
        }
    }

    /// Counts in the largest unit that `length` and all lengths so far are whole multiples of.
    fn refine(&mut self, length: Micros) {
        let Self::Short { unit, counts } = &*self else {
            return;
        };
        let finer = UNITS.into_iter().filter(|finer| finer < unit);
        let found = finer
            .filter(|&finer| whole(length, finer).is_some())
            .find_map(|finer| {
                let factor = u32::try_from(unit / finer).ok()?;
                let counts: Option<Vec<u32>> = counts
                    .iter()
                    .map(|count| count.checked_mul(factor))
                    .collect();
                Some((finer, counts?))
            });
        *self = match found {
            Some((unit, counts)) => Self::Short { unit, counts },
            None => Self::Long((0..counts.len()).map(|event| self.get(event)).collect()),
        };
    }

    /// The lengths of `rows`, in their order.
    pub(crate) fn gather(self, rows: &[u32]) -> Self {
        match self {
            Self::Short { unit, counts } => Self::Short {
                unit,
                counts: gather(counts, rows),
            },
            Self::Long(lengths) => Self::Long(gather(lengths, rows)),
        }
    }
}

/// How many units a length is, where it is a whole number of them and fits.
fn whole(length: Micros, unit: Micros) -> Option<u32> {
    (length % unit == 0).then(|| u32::try_from(length / unit).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Micros = 1_000_000;
    const DAY: Micros = 86_400 * SECOND;

    /// The lengths as they come back, and the unit in which they are kept.
    fn kept(lengths: &[Micros]) -> (Vec<Micros>, Option<Micros>) {
        let mut kept = Lengths::zero(1);
        lengths.iter().for_each(|&length| kept.push(length));
        let unit = match &kept {
            Lengths::Short { unit, .. } => Some(*unit),
            Lengths::Long(_) => None,
        };
        let read = (1..=lengths.len()).map(|event| kept.get(event)).collect();
        assert_eq!(kept.get(0), 0);
        (read, unit)
    }

    #[test]
    fn lengths_are_exact_in_the_largest_unit_that_holds_them_all() {
        let cases: [(&[Micros], Option<Micros>); 7] = [
            (&[90 * SECOND, 5_000 * DAY], Some(SECOND)),
            (&[90 * SECOND, 7_000, 40 * DAY], Some(1_000)),
            (&[3_600 * SECOND, 7_001, 12], Some(1)),
            // Too long for the finer unit that the other needs.
            (&[60 * DAY, 7_000], None),
            (&[7_000, 60 * DAY], None),
            (&[1, 72 * 60 * SECOND], None),
            // Overlapping events of a derived log.
            (&[5, -3], None),
        ];
        for (lengths, unit) in cases {
            assert_eq!(kept(lengths), (lengths.to_vec(), unit), "{lengths:?}");
        }
    }
}
