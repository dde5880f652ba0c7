//! The list for the desk: who waits, whose turn it is, what is offered.

use std::collections::BTreeMap;

use kernel::{
    Fault, Span, Timestamp, format,
    ids::{ServiceId, WaitingId},
};
use maud::{Markup, html};
use ui::Tone;
use web::Fields;

use super::{View, clock, day_and_clock, error_of, fault_above, when, wish_fields, words};
use crate::{
    commands::Candidate,
    model::{ANSWER_MINUTES, ANSWER_RANGE, NOTE_CHARS_MAX, Offer, OfferState, Place, Waiting},
};

/// An entry with the name of whoever waits.
pub(crate) struct Named {
    pub(crate) entry: Waiting,
    pub(crate) name: String,
    /// Digits of the phone; empty without one.
    pub(crate) phone: String,
    /// When the session is that is waited for.
    pub(crate) session: Option<Span>,
}

/// What the list shows.
pub(crate) struct ListPage {
    pub(crate) view: View,
    pub(crate) waiting: Vec<Named>,
    pub(crate) ended: Vec<Named>,
    pub(crate) offers: BTreeMap<WaitingId, Offer>,
    /// Minutes to answer and the version of that setting, for whoever may change it.
    pub(crate) settings: Option<(i64, i64)>,
    /// Who changed it last, and when.
    pub(crate) changed: Option<(String, Timestamp)>,
}

/// The way to a new entry.
pub(crate) fn add_button(shown: &ListPage) -> Markup {
    let locale = shown.view.locale;
    html! {
        @if shown.view.may_edit {
            (ui::link_button(locale.t("waitlist-add"), "/waiting/new").primary().icon("plus"))
        }
    }
}

/// The list.
pub(crate) fn list(shown: &ListPage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let locale = shown.view.locale;
    html! {
        div class="split" {
            div id="waiting-list" class="stack" data-live="waiting order" {
                @if shown.waiting.is_empty() {
                    (ui::empty(
                        "hourglass",
                        &locale.t("waitlist-none"),
                        &locale.t("waitlist-none-text"),
                        add_button(shown),
                    ))
                } @else { (waiting_table(shown)) }
                @if !shown.ended.is_empty() {
                    (ui::card(&locale.t("waitlist-ended"), html! {}, ended_table(shown)))
                }
            }
            aside class="stack" {
                @if let Some((minutes, version)) = shown.settings {
                    (ui::card(&locale.t("waitlist-settings"), html! {},
                        settings(shown, (minutes, version), (typed, fault))))
                }
                (ui::card(&locale.t("waitlist-how"), html! {}, html! {
                    p class="muted sm" { (locale.t("waitlist-how-text")) }
                }))
            }
        }
    }
}

fn settings(
    shown: &ListPage,
    (minutes, version): (i64, i64),
    (typed, fault): (&Fields, Option<&Fault>),
) -> Markup {
    let locale = shown.view.locale;
    let value = match typed.typed("answer_minutes") {
        "" => minutes.to_string(),
        typed => typed.to_owned(),
    };
    let (min, max) = ANSWER_RANGE;
    let field = ui::number_field("answer_minutes", locale.t("waitlist-answer"))
        .value(value)
        .range(min, max)
        .suffix(locale.t("waitlist-minutes"))
        .error(error_of(fault, "answer_minutes", locale));
    let changed = shown.changed.as_ref().map(|(by, at)| ui::Changed {
        by: by.clone(),
        at: day_and_clock(locale, &shown.view.site, *at),
    });
    let setting = ui::setting(field, locale.t("waitlist-answer-effect"))
        .standard(
            format::minutes(locale, ANSWER_MINUTES),
            minutes == ANSWER_MINUTES,
        )
        .changed(changed);
    let save = html! { (ui::button(locale.t("waitlist-save")).soft().icon("save")) };
    ui::settings_form(
        locale,
        "/waiting/settings",
        &[("version", version.to_string())],
        &[setting],
        save,
    )
}

impl View {
    /// What is waited for, with everything that goes with it; or that it is no longer on offer.
    pub(crate) fn service_name(&self, entry: &Waiting) -> String {
        let name = |id: ServiceId| {
            let mut all = self.services.iter().chain(&self.others);
            all.find(|service| service.id == id).map_or_else(
                || self.locale.t("waitlist-service-gone"),
                |service| words(self.locale, &service.name),
            )
        };
        let names: Vec<String> = entry.wish.services().map(name).collect();
        names.join(" + ")
    }
}

/// What somebody waits for: the service, with whom, or which session.
fn what(view: &View, shown: &Named) -> Markup {
    let (locale, entry) = (view.locale, &shown.entry);
    let staff = view
        .staff
        .iter()
        .find(|staff| Some(staff.id) == entry.wish.staff);
    html! {
        b { (view.service_name(entry)) }
        @if let Some(staff) = staff { span class="muted" { " · " (staff.shown(locale)) } }
        @if entry.wish.seats > 1 { span class="muted num" { " × " (entry.wish.seats) } }
        div class="muted sm" {
            @match shown.session {
                Some(span) => { (day_and_clock(locale, &view.site, span.start)) },
                None => { (when(locale, &entry.wish)) },
            }
        }
    }
}

fn waiting_table(shown: &ListPage) -> Markup {
    let (view, locale) = (&shown.view, shown.view.locale);
    let head = [
        ui::head("").number(),
        ui::head(locale.t("waitlist-who")),
        ui::head(locale.t("waitlist-what")),
        ui::head(locale.t("waitlist-since")).drop(1),
        ui::head(locale.t("waitlist-state")),
    ];
    let row = |(at, one): (usize, &Named)| {
        let since = day_and_clock(locale, &view.site, one.entry.joined);
        let offer = shown.offers.get(&one.entry.id);
        ui::row(vec![
            html! { span class="num muted" { (at + 1) } },
            html! { b { (one.name) } },
            what(view, one),
            html! { span class="num muted" { (since) } },
            state(view, one, offer),
        ])
        .href(format!("/waiting/{}", one.entry.id))
        .id(format!("w-{}", one.entry.id))
    };
    let rows: Vec<_> = shown.waiting.iter().enumerate().map(row).collect();
    ui::stacking_table(&head, &rows)
}

fn state(view: &View, one: &Named, offer: Option<&Offer>) -> Markup {
    let locale = view.locale;
    match offer {
        Some(offer) => {
            let start = day_and_clock(locale, &view.site, offer.start);
            let until = clock(&view.site, offer.until);
            html! {
                (ui::badge(Tone::Info, "bell", &locale.tx("waitlist-offered-until", &[
                    ("time", until.into()),
                ])))
                div class="muted sm num" { (start) }
                @if offer.told == 0 {
                    div class="warnt sm" { (ui::icon("phone")) " " (locale.t("waitlist-call")) }
                }
            }
        }
        None if one.entry.unanswered > 0 => {
            let words = [("count", one.entry.unanswered.into())];
            ui::badge(Tone::Neutral, "", &locale.tx("waitlist-unanswered", &words))
        }
        None => ui::badge(
            Tone::Neutral,
            "hourglass",
            &locale.t("waitlist-state-waiting"),
        ),
    }
}

fn place(view: &View, entry: &Waiting) -> Markup {
    let locale = view.locale;
    match entry.place {
        Place::Waiting => ui::badge(
            Tone::Neutral,
            "hourglass",
            &locale.t("waitlist-state-waiting"),
        ),
        Place::Placed(order) => html! {
            (ui::badge(Tone::Ok, "check", &locale.t("waitlist-state-placed"))) " "
            a class="link" href=(format!("/orders/{order}")) { (locale.t("waitlist-order")) }
        },
        Place::Left => ui::badge(Tone::Neutral, "", &locale.t("waitlist-state-left")),
        Place::Lapsed => ui::badge(Tone::Neutral, "", &locale.t("waitlist-state-lapsed")),
    }
}

fn ended_table(shown: &ListPage) -> Markup {
    let (view, locale) = (&shown.view, shown.view.locale);
    let head = [
        ui::head(locale.t("waitlist-who")),
        ui::head(locale.t("waitlist-what")),
        ui::head(locale.t("waitlist-state")),
    ];
    let row = |one: &Named| {
        ui::row(vec![
            html! {
                a class="link" href=(format!("/waiting/{}", one.entry.id)) { (one.name) }
            },
            what(view, one),
            place(view, &one.entry),
        ])
    };
    let rows: Vec<_> = shown.ended.iter().map(row).collect();
    ui::stacking_table(&head, &rows)
}

/// What the page of an entry shows.
pub(crate) struct ShowPage {
    pub(crate) view: View,
    pub(crate) shown: Named,
    /// How many come before for the same service.
    pub(crate) ahead: i64,
    pub(crate) offers: Vec<Offer>,
    /// Free times that suit.
    pub(crate) times: Vec<Candidate>,
}

/// What can be done with an entry.
pub(crate) fn entry_actions(page: &ShowPage) -> Markup {
    let locale = page.view.locale;
    let entry = &page.shown.entry;
    html! {
        @if page.view.may_edit && entry.place == Place::Waiting {
            (ui::post_button(locale.t("waitlist-remove"), format!("/waiting/{}/removal", entry.id))
                .ghost().icon("user-x"))
        }
    }
}

/// The page of an entry.
pub(crate) fn show(page: &ShowPage, fault: Option<&Fault>) -> Markup {
    let (view, locale) = (&page.view, page.view.locale);
    let entry = &page.shown.entry;
    let phone = format::phone_masked(&page.shown.phone);
    html! {
        (fault_above(fault, locale))
        div class="split" id="waiting-entry" data-live="waiting order" {
            div class="stack" {
                @if !page.offers.is_empty() {
                    (ui::card(&locale.t("waitlist-offers"), html! {}, offers(page)))
                }
                @if entry.place == Place::Waiting && view.may_edit { (times(page)) }
            }
            aside class="stack" {
                (ui::plain_card(ui::kv(&[
                    (locale.t("waitlist-what"), what(view, &page.shown)),
                    (locale.t("waitlist-phone"), html! { span class="num" { (phone) } }),
                    (locale.t("waitlist-since"), html! {
                        span class="num" { (day_and_clock(locale, &view.site, entry.joined)) }
                    }),
                    (locale.t("waitlist-ahead"), html! { span class="num" { (page.ahead) } }),
                    (locale.t("waitlist-state"), place(view, entry)),
                ])))
                @if !entry.note.is_empty() { (ui::note(Tone::Info, html! { p { (entry.note) } })) }
            }
        }
    }
}

fn offers(page: &ShowPage) -> Markup {
    let (view, locale) = (&page.view, page.view.locale);
    let under = |offer: &Offer, rest: &str| {
        format!("/waiting/{}/offers/{}/{rest}", offer.waiting, offer.id)
    };
    html! {
        ul class="stack" {
            @for offer in &page.offers {
                li class="row between wrap" {
                    span {
                        b class="num" { (day_and_clock(locale, &view.site, offer.start)) }
                        " " span class="muted sm" {
                            (offer.state.label(locale))
                            @if offer.state == OfferState::Open {
                                " · " (locale.tx("waitlist-offered-until", &[
                                    ("time", clock(&view.site, offer.until).into()),
                                ]))
                            }
                        }
                        @if offer.state == OfferState::Open && offer.told == 0 {
                            div class="warnt sm" { (locale.t("waitlist-call")) }
                        }
                    }
                    @if offer.state == OfferState::Open && view.may_edit {
                        span class="row" {
                            (ui::post_button(locale.t("waitlist-accept"),
                                under(offer, "acceptance")).primary().small().icon("check"))
                            (ui::post_button(locale.t("waitlist-decline"),
                                under(offer, "refusal")).ghost().small().icon("x"))
                        }
                    }
                }
            }
        }
    }
}

fn times(page: &ShowPage) -> Markup {
    let (view, locale) = (&page.view, page.view.locale);
    let open = page
        .offers
        .iter()
        .any(|offer| offer.state == OfferState::Open);
    if open {
        return html! {};
    }
    if page.times.is_empty() {
        return ui::empty(
            "calendar-x",
            &locale.t("waitlist-nothing-free"),
            &locale.t("waitlist-nothing-free-text"),
            html! {},
        );
    }
    let action = format!("/waiting/{}/offers", page.shown.entry.id);
    ui::card(
        &locale.t("waitlist-free"),
        html! {},
        html! {
            form class="form" method="post" action=(action) data-once {
                @if let Some(staff) = page.shown.entry.wish.staff { (ui::hidden("staff", staff)) }
                fieldset class="field slotpick" {
                    legend { (locale.t("waitlist-choose-time")) }
                    div class="slotpick__g" {
                        @for one in &page.times {
                            label class="slot" {
                                input type="radio" name="start" value=(one.start);
                                span class="num" {
                                    (day_and_clock(locale, &view.site, one.start))
                                }
                            }
                        }
                    }
                }
                div class="form__f" {
                    (ui::button(locale.t("waitlist-offer")).primary().icon("bell"))
                }
            }
        },
    )
}

/// What the page of joining shows.
pub(crate) struct NewPage {
    pub(crate) view: View,
}

/// Putting somebody on the list.
pub(crate) fn new(page: &NewPage, typed: &Fields, fault: Option<&Fault>) -> Markup {
    let (view, locale) = (&page.view, page.view.locale);
    let error = |field: &str| error_of(fault, field, locale);
    let service = |service: &offers::Service| {
        let name = service.name.get(locale).to_owned();
        (service.id.to_string(), name)
    };
    let services: Vec<(String, String)> = view.services.iter().map(service).collect();
    let also: Vec<(String, String)> = view
        .others
        .iter()
        .chain(&view.services)
        .map(service)
        .collect();
    let chosen = typed.list("also");
    let mut people = vec![(String::new(), locale.t("waitlist-anybody"))];
    people.extend(view.staff.iter().map(|staff| {
        let name = staff.shown(locale).to_owned();
        (staff.id.to_string(), name)
    }));
    let week = view.site.date_of(view.now);
    let last = week.checked_add(std::time::Duration::from_secs(13 * 86_400));
    let last = last.unwrap_or(week).to_string();
    ui::plain_card(html! {
        form class="form" method="post" action="/waiting" data-once {
            (fault_above(fault.filter(|fault| fault.fields.is_empty()), locale))
            div { (customers::picker(locale, typed, error("customer"))) }
            @if !typed.typed("session").is_empty() {
                (ui::hidden("session", typed.typed("session")))
                (ui::number_field("seats", locale.t("waitlist-seats"))
                    .value(if typed.typed("seats").is_empty() { "1" } else { typed.typed("seats") })
                    .range(1, crate::model::SEATS_MAX).error(error("seats")))
            }
            div class="form__g" {
                (ui::select_field("service", locale.t("waitlist-service"), services)
                    .value(typed.typed("service")).error(error("service")))
                (ui::select_field("staff", locale.t("waitlist-with"), people)
                    .value(typed.typed("staff")).error(error("staff")))
            }
            (ui::disclosure(
                &locale.t("waitlist-also"),
                !chosen.is_empty() || error("also").is_some(),
                ui::choices("also", &locale.t("waitlist-also-text"), &also, &chosen,
                    error("also").as_deref()),
            ))
            (wish_fields(locale, (typed, fault), &last))
            (ui::text_field("note", locale.t("waitlist-note"))
                .value(typed.typed("note")).error(error("note")).max_length(NOTE_CHARS_MAX))
            div class="form__f" {
                (ui::button(locale.t("waitlist-join")).primary().icon("user-plus"))
                (ui::link_button(locale.t("waitlist-back"), "/waiting").ghost())
            }
        }
    })
}
