//! The public pages of the waiting list.

use kernel::{Fault, Locale, Money, Timestamp, format};
use maud::{Markup, html};
use offers::Service;
use organisation::Site;
use people::Staff;
use sessions::Session;
use ui::Tone;
use web::Fields;

use super::{clock, day_and_clock, error_of, when, wish_fields, words};
use crate::model::{NOTE_CHARS_MAX, Offer, Place, SEATS_MAX, Waiting};

/// What the page of joining shows.
pub(crate) struct AskPage {
    pub(crate) locale: Locale,
    pub(crate) now: Timestamp,
    pub(crate) action: String,
    pub(crate) site: Site,
    pub(crate) service: Service,
    /// What goes with it.
    pub(crate) also: Vec<Service>,
    /// Who can do it here.
    pub(crate) staff: Vec<Staff>,
    /// The session that is full.
    pub(crate) session: Option<Session>,
}

/// Joining.
pub(crate) fn ask(page: &AskPage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = page.locale;
    let said_above = fault.filter(|fault| fault.fields.is_empty());
    html! {
        h1 { (locale.t("waitlist-ask")) }
        @if let Some(fault) = said_above {
            div role="alert" { (ui::note(Tone::Warn, html! { p { (fault.speak(locale)) } })) }
        }
        section class="box sumr" {
            div class="grow" {
                b class="strong" { (together(locale, &page.service, &page.also)) }
                div class="muted sm" {
                    @match &page.session {
                        Some(session) => {
                            (day_and_clock(locale, &page.site, session.span.start))
                        },
                        None => { (length_and_price(locale, &page.service, &page.also)) },
                    }
                }
            }
        }
        p class="muted sm mt" { (locale.t("waitlist-ask-text")) }
        form id="waiting" class="mt" method="post" action=(page.action) data-once {
            @for one in &page.also { (ui::hidden("also", one.id)) }
            (wishes(page, (typed, fault)))
            (person(locale, (typed, fault)))
        }
        (ui::guest_bar(
            &locale.t("waitlist-join"),
            html! {},
            html! {
                (ui::button(locale.t("waitlist-join")).class("cta cta--full")
                    .attr("form", "waiting"))
            },
        ))
    }
}

/// The names of all that is wanted.
fn together(locale: Locale, service: &Service, also: &[Service]) -> String {
    let all = std::iter::once(service).chain(also);
    let names: Vec<String> = all.map(|one| words(locale, &one.name)).collect();
    names.join(" + ")
}

/// How long all of it takes and what it costs.
fn length_and_price(locale: Locale, service: &Service, also: &[Service]) -> String {
    let minutes: i64 = also.iter().map(|one| one.minutes).sum();
    let time = format::minutes(locale, service.minutes + minutes);
    let sum = |sum: Money, one: &Service| sum.plus(one.price).unwrap_or(sum);
    let price = also.iter().fold(service.price, sum);
    format!("{time} · {}", format::money(&price))
}

fn wishes(page: &AskPage, (typed, fault): (&Fields, Option<&Fault>)) -> Markup {
    let locale = page.locale;
    let error = |field: &str| error_of(fault, field, locale);
    if let Some(session) = &page.session {
        let day = page.site.date_of(session.span.start);
        let count = match typed.typed("seats") {
            "" => "1",
            typed => typed,
        };
        return html! {
            (ui::hidden("session", session.id))
            (ui::hidden("last_day", day))
            (ui::number_field("seats", locale.t("waitlist-seats"))
                .value(count).range(1, session.each_max.min(SEATS_MAX)).error(error("seats")))
        };
    }
    let mut people = vec![(String::new(), locale.t("waitlist-anybody"))];
    people.extend(page.staff.iter().map(|staff| {
        let name = staff.shown(locale).to_owned();
        (staff.id.to_string(), name)
    }));
    let today = page.site.date_of(page.now);
    let last = today.checked_add(std::time::Duration::from_secs(13 * 86_400));
    let last = last.unwrap_or(today).to_string();
    html! {
        (ui::select_field("staff", locale.t("waitlist-with"), people)
            .value(typed.typed("staff")).error(error("staff")))
        (wish_fields(locale, (typed, fault), &last))
    }
}

fn person(locale: Locale, (typed, fault): (&Fields, Option<&Fault>)) -> Markup {
    let error = |field: &str| error_of(fault, field, locale);
    html! {
        (ui::text_field("name", locale.t("waitlist-name"))
            .value(typed.typed("name")).required().max_length(80).autocomplete("name")
            .error(error("name")))
        (ui::phone_field("phone", locale.t("waitlist-phone"))
            .value(typed.typed("phone")).required().max_length(30).autocomplete("tel")
            .error(error("phone")))
        (ui::email_field("email", locale.t("waitlist-mail"))
            .value(typed.typed("email")).max_length(120).optional(locale)
            .hint(locale.t("waitlist-mail-hint")).error(error("email")))
        (ui::text_field("note", locale.t("waitlist-note"))
            .value(typed.typed("note")).max_length(NOTE_CHARS_MAX).optional(locale)
            .error(error("note")))
    }
}

/// What the page of somebody who waits shows.
pub(crate) struct StandPage {
    pub(crate) locale: Locale,
    pub(crate) entry: Waiting,
    pub(crate) site: Site,
    pub(crate) service: Service,
    /// What goes with it.
    pub(crate) also: Vec<Service>,
    /// How many come before for the same service.
    pub(crate) ahead: i64,
    /// What is offered now.
    pub(crate) offer: Option<Offer>,
    /// With whom the offer is.
    pub(crate) staff: Option<String>,
    /// The secret of the booking it became.
    pub(crate) booking: Option<String>,
    /// The page's own path.
    pub(crate) path: String,
    /// The path of that booking.
    pub(crate) booking_path: String,
}

/// Where somebody stands, and the offer to answer.
pub(crate) fn stand(page: &StandPage, fault: Option<&Fault>) -> Markup {
    let (locale, entry) = (page.locale, &page.entry);
    html! {
        @if let Some(fault) = fault {
            div role="alert" { (ui::note(Tone::Warn, html! { p { (fault.speak(locale)) } })) }
        }
        @match (&page.offer, entry.place) {
            (Some(offer), Place::Waiting) => { (offered(page, offer)) },
            (None, Place::Waiting) => { (waits(page)) },
            (_, Place::Placed(_)) => {
                h1 { (locale.t("waitlist-placed")) }
                (ui::note(Tone::Ok, html! { p { (locale.t("waitlist-placed-text")) } }))
                p class="mt" {
                    a class="cta cta--full" href=(page.booking_path) {
                        (locale.t("waitlist-booking"))
                    }
                }
            },
            (_, Place::Left | Place::Lapsed) => {
                h1 { (locale.t("waitlist-over")) }
                (ui::note(Tone::Info, html! { p { (locale.t("waitlist-over-text")) } }))
            },
        }
    }
}

fn wanted(page: &StandPage) -> Markup {
    let locale = page.locale;
    html! {
        section class="box sumr mt" {
            div class="grow" {
                b class="strong" { (together(locale, &page.service, &page.also)) }
                div class="muted sm" { (when(locale, &page.entry.wish)) }
            }
        }
    }
}

fn waits(page: &StandPage) -> Markup {
    let locale = page.locale;
    let words = [("count", page.ahead.into())];
    html! {
        div id="stand" data-poll="20" data-live-src=(page.path) {
            h1 { (locale.t("waitlist-you-wait")) }
            (ui::note(Tone::Ok, html! { p { (locale.tx("waitlist-you-wait-text", &words)) } }))
            (wanted(page))
            p class="muted sm mt" { (locale.t("waitlist-keep-link")) }
        }
        form class="mt" method="post" action={ (page.path) "/removal" } data-once {
            details {
                summary class="alt" { (locale.t("waitlist-leave")) }
                button class="alt btn--danger mt" { (locale.t("waitlist-leave-really")) }
            }
        }
    }
}

fn offered(page: &StandPage, offer: &Offer) -> Markup {
    let locale = page.locale;
    let until = clock(&page.site, offer.until);
    html! {
        h1 { (locale.t("waitlist-is-free")) }
        section class="box sumr mt" {
            div class="grow" {
                b class="strong" { (together(locale, &page.service, &page.also)) }
                div class="muted sm" {
                    (length_and_price(locale, &page.service, &page.also))
                }
                div class="num" { (day_and_clock(locale, &page.site, offer.start)) }
                @if let Some(staff) = &page.staff {
                    div class="muted sm" {
                        (locale.tx("waitlist-with-staff", &[("staff", staff.into())]))
                    }
                }
            }
        }
        p class="muted sm mt" {
            (locale.tx("waitlist-answer-until", &[("time", until.into())])) " · "
            time class="num" data-countdown=(offer.until) {}
        }
        form class="mt" method="post" action={ (page.path) "/acceptance" } data-once {
            (ui::hidden("offer", offer.id))
            button class="cta cta--full" { (locale.t("waitlist-accept")) }
        }
        form class="mt" method="post" action={ (page.path) "/refusal" } data-once {
            (ui::hidden("offer", offer.id))
            button class="alt" { (locale.t("waitlist-decline")) }
        }
    }
}
