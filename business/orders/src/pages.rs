//! What is seen of orders: values in, markup out.

mod asks;
mod customer;
mod list;
mod new;
mod parts;
mod sheet;
mod side;
mod slot;
mod time;
mod told;

pub(crate) use asks::{FORM_LINES_MAX, cancellation_page, content_page, failure_page};
pub(crate) use customer::{CustomerPage, customer_page};
pub(crate) use list::{COUNT_MAX, ListPage, list_page, new_action};
pub(crate) use new::{NewPage, new_page};
pub(crate) use sheet::{May, Sheet, main_action, sheet_page};

pub(crate) use slot::{OTHER_TIME, SlotAsk, Why, slot_page, words as why_words};
pub(crate) use time::{TimePage, time_page};

use std::collections::BTreeMap;

use kernel::{
    Date, Locale, TimeZone, Timestamp, format,
    ids::{SiteId, StaffId},
};
use maud::{Markup, html};
use people::Staff;
use ui::Tone;

use crate::model::{Order, StateName, state_label};

/// Who reads, where and when: what every page needs to write times and names.
#[derive(Clone)]
pub(crate) struct View {
    /// The language.
    pub locale: Locale,
    /// The zone of the site's clocks.
    pub zone: TimeZone,
    /// The time of the page.
    pub now: Timestamp,
    /// Everybody who serves, or served.
    pub staff: BTreeMap<StaffId, Staff>,
    /// The zones of the sites the reader may see.
    pub zones: BTreeMap<SiteId, TimeZone>,
}

impl View {
    /// The message of a key.
    pub fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    /// The date of an instant on the site's calendar.
    pub fn date_of(&self, at: Timestamp) -> Date {
        at.to_zoned(self.zone.clone()).date()
    }

    /// `14:36`.
    pub fn clock(&self, at: Timestamp) -> String {
        format::time(at.to_zoned(self.zone.clone()).time())
    }

    /// `14:36` today, `Sat 21 Nov, 14:36` on another day of this year, else with the year.
    pub fn when(&self, at: Timestamp) -> String {
        self.when_in(&self.zone, at)
    }

    /// The same by the clocks of a site.
    pub fn when_at(&self, site: SiteId, at: Timestamp) -> String {
        self.when_in(self.zones.get(&site).unwrap_or(&self.zone), at)
    }

    fn when_in(&self, zone: &TimeZone, at: Timestamp) -> String {
        let local = |at: Timestamp| at.to_zoned(zone.clone()).datetime();
        let (date, today) = (local(at).date(), local(self.now).date());
        let clock = format::time(local(at).time());
        if date == today {
            return clock;
        }
        let day = if date.year() == today.year() {
            format::date(self.locale, date)
        } else {
            format::date_year(self.locale, date)
        };
        format!("{day} {clock}")
    }

    /// `10:00–10:45`, with the day in front when it is not today.
    pub fn stretch(&self, span: kernel::Span) -> String {
        format!("{}–{}", self.when(span.start), self.clock(span.end))
    }

    /// The name of somebody who serves; empty for nobody.
    pub fn who(&self, staff: Option<StaffId>) -> &str {
        staff
            .and_then(|id| self.staff.get(&id))
            .map_or("", |staff| staff.shown(self.locale))
    }
}

/// How a state looks: tone and icon.
pub(crate) fn look(state: StateName) -> (Tone, &'static str) {
    match state {
        StateName::Held => (Tone::Warn, "hourglass"),
        StateName::Booked => (Tone::Neutral, "calendar-check"),
        StateName::Open => (Tone::Neutral, "inbox"),
        StateName::Waiting => (Tone::Warn, "clock"),
        StateName::Serving => (Tone::Info, "circle-play"),
        StateName::Finished => (Tone::Ok, "circle-check"),
        StateName::Cancelled => (Tone::Neutral, "circle-x"),
        StateName::NoShow => (Tone::Danger, "user-x"),
        StateName::Expired => (Tone::Neutral, "clock-alert"),
    }
}

/// The badge of a state.
pub(crate) fn state_badge(state: StateName, locale: Locale) -> Markup {
    let (tone, icon) = look(state);
    ui::badge(tone, icon, &state_label(state, locale))
}

/// A stable colour for somebody without one, from their identity.
pub(crate) fn colour_of(id: kernel::ids::CustomerId) -> i64 {
    i64::from(id.uuid().as_bytes()[15] % 8)
}

/// The path of an order.
pub(crate) fn path(order: &Order) -> String {
    format!("/orders/{}", order.id)
}

/// What is wrong with a form as a whole, above it; nothing for nothing.
pub(crate) fn fault_above(fault: Option<&kernel::Fault>, locale: Locale) -> Markup {
    html! {
        @if let Some(fault) = fault {
            @if fault.fields.is_empty() { (ui::form_error(&fault.speak(locale))) }
            @else if fault.fields.len() > 2 {
                @let faults = fault.fields.iter()
                    .map(|field| (field.field.clone(), field.text.speak(locale)))
                    .collect::<Vec<_>>();
                (ui::errors(locale, &faults))
            }
        }
    }
}
