//! What is true of a group session. Pure.

use kernel::{
    Fault, Span, Text, Timestamp,
    ids::{GroupSessionId, ResourceId, SeriesId, ServiceId, SiteId, StaffId},
};

/// The most seats of one session.
pub const SEATS_MAX: i64 = 500;
/// The longest a session may last, in minutes.
pub const MINUTES_MAX: i64 = 12 * 60;
/// The most sessions planned in one act.
pub const SERIES_MAX: usize = 200;
/// How long before its hour a session may begin, in minutes.
pub const EARLY_MINUTES: i64 = 60;
/// The longest reason for calling off, in characters.
pub const REASON_CHARS_MAX: usize = 300;

/// A service that is held for groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupOffer {
    /// Which service.
    pub service: ServiceId,
    /// The seats a new session begins with.
    pub seats: i64,
    /// The most seats of one session that one customer may have.
    pub each_max: i64,
    /// Counts changes.
    pub version: i64,
}

impl GroupOffer {
    /// Refuses what cannot be offered, naming the field.
    pub fn check(&self) -> Result<(), Fault> {
        seats_check(self.seats)?;
        if !(1..=self.seats).contains(&self.each_max) {
            let text = Text::key("sessions-each-wrong").with("max", self.seats);
            return Err(Fault::invalid("each_max", text));
        }
        Ok(())
    }
}

/// Refuses a number of seats that no session has.
pub fn seats_check(seats: i64) -> Result<(), Fault> {
    if (1..=SEATS_MAX).contains(&seats) {
        return Ok(());
    }
    let text = Text::key("sessions-seats-wrong").with("max", SEATS_MAX);
    Err(Fault::invalid("seats", text))
}

/// Where a session stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stage {
    /// To be held.
    Planned,
    /// Being held.
    Running {
        /// Since when.
        begun: Timestamp,
    },
    /// Held.
    Ended {
        /// When it began.
        begun: Timestamp,
        /// When it ended.
        at: Timestamp,
    },
    /// Called off.
    Cancelled {
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
}

impl Stage {
    /// The word kept in the table.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Running { .. } => "running",
            Self::Ended { .. } => "ended",
            Self::Cancelled { .. } => "cancelled",
        }
    }

    /// When it began.
    pub const fn begun(&self) -> Option<Timestamp> {
        match self {
            Self::Running { begun } | Self::Ended { begun, .. } => Some(*begun),
            _ => None,
        }
    }

    /// When nothing more could happen.
    pub const fn closed(&self) -> Option<Timestamp> {
        match self {
            Self::Ended { at, .. } | Self::Cancelled { at, .. } => Some(*at),
            _ => None,
        }
    }

    /// Why it was called off.
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Cancelled { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

/// A class or workshop at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Its id.
    pub id: GroupSessionId,
    /// Where.
    pub site: SiteId,
    /// What is done.
    pub service: ServiceId,
    /// The sessions it was planned with in one act.
    pub series: Option<SeriesId>,
    /// When.
    pub span: Span,
    /// Who leads.
    pub staff: StaffId,
    /// In which room.
    pub room: Option<ResourceId>,
    /// How many may come.
    pub seats: i64,
    /// The most seats one customer may have.
    pub each_max: i64,
    /// Where it stands.
    pub stage: Stage,
    /// Counts changes.
    pub version: i64,
}

impl Session {
    /// Whether its hour is near enough to begin.
    pub fn is_near(&self, now: Timestamp) -> bool {
        let ahead = self.span.start.as_microsecond() - now.as_microsecond();
        ahead <= EARLY_MINUTES * 60_000_000
    }

    /// The session begins, an hour early at most.
    pub fn begin(self, now: Timestamp) -> Result<Self, Fault> {
        match self.stage {
            Stage::Planned if !self.is_near(now) => Err(Fault::conflict("sessions-too-early")),
            Stage::Planned => Ok(Self {
                stage: Stage::Running { begun: now },
                ..self
            }),
            Stage::Running { .. } => Ok(self),
            _ => Err(self.closed()),
        }
    }

    /// The session is over.
    pub fn end(self, now: Timestamp) -> Result<Self, Fault> {
        match self.stage {
            Stage::Running { begun } => Ok(Self {
                stage: Stage::Ended {
                    begun,
                    at: now.max(begun),
                },
                ..self
            }),
            Stage::Ended { .. } => Ok(self),
            Stage::Planned => Err(Fault::conflict("sessions-not-begun")),
            Stage::Cancelled { .. } => Err(self.closed()),
        }
    }

    /// The session is called off.
    pub fn cancel(self, reason: &str, now: Timestamp) -> Result<Self, Fault> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(Fault::invalid(
                "reason",
                Text::key("sessions-reason-needed"),
            ));
        }
        if reason.chars().count() > REASON_CHARS_MAX {
            let text = Text::key("sessions-reason-long").with("max", REASON_CHARS_MAX);
            return Err(Fault::invalid("reason", text));
        }
        match self.stage {
            Stage::Planned => Ok(Self {
                stage: Stage::Cancelled {
                    at: now,
                    reason: reason.to_owned(),
                },
                ..self
            }),
            Stage::Cancelled { .. } => Ok(self),
            Stage::Running { .. } | Stage::Ended { .. } => Err(self.closed()),
        }
    }

    /// Refuses a change to what is no longer ahead.
    pub fn changeable(&self) -> Result<(), Fault> {
        match self.stage {
            Stage::Planned => Ok(()),
            _ => Err(self.closed()),
        }
    }

    fn closed(&self) -> Fault {
        Fault::conflict(match self.stage {
            Stage::Cancelled { .. } => "sessions-was-cancelled",
            _ => "sessions-was-held",
        })
    }
}
