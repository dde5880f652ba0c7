//! What staff ask for, as whoever plans sees it: what it would do, and the decision.

use super::Typed;
use super::requests::{decided, sentence, shift_words, state_badge};
use super::rota::{View, views};
use crate::model::{Cover, Effect, Request, RequestState, Staff, Visit};
use kernel::ids::{RequestId, SiteId};
use kernel::{Fault, Locale, TimeZone};
use maud::{Markup, html};
use organisation::Site;
use ui::Tone;
use web::{Fields, SiteChoice};

/// The most visits that are named one by one.
const NAMED_MOST: usize = 8;

/// What the list of whoever plans shows.
pub struct DecideView<'a> {
    /// What is undecided, with what it would do.
    pub open: &'a [(Request, Effect)],
    /// What was decided last.
    pub over: &'a [Request],
    /// Everybody, for names.
    pub people: &'a [Staff],
    /// The chosen site, whose clock tells the times.
    pub home: &'a Site,
    /// The sites the reader may choose.
    pub sites: &'a [SiteChoice],
    /// Which decision was refused, what was typed, and why.
    pub refused: Option<(RequestId, &'a Fields, &'a Fault)>,
}

/// Everything that waits for a decision.
pub fn requests(locale: Locale, view: &DecideView<'_>) -> Markup {
    let empty = || {
        let title = locale.t("people-requests-none");
        ui::empty(
            "calendar-check",
            &title,
            &locale.t("people-requests-none-text"),
            html! {},
        )
    };
    // A decision that came second is told above, where the request no longer waits.
    let gone = view
        .refused
        .filter(|(id, ..)| !view.open.iter().any(|(request, _)| request.id == *id));
    ui::stack(html! {
        (ui::toolbar(views(locale, View::Requests), html! {}))
        @if let Some((.., fault)) = gone {
            (ui::note(Tone::Warn, html! { p { (fault.speak(locale)) } }))
        }
        div id="requests" class="stack" data-live="request shift time_off" {
            @if view.open.is_empty() { (empty()) }
            @for (request, effect) in view.open { (card(locale, view, request, effect)) }
            @if !view.over.is_empty() { (history(locale, view)) }
        }
    })
}

fn card(locale: Locale, view: &DecideView<'_>, request: &Request, effect: &Effect) -> Markup {
    let title = sentence(locale, view.people, request, &view.home.zone);
    let body = html! {
        @if !request.reason.is_empty() { p { q { (request.reason) } } }
        (consequences(locale, view, request, effect))
        @if request.state == RequestState::Open { (decision(locale, view, request, effect)) }
        @else { p class="muted sm" { (locale.t("people-request-not-agreed")) } }
    };
    html! {
        div id={ "r-" (request.id) } {
            (ui::card(&title, state_badge(locale, request.state), ui::stack(body)))
        }
    }
}

fn zone_of<'a>(view: &'a DecideView<'_>, site: SiteId) -> &'a TimeZone {
    let found = view.sites.iter().find(|choice| choice.id == site);
    found.map_or(&view.home.zone, |site| &site.zone)
}

/// What granting it would do.
fn consequences(
    locale: Locale,
    view: &DecideView<'_>,
    request: &Request,
    effect: &Effect,
) -> Markup {
    let count = effect.lost.len();
    html! {
        @if let Some(fault) = &effect.hindrance {
            (ui::note(Tone::Danger, html! { p { (fault.speak(locale)) } }))
        }
        @if count > 0 {
            (ui::note(Tone::Warn, html! {
                p { (locale.tx("people-request-lost", &[("count", count.into())])) }
                ul class="plain" {
                    @for visit in effect.lost.iter().take(NAMED_MOST) {
                        li { (visit_line(locale, view, visit)) }
                    }
                }
            }))
        } @else if effect.hindrance.is_none() {
            p { (ui::badge(Tone::Ok, "circle-check", &locale.t("people-request-none-lost"))) }
        }
        @for cover in &effect.cover { (cover_line(locale, view, cover)) }
        @if effect.cover.is_empty() && request.wish.other().is_none() {
            p class="muted sm" { (locale.t("people-request-no-work")) }
        }
    }
}

fn visit_line(locale: Locale, view: &DecideView<'_>, visit: &Visit) -> Markup {
    let when = shift_words(locale, &visit.span, zone_of(view, visit.site));
    html! {
        a class="link num" href=(visit.home) { (visit.code) }
        " " span class="num" { (when) }
        @if !visit.customer.is_empty() { " · " (visit.customer) }
        " · " (visit.title)
    }
}

fn cover_line(locale: Locale, view: &DecideView<'_>, cover: &Cover) -> Markup {
    let when = shift_words(locale, &cover.span, zone_of(view, cover.site));
    let words = locale.tx(
        "people-request-cover",
        &[("when", when.into()), ("count", cover.others.into())],
    );
    let tone = if cover.others == 0 {
        Tone::Warn
    } else {
        Tone::Neutral
    };
    html! { p { (ui::badge(tone, "users", &words)) } }
}

fn decision(locale: Locale, view: &DecideView<'_>, request: &Request, effect: &Effect) -> Markup {
    let saved = Fields::default();
    let (fields, fault) = match view.refused {
        Some((id, fields, fault)) if id == request.id => (fields, Some(fault)),
        _ => (&saved, None),
    };
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let approve = match effect.lost.is_empty() {
        true => locale.t("people-request-approve"),
        false => locale.t("people-request-approve-knowing"),
    };
    let base = format!("/staff/requests/{}", request.id);
    let word = ui::text_field("word", locale.t("people-request-word"));
    html! {
        (typed.general())
        form class="form" method="post" action={ (base) "/rejection" } data-once {
            (ui::hidden("known", effect.lost.len()))
            (typed.fill("word", word).id(format!("word-{}", request.id)).max_length(200)
                .optional(locale))
            div class="form__f" {
                @if effect.hindrance.is_none() {
                    (ui::button(approve).primary().icon("check")
                        .attr("formaction", format!("{base}/approval")))
                }
                (ui::button(locale.t("people-request-decline")).icon("x"))
            }
        }
    }
}

fn history(locale: Locale, view: &DecideView<'_>) -> Markup {
    let body = html! {
        ul class="plain stack" {
            @for request in view.over {
                li {
                    div class="row between wrap" {
                        span { (sentence(locale, view.people, request, &view.home.zone)) }
                        (state_badge(locale, request.state))
                    }
                    (decided(locale, request))
                }
            }
        }
    };
    ui::card(&locale.t("people-requests-over"), html! {}, body)
}
