//! Which shop, and what it offers.

use kernel::{Bilingual, Locale, Money, format};
use maud::{Markup, PreEscaped, html};

use super::{Photo, words};

/// The outline behind the headline.
const PETAL: &str = r#"<svg class="petal" viewBox="0 0 100 100" fill="none"
stroke="currentColor" stroke-width="1.6" aria-hidden="true">
<path d="M50 18c9 11 14 23 14 35S58 78 50 84c-8-6-14-19-14-31s5-24 14-35z"/>
<path d="M50 84c-14 2-27-5-34-20 8-3 15-3 21-1M50 84c14 2 27-5 34-20-8-3-15-3-21-1"/>
<path d="M36 55C31 46 29 37 30 28c6 2 11 6 14 11M64 55c5-9 7-18 6-27-6 2-11 6-14 11"/>
<path d="M22 63C13 58 8 51 6 42c10-1 19 2 26 9M78 63c9-5 14-12 16-21-10-1-19 2-26 9"/></svg>"#;

/// A site to choose.
pub(crate) struct SiteCard {
    pub(crate) name: Bilingual,
    pub(crate) kind: Bilingual,
    pub(crate) address: String,
    /// Until when it is open, or when it opens.
    pub(crate) hours: String,
    pub(crate) path: String,
}

/// The shops of a business.
pub(crate) fn sites(locale: Locale, cards: &[SiteCard]) -> Markup {
    html! {
        section class="hero" {
            h1 { (locale.t("booking-title")) }
            p { (locale.t("booking-choose-site")) }
            (PreEscaped(PETAL))
        }
        @if cards.is_empty() {
            (ui::empty(
                "store",
                &locale.t("booking-no-sites"),
                &locale.t("booking-no-sites-text"),
                html! {},
            ))
        }
        @for card in cards {
            a class="svc" href=(card.path) {
                div class="grow" {
                    b { (words(locale, &card.name)) }
                    p { (words(locale, &card.kind)) }
                    div class="meta" {
                        @if !card.address.is_empty() {
                            span { (ui::icon("map-pin")) " " (card.address) }
                        }
                        @if !card.hours.is_empty() { span { (ui::icon("clock")) " " (card.hours) } }
                    }
                }
                (ui::icon("chevron-right"))
            }
        }
    }
}

/// What a site offers.
pub(crate) struct ServicesView {
    pub(crate) kind: Bilingual,
    pub(crate) address: String,
    /// The first free time within three days.
    pub(crate) next_free: Option<String>,
    /// Label, path and whether it is chosen.
    pub(crate) families: Vec<(String, String, bool)>,
    pub(crate) services: Vec<ServiceCard>,
    /// Where to take a number, while the shop is open.
    pub(crate) queue: Option<String>,
    /// The telephone, for when nothing can be booked.
    pub(crate) phone: String,
}

/// A service to choose.
pub(crate) struct ServiceCard {
    pub(crate) name: Bilingual,
    pub(crate) text: Bilingual,
    pub(crate) photo: Option<Photo>,
    pub(crate) minutes: i64,
    pub(crate) price: Money,
    pub(crate) path: String,
}

/// The services of a site.
pub(crate) fn services(locale: Locale, view: &ServicesView) -> Markup {
    html! {
        (hero(locale, view))
        @if view.families.len() > 1 {
            nav class="chips" aria-label=(locale.t("booking-families")) {
                @for (label, path, on) in &view.families { (ui::chip(label, path, *on)) }
            }
        }
        @if view.services.is_empty() {
            (ui::empty(
                "calendar-x",
                &locale.t("booking-no-services"),
                &locale.tx("booking-no-services-text", &[("phone", (&view.phone).into())]),
                html! {},
            ))
        }
        @for card in &view.services { (service(locale, card)) }
        @if let Some(path) = &view.queue {
            p class="mt" {
                a class="alt" href=(path) { (ui::icon("ticket")) (locale.t("booking-queue")) }
            }
        }
    }
}

fn hero(locale: Locale, view: &ServicesView) -> Markup {
    html! {
        section class="hero" {
            h1 { (locale.t("booking-title")) }
            @if !view.kind.is_empty() { p { (words(locale, &view.kind)) } }
            div class="facts" {
                @if !view.address.is_empty() { span { (ui::icon("map-pin")) (view.address) } }
                @if let Some(time) = &view.next_free {
                    span {
                        (ui::icon("clock"))
                        (locale.tx("booking-next-free", &[("time", time.into())]))
                    }
                }
            }
            (PreEscaped(PETAL))
        }
    }
}

fn service(locale: Locale, card: &ServiceCard) -> Markup {
    html! {
        a class="svc" href=(card.path) {
            @if let Some(photo) = &card.photo { (photo.thumbnail()) }
            div class="grow" {
                b { (words(locale, &card.name)) }
                @if !card.text.is_empty() { p { (words(locale, &card.text)) } }
                div class="meta" {
                    span { (ui::icon("clock")) " " (format::minutes(locale, card.minutes)) }
                    b class="num" { (format::money(&card.price)) }
                }
            }
            (ui::icon("chevron-right"))
        }
    }
}
