//! What the tablet at the door shows: one question a page, targets for any hand.

use kernel::Locale;
use ui::{Markup, html};

/// A line as the tablet and the wall tell it.
#[derive(Debug, Clone)]
pub struct LineView {
    /// What it is called.
    pub name: String,
    /// How many stand in it.
    pub standing: usize,
    /// The wait for whoever joins now, in words.
    pub wait: String,
}

/// The first page.
#[derive(Debug, Clone)]
pub struct StartView {
    /// The tablet's address.
    pub path: String,
    /// Why no numbers are given out now.
    pub closed: Option<String>,
    /// The lines.
    pub lines: Vec<LineView>,
    /// The code for those who would rather not touch the screen.
    pub code: Markup,
}

fn choice(href: &str, icon: &str, title: &str, text: &str) -> Markup {
    html! {
        a class="ktile ktile--big" href=(href) {
            (ui::icon(icon))
            b { (title) }
            span { (text) }
        }
    }
}

/// Number or booking; how the lines are; the code for one's own phone.
pub fn start(locale: Locale, view: &StartView) -> Markup {
    html! {
        div class="kstart" {
            div class="kstart__ask" {
                h1 { (locale.t("queue-kiosk-welcome")) }
                @if let Some(words) = &view.closed {
                    (ui::note(ui::Tone::Warn, html! { (words) }))
                } @else {
                    div class="ktiles ktiles--two" {
                        (choice(&format!("{}/services", view.path), "ticket",
                            &locale.t("queue-join-take"), &locale.t("queue-kiosk-take-text")))
                        (choice(&format!("{}/booking", view.path), "calendar-check",
                            &locale.t("queue-kiosk-booked"),
                            &locale.t("queue-kiosk-booked-text")))
                    }
                    (lines(locale, view))
                }
            }
            aside class="kscan" aria-label=(locale.t("queue-kiosk-phone")) {
                div class="kscan__code" role="img" aria-label=(locale.t("queue-poster-code")) {
                    (view.code)
                }
                b { (locale.t("queue-kiosk-phone")) }
                p { (locale.t("queue-kiosk-phone-text")) }
            }
        }
    }
}

fn lines(locale: Locale, view: &StartView) -> Markup {
    html! {
        section id="kiosk-lines" class="klines" data-poll="20" data-live-src=(view.path)
            aria-label=(locale.t("queue-kiosk-lines")) {
            @for line in &view.lines {
                div {
                    b { (line.name) }
                    span { (locale.tx("queue-line-waiting", &[("count", line.standing.into())])) }
                    span class="num" { (line.wait) }
                }
            }
        }
    }
}

/// A service one may take a number for.
#[derive(Debug, Clone)]
pub struct Tile {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Minutes and price.
    pub about: String,
    /// Family code.
    pub family: String,
    /// The wait, or why there is no number.
    pub wait: String,
    /// Whether a number can be had.
    pub is_open: bool,
}

/// The page that asks for the service.
#[derive(Debug, Clone)]
pub struct ServicesView {
    /// The tablet's address.
    pub path: String,
    /// Services by line.
    pub groups: Vec<(String, Vec<Tile>)>,
}

/// Which service.
pub fn services(locale: Locale, view: &ServicesView) -> Markup {
    let one = view.groups.len() == 1;
    html! {
        h1 { (locale.t("queue-join-which")) }
        @if view.groups.is_empty() {
            (ui::note(ui::Tone::Info, html! { (locale.t("queue-join-nothing")) }))
        }
        @for (name, tiles) in &view.groups {
            @if !one { h2 { (name) } }
            div class="ktiles" {
                @for tile in tiles { (service(view, tile)) }
            }
        }
    }
}

fn service(view: &ServicesView, tile: &Tile) -> Markup {
    let inside = html! {
        (ui::family_icon(&tile.family))
        span class="grow" { b { (tile.name) } small { (tile.about) } }
        small class="num" { (tile.wait) }
    };
    html! {
        @if tile.is_open {
            a class="ktile" href={ (view.path) "/details?service=" (tile.id) } { (inside) }
        } @else {
            div class="ktile" data-closed { (inside) }
        }
    }
}

/// The page that asks for a name and a phone, and needs neither.
#[derive(Debug, Clone)]
pub struct DetailsView {
    /// The tablet's address.
    pub path: String,
    /// The chosen service.
    pub service: String,
    /// Its name.
    pub title: String,
    /// The wait, in words.
    pub wait: String,
    /// How many stand in its line.
    pub standing: usize,
    /// Whether the line is full and one is told when to come back.
    pub comes_back: bool,
    /// Whether a number can be had.
    pub is_open: bool,
    /// Typed name.
    pub name: String,
    /// Typed phone.
    pub phone: String,
    /// What is wrong, by field.
    pub faults: Vec<(String, String)>,
}

/// Name and phone, both optional.
pub fn details(locale: Locale, view: &DetailsView) -> Markup {
    let fault = |field: &str| {
        let found = view.faults.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.clone())
    };
    let take = match view.comes_back {
        true => locale.t("queue-kiosk-take-later"),
        false => locale.t("queue-kiosk-take-now"),
    };
    html! {
        h1 { (view.title) }
        p class="kfacts" {
            span { (ui::icon("users"))
                (locale.tx("queue-line-waiting", &[("count", view.standing.into())])) }
            span { (ui::icon("clock")) (view.wait) }
        }
        (ui::errors(locale, &view.faults))
        @if view.is_open {
            @if view.comes_back {
                (ui::note(ui::Tone::Info, html! { (locale.t("queue-kiosk-full-text")) }))
            }
            form class="kform" method="post" action={ (view.path) "/numbers" } data-once {
                (ui::hidden("service", &view.service))
                div class="kform__f" {
                    (ui::text_field("name", locale.t("queue-join-name")).value(&view.name)
                        .optional(locale).max_length(80).autocomplete("off")
                        .error(fault("name")))
                    (ui::phone_field("phone", locale.t("queue-join-phone")).value(&view.phone)
                        .optional(locale).max_length(30).autocomplete("off")
                        .hint(locale.t("queue-join-phone-hint")).error(fault("phone")))
                }
                button class="cta cta--kiosk" type="submit" { (ui::icon("ticket")) (take) }
            }
        } @else {
            (ui::note(ui::Tone::Warn, html! { (locale.t("queue-kiosk-not-now")) }))
        }
    }
}

/// The number that was given out.
#[derive(Debug, Clone)]
pub struct NumberView {
    /// The printed number.
    pub number: String,
    /// What it is for.
    pub service: String,
    /// How many go first.
    pub ahead: usize,
    /// The wait, in words.
    pub wait: String,
    /// The time booked.
    pub booked: Option<String>,
    /// When to come back.
    pub returns: Option<String>,
    /// The code of the live ticket.
    pub code: Markup,
}

/// The number, large; the way to follow it on one's own phone.
pub fn number(locale: Locale, view: &NumberView) -> Markup {
    html! {
        div class="knumber" {
            div class="knumber__no" role="status" {
                h1 { (locale.t("queue-kiosk-yours")) }
                b class="num" { (view.number) }
                span { (view.service) }
            }
            div class="knumber__facts" {
                @if let Some(time) = &view.returns {
                    p class="knumber__big" {
                        (locale.tx("queue-come-back", &[("time", time.into())]))
                    }
                    p { (locale.t("queue-come-back-why")) }
                } @else {
                    p class="knumber__big" {
                        (locale.tx("queue-ahead", &[("count", view.ahead.into())]))
                    }
                    p { (locale.t("queue-your-turn-in")) " " b class="num" { (view.wait) } }
                }
                @if let Some(time) = &view.booked {
                    p { (locale.tx("queue-kiosk-booked-at", &[("time", time.into())])) }
                }
            }
            div class="kscan" {
                div class="kscan__code" role="img" aria-label=(locale.t("queue-kiosk-follow")) {
                    (view.code)
                }
                b { (locale.t("queue-kiosk-follow")) }
                p { (locale.t("queue-kiosk-follow-text")) }
            }
        }
    }
}

/// A booking that was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its order.
    pub order: String,
    /// The time booked.
    pub time: String,
    /// What is booked.
    pub service: String,
    /// The first letter of the name.
    pub name: String,
}

/// The page that checks a booking in.
#[derive(Debug, Clone, Default)]
pub struct BookingView {
    /// The tablet's address.
    pub path: String,
    /// What was typed.
    pub typed: String,
    /// What was found for it.
    pub found: Vec<Found>,
    /// What is wrong, by field.
    pub faults: Vec<(String, String)>,
}

/// The last digits, then which booking it is.
pub fn booking(locale: Locale, view: &BookingView) -> Markup {
    let fault = view.faults.first().map(|(_, words)| words.clone());
    html! {
        h1 { (locale.t("queue-kiosk-booked")) }
        @if view.found.is_empty() {
            form class="kform" method="post" action={ (view.path) "/booking" } data-once {
                (ui::text_field("booking", locale.t("queue-kiosk-which")).value(&view.typed)
                    .required().max_length(20).autocomplete("off").autofocus()
                    .hint(locale.t("queue-kiosk-which-hint")).error(fault))
                button class="cta cta--kiosk" type="submit" {
                    (ui::icon("search")) (locale.t("queue-kiosk-find"))
                }
            }
        } @else {
            p { (locale.t("queue-kiosk-choose")) }
            div class="ktiles" {
                @for found in &view.found {
                    form method="post" action={ (view.path) "/arrivals" } data-once {
                        (ui::hidden("order", &found.order))
                        (ui::hidden("booking", &view.typed))
                        button class="ktile" type="submit" {
                            b class="num" { (found.time) }
                            span class="grow" { b { (found.service) } small { (found.name) } }
                            small { (locale.t("queue-kiosk-here")) }
                        }
                    }
                }
            }
        }
    }
}
