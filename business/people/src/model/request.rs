//! What staff ask for, and what it would do. Pure.

use super::Visit;
use kernel::ids::{RequestId, ShiftId, SiteId, StaffId};
use kernel::{Fault, Span, Timestamp};

/// What somebody wishes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Time off.
    Off,
    /// A colleague takes over a shift.
    Give(ShiftId, StaffId),
    /// A shift for a shift of a colleague.
    Swap(ShiftId, StaffId, ShiftId),
}

impl Wish {
    /// The word in the database and in texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Give(..) => "give",
            Self::Swap(..) => "swap",
        }
    }

    /// The colleague it takes.
    pub const fn other(self) -> Option<StaffId> {
        match self {
            Self::Off => None,
            Self::Give(_, other) | Self::Swap(_, other, _) => Some(other),
        }
    }
}

/// How far a request has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// The colleague has not answered.
    Asked,
    /// Whoever plans has not decided.
    Open,
    /// Granted, and done.
    Approved,
    /// Declined by whoever plans.
    Declined,
    /// The colleague does not want it.
    Refused,
    /// Taken back by whoever asked.
    Withdrawn,
}

impl RequestState {
    /// Every state.
    pub const ALL: [Self; 6] = [
        Self::Asked,
        Self::Open,
        Self::Approved,
        Self::Declined,
        Self::Refused,
        Self::Withdrawn,
    ];

    /// The word in the database and in texts.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Open => "open",
            Self::Approved => "approved",
            Self::Declined => "declined",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word of the database.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// Whether nothing more will happen to it.
    pub const fn is_over(self) -> bool {
        !matches!(self, Self::Asked | Self::Open)
    }
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Identity.
    pub id: RequestId,
    /// Who asks.
    pub staff: StaffId,
    /// What for.
    pub wish: Wish,
    /// The time off, or the shift as it was when they asked.
    pub span: Span,
    /// Why; may be empty.
    pub reason: String,
    /// How far it has come.
    pub state: RequestState,
    /// A word from whoever decided; may be empty.
    pub word: String,
    /// The name of whoever decided; empty until then.
    pub decided_by: String,
    /// When they asked.
    pub asked_at: Timestamp,
    /// Counts changes.
    pub version: i64,
}

impl Request {
    /// Takes it back, while nobody has decided.
    pub fn withdraw(self) -> Result<Self, Fault> {
        self.ended(RequestState::Withdrawn, String::new(), String::new())
    }

    /// The colleague's answer.
    pub fn answer(self, agrees: bool, name: String) -> Result<Self, Fault> {
        if self.state == RequestState::Open {
            return Err(Fault::conflict("people-request-agreed-already"));
        }
        if agrees && self.state == RequestState::Asked {
            return Ok(Self {
                state: RequestState::Open,
                version: self.version + 1,
                ..self
            });
        }
        self.ended(RequestState::Refused, String::new(), name)
    }

    /// The decision of whoever plans.
    pub fn decide(self, grants: bool, word: String, name: String) -> Result<Self, Fault> {
        if self.state == RequestState::Asked {
            return Err(Fault::conflict("people-request-not-agreed"));
        }
        let state = match grants {
            true => RequestState::Approved,
            false => RequestState::Declined,
        };
        self.ended(state, word, name)
    }

    fn ended(self, state: RequestState, word: String, name: String) -> Result<Self, Fault> {
        if self.state.is_over() {
            let key = match self.decided_by.as_str() {
                "" => "people-request-over",
                _ => "people-request-over-by",
            };
            return Err(Fault::conflict(key)
                .with("state", self.state.as_str())
                .with("name", self.decided_by.as_str()));
        }
        Ok(Self {
            state,
            word,
            decided_by: name,
            version: self.version + 1,
            ..self
        })
    }
}

/// What granting a request would do.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    /// Visits that would have nobody.
    pub lost: Vec<Visit>,
    /// For each stretch of work that falls away: where, when, and how many others are there then.
    pub cover: Vec<Cover>,
    /// Why it cannot be granted, if so.
    pub hindrance: Option<Fault>,
}

/// Who else works while somebody is away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cover {
    /// Where.
    pub site: SiteId,
    /// When.
    pub span: Span,
    /// The fewest others at any moment of it.
    pub others: usize,
}

/// The fewest of these people at work at any moment within a stretch of time.
pub fn fewest_at_once(work: &[(StaffId, Span)], within: Span) -> usize {
    let moments = work
        .iter()
        .flat_map(|(_, span)| [span.start, span.end])
        .filter(|at| within.holds(*at))
        .chain([within.start]);
    let at_work = |at: Timestamp| work.iter().filter(|(_, span)| span.holds(at)).count();
    moments.map(at_work).min().unwrap_or(0)
}

/// The first or second half of what somebody works on a day; of the day where they do not.
pub fn half_of(work: &[Span], day: Span, first: bool) -> Option<Span> {
    let start = work
        .iter()
        .map(|span| span.start)
        .min()
        .unwrap_or(day.start);
    let end = work.iter().map(|span| span.end).max().unwrap_or(day.end);
    let quarters = Span::new(start, end)?.minutes() / 30;
    let middle = Timestamp::from_second(start.as_second() + quarters * 15 * 60).ok()?;
    match first {
        true => Span::new(day.start, middle),
        false => Span::new(middle, day.end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Id;

    fn span(from: i64, to: i64) -> Span {
        let at = |hour: i64| Timestamp::from_second(hour * 3600).expect("it is an hour");
        Span::new(at(from), at(to)).expect("it ends after it begins")
    }

    #[test]
    fn the_fewest_at_once_counts_the_gap_between_two_shifts() {
        let somebody: StaffId = Id::from_uuid(kernel::id::NIL);
        let work = [(somebody, span(9, 12)), (somebody, span(13, 18))];
        assert_eq!(
            fewest_at_once(&work, span(9, 18)),
            0,
            "nobody from 12 to 13"
        );
        assert_eq!(fewest_at_once(&work, span(14, 18)), 1);
        assert_eq!(fewest_at_once(&[], span(9, 18)), 0);
    }

    #[test]
    fn half_a_day_is_half_of_what_they_work() {
        let day = span(0, 24);
        assert_eq!(half_of(&[span(10, 18)], day, true), Some(span(0, 14)));
        assert_eq!(half_of(&[span(10, 18)], day, false), Some(span(14, 24)));
        assert_eq!(half_of(&[], day, true), Some(span(0, 12)));
    }
}
