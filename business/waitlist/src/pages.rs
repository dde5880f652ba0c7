//! Pages of the waiting list.

mod desk;
mod guest;

pub(crate) use desk::{
    ListPage, Named, NewPage, ShowPage, add_button, entry_actions, list, new, show,
};
pub(crate) use guest::{AskPage, StandPage, ask, stand};

use kernel::{Bilingual, Fault, Locale, Timestamp, Weekday, format};
use maud::{Markup, html};
use offers::Service;
use organisation::Site;
use people::Staff;
use web::Fields;

use crate::model::Wish;

/// What the desk's pages need to write times and names.
pub(crate) struct View {
    pub(crate) locale: Locale,
    pub(crate) now: Timestamp,
    pub(crate) may_edit: bool,
    pub(crate) site: Site,
    pub(crate) staff: Vec<Staff>,
    /// What can be booked.
    pub(crate) services: Vec<Service>,
    /// What only goes with it.
    pub(crate) others: Vec<Service>,
}

fn words(locale: Locale, name: &Bilingual) -> String {
    name.get(locale).to_owned()
}

fn clock(site: &Site, at: Timestamp) -> String {
    format::time(at.to_zoned(site.zone.clone()).time())
}

fn day_and_clock(locale: Locale, site: &Site, at: Timestamp) -> String {
    let day = format::date(locale, site.date_of(at));
    format!("{day} {}", clock(site, at))
}

fn error_of(fault: Option<&Fault>, field: &str, locale: Locale) -> Option<String> {
    fault.and_then(|fault| fault.of_field(field, locale))
}

fn fault_above(fault: Option<&Fault>, locale: Locale) -> Markup {
    html! {
        @if let Some(fault) = fault { (ui::form_error(&fault.speak(locale))) }
    }
}

fn minute_label(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The days of the week, Monday first, as choices.
fn weekdays(locale: Locale) -> Vec<(String, String)> {
    let monday = Weekday::Monday;
    (0..7_i8)
        .map(|ahead| {
            let name = format::weekday(locale, monday.wrapping_add(ahead));
            ((ahead + 1).to_string(), name.to_owned())
        })
        .collect()
}

/// Days and times of a wish, in words.
fn when(locale: Locale, wish: &Wish) -> String {
    let days = if wish.weekdays.is_empty() {
        locale.t("waitlist-any-day")
    } else {
        let named = weekdays(locale)
            .into_iter()
            .filter(|(digit, _)| wish.weekdays.contains(digit.as_str()));
        let names: Vec<String> = named.map(|(_, name)| name).collect();
        names.join(locale.t("waitlist-and").as_str())
    };
    let times = match (wish.from_minute, wish.to_minute) {
        (0, 1440) => String::new(),
        (from, to) => format!(" {}–{}", minute_label(from), minute_label(to)),
    };
    let last = format::date(locale, wish.last_day);
    let until = locale.tx("waitlist-until", &[("day", last.into())]);
    format!("{days}{times} · {until}")
}

/// Days, times and the last day of a wish.
fn wish_fields(
    locale: Locale,
    (typed, fault): (&Fields, Option<&Fault>),
    last_day: &str,
) -> Markup {
    let error = |field: &str| error_of(fault, field, locale);
    let or = |field: &str, standard: &str| match typed.typed(field) {
        "" => standard.to_owned(),
        typed => typed.to_owned(),
    };
    let chosen = typed.list("weekdays");
    html! {
        (ui::choices("weekdays", &locale.t("waitlist-weekdays"), &weekdays(locale), &chosen,
            error("weekdays").as_deref()))
        div class="form__g" {
            (ui::time_field("from", locale.t("waitlist-from"))
                .value(typed.typed("from")).error(error("from")))
            (ui::time_field("to", locale.t("waitlist-to"))
                .value(typed.typed("to")).error(error("to")))
            (ui::date_field("last_day", locale.t("waitlist-last-day"))
                .value(or("last_day", last_day)).error(error("last_day")).required())
        }
    }
}
