//! The life of an order: each state holds its own facts, each transition consumes the old state
//! and either gives the new one, says that it has happened already, or says why it cannot.

use kernel::{Fault, Span, Timestamp, ids::StaffId};

/// Time kept for an order, and who keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slot {
    /// From the beginning to the end of the service, without buffers.
    pub span: Span,
    /// Who serves, when the service needs somebody.
    pub staff: Option<StaffId>,
}

/// Where an order stands, with what is known there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// A slot is kept while the customer confirms.
    Held {
        /// The slot kept.
        slot: Slot,
        /// When it is given up.
        until: Timestamp,
    },
    /// A slot is promised.
    Booked {
        /// The slot promised.
        slot: Slot,
    },
    /// Taken, with nothing promised: a purchase, an enquiry, a complaint, a job not yet planned.
    Open,
    /// The customer is here.
    Waiting {
        /// The slot, if there was a booking.
        slot: Option<Slot>,
        /// When the customer came.
        arrived: Timestamp,
    },
    /// Being carried out.
    Serving {
        /// The slot, if there was a booking.
        slot: Option<Slot>,
        /// When the customer came.
        arrived: Timestamp,
        /// When the work began.
        started: Timestamp,
        /// Who serves.
        staff: Option<StaffId>,
    },
    /// Carried out.
    Finished {
        /// The slot, if there was a booking.
        slot: Option<Slot>,
        /// When the customer came.
        arrived: Timestamp,
        /// When the work began.
        started: Timestamp,
        /// When the work ended.
        finished: Timestamp,
        /// Who served.
        staff: Option<StaffId>,
    },
    /// Called off.
    Cancelled {
        /// What the slot had been.
        slot: Option<Slot>,
        /// When the customer came, if so.
        arrived: Option<Timestamp>,
        /// When the work began, if so.
        started: Option<Timestamp>,
        /// Who was to serve.
        staff: Option<StaffId>,
        /// When it was called off.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The customer did not come, or left while waiting.
    NoShow {
        /// What the slot had been.
        slot: Option<Slot>,
        /// When the customer came, if so.
        arrived: Option<Timestamp>,
        /// When it was given up.
        at: Timestamp,
    },
    /// The customer did not confirm in time.
    Expired {
        /// What the slot had been.
        slot: Slot,
        /// Until when it had been kept.
        until: Timestamp,
        /// When it was given up.
        at: Timestamp,
    },
}

/// The bare name of a state, for tables, filters and badges.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StateName {
    /// See [`State::Held`].
    Held,
    /// See [`State::Booked`].
    Booked,
    /// See [`State::Open`].
    Open,
    /// See [`State::Waiting`].
    Waiting,
    /// See [`State::Serving`].
    Serving,
    /// See [`State::Finished`].
    Finished,
    /// See [`State::Cancelled`].
    Cancelled,
    /// See [`State::NoShow`].
    NoShow,
    /// See [`State::Expired`].
    Expired,
}

impl StateName {
    /// Every state, in the order of a life.
    pub const ALL: [StateName; 9] = [
        StateName::Held,
        StateName::Booked,
        StateName::Open,
        StateName::Waiting,
        StateName::Serving,
        StateName::Finished,
        StateName::Cancelled,
        StateName::NoShow,
        StateName::Expired,
    ];

    /// The word kept in the database and in addresses.
    pub fn as_str(self) -> &'static str {
        match self {
            StateName::Held => "held",
            StateName::Booked => "booked",
            StateName::Open => "open",
            StateName::Waiting => "waiting",
            StateName::Serving => "serving",
            StateName::Finished => "finished",
            StateName::Cancelled => "cancelled",
            StateName::NoShow => "no_show",
            StateName::Expired => "expired",
        }
    }

    /// Reads the word back.
    pub fn parse(text: &str) -> Option<StateName> {
        StateName::ALL
            .into_iter()
            .find(|name| name.as_str() == text)
    }

    /// Whether nothing more can happen.
    pub fn is_closed(self) -> bool {
        matches!(
            self,
            StateName::Finished | StateName::Cancelled | StateName::NoShow | StateName::Expired
        )
    }
}

/// What a transition leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// A new state.
    To(State),
    /// It has happened before: nothing to do, nothing to record.
    Already,
}

/// Why a transition cannot happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The slot is only held; it must be confirmed first.
    OnlyHeld,
    /// The hold still runs, or was confirmed.
    NotOver,
    /// There is no slot to confirm or to miss.
    NoSlot,
    /// The customer is here already.
    Here,
    /// The work has begun.
    InService,
    /// The work has not begun.
    NotStarted,
    /// The appointment has not begun.
    TooEarly,
    /// The order was finished.
    Finished,
    /// The order was called off.
    Cancelled,
    /// The customer did not come.
    NoShow,
    /// The hold was given up.
    Expired,
    /// Something followed what is to be taken back.
    Followed,
    /// It was too long ago to be taken back.
    TooLate,
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Fault {
        Fault::conflict(match refusal {
            Refusal::OnlyHeld => "orders-refuse-only-held",
            Refusal::NotOver => "orders-refuse-not-over",
            Refusal::NoSlot => "orders-refuse-no-slot",
            Refusal::Here => "orders-refuse-here",
            Refusal::InService => "orders-refuse-in-service",
            Refusal::NotStarted => "orders-refuse-not-started",
            Refusal::TooEarly => "orders-refuse-too-early",
            Refusal::Finished => "orders-refuse-finished",
            Refusal::Cancelled => "orders-refuse-cancelled",
            Refusal::NoShow => "orders-refuse-no-show",
            Refusal::Expired => "orders-refuse-expired",
            Refusal::Followed => "orders-refuse-undo-followed",
            Refusal::TooLate => "orders-refuse-undo-late",
        })
    }
}

/// The answer of a transition.
pub type Decided = Result<Next, Refusal>;

fn to(state: State) -> Decided {
    Ok(Next::To(state))
}

impl State {
    /// The bare name.
    pub fn name(&self) -> StateName {
        match self {
            State::Held { .. } => StateName::Held,
            State::Booked { .. } => StateName::Booked,
            State::Open => StateName::Open,
            State::Waiting { .. } => StateName::Waiting,
            State::Serving { .. } => StateName::Serving,
            State::Finished { .. } => StateName::Finished,
            State::Cancelled { .. } => StateName::Cancelled,
            State::NoShow { .. } => StateName::NoShow,
            State::Expired { .. } => StateName::Expired,
        }
    }

    /// The slot that is, or was, kept.
    pub fn slot(&self) -> Option<Slot> {
        match self {
            State::Held { slot, .. } | State::Booked { slot } | State::Expired { slot, .. } => {
                Some(*slot)
            }
            State::Open => None,
            State::Waiting { slot, .. }
            | State::Serving { slot, .. }
            | State::Finished { slot, .. }
            | State::Cancelled { slot, .. }
            | State::NoShow { slot, .. } => *slot,
        }
    }

    /// Who serves, served or is to serve.
    pub fn staff(&self) -> Option<StaffId> {
        match self {
            State::Serving { staff, .. }
            | State::Finished { staff, .. }
            | State::Cancelled { staff, .. } => *staff,
            other => other.slot().and_then(|slot| slot.staff),
        }
    }

    /// When the customer came.
    pub fn arrived(&self) -> Option<Timestamp> {
        match self {
            State::Waiting { arrived, .. }
            | State::Serving { arrived, .. }
            | State::Finished { arrived, .. } => Some(*arrived),
            State::Cancelled { arrived, .. } | State::NoShow { arrived, .. } => *arrived,
            _ => None,
        }
    }

    /// When the work began.
    pub fn started(&self) -> Option<Timestamp> {
        match self {
            State::Serving { started, .. } | State::Finished { started, .. } => Some(*started),
            State::Cancelled { started, .. } => *started,
            _ => None,
        }
    }

    /// When the work ended.
    pub fn finished(&self) -> Option<Timestamp> {
        match self {
            State::Finished { finished, .. } => Some(*finished),
            _ => None,
        }
    }

    /// When nothing more could happen.
    pub fn closed(&self) -> Option<Timestamp> {
        match self {
            State::Finished { finished: at, .. }
            | State::Cancelled { at, .. }
            | State::NoShow { at, .. }
            | State::Expired { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// Until when a hold stands, or stood.
    pub fn hold_until(&self) -> Option<Timestamp> {
        match self {
            State::Held { until, .. } | State::Expired { until, .. } => Some(*until),
            _ => None,
        }
    }

    /// Why the order was called off.
    pub fn reason(&self) -> Option<&str> {
        match self {
            State::Cancelled { reason, .. } => Some(reason),
            _ => None,
        }
    }

    /// Makes a hold a promise. A hold past its time may still be confirmed until it is given up;
    /// whether the slot is still free is for the claim to say.
    pub fn confirm(self) -> Decided {
        match self {
            State::Held { slot, .. } => to(State::Booked { slot }),
            State::Booked { .. } => Ok(Next::Already),
            State::Open => Err(Refusal::NoSlot),
            State::Waiting { .. } => Err(Refusal::Here),
            State::Serving { .. } => Err(Refusal::InService),
            closed => Err(closed.ending()),
        }
    }

    /// The customer is here.
    pub fn arrive(self, now: Timestamp) -> Decided {
        match self {
            State::Held { .. } => Err(Refusal::OnlyHeld),
            State::Booked { slot } => to(State::Waiting {
                slot: Some(slot),
                arrived: now,
            }),
            State::Open => to(State::Waiting {
                slot: None,
                arrived: now,
            }),
            State::Waiting { .. } | State::Serving { .. } => Ok(Next::Already),
            closed => Err(closed.ending()),
        }
    }

    /// The work begins, by `staff` or else by whom the slot names.
    pub fn start(self, staff: Option<StaffId>, now: Timestamp) -> Decided {
        let (slot, arrived) = match self {
            State::Held { .. } => return Err(Refusal::OnlyHeld),
            State::Booked { slot } => (Some(slot), now),
            State::Open => (None, now),
            State::Waiting { slot, arrived } => (slot, arrived),
            State::Serving { .. } => return Ok(Next::Already),
            closed => return Err(closed.ending()),
        };
        let staff = staff.or(slot.and_then(|slot| slot.staff));
        // Two servers' clocks may differ a little; a life still runs forwards.
        to(State::Serving {
            slot,
            arrived,
            started: now.max(arrived),
            staff,
        })
    }

    /// The work is done. What is merely open (a question answered at once) may finish directly.
    pub fn finish(self, now: Timestamp) -> Decided {
        match self {
            State::Held { .. } => Err(Refusal::OnlyHeld),
            State::Booked { .. } | State::Waiting { .. } => Err(Refusal::NotStarted),
            State::Open => to(State::Finished {
                slot: None,
                arrived: now,
                started: now,
                finished: now,
                staff: None,
            }),
            State::Serving {
                slot,
                arrived,
                started,
                staff,
            } => {
                let finished = now.max(started);
                to(State::Finished {
                    slot,
                    arrived,
                    started,
                    finished,
                    staff,
                })
            }
            State::Finished { .. } => Ok(Next::Already),
            closed => Err(closed.ending()),
        }
    }

    /// Finished too early: open again.
    pub fn reopen(self) -> Decided {
        match self {
            State::Finished { .. } => to(State::Open),
            State::Open => Ok(Next::Already),
            State::Serving { .. } => Err(Refusal::InService),
            other => Err(other.ending()),
        }
    }

    /// Called off, with the reason.
    pub fn cancel(self, reason: String, now: Timestamp) -> Decided {
        if matches!(self, State::Cancelled { .. }) {
            return Ok(Next::Already);
        }
        if self.name().is_closed() {
            return Err(self.ending());
        }
        to(State::Cancelled {
            slot: self.slot(),
            arrived: self.arrived(),
            started: self.started(),
            staff: self.staff(),
            at: now,
            reason,
        })
    }

    /// The customer did not come to the appointment, or left while waiting.
    pub fn no_show(self, now: Timestamp) -> Decided {
        match self {
            State::Held { .. } => Err(Refusal::OnlyHeld),
            State::Booked { slot } if now < slot.span.start => Err(Refusal::TooEarly),
            State::Booked { slot } => to(State::NoShow {
                slot: Some(slot),
                arrived: None,
                at: now,
            }),
            State::Open => Err(Refusal::NoSlot),
            State::Waiting { slot, arrived } => to(State::NoShow {
                slot,
                arrived: Some(arrived),
                at: now.max(arrived),
            }),
            State::Serving { .. } => Err(Refusal::InService),
            State::NoShow { .. } => Ok(Next::Already),
            closed => Err(closed.ending()),
        }
    }

    /// Another slot. What was open gets its first one.
    pub fn reschedule(self, slot: Slot) -> Decided {
        match self {
            State::Held { slot: old, .. } | State::Booked { slot: old } if old == slot => {
                Ok(Next::Already)
            }
            State::Held { until, .. } => to(State::Held { slot, until }),
            State::Booked { .. } | State::Open => to(State::Booked { slot }),
            State::Waiting { .. } => Err(Refusal::Here),
            State::Serving { .. } => Err(Refusal::InService),
            closed => Err(closed.ending()),
        }
    }

    /// Gives up a hold that ran out.
    pub fn expire(self, now: Timestamp) -> Decided {
        match self {
            State::Held { slot, until } if until <= now => to(State::Expired {
                slot,
                until,
                at: now,
            }),
            State::Expired { .. } => Ok(Next::Already),
            State::Finished { .. } | State::Cancelled { .. } | State::NoShow { .. } => {
                Err(self.ending())
            }
            _ => Err(Refusal::NotOver),
        }
    }

    /// The refusal that names how a closed order ended.
    fn ending(&self) -> Refusal {
        match self {
            State::Cancelled { .. } => Refusal::Cancelled,
            State::NoShow { .. } => Refusal::NoShow,
            State::Expired { .. } => Refusal::Expired,
            _ => Refusal::Finished,
        }
    }
}
