//! A name and a phone for the time that is held.

use kernel::{Bilingual, Date, Locale, Money, format};
use maud::{Markup, html};

use super::{
    Refused, leaf,
    parts::{PartView, parts},
    steps, words,
};

/// How long a time is held.
pub(crate) struct Held {
    /// Until when, as an instant.
    pub(crate) until: String,
    /// Until when, by the shop's clock.
    pub(crate) clock: String,
    /// Minutes and seconds left: `9:58`.
    pub(crate) left: String,
}

/// Everything the page of details shows.
pub(crate) struct DetailsView {
    pub(crate) service: Bilingual,
    pub(crate) day: Date,
    /// When it begins, by the shop's clock.
    pub(crate) time: String,
    pub(crate) minutes: i64,
    /// Who serves, as shown to the reader.
    pub(crate) staff: Option<String>,
    /// The parts of a visit of several.
    pub(crate) parts: Vec<PartView>,
    /// How long the time is held; `None` when it was lost.
    pub(crate) held: Option<Held>,
    /// Where another time is chosen.
    pub(crate) change: String,
    pub(crate) action: String,
    /// Names and amounts of the lines.
    pub(crate) lines: Vec<(Bilingual, Money)>,
    pub(crate) total: Money,
    /// Until when it can be cancelled or moved, or whom to ask.
    pub(crate) changes: String,
    pub(crate) name: String,
    pub(crate) phone: String,
    pub(crate) mail: String,
    /// What is wrong, by field.
    pub(crate) errors: Vec<(String, String)>,
    /// What went otherwise than wished, and nearby times.
    pub(crate) refused: Option<(String, Vec<(String, String)>)>,
}

impl DetailsView {
    fn error(&self, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.clone())
    }
}

/// The page.
pub(crate) fn details(locale: Locale, view: &DetailsView) -> Markup {
    html! {
        (steps(locale, 3))
        (summary(locale, view))
        (parts(locale, &view.parts))
        @if let Some(held) = &view.held {
            p class="muted sm mt" {
                (locale.tx("booking-held-until", &[("time", (&held.clock).into())]))
                " · " time class="num" data-countdown=(held.until) { (held.left) }
            }
        }
        @if let Some((sentence, nearby)) = &view.refused {
            (Refused { sentence, nearby, form: "details" }.show(locale))
        }
        h1 class="h2" { (locale.t("booking-your-details")) }
        form id="details" method="post" action=(view.action) data-once {
            (ui::text_field("name", locale.t("booking-name"))
                .value(&view.name).required().max_length(80).autocomplete("name")
                .error(view.error("name")))
            (ui::phone_field("phone", locale.t("booking-phone"))
                .value(&view.phone).required().max_length(30).autocomplete("tel")
                .hint(locale.t("booking-phone-hint")).error(view.error("phone")))
            (ui::email_field("email", locale.t("booking-mail"))
                .value(&view.mail).max_length(120).optional(locale)
                .hint(locale.t("booking-mail-hint")).error(view.error("email")))
        }
        (price(locale, view))
        (ui::guest_bar(
            &locale.t("booking-summary"),
            html! {},
            html! {
                (ui::button(locale.t("booking-book")).class("cta cta--full")
                    .attr("form", "details"))
            },
        ))
    }
}

fn summary(locale: Locale, view: &DetailsView) -> Markup {
    // A duration is not broken over two lines.
    let about = format::minutes(locale, view.minutes).replace(' ', "\u{a0}");
    let below = match view.staff.as_ref().filter(|_| view.parts.is_empty()) {
        Some(staff) => locale.tx(
            "booking-with-about",
            &[("staff", staff.into()), ("time", about.into())],
        ),
        None => locale.tx("booking-about", &[("time", about.into())]),
    };
    html! {
        section class="box sumr" {
            (leaf(locale, view.day))
            div class="grow" {
                b class="strong" {
                    (words(locale, &view.service)) " " span class="num" { (view.time) }
                }
                div class="muted sm" { (below) }
            }
            a href=(view.change) { (locale.t("booking-change")) }
        }
    }
}

fn price(locale: Locale, view: &DetailsView) -> Markup {
    html! {
        h2 class="h2" { (locale.t("booking-price")) }
        dl class="box pay" {
            @for (name, amount) in &view.lines {
                div { dt { (words(locale, name)) } dd class="num" { (format::money(amount)) } }
            }
            div class="t" {
                dt { (locale.t("booking-due-at-shop")) }
                dd class="num" { (format::money(&view.total)) }
            }
        }
        p class="muted sm mt" { (view.changes) }
    }
}
