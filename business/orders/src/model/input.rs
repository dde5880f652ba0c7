//! What a new order is made from, and what an order of the past was.

use kernel::{
    Bilingual, Channel, Fault, Money, Text, Timestamp,
    ids::{CustomerId, GroupSessionId, ServiceId, SiteId, StaffId},
};

use super::{Kind, Level};

/// The most lines of one order.
pub const LINES_MAX: usize = 40;
/// The longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 2000;
/// The longest reason for calling off, or cause of an error, in characters.
pub const REASON_CHARS_MAX: usize = 300;

/// One thing asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// The service or good.
    pub service: ServiceId,
    /// How many.
    pub quantity: i64,
}

impl NewLine {
    /// One of a service.
    pub fn one(service: ServiceId) -> NewLine {
        NewLine {
            service,
            quantity: 1,
        }
    }
}

/// The slot asked for; its length follows from the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedSlot {
    /// When the service should begin.
    pub start: Timestamp,
    /// Who should serve, or anybody who can.
    pub staff: Option<StaffId>,
}

/// Seats asked for in a group session; their time is the session's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WantedSeats {
    /// Which session.
    pub session: GroupSessionId,
    /// What is done in it.
    pub service: ServiceId,
    /// How many seats.
    pub count: i64,
}

impl WantedSeats {
    /// What is sold: the first seat takes the time, the others are beside it.
    pub fn lines(&self) -> Vec<NewLine> {
        let rest = NewLine {
            service: self.service,
            quantity: self.count - 1,
        };
        let rest = Some(rest).filter(|rest| rest.quantity > 0);
        std::iter::once(NewLine::one(self.service))
            .chain(rest)
            .collect()
    }
}

/// An order to be taken.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// Where it is served.
    pub site: SiteId,
    /// What is asked for.
    pub kind: Kind,
    /// Who asks, when known.
    pub customer: Option<CustomerId>,
    /// The name the customer gave, when it is not the one that is known; empty otherwise.
    pub booked_as: String,
    /// What is asked for; the first line is the main service, which the blueprint, the skills and
    /// the rooms follow.
    pub lines: Vec<NewLine>,
    /// When, for a booking.
    pub slot: Option<WantedSlot>,
    /// Who is wished for, by the place of a line that is served by another person.
    pub wishes: Vec<(usize, StaffId)>,
    /// Why persons who are named may be booked over.
    pub overbook: Option<String>,
    /// Seats in a group session instead of a slot; the lines follow from them.
    pub seats: Option<WantedSeats>,
    /// Until when the slot is only held; `None` promises it at once.
    pub hold_until: Option<Timestamp>,
    /// What the customer said.
    pub note: String,
    /// Whether it goes before others.
    pub level: Level,
    /// When it should be done; `None` lets slot or service level say.
    pub promised: Option<Timestamp>,
}

impl NewOrder {
    /// An order with nothing in it yet.
    pub fn new(site: SiteId, kind: Kind) -> NewOrder {
        NewOrder {
            site,
            kind,
            customer: None,
            booked_as: String::new(),
            lines: Vec::new(),
            slot: None,
            wishes: Vec::new(),
            overbook: None,
            seats: None,
            hold_until: None,
            note: String::new(),
            level: Level::Normal,
            promised: None,
        }
    }

    /// A booking of seats in a group session.
    pub fn seated(site: SiteId, seats: WantedSeats) -> NewOrder {
        NewOrder {
            lines: seats.lines(),
            seats: Some(seats),
            ..NewOrder::new(site, Kind::Booking)
        }
    }

    /// Refuses what cannot be taken, naming the field and what is allowed.
    pub fn check(&self) -> Result<(), Fault> {
        if self.note.chars().count() > NOTE_CHARS_MAX {
            let text = Text::key("orders-note-long").with("max", NOTE_CHARS_MAX);
            return Err(Fault::invalid("note", text));
        }
        let timed = matches!(self.kind, Kind::WalkIn | Kind::Booking);
        if self.lines.is_empty() && (timed || self.slot.is_some() || self.kind == Kind::Purchase) {
            return Err(Fault::invalid(
                "service",
                Text::key("orders-service-needed"),
            ));
        }
        if self.lines.is_empty() && self.note.trim().is_empty() {
            let text = Text::key("orders-matter-needed");
            return Err(Fault::invalid("note", text));
        }
        if self.lines.len() > LINES_MAX {
            let text = Text::key("orders-lines-many").with("max", LINES_MAX);
            return Err(Fault::invalid("service", text));
        }
        if self
            .lines
            .iter()
            .any(|line| !(1..=999).contains(&line.quantity))
        {
            return Err(Fault::invalid(
                "quantity",
                Text::key("orders-quantity-wrong"),
            ));
        }
        match (self.kind, self.slot) {
            (Kind::Booking, None) if self.seats.is_some() => Ok(()),
            (Kind::Booking, None) => Err(Fault::invalid("slot", Text::key("orders-slot-needed"))),
            (Kind::Booking | Kind::OnSite, _) | (_, None) => Ok(()),
            (_, Some(_)) => Err(Fault::invalid("slot", Text::key("orders-slot-not-wanted"))),
        }
    }
}

/// How an order of the past ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// Carried out.
    Finished {
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
        /// When.
        at: Timestamp,
        /// Why.
        reason: String,
    },
    /// The customer did not come to the slot.
    NoShow {
        /// When it was given up.
        at: Timestamp,
    },
}

/// A line of the past: no longer looked up in the catalogue.
#[derive(Clone, Debug)]
pub struct PastLine {
    /// The service or good, when it is known.
    pub service: Option<ServiceId>,
    /// Its family.
    pub family: Option<String>,
    /// What it was called.
    pub name: Bilingual,
    /// How many.
    pub quantity: i64,
    /// The price of one, tax included.
    pub unit: Money,
    /// Tax contained, in permille of the net price.
    pub tax_permille: i64,
    /// How long one should take, in minutes.
    pub minutes: i64,
}

/// A step of the past.
#[derive(Clone, Debug)]
pub struct PastStep {
    /// The blueprint's name for it.
    pub key: String,
    /// What it was called.
    pub name: Bilingual,
    /// Its lane: `customer`, `frontstage`, `backstage` or `support`.
    pub lane: String,
    /// How long it should have taken, in minutes.
    pub minutes_standard: Option<i64>,
    /// Who carried it out.
    pub staff: Option<StaffId>,
    /// When it began.
    pub started: Timestamp,
    /// When it ended.
    pub ended: Timestamp,
    /// What went wrong; such a step is followed by one of the same key, its rework.
    pub error_cause: Option<String>,
}

/// An order of the past, as another system or the demonstration tells it.
#[derive(Clone, Debug)]
pub struct PastOrder {
    /// Where it was served.
    pub site: SiteId,
    /// What was asked for.
    pub kind: Kind,
    /// Through which door it came.
    pub channel: Channel,
    /// Who asked.
    pub customer: Option<CustomerId>,
    /// Whether it went before others.
    pub level: Level,
    /// What the customer said.
    pub note: String,
    /// What was sold.
    pub lines: Vec<PastLine>,
    /// When it was taken.
    pub created: Timestamp,
    /// The slot that had been promised: beginning, end, who.
    pub slot: Option<(Timestamp, Timestamp, Option<StaffId>)>,
    /// When it should have been done.
    pub promised: Option<Timestamp>,
    /// The blueprint followed, and its version.
    pub blueprint: Option<(kernel::ids::BlueprintId, i64)>,
    /// The steps carried out, in order of time.
    pub steps: Vec<PastStep>,
    /// How it ended.
    pub ending: Ending,
    /// The identity in the other system; the same one is taken once.
    pub external_id: Option<String>,
}
