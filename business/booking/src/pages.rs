//! The public pages: what is on offer, free times, a name and a phone, the booking itself.

mod details;
mod parts;
mod photo;
mod sessions;
mod shop;
mod times;
mod visit;

pub(crate) use details::{DetailsView, Held, details};
pub(crate) use parts::PartView;
pub(crate) use photo::Photo;
pub(crate) use sessions::{SessionCard, SessionsView, sessions};
pub(crate) use shop::{ServiceCard, ServicesView, SiteCard, services, sites};
pub(crate) use times::{AddOnChip, DayCell, PersonCell, TimesView, times};
pub(crate) use visit::{VisitView, visit};

use kernel::{Bilingual, Date, Locale, format};
use maud::{Markup, html};

/// A text of the catalogue, marked when it is in the other language.
fn words(locale: Locale, text: &Bilingual) -> Markup {
    let shown = text.lang_of(locale);
    html! {
        @if shown == locale { (text.get(locale)) }
        @else { (ui::lang_run(shown, text.get(locale))) }
    }
}

/// How far along the way a page is, of three steps.
fn steps(locale: Locale, step: usize) -> Markup {
    let label = locale.tx("booking-step", &[("step", step.into())]);
    html! {
        div class="pstep" role="img" aria-label=(label) {
            @for index in 1..=3 { i class=[(index <= step).then_some("on")] {} }
        }
    }
}

/// A leaf of a calendar beside what happens on that day.
fn leaf(locale: Locale, day: Date) -> Markup {
    html! {
        span class="d" {
            (locale.tx("booking-month-short", &[("month", i64::from(day.month()).into())]))
            b class="num" { (day.day()) }
            (format::weekday(locale, day.weekday()))
        }
    }
}

/// Something went otherwise than wished: a sentence, and nearby times as buttons of a form.
struct Refused<'a> {
    sentence: &'a str,
    /// Instant and label of nearby times.
    nearby: &'a [(String, String)],
    /// The form that the buttons send.
    form: &'a str,
}

impl Refused<'_> {
    fn show(&self, locale: Locale) -> Markup {
        html! {
            div role="alert" {
                (ui::note(ui::Tone::Warn, html! { p { (self.sentence) } }))
            }
            @if !self.nearby.is_empty() {
                h2 class="h2" { (locale.t("booking-nearby")) }
                div class="slots" {
                    @for (instant, label) in self.nearby {
                        button class="sl" name="start" value=(instant) form=(self.form) { (label) }
                    }
                }
            }
        }
    }
}
