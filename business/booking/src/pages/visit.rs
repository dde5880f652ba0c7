//! The booking itself, behind its secret link.

use kernel::{Bilingual, Date, Locale, Money, format};
use maud::{Markup, html};

use super::{
    leaf,
    parts::{PartView, parts},
    words,
};

/// Everything the page of a booking shows.
pub(crate) struct VisitView {
    pub(crate) tone: ui::Tone,
    /// What the state means for the customer.
    pub(crate) headline: String,
    pub(crate) sentence: String,
    /// The number to name at the shop.
    pub(crate) code: String,
    pub(crate) service: Bilingual,
    pub(crate) day: Date,
    pub(crate) times: String,
    /// Whose clock the times are by.
    pub(crate) zone: String,
    pub(crate) staff: Option<String>,
    /// The parts of a visit of several.
    pub(crate) parts: Vec<PartView>,
    pub(crate) site: Bilingual,
    pub(crate) address: String,
    pub(crate) phone: String,
    /// What is to be paid, while anything is.
    pub(crate) due: Option<Money>,
    /// The path of the booking.
    pub(crate) path: String,
    /// The way to a new booking.
    pub(crate) again: String,
    pub(crate) is_ahead: bool,
    /// Held, and still to be booked.
    pub(crate) is_held: bool,
    /// Until when it may be changed; `Err` says why it may not be.
    pub(crate) change: Option<Result<String, String>>,
    /// What was refused just now.
    pub(crate) refused: Option<String>,
}

/// The page.
pub(crate) fn visit(locale: Locale, view: &VisitView) -> Markup {
    html! {
        h1 { (view.headline) }
        @if let Some(sentence) = &view.refused {
            div role="alert" { (ui::note(ui::Tone::Warn, html! { p { (sentence) } })) }
        }
        (ui::note(view.tone, html! { p { (view.sentence) } }))
        section class="box sumr mt" {
            (leaf(locale, view.day))
            div class="grow" {
                b class="strong" { (words(locale, &view.service)) }
                div class="num" { (view.times) " " span class="muted sm" { (view.zone) } }
                @if let Some(staff) = view.staff.as_ref().filter(|_| view.parts.is_empty()) {
                    div class="muted sm" {
                        (locale.tx("booking-with", &[("staff", staff.into())]))
                    }
                }
            }
        }
        (parts(locale, &view.parts))
        (facts(locale, view))
        @if view.is_ahead { (actions(locale, view)) }
        @else if view.is_held {
            p class="mt" {
                a class="cta cta--full" href={ (view.path) "/details" } {
                    (locale.t("booking-finish"))
                }
            }
        } @else {
            p class="mt" {
                a class="cta cta--full" href=(view.again) { (locale.t("booking-again")) }
            }
        }
    }
}

fn facts(locale: Locale, view: &VisitView) -> Markup {
    html! {
        dl class="box pay mt" {
            div { dt { (locale.t("booking-number")) } dd class="num" { (view.code) } }
            div { dt { (locale.t("booking-where")) } dd { (words(locale, &view.site)) } }
            @if !view.address.is_empty() {
                div { dt { (locale.t("booking-address")) } dd { (view.address) } }
            }
            @if !view.phone.is_empty() {
                div {
                    dt { (locale.t("booking-shop-phone")) }
                    dd {
                        a class="link num" href={ "tel:" (dialled(&view.phone)) } { (view.phone) }
                    }
                }
            }
            @if let Some(total) = &view.due {
                div class="t" {
                    dt { (locale.t("booking-due-at-shop")) }
                    dd class="num" { (format::money(total)) }
                }
            }
        }
    }
}

fn dialled(phone: &str) -> String {
    phone
        .chars()
        .filter(|c| c.is_ascii_digit() || *c == '+')
        .collect()
}

fn actions(locale: Locale, view: &VisitView) -> Markup {
    html! {
        div class="mt" {
            a class="cta cta--full" href={ (view.path) "/calendar.ics" } {
                (ui::icon("calendar-plus")) (locale.t("booking-calendar"))
            }
        }
        @match &view.change {
            Some(Ok(until)) => {
                p class="muted sm mt" {
                    (locale.tx("booking-free-until", &[("time", until.into())]))
                }
                div class="two mt" {
                    a class="alt" href={ (view.path) "/times" } { (locale.t("booking-move")) }
                    (cancel(locale, view))
                }
            }
            Some(Err(sentence)) => {
                p class="muted sm mt" { (sentence) }
            }
            None => {}
        }
        p class="muted sm mt" { (locale.t("booking-keep-link")) }
    }
}

fn cancel(locale: Locale, view: &VisitView) -> Markup {
    html! {
        form method="post" action={ (view.path) "/cancellation" } data-once {
            details {
                summary class="alt" { (locale.t("booking-cancel")) }
                button class="alt btn--danger mt" { (locale.t("booking-cancel-really")) }
            }
        }
    }
}
