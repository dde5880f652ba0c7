//! Those inside: one record each, kept for the next one when they leave; and the lines they form.

use crate::random::Stream;

/// No visit, no team.
pub(super) const NONE: u32 = u32::MAX;

/// No team, where a step needs nobody.
pub(super) const NOBODY: u16 = u16::MAX;

/// What a visit is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Nothing: the record is free.
    Gone,
    /// Waiting in the line of its step.
    Waiting,
    /// In the work of its step.
    Working,
    /// Waiting for its branches.
    Split,
}

/// A customer inside, or one branch of his visit.
#[derive(Debug, Clone)]
pub(super) struct Visit {
    pub luck: Stream,
    pub arrived: f64,
    /// When it joined the line, and when its work began.
    pub queued: f64,
    pub begun: f64,
    pub step: u32,
    /// When it joined the line against the others: the smaller, the earlier.
    pub order: u32,
    pub next: u32,
    pub previous: u32,
    /// The visit whose branch it is.
    pub parent: u32,
    /// Branches that have not come to their end.
    pub pending: u32,
    /// The entry of the calendar at which it leaves, while it still may.
    pub leaves: u32,
    pub group: u16,
    pub team: u16,
    pub doing: Doing,
    /// Whether it arrived after the warm-up.
    pub counted: bool,
    /// Whether its first work has begun.
    pub served: bool,
}

/// All records, with the free ones in a chain.
#[derive(Debug, Default)]
pub(super) struct Visits {
    pub all: Vec<Visit>,
    free: u32,
    pub inside: u32,
}

impl Visits {
    pub(super) fn new() -> Self {
        Self {
            all: Vec::new(),
            free: NONE,
            inside: 0,
        }
    }

    /// Takes a record for a visit and gives its number.
    #[inline]
    pub(super) fn open(&mut self, visit: Visit) -> u32 {
        self.inside += 1;
        if self.free == NONE {
            self.all.push(visit);
            return (self.all.len() - 1) as u32;
        }
        let number = self.free;
        let record = &mut self.all[number as usize];
        self.free = record.next;
        *record = visit;
        number
    }

    #[inline]
    pub(super) fn close(&mut self, number: u32) {
        let record = &mut self.all[number as usize];
        record.doing = Doing::Gone;
        record.next = self.free;
        self.free = number;
        self.inside -= 1;
    }
}

/// A line: first come, first served, with leaving from the middle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    pub first: u32,
    last: u32,
    pub length: u32,
}

impl Line {
    pub(super) const EMPTY: Self = Self {
        first: NONE,
        last: NONE,
        length: 0,
    };

    #[inline]
    pub(super) fn join(&mut self, visits: &mut [Visit], number: u32) {
        visits[number as usize].previous = self.last;
        visits[number as usize].next = NONE;
        if self.last == NONE {
            self.first = number;
        } else {
            visits[self.last as usize].next = number;
        }
        self.last = number;
        self.length += 1;
    }

    #[inline]
    pub(super) fn leave(&mut self, visits: &mut [Visit], number: u32) {
        let (previous, next) = {
            let visit = &visits[number as usize];
            (visit.previous, visit.next)
        };
        if previous == NONE {
            self.first = next;
        } else {
            visits[previous as usize].next = next;
        }
        if next == NONE {
            self.last = previous;
        } else {
            visits[next as usize].previous = previous;
        }
        self.length -= 1;
    }
}
