//! What a visit needs, when it may be booked, and why it may not.

use kernel::{Channel, Fault, FaultKind, FieldFault, Span, Text, Timestamp, ids::SiteId};

use super::Quanta;

/// The longest a visit may take, with what is needed before and after, in minutes.
pub(crate) const LONGEST_MINUTES: i64 = 24 * 60;
/// How far back the desk may still write down a visit, in minutes.
const DESK_BACK_MINUTES: i64 = 12 * 60;
/// How far ahead the desk may book, in minutes: two years.
const DESK_AHEAD_MINUTES: i64 = 2 * 366 * 24 * 60;
/// The times offered to customers, in minutes apart.
const STEP_MINUTES: i64 = 15;
/// The times the desk may choose, in minutes apart: one quantum.
const DESK_STEP_MINUTES: i64 = 5;

/// An instant some minutes later; `None` beyond the end of the calendar.
pub(crate) fn later(instant: Timestamp, minutes: i64) -> Option<Timestamp> {
    let delta = minutes.checked_mul(60_000_000)?;
    let micros = instant.as_microsecond().checked_add(delta)?;
    Timestamp::from_microsecond(micros).ok()
}

/// What one visit needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// The service and its add-ons, in minutes.
    pub minutes: i64,
    /// Set-up before, in minutes.
    pub before_minutes: i64,
    /// Clean-up after, in minutes.
    pub after_minutes: i64,
    /// The skills one person must have, all of them.
    pub skills: Vec<String>,
    /// The kinds of room and equipment, one of each.
    pub kinds: Vec<String>,
}

/// When a visit begins and ends, and what it takes of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// The service itself.
    pub service: Span,
    /// With set-up and clean-up.
    pub busy: Span,
}

impl Need {
    /// The times of a visit that begins at `start`; `None` when it cannot be that long, or when
    /// the calendar ends first.
    pub fn times(&self, start: Timestamp) -> Option<Times> {
        let whole = self.minutes + self.before_minutes + self.after_minutes;
        if !(1..=LONGEST_MINUTES).contains(&whole) || self.before_minutes < 0 {
            return None;
        }
        let end = later(start, self.minutes)?;
        let busy_from = later(start, -self.before_minutes)?;
        Some(Times {
            service: Span::new(start, end)?,
            busy: Span::new(busy_from, later(end, self.after_minutes)?)?,
        })
    }
}

/// Which starts a channel may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rules {
    /// The clock.
    pub now: Timestamp,
    /// The first start allowed.
    pub earliest: Timestamp,
    /// The first start no longer allowed.
    pub latest: Timestamp,
    /// Starts are whole steps apart, in minutes.
    pub step_minutes: i64,
    /// How many minutes ahead a booking must be made.
    pub notice_minutes: i64,
    /// How many days ahead bookings are taken.
    pub horizon_days: i64,
}

impl Rules {
    /// The rules of a door: customers keep the notice and the horizon of the site, the desk does
    /// not, and may still write down what began a few hours ago.
    pub fn of(channel: Channel, now: Timestamp, notice_minutes: i64, horizon_days: i64) -> Self {
        let online = matches!(channel, Channel::Online | Channel::Kiosk);
        let (from, to, step_minutes) = if online {
            (notice_minutes, horizon_days * 24 * 60, STEP_MINUTES)
        } else {
            (-DESK_BACK_MINUTES, DESK_AHEAD_MINUTES, DESK_STEP_MINUTES)
        };
        Self {
            now,
            earliest: later(now, from).unwrap_or(Timestamp::MAX),
            latest: later(now, to).unwrap_or(Timestamp::MAX),
            step_minutes,
            notice_minutes: from,
            horizon_days: to / (24 * 60),
        }
    }

    /// The same rules, offering customers' steps from now on: what a list of free times shows.
    #[must_use]
    pub fn offered(self) -> Self {
        Self {
            earliest: self.earliest.max(self.now),
            step_minutes: STEP_MINUTES,
            ..self
        }
    }

    /// Why a start is out of the question whoever is free.
    pub fn refuse(&self, start: Timestamp) -> Option<WhyNot> {
        if start < self.earliest {
            let past = start < self.now;
            let notice = WhyNot::Notice(self.notice_minutes);
            return Some(if past { WhyNot::Past } else { notice });
        }
        if start >= self.latest {
            return Some(WhyNot::Horizon(self.horizon_days));
        }
        let step = self.step_minutes * 60;
        let on_step = Quanta::begins_at(start) && start.as_second() % step == 0;
        (!on_step).then_some(WhyNot::OffStep)
    }
}

/// Why a time is not offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WhyNot {
    /// The time has passed.
    Past,
    /// Sooner than so many minutes ahead.
    Notice(i64),
    /// Further ahead than so many days.
    Horizon(i64),
    /// Not on the grid of starts.
    OffStep,
    /// The service is longer than a day, or has no length.
    Length,
    /// The site is closed for a part of it.
    Closed,
    /// Nobody, or not this person, has the skills.
    SkillMissing,
    /// Nobody with the skills, or not this person, is on shift.
    NoShift,
    /// Everybody who could, or this person, is busy.
    StaffBusy,
    /// Whoever could serve has no time to come from another site, or to go there.
    Travel(SiteId),
    /// Whoever could serve has no time to change the room.
    RoomChange,
    /// The site has no room or equipment of this kind.
    ResourceMissing(String),
    /// Every room or piece of equipment of this kind is busy.
    ResourceBusy(String),
}

impl WhyNot {
    /// The reason in words.
    pub fn text(&self) -> Text {
        let text = Text::key(self.key());
        match self {
            Self::Notice(minutes) => text
                .with("days", minutes / 1440)
                .with("hours", minutes / 60)
                .with("minutes", *minutes)
                .with("unit", unit(*minutes)),
            Self::Horizon(days) => text.with("days", *days),
            _ => text,
        }
    }

    const fn key(&self) -> &'static str {
        match self {
            Self::Past => "capacity-why-past",
            Self::Notice(_) => "capacity-why-notice",
            Self::Horizon(_) => "capacity-why-horizon",
            Self::OffStep => "capacity-why-step",
            Self::Length => "capacity-why-length",
            Self::Closed => "capacity-why-closed",
            Self::SkillMissing => "capacity-why-skill",
            Self::NoShift => "capacity-why-shift",
            Self::StaffBusy => "capacity-why-staff",
            Self::Travel(_) => "capacity-why-travel",
            Self::RoomChange => "capacity-why-room-change",
            Self::ResourceMissing(_) => "capacity-why-resource-none",
            Self::ResourceBusy(_) => "capacity-why-resource",
        }
    }

    /// Whether somebody else has the time, so that another time or person helps.
    pub const fn is_taken(&self) -> bool {
        matches!(
            self,
            Self::StaffBusy | Self::Travel(_) | Self::RoomChange | Self::ResourceBusy(_)
        )
    }

    /// Whether somebody who is named could still be booked over, knowingly.
    pub const fn is_of_staff(&self) -> bool {
        matches!(self, Self::StaffBusy | Self::Travel(_) | Self::RoomChange)
    }
}

/// The unit in which a notice is told.
const fn unit(minutes: i64) -> &'static str {
    match minutes {
        whole if whole >= 1440 && whole % 1440 == 0 => "days",
        whole if whole >= 60 && whole % 60 == 0 => "hours",
        _ => "minutes",
    }
}

impl From<WhyNot> for Fault {
    fn from(why: WhyNot) -> Self {
        let kind = if why.is_taken() {
            FaultKind::Conflict
        } else {
            FaultKind::Invalid
        };
        let text = why.text();
        Self {
            kind,
            text: text.clone(),
            fields: vec![FieldFault {
                field: "start".to_owned(),
                text,
            }],
            detail: None,
        }
    }
}
