//! Pages of series.

mod change;
mod new;

pub(crate) use change::{ChangePage, ShowPage, cancellation, show, slot, what};
pub(crate) use new::{NewPage, new, refused};

use kernel::{Every, Fault, Locale, Timestamp, format};
use maud::{Markup, html};
use organisation::Site;

use crate::model;

fn clock(site: &Site, at: Timestamp) -> String {
    format::time(at.to_zoned(site.zone.clone()).time())
}

fn day(locale: Locale, site: &Site, at: Timestamp) -> String {
    format::date_year(locale, site.date_of(at))
}

/// `Every 2 weeks`.
fn rhythm(locale: Locale, every: Every) -> String {
    let (unit, step) = model::words(every);
    let count = [("count", i64::from(step).into())];
    match unit {
        "days" => locale.tx("series-every-days", &count),
        "months" => locale.tx("series-every-months", &count),
        _ => locale.tx("series-every-weeks", &count),
    }
}

fn fault_above(fault: Option<&Fault>, locale: Locale) -> Markup {
    html! {
        @if let Some(fault) = fault { (ui::form_error(&fault.speak(locale))) }
    }
}

fn error_of(fault: Option<&Fault>, field: &str, locale: Locale) -> Option<String> {
    fault.and_then(|fault| fault.of_field(field, locale))
}
