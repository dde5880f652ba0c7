//! What the desk sees. Pure: values to markup.

pub(crate) mod attention;
pub(crate) mod audit;
pub(crate) mod calendar;
pub(crate) mod feeds;
pub(crate) mod find;
pub(crate) mod journal;
mod lanes;
pub(crate) mod moving;
pub(crate) mod my_day;
pub(crate) mod regions;
pub(crate) mod today;
pub(crate) mod walk_in;

use kernel::{Locale, TimeZone, Timestamp, format};
use people::Staff;
use ui::{Markup, html};

/// The time on the wall: `14:36`.
pub(crate) fn clock(zone: &TimeZone, at: Timestamp) -> String {
    format::time(at.to_zoned(zone.clone()).time())
}

/// Minutes waited as short as a card has room for: above two hours nobody counts in minutes.
pub(crate) fn waited(locale: Locale, minutes: i64) -> String {
    const DIGITS_MAX: i64 = 120;
    match minutes {
        ..=DIGITS_MAX => minutes.to_string(),
        _ => format::minutes(locale, minutes),
    }
}

/// A small avatar and the name.
pub(crate) fn person(locale: Locale, staff: Option<&Staff>) -> Markup {
    html! {
        @match staff {
            Some(member) => {
                (ui::avatar_small(member.shown(locale), member.colour)) (short_name(locale, member))
            }
            None => span class="muted" { (locale.t("desk-anyone")) },
        }
    }
}

/// A field's fault in words.
pub(crate) fn fault_of(faults: &[(String, String)], field: &str) -> Option<String> {
    faults
        .iter()
        .find(|(name, _)| name == field)
        .map(|(_, words)| words.clone())
}

/// The name as colleagues say it, for narrow heads: the given name of a Latin name, all of a Han
/// one; beside a Han name the reading's last word.
pub(crate) fn short_name(locale: Locale, member: &Staff) -> String {
    let shown = member.shown(locale);
    let is_han = |text: &str| text.chars().any(|c| ('\u{3400}'..='\u{9fff}').contains(&c));
    let mut words = shown.split_whitespace();
    let word = match (is_han(shown), is_han(&member.name)) {
        (true, _) => None,
        (false, true) => words.next_back(),
        (false, false) => words.next(),
    };
    word.unwrap_or(shown).to_owned()
}

/// Date and time together, in the order and punctuation of the language.
pub(crate) fn date_time(locale: Locale, zone: &TimeZone, at: Timestamp) -> String {
    let local = at.to_zoned(zone.clone());
    let date = format::date(locale, local.date());
    let time = format::time(local.time());
    locale.tx(
        "desk-date-time",
        &[("date", date.into()), ("time", time.into())],
    )
}
