//! What the customer in line sees. Pure: values to markup.

pub mod counters;
pub mod desk;
pub mod devices;
pub mod kiosk;
pub mod rules;
pub mod waits;
pub mod wall;

use kernel::{Locale, format};
use ui::{Markup, html};

use crate::model::Wait;

/// How a ticket looks to its holder. Nothing here tells of anybody else.
#[derive(Debug, Clone)]
pub struct TicketView {
    /// Path of the page, `/at/lotus/tickets/…`.
    pub path: String,
    /// The printed number.
    pub number: String,
    /// The service's name.
    pub service: String,
    /// The state and what it needs to show.
    pub face: Face,
    /// Site name and address.
    pub place: (String, String),
    /// The local time the view was made, `14:36`.
    pub as_of: String,
}

/// The faces of a ticket page.
#[derive(Debug, Clone)]
pub enum Face {
    /// In line.
    Waiting {
        /// People ahead in this line.
        ahead: usize,
        /// People behind in this line.
        behind: usize,
        /// The range, when one can be told.
        wait: Option<Wait>,
        /// Local time in the middle of the range.
        around: Option<String>,
        /// Until when one may step out, when that is worth it.
        step_out_until: Option<String>,
    },
    /// Asked to come.
    Called {
        /// Where to go, when known.
        seat: Option<String>,
        /// Who waits, when known.
        staff: Option<String>,
        /// Until when the place is held, RFC 3339, and the words left.
        hold: Option<(String, String)>,
        /// Has answered "on my way".
        coming: bool,
    },
    /// Away for a while.
    Away {
        /// Local time to be back.
        until: String,
        /// Whether that time was promised because the line was full.
        is_reserved: bool,
    },
    /// Being served.
    Serving,
    /// Over: words for title and text.
    Over(&'static str),
}

/// The ticket: the fragment that the page keeps fresh.
pub fn ticket(locale: Locale, view: &TicketView) -> Markup {
    let called = matches!(view.face, Face::Called { .. });
    html! {
        section id="ticket" class="tkt" data-poll="4" data-live-src={ (view.path) "/state" }
            data-called[called] {
            @match &view.face {
                Face::Waiting { .. } => (waiting(locale, view)),
                Face::Called { .. } => (called_face(locale, view)),
                Face::Away { until, is_reserved } => (away(locale, view, until, *is_reserved)),
                Face::Serving => (serving(locale, view)),
                Face::Over(key) => (over(locale, view, key)),
            }
        }
    }
}

fn site_line(view: &TicketView) -> Markup {
    html! {
        p class="muted sm" {
            b { (view.place.0) }
            @if !view.place.1.is_empty() { " · " (view.place.1) }
        }
    }
}

/// A wait in words: `10–14 min`, `1 h 50 min – 2 h 20 min`, or what to say when none can be told.
/// Above two hours nobody counts in minutes.
pub fn range(locale: Locale, wait: Option<Wait>) -> String {
    match wait {
        Some(wait) if wait.max > MINUTES_MAX => locale.tx(
            "queue-range-long",
            &[
                ("min", format::minutes(locale, wait.min).into()),
                ("max", format::minutes(locale, wait.max).into()),
            ],
        ),
        Some(wait) => locale.tx(
            "queue-range",
            &[("min", wait.min.into()), ("max", wait.max.into())],
        ),
        None => locale.t("queue-range-unknown"),
    }
}

/// The longest wait that is told in minutes alone.
const MINUTES_MAX: i64 = 120;

/// The ordinal of an English place in line: 1st, 2nd, 3rd, 11th.
fn ordinal(place: usize) -> &'static str {
    match (place % 10, place % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

fn position(locale: Locale, place: usize) -> Markup {
    html! {
        div class="tk__pos" data-pos {
            @match locale {
                Locale::En => { (place) sup { (ordinal(place)) } }
                Locale::ZhCn => {
                    small { (locale.t("queue-place-before")) }
                    (place)
                    small { (locale.t("queue-place-after")) }
                }
            }
        }
    }
}

fn waiting(locale: Locale, view: &TicketView) -> Markup {
    let Face::Waiting {
        ahead,
        behind,
        wait,
        around,
        step_out_until,
    } = &view.face
    else {
        return html! {};
    };
    html! {
        h1 class="vh" { (locale.t("queue-ticket-title")) }
        div class="tk" aria-live="polite" {
            div class="tk__no" {
                b class="num" { (view.number) }
                span class="lv" {
                    i {} (locale.tx("queue-as-of", &[("time", (&view.as_of).into())]))
                }
            }
            (position(locale, ahead + 1))
            p class="tk__cap" {
                (locale.tx("queue-in-line-for", &[("service", (&view.service).into())]))
            }
            div class="tk__est" {
                div { span { (locale.t("queue-your-turn-in")) } b { (range(locale, *wait)) } }
                @if let Some(around) = around {
                    div { span { (locale.t("queue-around")) } b { (around) } }
                }
            }
        }
        (line(locale, *ahead, *behind))
        @if let Some(until) = step_out_until {
            div class="note" data-tone="ok" data-t="ok" {
                (ui::icon("footprints"))
                span {
                    b { (locale.tx("queue-step-out", &[("time", until.into())])) } " "
                    (locale.t("queue-keep-open"))
                }
            }
        }
        (site_line(view))
        div class="two" {
            @if *behind > 0 {
                (act(view, "turn", "arrow-left-right", &locale.t("queue-let-ahead"), ""))
            } @else {
                (act(view, "absence", "footprints", &locale.t("queue-back-in-ten"), ""))
            }
            (act(view, "departure", "", &locale.t("queue-leave"), " bad"))
        }
    }
}

fn act(view: &TicketView, noun: &str, icon: &str, label: &str, class: &str) -> Markup {
    html! {
        form method="post" action={ (view.path) "/" (noun) } data-once {
            button class={ "alt" (class) } type="submit" { (ui::icon(icon)) (label) }
        }
    }
}

/// Dots for those ahead (at most four drawn), you, and those behind. Numbers of others stay hidden.
fn line(locale: Locale, ahead: usize, behind: usize) -> Markup {
    html! {
        div class="line" aria-hidden="true" {
            span class="pp now" { (ui::icon("scissors")) }
            @for _ in 0..ahead.min(4) { u {} span class="pp" {} }
            u {}
            span class="pp me" { (locale.t("queue-you")) }
            @for _ in 0..behind.min(2) { u {} span class="pp" {} }
        }
        div class="linet" {
            span { (locale.tx("queue-ahead", &[("count", ahead.into())])) }
            span { (locale.tx("queue-behind", &[("count", behind.into())])) }
        }
    }
}

fn called_face(locale: Locale, view: &TicketView) -> Markup {
    let Face::Called {
        seat,
        staff,
        hold,
        coming,
    } = &view.face
    else {
        return html! {};
    };
    html! {
        p class="num tkt__no" { (view.number) }
        h1 { (locale.t("queue-your-turn")) }
        div class="seat" role="status" {
            span { (locale.t("queue-please-go-to")) }
            b {
                @match seat { Some(seat) => (seat), None => (locale.t("queue-the-desk")) }
            }
            @if let Some(staff) = staff {
                span { (locale.tx("queue-staff-waits", &[("name", staff.into())])) }
            }
        }
        @if let Some((until, left)) = hold {
            p class="cdown" {
                (locale.t("queue-hold")) " " b class="num" data-countdown=(until) { (left) }
            }
        }
        @if *coming {
            p class="cdown" { (locale.t("queue-coming-noted")) }
        } @else {
            form method="post" action={ (view.path) "/answer" } data-once {
                button class="cta cta--full" type="submit" { (locale.t("queue-on-my-way")) }
            }
        }
        form method="post" action={ (view.path) "/delay" } data-once {
            button class="alt alt--q" type="submit" { (locale.t("queue-five-more")) }
        }
    }
}

fn away(locale: Locale, view: &TicketView, until: &str, is_reserved: bool) -> Markup {
    let time = [("time", until.into())];
    let words = match is_reserved {
        true => locale.tx("queue-come-back", &time),
        false => locale.tx("queue-away-until", &time),
    };
    html! {
        h1 { (locale.t("queue-away-title")) }
        div class="tk" {
            div class="tk__no" { b class="num" { (view.number) } }
            p class="tk__cap" { (words) }
        }
        @if is_reserved { p class="muted" { (locale.t("queue-come-back-why")) } }
        (site_line(view))
        div class="two" {
            (act(view, "return", "undo-2", &locale.t("queue-im-back"), ""))
            (act(view, "departure", "", &locale.t("queue-leave"), " bad"))
        }
    }
}

fn serving(locale: Locale, view: &TicketView) -> Markup {
    html! {
        (ui::empty("circle-check", &locale.t("queue-serving-title"),
            &locale.tx("queue-serving-text", &[("number", (&view.number).into())]), html! {}))
        (site_line(view))
    }
}

fn over(locale: Locale, view: &TicketView, key: &str) -> Markup {
    let (title, text) = match key {
        "left" => (locale.t("queue-left-title"), locale.t("queue-left-text")),
        "no_show" => (
            locale.t("queue-missed-title"),
            locale.t("queue-missed-text"),
        ),
        _ => (locale.t("queue-done-title"), locale.t("queue-done-text")),
    };
    html! {
        (ui::empty("circle-check", &title, &text, html! {}))
        p class="muted sm num" { (view.number) }
        (site_line(view))
    }
}

/// What the join page offers.
#[derive(Debug, Clone)]
pub struct JoinView {
    /// Where the form goes.
    pub path: String,
    /// Site name and address.
    pub place: (String, String),
    /// Whether numbers are given out now, and if not, when the doors open.
    pub closed: Option<String>,
    /// Services: id, name, minutes, price words, family, the wait right now.
    pub services: Vec<JoinService>,
    /// The chosen service.
    pub chosen: String,
    /// Typed name.
    pub name: String,
    /// Typed phone.
    pub phone: String,
    /// What is wrong, by field.
    pub faults: Vec<(String, String)>,
}

/// A service one may queue for.
#[derive(Debug, Clone)]
pub struct JoinService {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Standard minutes.
    pub minutes: i64,
    /// Price in words.
    pub price: String,
    /// Family code.
    pub family: String,
    /// The wait right now, or why no number is given, in words.
    pub wait: String,
    /// Whether a number is given.
    pub is_open: bool,
}

/// The page behind the site's QR code.
pub fn join(locale: Locale, view: &JoinView) -> Markup {
    html! {
        h1 { (locale.t("queue-join-title")) }
        p class="muted" {
            b { (view.place.0) }
            @if !view.place.1.is_empty() { " · " (view.place.1) }
        }
        @if let Some(words) = &view.closed {
            (ui::note(ui::Tone::Warn, html! { (words) }))
        } @else if view.services.is_empty() {
            (ui::note(ui::Tone::Info, html! { (locale.t("queue-join-nothing")) }))
        } @else {
            (join_form(locale, view))
        }
    }
}

fn fault_of(view: &JoinView, field: &str) -> Option<String> {
    view.faults
        .iter()
        .find(|(name, _)| name == field)
        .map(|(_, words)| words.clone())
}

fn join_form(locale: Locale, view: &JoinView) -> Markup {
    html! {
        (ui::errors(locale, &view.faults))
        form method="post" action=(view.path) data-once class="stack" {
            fieldset class="svcs" id="f-service" {
                legend class="h2" { (locale.t("queue-join-which")) }
                @for service in &view.services {
                    label class="svc" {
                        input type="radio" name="service" value=(service.id) required
                            disabled[!service.is_open] checked[service.id == view.chosen];
                        (ui::family_icon(&service.family))
                        span class="grow" {
                            b { (service.name) }
                            small {
                                (format::minutes(locale, service.minutes)) " · " (service.price)
                            }
                        }
                        small class="num" { (service.wait) }
                    }
                }
            }
            (ui::text_field("name", locale.t("queue-join-name")).value(&view.name)
                .optional(locale).max_length(80).autocomplete("name")
                .error(fault_of(view, "name")))
            (ui::phone_field("phone", locale.t("queue-join-phone")).value(&view.phone)
                .optional(locale).max_length(30).hint(locale.t("queue-join-phone-hint"))
                .error(fault_of(view, "phone")))
            (ui::guest_bar(&locale.t("queue-join-title"), html! {}, html! {
                button class="cta cta--full" type="submit" { (locale.t("queue-join-take")) }
            }))
        }
    }
}
