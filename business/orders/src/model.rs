//! What is true of an order: one shape for whatever a customer asks of the business.

mod input;
mod parts;
mod state;
mod steps;
mod undo;

pub use input::{
    Ending, LINES_MAX, NOTE_CHARS_MAX, NewLine, NewOrder, PastLine, PastOrder, PastStep,
    REASON_CHARS_MAX, WantedSeats, WantedSlot,
};
pub use parts::Part;
pub(crate) use parts::{Group, groups, parts, tell_more};
pub use state::{Decided, Next, Refusal, Slot, State, StateName};
pub use steps::{Step, StepDecided, StepRefusal, StepState, minutes_between};
pub use undo::{Act, LastAct, UNDO_SECONDS};
pub(crate) use undo::{facts_undone, not_the_last};

use kernel::{
    Bilingual, Channel, Currency, Locale, Money, Timestamp,
    ids::{BlueprintId, CustomerId, GroupSessionId, LineId, NoteId, OrderId, ServiceId, SiteId},
};

/// What the customer asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// To be served now.
    WalkIn,
    /// To be served at a time.
    Booking,
    /// To take something home.
    Purchase,
    /// To be served at the customer's place.
    OnSite,
    /// To know something.
    Enquiry,
    /// To have something put right.
    Complaint,
}

kernel::words!(Kind {
    WalkIn => "walk_in", "orders-kind-walk-in";
    Booking => "booking", "orders-kind-booking";
    Purchase => "purchase", "orders-kind-purchase";
    OnSite => "on_site", "orders-kind-on-site";
    Enquiry => "enquiry", "orders-kind-enquiry";
    Complaint => "complaint", "orders-kind-complaint";
});

/// Whether the order goes before others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// In turn.
    Normal,
    /// Before the others.
    Priority,
}

kernel::words!(Level {
    Normal => "normal", "orders-level-normal";
    Priority => "priority", "orders-level-priority";
});

/// The name of a channel.
pub fn channel_label(channel: Channel, locale: Locale) -> String {
    match channel {
        Channel::Desk => locale.t("orders-channel-desk"),
        Channel::Online => locale.t("orders-channel-online"),
        Channel::Phone => locale.t("orders-channel-phone"),
        Channel::Kiosk => locale.t("orders-channel-kiosk"),
        Channel::Api => locale.t("orders-channel-api"),
        Channel::Import => locale.t("orders-channel-import"),
        Channel::System => locale.t("orders-channel-system"),
    }
}

/// The name of a state.
pub fn state_label(state: StateName, locale: Locale) -> String {
    match state {
        StateName::Held => locale.t("orders-state-held"),
        StateName::Booked => locale.t("orders-state-booked"),
        StateName::Open => locale.t("orders-state-open"),
        StateName::Waiting => locale.t("orders-state-waiting"),
        StateName::Serving => locale.t("orders-state-serving"),
        StateName::Finished => locale.t("orders-state-finished"),
        StateName::Cancelled => locale.t("orders-state-cancelled"),
        StateName::NoShow => locale.t("orders-state-no-show"),
        StateName::Expired => locale.t("orders-state-expired"),
    }
}

/// The head of an order; lines, steps and notes are read beside it.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    /// Identity.
    pub id: OrderId,
    /// Its number, unique in the organisation.
    pub number: i64,
    /// The number as people read it: `CS-00482`.
    pub code: String,
    /// Where it is served.
    pub site: SiteId,
    /// What is asked for.
    pub kind: Kind,
    /// Through which door it came.
    pub channel: Channel,
    /// Who asks, when known.
    pub customer: Option<CustomerId>,
    /// The name the customer gave, when it is not the one that is known; empty otherwise.
    pub booked_as: String,
    /// Whether it goes before others.
    pub level: Level,
    /// What the customer said.
    pub note: String,
    /// Where it stands.
    pub state: State,
    /// Counts changes; an edit names the version it saw.
    pub version: i64,
    /// When it was taken.
    pub created: Timestamp,
    /// When it should be done.
    pub promised: Option<Timestamp>,
    /// The blueprint and the version of it that this order keeps.
    pub blueprint: Option<(BlueprintId, i64)>,
    /// What is sold, in a few words; empty without lines.
    pub title: Bilingual,
    /// The service of the first line: skills and rooms follow it.
    pub service: Option<ServiceId>,
    /// The family of the first line, for its colour.
    pub family: Option<String>,
    /// How long a customer should wait at most, in minutes.
    pub wait_minutes_target: Option<i64>,
    /// How long all of it should take, in minutes.
    pub minutes: i64,
    /// The sum of the lines, tax included.
    pub total: Money,
    /// The tax within the total.
    pub tax: Money,
    /// Steps that count: skipped and failed ones do not.
    pub steps_total: i64,
    /// Steps carried out.
    pub steps_done: i64,
    /// The step being carried out; empty when none is.
    pub step: Bilingual,
    /// The group session it has seats in, whose time is its own.
    pub session: Option<GroupSessionId>,
    /// The secret of the customer's link.
    pub secret: String,
    /// The identity in the system it was imported from.
    pub external_id: Option<String>,
}

impl Order {
    /// What to call the order: what is sold, or else what is asked for.
    pub fn title(&self, locale: Locale) -> String {
        if self.title.is_empty() {
            self.kind.label(locale)
        } else {
            self.title.get(locale).to_owned()
        }
    }

    /// The instant by which the order is placed in a day: slot, else arrival, else creation.
    pub fn due(&self) -> Timestamp {
        due(&self.state, self.created)
    }
}

/// The instant by which an order in a state is placed in a day.
pub fn due(state: &State, created: Timestamp) -> Timestamp {
    state
        .slot()
        .map(|slot| slot.span.start)
        .or(state.arrived())
        .unwrap_or(created)
}

/// The number as people read it: initials of the site's web name, and at least five digits.
pub fn code(site_slug: &str, number: i64) -> String {
    let initials: String = site_slug
        .split('-')
        .filter_map(|word| word.chars().next())
        .filter(char::is_ascii_alphabetic)
        .take(3)
        .map(|c| c.to_ascii_uppercase())
        .collect();
    if initials.is_empty() {
        format!("{number:05}")
    } else {
        format!("{initials}-{number:05}")
    }
}

/// One thing sold, as it was when it was sold.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Identity.
    pub id: LineId,
    /// Its place, from 1.
    pub position: i64,
    /// The service or good, when it is still known.
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

impl Line {
    /// Price times quantity, tax included.
    pub fn amount(&self) -> Money {
        // Bounded by the table: 999 times at most, and a price of at most 10^10 minor units.
        Money::new(
            self.unit.minor.saturating_mul(self.quantity),
            self.unit.currency,
        )
    }

    /// The tax within the amount, rounded half up to a minor unit, line by line.
    pub fn tax(&self) -> Money {
        self.amount().tax_within(self.tax_permille)
    }
}

/// What the lines of an order come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Totals {
    /// Sum of the amounts.
    pub total: Money,
    /// Sum of the taxes; each line is rounded by itself, so the sum needs no rounding.
    pub tax: Money,
    /// Sum of the standard minutes.
    pub minutes: i64,
}

/// Adds up lines of one currency.
pub fn totals(lines: &[Line], currency: Currency) -> Totals {
    let sum = |of: fn(&Line) -> i64| lines.iter().map(of).fold(0, i64::saturating_add);
    Totals {
        total: Money::new(sum(|line| line.amount().minor), currency),
        tax: Money::new(sum(|line| line.tax().minor), currency),
        minutes: sum(|line| line.minutes.saturating_mul(line.quantity)),
    }
}

/// What is sold, in a few words: the names of the first lines.
pub fn title(lines: &[Line]) -> Bilingual {
    let names = |locale| {
        let mut names: Vec<&str> = lines
            .iter()
            .map(|line| line.name.get(locale))
            .filter(|name| !name.is_empty())
            .collect();
        names.dedup();
        let more = names.len() > 3;
        names.truncate(3);
        format!("{}{}", names.join(" + "), if more { " …" } else { "" })
    };
    Bilingual::new(names(Locale::ZhCn), names(Locale::En))
}

/// Something written down about an order.
#[derive(Clone, Debug, PartialEq)]
pub struct Note {
    /// Identity.
    pub id: NoteId,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub author: String,
    /// What.
    pub text: String,
}

/// What the steps add up to, kept on the order for lists and cards.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Steps that count.
    pub total: i64,
    /// Steps carried out.
    pub done: i64,
    /// The step being carried out.
    pub now: Bilingual,
}

/// Adds up steps; a failed step is replaced by its rework, a skipped one does not count.
pub fn progress(steps: &[Step]) -> Progress {
    let mut found = Progress::default();
    for step in steps {
        match step.state {
            StepState::Done { .. } => {
                found.total += 1;
                found.done += 1;
            }
            StepState::Running { .. } => {
                found.total += 1;
                if found.now.is_empty() {
                    found.now = step.name.clone();
                }
            }
            StepState::Pending => found.total += 1,
            StepState::Failed { .. } | StepState::Skipped { .. } => {}
        }
    }
    found
}
