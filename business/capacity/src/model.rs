//! What is true of resources, claims and free time. Pure: no clock, no tables.

mod availability;
mod busy;
mod given;
mod quanta;
mod reasons;
mod rules;
mod visits;

pub use availability::{Fit, Own, Person, Picture, Place, Slot, evaluate, nearest, slots};
pub use busy::{Busy, Moves, Stint};
pub use given::{Given, RuleBy, RuleValues, Ruled};
pub use quanta::Quanta;
pub(crate) use reasons::Asked;
pub use reasons::{Absent, Answer, Reason, Taken};
pub(crate) use rules::{LONGEST_MINUTES, later};
pub use rules::{Need, Rules, Times, WhyNot};
pub(crate) use visits::GAP_MINUTES;
pub use visits::{Part, Placed, Plan, Search, idle_minutes};

use kernel::{
    Bilingual, Fault, Span, Timestamp,
    ids::{ClaimId, CustomerId, OrderId, ResourceId, ServiceId, SiteId, StaffId},
};
use serde::{Deserialize, Serialize};

/// A room or a piece of equipment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its id.
    pub id: ResourceId,
    /// Where it is.
    pub site: SiteId,
    /// The code of its kind, from `offers::RESOURCE_KINDS`.
    pub kind: String,
    /// Its name.
    pub name: Bilingual,
    /// Whether it can be claimed; a retired one keeps the claims it has.
    pub active: bool,
    /// Counts changes.
    pub version: i64,
}

/// How firmly a claim stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// Promised to the customer.
    Firm,
    /// Kept while the customer decides, until this instant.
    Held(Timestamp),
    /// A hold that ran out and gave its time to somebody else.
    Lapsed(Timestamp),
}

impl Standing {
    /// Reads the columns `state` and `hold_until`.
    pub fn parse(state: &str, hold_until: Option<Timestamp>) -> Result<Self, Fault> {
        match (state, hold_until) {
            ("firm", None) => Ok(Self::Firm),
            ("held", Some(until)) => Ok(Self::Held(until)),
            ("lapsed", Some(until)) => Ok(Self::Lapsed(until)),
            _ => Err(Fault::broken(format!("a claim cannot stand as {state}"))),
        }
    }

    /// The column `state`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Firm => "firm",
            Self::Held(_) => "held",
            Self::Lapsed(_) => "lapsed",
        }
    }

    /// The column `hold_until`.
    pub const fn hold_until(self) -> Option<Timestamp> {
        match self {
            Self::Firm => None,
            Self::Held(until) | Self::Lapsed(until) => Some(until),
        }
    }

    /// Whether it keeps others out at an instant.
    pub fn blocks(self, now: Timestamp) -> bool {
        match self {
            Self::Firm => true,
            Self::Held(until) => until > now,
            Self::Lapsed(_) => false,
        }
    }
}

/// One visit's hold on a person, and on the rooms and equipment it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The order it serves.
    pub order: OrderId,
    /// Which part of the order's visit, in order of time from 1.
    #[serde(default = "first_part")]
    pub part: i64,
    /// Where.
    pub site: SiteId,
    /// The service that the needs come from.
    pub service: ServiceId,
    /// Who serves.
    pub staff: StaffId,
    /// The rooms and equipment, by id.
    pub resources: Vec<ResourceId>,
    /// When the service begins.
    pub start: Timestamp,
    /// When it ends.
    pub end: Timestamp,
    /// The time taken, with what is needed before and after.
    pub busy: Span,
    /// How firmly it stands.
    pub standing: Standing,
    /// Why the person is booked over, knowingly: then none of the person's quanta are its own.
    #[serde(default)]
    pub overbooked: Option<String>,
}

const fn first_part() -> i64 {
    1
}

impl Claim {
    /// From the beginning to the end of the service.
    pub fn span(&self) -> Span {
        Span {
            start: self.start,
            end: self.end,
        }
    }
}

/// What a customer asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Where.
    pub site: SiteId,
    /// Which service.
    pub service: ServiceId,
    /// Minutes that further lines of the order add.
    pub add_on_minutes: i64,
    /// Who, or anybody who can.
    pub staff: Option<StaffId>,
}

/// One part of a visit that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartAsk {
    /// The service that the needs come from.
    pub service: ServiceId,
    /// Minutes that further lines of the order add.
    pub add_on_minutes: i64,
    /// Who, or anybody who can.
    pub staff: Option<StaffId>,
}

/// A whole visit that is asked for: one part after the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visit {
    /// Where.
    pub site: SiteId,
    /// Its parts, in the order in which they were named.
    pub parts: Vec<PartAsk>,
    /// Who asks, when known: rules may differ by level.
    pub customer: Option<CustomerId>,
    /// Why persons who are named may be booked over.
    pub overbook: Option<String>,
    /// The order that moves: the time it has counts as free.
    pub moved: Option<OrderId>,
}

impl Visit {
    /// A visit of parts, of nobody known.
    pub const fn new(site: SiteId, parts: Vec<PartAsk>) -> Self {
        Self {
            site,
            parts,
            customer: None,
            overbook: None,
            moved: None,
        }
    }
}

impl From<&Ask> for Visit {
    fn from(ask: &Ask) -> Self {
        let part = PartAsk {
            service: ask.service,
            add_on_minutes: ask.add_on_minutes,
            staff: ask.staff,
        };
        Self::new(ask.site, vec![part])
    }
}
