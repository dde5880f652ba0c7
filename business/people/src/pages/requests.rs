//! What staff ask for, as they see it.

use super::Typed;
use super::time::{clock_range, days_words};
use crate::model::{Request, RequestState, Shift, Staff, Wish};
use kernel::ids::StaffId;
use kernel::{Fault, Locale, Span, TimeZone, format};
use maud::{Markup, html};
use organisation::Site;
use ui::Tone;
use web::Fields;

/// What the page of one's own requests shows.
pub struct OwnView<'a> {
    /// Who asks; nobody for somebody who does not serve.
    pub person: Option<&'a Staff>,
    /// Their home site.
    pub home: &'a Site,
    /// What they asked for or were asked about, the newest first.
    pub requests: &'a [Request],
    /// Their shifts ahead.
    pub shifts: &'a [Shift],
    /// Everybody, for names.
    pub people: &'a [Staff],
    /// What was typed and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
}

/// `Sat 21 Nov 09:00–17:30`.
pub fn shift_words(locale: Locale, span: &Span, zone: &TimeZone) -> String {
    let date = format::date(locale, span.start.to_zoned(zone.clone()).date());
    format!("{date} {}", clock_range(span, zone))
}

pub(super) fn name_of(locale: Locale, people: &[Staff], id: StaffId) -> String {
    let found = people.iter().find(|person| person.id == id);
    found.map_or_else(String::new, |person| person.shown(locale).to_owned())
}

/// What is asked for, in a sentence.
pub(crate) fn sentence(
    locale: Locale,
    people: &[Staff],
    request: &Request,
    zone: &TimeZone,
) -> String {
    let when = match request.wish {
        Wish::Off => days_words(locale, &request.span, zone),
        Wish::Give(..) | Wish::Swap(..) => shift_words(locale, &request.span, zone),
    };
    let other = request.wish.other().map(|id| name_of(locale, people, id));
    locale.tx(
        "people-request-sentence",
        &[
            ("kind", request.wish.as_str().into()),
            ("name", name_of(locale, people, request.staff).into()),
            ("when", when.into()),
            ("other", other.unwrap_or_default().into()),
        ],
    )
}

pub(super) fn state_badge(locale: Locale, state: RequestState) -> Markup {
    let (tone, icon) = match state {
        RequestState::Asked => (Tone::Info, "user"),
        RequestState::Open => (Tone::Info, "hourglass"),
        RequestState::Approved => (Tone::Ok, "circle-check"),
        RequestState::Declined | RequestState::Refused => (Tone::Danger, "circle-x"),
        RequestState::Withdrawn => (Tone::Neutral, "undo-2"),
    };
    ui::badge(tone, icon, &state_name(locale, state))
}

/// How far a request has come, in words.
pub(crate) fn state_name(locale: Locale, state: RequestState) -> String {
    locale.tx("people-request-state", &[("state", state.as_str().into())])
}

/// One's own requests, and the ways to ask.
pub fn own_requests(locale: Locale, view: &OwnView<'_>) -> Markup {
    let Some(person) = view.person else {
        let title = locale.t("people-request-nobody");
        let text = locale.t("people-request-nobody-text");
        return ui::empty("calendar-x", &title, &text, html! {});
    };
    html! {
        div class="split" {
            (ui::stack(html! {
                @if let Some((_, fault)) = view.refused.filter(|(_, f)| f.fields.is_empty()) {
                    (ui::note(Tone::Warn, html! { p { (fault.speak(locale)) } }))
                }
                div id="own-requests" data-live="request" { (own_list(locale, view, person)) }
                (shifts_card(locale, view))
            }))
            aside aria-label=(locale.t("people-request-off")) { (off_card(locale, view)) }
        }
    }
}

fn own_list(locale: Locale, view: &OwnView<'_>, person: &Staff) -> Markup {
    let body = html! {
        @if view.requests.is_empty() {
            p class="muted sm" { (locale.t("people-request-none")) }
        } @else {
            ul class="plain stack" {
                @for request in view.requests { (own_line(locale, view, person, request)) }
            }
        }
    };
    ui::card(&locale.t("people-requests"), html! {}, body)
}

fn own_line(locale: Locale, view: &OwnView<'_>, person: &Staff, request: &Request) -> Markup {
    let asked_of_me = request.wish.other() == Some(person.id);
    let base = format!("/requests/{}", request.id);
    let press = |key: &str, noun: &str| ui::post_button(locale.t(key), format!("{base}/{noun}"));
    html! {
        li id={ "r-" (request.id) } class="stack" {
            div class="row between wrap" {
                b { (sentence(locale, view.people, request, &view.home.zone)) }
                (state_badge(locale, request.state))
            }
            @if !request.reason.is_empty() { p class="muted sm" { (request.reason) } }
            @if request.state.is_over() { (decided(locale, request)) }
            @if asked_of_me && request.state == RequestState::Asked {
                div class="row" {
                    (press("people-request-agree", "agreement").primary())
                    (press("people-request-refuse", "refusal"))
                }
            }
            @if !asked_of_me && !request.state.is_over() {
                div class="row" { (press("people-request-withdraw", "withdrawal").small()) }
            }
        }
    }
}

/// Who decided, and their word.
pub(super) fn decided(locale: Locale, request: &Request) -> Markup {
    html! {
        @if !request.decided_by.is_empty() {
            p class="muted sm" {
                (locale.tx("people-request-by", &[("name", (&request.decided_by).into())]))
                @if !request.word.is_empty() { " " q { (request.word) } }
            }
        }
    }
}

fn shifts_card(locale: Locale, view: &OwnView<'_>) -> Markup {
    let body = html! {
        @if view.shifts.is_empty() {
            p class="muted sm" { (locale.t("people-request-no-shifts")) }
        } @else {
            ul class="plain stack" {
                @for shift in view.shifts.iter().take(21) {
                    li class="row between" {
                        span class="num" { (shift_words(locale, &shift.span, &view.home.zone)) }
                        (ui::link_button(locale.t("people-request-hand-on"),
                            format!("/requests/shifts/{}", shift.id))
                            .small().icon("arrow-right-left"))
                    }
                }
            }
        }
    };
    ui::card(&locale.t("people-request-shifts"), html! {}, body)
}

fn off_card(locale: Locale, view: &OwnView<'_>) -> Markup {
    let t = |key: &str| locale.t(key);
    let saved = Fields::from_pairs(vec![("part".to_owned(), "days".to_owned())]);
    let (fields, fault) = view
        .refused
        .filter(|(fields, _)| fields.has("first"))
        .map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let parts = ["days", "morning", "afternoon", "hours"].map(|part| {
        (
            part,
            locale.tx("people-request-part", &[("part", part.into())]),
        )
    });
    let form = html! {
        form class="form" method="post" action="/requests/time-off" data-once {
            (typed.fill("part", ui::select_field("part", t("people-request-how-long"), parts)))
            (typed.fill("first", ui::date_field("first", t("people-first-day"))).required())
            (typed.fill("last", ui::date_field("last", t("people-last-day"))).optional(locale)
                .hint(t("people-request-last-hint")))
            div class="form__g" {
                (typed.fill("off_from", ui::time_field("off_from", t("people-from")))
                    .optional(locale))
                (typed.fill("off_to", ui::time_field("off_to", t("people-to"))).optional(locale))
            }
            (typed.fill("reason", ui::text_field("reason", t("people-reason")))
                .max_length(200).optional(locale))
            div class="form__f" { (ui::button(t("people-request-send")).primary()) }
        }
    };
    ui::card(&t("people-request-off"), html! {}, form)
}

/// What the page of one of one's shifts shows.
pub struct AskView<'a> {
    /// The shift.
    pub shift: &'a Shift,
    /// Where it is.
    pub site: &'a Site,
    /// Who could take it.
    pub colleagues: &'a [Staff],
    /// What it could be swapped for.
    pub theirs: &'a [Shift],
    /// What was typed and why it was refused.
    pub refused: Option<(&'a Fields, &'a Fault)>,
}

/// Giving a shift away, or swapping it.
pub fn ask_page(locale: Locale, view: &AskView<'_>) -> Markup {
    let saved = Fields::default();
    let (fields, fault) = view
        .refused
        .map_or((&saved, None), |(fields, fault)| (fields, Some(fault)));
    let typed = Typed {
        locale,
        fields,
        fault,
    };
    let t = |key: &str| locale.t(key);
    let people = view.colleagues.iter();
    let people = people.map(|person| (person.id.to_string(), person.shown(locale).to_owned()));
    let shifts = view.theirs.iter().map(|shift| {
        let name = name_of(locale, view.colleagues, shift.staff);
        let when = shift_words(locale, &shift.span, &view.site.zone);
        (
            format!("{}:{}", shift.staff, shift.id),
            format!("{name} · {when}"),
        )
    });
    let form = |field: ui::Field, id: &str, button: String| {
        html! {
            form class="form" method="post" action={ "/requests/shifts/" (view.shift.id) }
                data-once {
                (field)
                (typed.fill("reason", ui::text_field("reason", t("people-reason")))
                    .id(format!("f-reason-{id}")).max_length(200).optional(locale))
                div class="form__f" { (ui::button(button).primary()) }
            }
        }
    };
    let give = typed.fill(
        "give",
        ui::select_field("give", t("people-request-to"), people),
    );
    let swap = typed.fill(
        "swap",
        ui::select_field("swap", t("people-request-for"), shifts),
    );
    ui::stack(html! {
        (typed.general())
        p class="muted" { (t("people-request-hand-on-text")) }
        @if view.colleagues.is_empty() {
            (ui::empty("users", &t("people-request-alone"), "", html! {}))
        } @else {
            (ui::card(&t("people-request-give"), html! {},
                form(give, "give", t("people-request-give"))))
        }
        @if !view.theirs.is_empty() {
            (ui::card(&t("people-request-swap"), html! {},
                form(swap, "swap", t("people-request-swap"))))
        }
    })
}
