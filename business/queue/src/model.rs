//! What is true of a ticket, and how long its holder will wait. Pure: decides, never looks.

mod lessons;
mod order;
mod reckoning;
mod turns;
mod wait;

pub use lessons::{Lessons, Pasts, Quoted, kept_guess, read_guess};
pub use order::{Coming, Rules};
pub use reckoning::{Outcome, Reckoning, Told, by_day, by_hour, by_line, reckon};
pub use turns::{Turn, TurnState, in_order, next_free};
pub use wait::{Helper, InHand, Job, Outlook, Pace, Stretch, Wait, outlook};

use kernel::{Fault, Timestamp};

/// Minutes a called person's place is held before the desk may give it away.
pub const HOLD_MINUTES: i64 = 5;
/// Seconds in which a call, a skip or a no-show can be taken back.
pub const UNDO_SECONDS: i64 = 10;
/// Microseconds behind the last one in line at which somebody lands who lets everybody go first.
const RANK_STEP: i64 = 1_000;

/// Where a ticket stands. Each state holds the facts that are true only in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// In line.
    Waiting,
    /// Asked to come; the place is held until `called_at` plus [`HOLD_MINUTES`].
    Called {
        /// When the latest call went out.
        called_at: Timestamp,
        /// When the customer answered "on my way".
        coming_at: Option<Timestamp>,
    },
    /// Gone for a while; the place in line is kept.
    Away {
        /// From then on the ticket counts as waiting again.
        until: Timestamp,
    },
    /// The order has begun.
    Serving,
    /// Over: the service began and has ended.
    Done,
    /// Over: the customer left the line.
    Left,
    /// Over: the customer did not come when called.
    NoShow,
}

impl Stage {
    /// The word kept in the table.
    pub fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Called { .. } => "called",
            Self::Away { .. } => "away",
            Self::Serving => "serving",
            Self::Done => "done",
            Self::Left => "left",
            Self::NoShow => "no_show",
        }
    }

    /// Reads the word and its facts; `None` when they do not belong together.
    pub fn read(
        word: &str,
        called_at: Option<Timestamp>,
        coming_at: Option<Timestamp>,
        away_until: Option<Timestamp>,
    ) -> Option<Self> {
        Some(match word {
            "waiting" => Self::Waiting,
            "called" => Self::Called {
                called_at: called_at?,
                coming_at,
            },
            "away" => Self::Away { until: away_until? },
            "serving" => Self::Serving,
            "done" => Self::Done,
            "left" => Self::Left,
            "no_show" => Self::NoShow,
            _ => return None,
        })
    }

    /// Whether the holder still expects to be served.
    pub fn is_open(self) -> bool {
        matches!(
            self,
            Self::Waiting | Self::Called { .. } | Self::Away { .. }
        )
    }

    /// In line at `now`: waiting, or back from being away.
    pub fn stands(self, now: Timestamp) -> bool {
        match self {
            Self::Waiting => true,
            Self::Away { until } => until <= now,
            _ => false,
        }
    }

    /// Calls the holder, or calls again.
    pub fn call(self, now: Timestamp) -> Result<Self, Fault> {
        if self.is_open() {
            return Ok(Self::Called {
                called_at: now,
                coming_at: None,
            });
        }
        Err(self.refusal())
    }

    /// The called holder says they are on their way.
    pub fn coming(self, now: Timestamp) -> Result<Self, Fault> {
        match self {
            Self::Called {
                called_at,
                coming_at,
            } => Ok(Self::Called {
                called_at,
                coming_at: coming_at.or(Some(now)),
            }),
            _ => Err(Fault::conflict("queue-not-called")),
        }
    }

    /// Goes back into the line, whether called, away or waiting.
    pub fn back_in_line(self) -> Result<Self, Fault> {
        if self.is_open() {
            Ok(Self::Waiting)
        } else {
            Err(self.refusal())
        }
    }

    /// Steps out until `until`.
    pub fn step_out(self, until: Timestamp) -> Result<Self, Fault> {
        if self.is_open() {
            Ok(Self::Away { until })
        } else {
            Err(self.refusal())
        }
    }

    /// The service begins, or goes on that was thought to be done.
    pub fn serve(self) -> Result<Self, Fault> {
        if self.is_open() || self == Self::Done {
            Ok(Self::Serving)
        } else {
            Err(self.refusal())
        }
    }

    /// The holder gives the place up.
    pub fn leave(self) -> Result<Self, Fault> {
        if self.is_open() {
            Ok(Self::Left)
        } else {
            Err(self.refusal())
        }
    }

    /// The holder was called and did not come.
    pub fn miss(self) -> Result<Self, Fault> {
        match self {
            Self::Called { .. } => Ok(Self::NoShow),
            open if open.is_open() => Err(Fault::conflict("queue-call-first")),
            closed => Err(closed.refusal()),
        }
    }

    fn refusal(self) -> Fault {
        match self {
            Self::Serving => Fault::conflict("queue-already-serving"),
            _ => Fault::conflict("queue-already-over"),
        }
    }
}

/// The number as it is printed and called: `A042`.
pub fn label(code: &str, number: i64) -> String {
    format!("{code}{number:03}")
}

/// A place in a line: what counts is the rank, then the number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Had a head start for a reason that was written down.
    pub priority: bool,
    /// The instant the ticket counts from, in microseconds: smaller is earlier.
    pub rank: i64,
}

/// The rank of somebody who lets `count` of those `behind` (ranks in order) go first.
/// `None` when nobody is behind.
pub fn behind(behind: &[i64], count: usize) -> Option<i64> {
    let index = count.clamp(1, behind.len().max(1)) - 1;
    let last = behind.get(index)?;
    Some(match behind.get(index + 1) {
        Some(next) => last + (next - last) / 2,
        None => last + RANK_STEP / 2,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letting_people_go_first_lands_between_their_ranks() {
        let line = [2_000, 3_000];
        assert_eq!(behind(&line, 1), Some(2_500));
        assert_eq!(behind(&line, 2), Some(3_500));
        assert_eq!(behind(&line, 9), Some(3_500));
        assert_eq!(behind(&[], 1), None);
    }
}
