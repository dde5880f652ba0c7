//! Changes of somebody's working time, and the visits they would leave with nobody.

use super::{Shift, TimeOff, work_spans_of};
use kernel::ids::{ShiftId, SiteId, StaffId};
use kernel::{Date, Id, Span, TimeZone};
use organisation::{MinuteSpan, instant_clipped};

/// What is to change about somebody's working time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A shift falls away.
    Remove(ShiftId, Reach),
    /// A shift begins and ends at other times of the clock.
    Hours(ShiftId, Reach, MinuteSpan),
    /// Time off, with its reason.
    Off(Span, String),
    /// They no longer work here.
    Leave,
}

/// How far the change of a shift reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// This shift alone.
    One,
    /// This shift and those at the same times of the same weekday in the weeks after.
    Following,
}

/// A visit that is booked with somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Visit {
    /// Its own page.
    pub home: String,
    /// The number people call it by.
    pub code: String,
    /// Where.
    pub site: SiteId,
    /// When.
    pub span: Span,
    /// Who comes; empty when unknown.
    pub customer: String,
    /// What for.
    pub title: String,
}

/// Somebody's working time ahead.
#[derive(Clone, Debug)]
pub struct WorkingTime {
    /// The stretch of time that is looked at.
    pub window: Span,
    /// Their shifts in it.
    pub shifts: Vec<Shift>,
    /// Their time off in it.
    pub off: Vec<TimeOff>,
}

impl WorkingTime {
    fn covers(&self, visit: &Visit) -> bool {
        let here = |shift: &&Shift| shift.site == visit.site;
        let shifts: Vec<Shift> = self.shifts.iter().filter(here).cloned().collect();
        let mut spans = work_spans_of(self.window, &shifts, &self.off).into_iter();
        spans.any(|(_, span)| span.contains(&visit.span))
    }

    /// Takes a stretch of time out.
    pub fn free(&mut self, staff: StaffId, span: Span) {
        self.off.push(TimeOff {
            id: Id::from_uuid(kernel::id::NIL),
            staff,
            span,
            reason: String::new(),
        });
    }

    /// The visits that have somebody now and would have nobody after a change.
    pub fn lost(&self, after: &Self, visits: Vec<Visit>) -> Vec<Visit> {
        let mut visits = visits;
        visits.retain(|visit| self.covers(visit) && !after.covers(visit));
        visits
    }
}

/// When a shift begins and ends, by the clock of its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ClockTimes {
    /// The local date on which it begins.
    pub date: Date,
    /// The minutes from midnight of that date.
    pub minutes: (i64, i64),
}

impl ClockTimes {
    /// The times of a span in a zone.
    pub fn of(span: &Span, zone: &TimeZone) -> Self {
        let (start, end) = (
            span.start.to_zoned(zone.clone()),
            span.end.to_zoned(zone.clone()),
        );
        let minute = |time: kernel::Time| i64::from(time.hour()) * 60 + i64::from(time.minute());
        let nights = i64::from(start.date() < end.date());
        Self {
            date: start.date(),
            minutes: (
                minute(start.time()),
                minute(end.time()) + nights * organisation::DAY_MINUTES,
            ),
        }
    }

    /// The same times in another zone; a time that its clock skips moves to the jump.
    pub fn span_in(&self, zone: &TimeZone) -> Option<Span> {
        let (opens, closes) = self.minutes;
        let start = instant_clipped(zone, self.date, opens);
        Span::new(start, instant_clipped(zone, self.date, closes))
    }

    /// Whether two shifts are at the same times of the same weekday.
    pub fn repeats(&self, other: &Self) -> bool {
        self.date.weekday() == other.date.weekday() && self.minutes == other.minutes
    }
}
