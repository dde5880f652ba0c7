//! What is true of waiting and of offers. Pure.

use kernel::{
    Channel, Date, DateTime, Fault, Locale, Text, Timestamp, Weekday,
    ids::{CustomerId, GroupSessionId, OfferId, OrderId, ServiceId, SiteId, StaffId, WaitingId},
};

/// How long somebody has to answer when nothing else is set, in minutes.
pub const ANSWER_MINUTES: i64 = 30;
/// The shortest and the longest time to answer, in minutes.
pub const ANSWER_RANGE: (i64, i64) = (5, 1440);
/// The furthest day somebody may wait for, in days from today.
pub const AHEAD_DAYS: i32 = 60;
/// The most entries of one customer at once.
pub const EACH_MAX: i64 = 5;
/// The most seats somebody may wait for.
pub const SEATS_MAX: i64 = 50;
/// The most that goes with the service in one visit.
pub const ALSO_MAX: usize = 12;
/// The longest note, in characters.
pub const NOTE_CHARS_MAX: usize = 500;
/// An offer ends this long before the time itself, in minutes.
pub const BEFORE_START_MINUTES: i64 = 5;

/// What somebody waits for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// Which service.
    pub service: ServiceId,
    /// What goes with it in the same visit: add-ons, further services.
    pub also: Vec<ServiceId>,
    /// With whom, or with anybody.
    pub staff: Option<StaffId>,
    /// A seat in this session and no other.
    pub session: Option<GroupSessionId>,
    /// How many seats, for a session.
    pub seats: i64,
    /// On which days of the week, as digits, Monday first; empty for any.
    pub weekdays: String,
    /// Beginning at this minute of the day or later.
    pub from_minute: i64,
    /// Beginning before this minute of the day.
    pub to_minute: i64,
    /// On this day or later.
    pub first_day: Date,
    /// On this day at the latest.
    pub last_day: Date,
}

impl Wish {
    /// Refuses what nobody can wait for, naming the field and what is allowed.
    pub fn check(&self, today: Date) -> Result<(), Fault> {
        let wrong = |field: &str, text: Text| Err(Fault::invalid(field, text));
        if self.last_day < self.first_day || self.last_day < today {
            return wrong("last_day", Text::key("waitlist-days-wrong"));
        }
        let ahead = today
            .until(self.last_day)
            .map_or(i32::MAX, |span| span.get_days());
        if ahead > AHEAD_DAYS {
            let text = Text::key("waitlist-days-far").with("max", i64::from(AHEAD_DAYS));
            return wrong("last_day", text);
        }
        let minutes = 0..=1440;
        if self.from_minute >= self.to_minute
            || !minutes.contains(&self.from_minute)
            || !minutes.contains(&self.to_minute)
        {
            return wrong("to", Text::key("waitlist-times-wrong"));
        }
        if !self
            .weekdays
            .bytes()
            .all(|day| (b'1'..=b'7').contains(&day))
        {
            return wrong("weekdays", Text::key("waitlist-weekdays-wrong"));
        }
        if self.also.len() > ALSO_MAX {
            let text = Text::key("waitlist-also-many").with("max", ALSO_MAX);
            return wrong("also", text);
        }
        if !(1..=SEATS_MAX).contains(&self.seats) {
            let text = Text::key("waitlist-seats-wrong").with("max", SEATS_MAX);
            return wrong("seats", text);
        }
        Ok(())
    }

    /// Everything that is waited for, the service itself first.
    pub fn services(&self) -> impl Iterator<Item = ServiceId> {
        std::iter::once(self.service).chain(self.also.iter().copied())
    }

    /// Whether a local start is one that is waited for.
    pub fn suits(&self, start: DateTime) -> bool {
        let minute = i64::from(start.hour()) * 60 + i64::from(start.minute());
        let date = start.date();
        (self.first_day..=self.last_day).contains(&date)
            && (self.from_minute..self.to_minute).contains(&minute)
            && self.suits_weekday(date.weekday())
    }

    /// Whether a day of the week is one that is waited for.
    pub fn suits_weekday(&self, day: Weekday) -> bool {
        let digit = char::from(b'0' + day.to_monday_one_offset().unsigned_abs());
        self.weekdays.is_empty() || self.weekdays.contains(digit)
    }
}

/// Where an entry stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Still waits.
    Waiting,
    /// Has a time, by this order.
    Placed(OrderId),
    /// No longer wants one.
    Left,
    /// The last day has passed.
    Lapsed,
}

/// Somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its id.
    pub id: WaitingId,
    /// Where.
    pub site: SiteId,
    /// For what.
    pub wish: Wish,
    /// Who.
    pub customer: CustomerId,
    /// Anything else worth knowing.
    pub note: String,
    /// Where to write about this, when it was given.
    pub mail: Option<String>,
    /// Through which door they came.
    pub channel: Channel,
    /// The secret of their page.
    pub secret: String,
    /// Where they stand.
    pub place: Place,
    /// Since when.
    pub joined: Timestamp,
    /// By which their turn goes.
    pub turn: Timestamp,
    /// How many offers went unanswered.
    pub unanswered: i64,
}

/// Where an offer stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferState {
    /// To be answered.
    Open,
    /// Taken.
    Accepted,
    /// Let go.
    Declined,
    /// Not answered in time.
    Lapsed,
    /// Given to somebody else by the desk.
    Withdrawn,
}

impl OfferState {
    /// All of them.
    pub(crate) const ALL: [Self; 5] = [
        Self::Open,
        Self::Accepted,
        Self::Declined,
        Self::Lapsed,
        Self::Withdrawn,
    ];

    /// The word kept in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Lapsed => "lapsed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads the word back.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }

    /// The name people read.
    pub fn label(self, locale: Locale) -> String {
        match self {
            Self::Open => locale.t("waitlist-offer-open"),
            Self::Accepted => locale.t("waitlist-offer-accepted"),
            Self::Declined => locale.t("waitlist-offer-declined"),
            Self::Lapsed => locale.t("waitlist-offer-lapsed"),
            Self::Withdrawn => locale.t("waitlist-offer-withdrawn"),
        }
    }
}

/// A time offered to somebody who waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its id.
    pub id: OfferId,
    /// To whom.
    pub waiting: WaitingId,
    /// The order that holds the time.
    pub order: OrderId,
    /// When it would be.
    pub start: Timestamp,
    /// With whom.
    pub staff: Option<StaffId>,
    /// When it was made.
    pub made: Timestamp,
    /// Until when an answer counts.
    pub until: Timestamp,
    /// By how many ways the customer was told.
    pub told: i64,
    /// Where it stands.
    pub state: OfferState,
}

/// Until when a time may be answered that is told of at `told`; `None` when it begins too soon to
/// ask anybody.
pub fn answer_until(told: Timestamp, answer_minutes: i64, start: Timestamp) -> Option<Timestamp> {
    let latest = later(start, -BEFORE_START_MINUTES)?;
    let until = later(told, answer_minutes)?.min(latest);
    (later(told, BEFORE_START_MINUTES)? <= until).then_some(until)
}

/// An instant some minutes later; `None` beyond the end of the calendar.
pub fn later(instant: Timestamp, minutes: i64) -> Option<Timestamp> {
    let micros = instant
        .as_microsecond()
        .checked_add(minutes.checked_mul(60_000_000)?)?;
    Timestamp::from_microsecond(micros).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("an instant")
    }

    #[test]
    fn an_answer_has_its_time_but_never_beyond_the_start() {
        let told = at("2026-11-21T02:00:00Z");
        let until = |start: &str| answer_until(told, 30, at(start));
        assert_eq!(
            until("2026-11-22T02:00:00Z"),
            Some(at("2026-11-21T02:30:00Z"))
        );
        assert_eq!(
            until("2026-11-21T02:20:00Z"),
            Some(at("2026-11-21T02:15:00Z"))
        );
        assert_eq!(until("2026-11-21T02:09:00Z"), None);
        assert_eq!(until("2026-11-21T01:00:00Z"), None);
    }

    #[test]
    fn a_wish_says_which_days_and_times_suit() {
        let day = |text: &str| text.parse::<Date>().expect("a date");
        let wish = Wish {
            service: kernel::Id::from_uuid(kernel::id::NIL),
            also: Vec::new(),
            staff: None,
            session: None,
            seats: 1,
            weekdays: "26".to_owned(),
            from_minute: 600,
            to_minute: 720,
            first_day: day("2026-11-21"),
            last_day: day("2026-11-30"),
        };
        let suits = |text: &str| wish.suits(text.parse().expect("a time"));
        assert!(suits("2026-11-21T10:00") && suits("2026-11-24T11:55"));
        assert!(!suits("2026-11-21T09:55") && !suits("2026-11-24T12:00"));
        assert!(!suits("2026-11-22T10:00") && !suits("2026-12-01T10:00"));
        assert_eq!(wish.check(day("2026-11-21")), Ok(()));
        assert!(wish.check(day("2026-12-01")).is_err());
        assert!(wish.check(day("2026-09-01")).is_err());
    }
}
