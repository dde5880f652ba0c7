//! The sessions ahead, and the services held for groups.

use std::collections::BTreeMap;

use kernel::{
    Date, Fault,
    ids::{GroupSessionId, ServiceId},
};
use maud::{Markup, html};
use ui::Tone;

use super::{View, error_of, fill};
use crate::model::{GroupOffer, SEATS_MAX, Session, Stage};

/// What the list shows.
pub(crate) struct ListPage {
    pub(crate) view: View,
    pub(crate) sessions: Vec<Session>,
    /// The first and the last day shown.
    pub(crate) days: [Date; 2],
    /// Whether somebody chose those days.
    pub(crate) chosen: bool,
    /// Seats taken, by session.
    pub(crate) taken: BTreeMap<GroupSessionId, i64>,
    pub(crate) offers: BTreeMap<ServiceId, GroupOffer>,
}

/// The way to a new session.
pub(crate) fn plan_button(shown: &ListPage) -> Markup {
    html! {
        @if shown.view.may_plan {
            (ui::link_button(shown.view.t("sessions-new"), "/sessions/new")
                .primary().icon("plus"))
        }
    }
}

/// The list.
pub(crate) fn list(shown: &ListPage, typed: &web::Fields, fault: Option<&Fault>) -> Markup {
    let view = &shown.view;
    html! {
        div class=[view.may_plan.then_some("split")] {
            div id="session-list" class="stack" data-live="session order" {
                (days(shown))
                @if shown.sessions.is_empty() {
                    (ui::empty(
                        "book-open",
                        &view.t(if shown.chosen { "sessions-none-then" } else { "sessions-none" }),
                        &view.t("sessions-none-text"),
                        plan_button(shown),
                    ))
                } @else { (table(shown)) }
            }
            @if view.may_plan { aside { (offers(shown, typed, fault)) } }
        }
    }
}

/// The days that are shown, to choose others.
fn days(shown: &ListPage) -> Markup {
    let view = &shown.view;
    let [from, to] = shown.days;
    html! {
        form method="get" action="/sessions" class="filters" {
            (ui::date_field("from", view.t("sessions-from")).value(from))
            (ui::date_field("to", view.t("sessions-to")).value(to))
            div class="filters__f" { (ui::button(view.t("sessions-show"))) }
        }
    }
}

fn table(shown: &ListPage) -> Markup {
    let view = &shown.view;
    let head = [
        ui::head(view.t("sessions-day")),
        ui::head(view.t("sessions-time")),
        ui::head(view.t("sessions-what")),
        ui::head(view.t("sessions-leader")).drop(1),
        ui::head(view.t("sessions-room")).drop(2),
        ui::head(view.t("sessions-seats")),
        ui::head(view.t("sessions-state")).drop(1),
    ];
    let row = |session: &Session| {
        let taken = shown.taken.get(&session.id).copied().unwrap_or(0);
        ui::row(vec![
            html! { span class="num" { (view.day(session.span.start)) } },
            html! { span class="num" { (view.times(session.span)) } },
            html! { b { (view.service_name(session.service)) } },
            html! { (view.who(session.staff)) },
            html! { (view.room(session.room)) },
            fill(view.locale, taken, session.seats),
            state(view, session, taken),
        ])
        .href(format!("/sessions/{}", session.id))
        .id(format!("s-{}", session.id))
    };
    let rows: Vec<_> = shown.sessions.iter().map(row).collect();
    ui::table(&head, &rows)
}

impl View {
    /// Where a session stands, in words.
    pub(crate) fn state_words(&self, session: &Session, taken: i64) -> String {
        self.t(match session.stage {
            Stage::Planned if taken >= session.seats => "sessions-state-full",
            Stage::Planned => "sessions-state-planned",
            Stage::Running { .. } => "sessions-state-running",
            Stage::Ended { .. } => "sessions-state-ended",
            Stage::Cancelled { .. } => "sessions-state-cancelled",
        })
    }
}

/// Where a session stands, as a badge.
pub(super) fn state(view: &View, session: &Session, taken: i64) -> Markup {
    let (tone, icon) = match session.stage {
        Stage::Planned if taken >= session.seats => (Tone::Warn, "users"),
        Stage::Planned => (Tone::Neutral, "calendar"),
        Stage::Running { .. } => (Tone::Info, "play"),
        Stage::Ended { .. } => (Tone::Ok, "check"),
        Stage::Cancelled { .. } => (Tone::Neutral, "x"),
    };
    ui::badge(tone, icon, &view.state_words(session, taken))
}

fn offers(shown: &ListPage, typed: &web::Fields, fault: Option<&Fault>) -> Markup {
    let view = &shown.view;
    html! {
        (ui::card(&view.t("sessions-offers"), html! {}, html! {
            p class="muted sm" { (view.t("sessions-offers-text")) }
            @for offer in shown.offers.values() { (offered(view, offer)) }
            (offer_form(view, typed, fault))
        }))
    }
}

fn offered(view: &View, offer: &GroupOffer) -> Markup {
    let name = view.service_name(offer.service);
    let facts = view.locale.tx(
        "sessions-offer-facts",
        &[
            ("seats", offer.seats.into()),
            ("max", offer.each_max.into()),
        ],
    );
    let remove = view.locale.tx(
        "sessions-offer-remove",
        &[("service", name.as_str().into())],
    );
    html! {
        div class="row between" {
            span { b { (name) } " " span class="muted sm" { (facts) } }
            (ui::post_button(remove, format!("/sessions/offers/{}/removal", offer.service))
                .ghost().small().icon("x").icon_only())
        }
    }
}

fn offer_form(view: &View, typed: &web::Fields, fault: Option<&Fault>) -> Markup {
    let error = |field: &str| error_of(fault, field, view.locale);
    let options: Vec<(String, String)> = view
        .services
        .iter()
        .map(|service| {
            let name = service.name.get(view.locale).to_owned();
            (service.id.to_string(), name)
        })
        .collect();
    let value = |field: &str, standard: &str| match typed.typed(field) {
        "" => standard.to_owned(),
        typed => typed.to_owned(),
    };
    html! {
        form class="form mt" method="post" action="/sessions/offers" data-once {
            (ui::select_field("service", view.t("sessions-what"), options)
                .value(typed.typed("service")).error(error("service")))
            div class="form__g" {
                (ui::number_field("seats", view.t("sessions-seats"))
                    .value(value("seats", "10")).range(1, SEATS_MAX).error(error("seats")))
                (ui::number_field("each_max", view.t("sessions-each"))
                    .value(value("each_max", "4")).range(1, SEATS_MAX).error(error("each_max")))
            }
            div class="form__f" {
                (ui::button(view.t("sessions-offer-save")).soft().icon("save"))
            }
        }
    }
}
