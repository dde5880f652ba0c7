//! One session and everybody who comes.

use std::collections::BTreeMap;

use kernel::{Fault, ids::OrderId};
use maud::{Markup, html};
use offers::Service;
use orders::{Card, StateName, state_label};
use people::Staff;
use ui::Tone;

use super::{View, error_of, fault_above, fill, list::state};
use crate::model::{Session, Stage};

/// What the page shows.
pub(crate) struct ShowPage {
    pub(crate) view: View,
    pub(crate) session: Session,
    pub(crate) service: Service,
    pub(crate) leader: Staff,
    pub(crate) cards: Vec<Card>,
    /// Seats, by order.
    pub(crate) seats: BTreeMap<OrderId, i64>,
    pub(crate) taken: i64,
}

impl ShowPage {
    fn under(&self, rest: &str) -> String {
        format!("/sessions/{}/{rest}", self.session.id)
    }
}

/// When it is, for the line beside the heading.
pub(crate) fn when(shown: &ShowPage) -> String {
    let (view, span) = (&shown.view, shown.session.span);
    format!("{} · {}", view.day(span.start), view.times(span))
}

/// What can be done with it next.
pub(crate) fn actions(shown: &ShowPage) -> Markup {
    let (view, session) = (&shown.view, &shown.session);
    html! {
        @if matches!(session.stage, Stage::Planned) {
            @if view.may_plan {
                (ui::link_button(view.t("sessions-cancel"), shown.under("cancellation"))
                    .ghost().icon("calendar-x"))
                (ui::link_button(view.t("sessions-change"), shown.under("content"))
                    .icon("pencil"))
            }
            @if view.may_serve && session.is_near(view.now) {
                (ui::post_button(view.t("sessions-begin"), shown.under("start"))
                    .primary().icon("play"))
            }
        }
        @if matches!(session.stage, Stage::Running { .. }) && view.may_serve {
            (ui::post_button(view.t("sessions-end"), shown.under("completion"))
                .primary().icon("check"))
        }
    }
}

/// The page.
pub(crate) fn show(shown: &ShowPage, typed: &web::Fields, fault: Option<&Fault>) -> Markup {
    let (view, session) = (&shown.view, &shown.session);
    let ahead = matches!(session.stage, Stage::Planned | Stage::Running { .. });
    html! {
        (fault_above(fault.filter(|fault| fault.fields.is_empty()), view.locale))
        @if let Some(reason) = session.stage.reason() {
            (ui::note(Tone::Warn, html! {
                p { (view.t("sessions-state-cancelled")) ": " (reason) }
            }))
        }
        div class="split" id="session-page" data-live="session order" {
            div class="stack" { (people(shown)) }
            aside class="stack" {
                (ui::plain_card(ui::kv(&[
                    (view.t("sessions-state"), state(view, session, shown.taken)),
                    (view.t("sessions-seats"), fill(view.locale, shown.taken, session.seats)),
                    (view.t("sessions-leader"), html! {
                        (ui::avatar_small(shown.leader.shown(view.locale), shown.leader.colour))
                        " " (shown.leader.shown(view.locale))
                    }),
                    (view.t("sessions-room"), html! { (view.room(session.room)) }),
                    (view.t("sessions-each"), html! { span class="num" { (session.each_max) } }),
                ])))
                @if view.may_take && ahead && shown.taken < session.seats {
                    (sell(shown, typed, fault))
                } @else if view.may_take && ahead {
                    @let way = format!("/waiting/new?service={}&session={}&last_day={}",
                        session.service, session.id, view.site.date_of(session.span.start));
                    (ui::link_button(view.t("sessions-wait"), way).icon("hourglass"))
                }
            }
        }
    }
}

fn people(shown: &ShowPage) -> Markup {
    let view = &shown.view;
    let coming: Vec<&Card> = shown
        .cards
        .iter()
        .filter(|card| {
            let name = card.order.state.name();
            !matches!(name, StateName::Expired)
        })
        .collect();
    if coming.is_empty() {
        return ui::empty(
            "users",
            &view.t("sessions-nobody"),
            &view.t("sessions-nobody-text"),
            html! {},
        );
    }
    let head = [
        ui::head(view.t("sessions-participant")),
        ui::head(view.t("sessions-count")).number(),
        ui::head(view.t("sessions-number")).drop(1),
        ui::head(view.t("sessions-state")),
        ui::head(""),
    ];
    let rows: Vec<_> = coming.iter().map(|card| person(shown, card)).collect();
    ui::table(&head, &rows)
}

fn person(shown: &ShowPage, card: &Card) -> ui::Row {
    let (view, order) = (&shown.view, &card.order);
    let state = order.state.name();
    let tone = match state {
        StateName::Waiting | StateName::Serving | StateName::Finished => Tone::Ok,
        StateName::Held => Tone::Info,
        StateName::NoShow => Tone::Warn,
        _ => Tone::Neutral,
    };
    let name = match card.customer_name(view.locale) {
        "" => view.t("sessions-unnamed"),
        name => name.to_owned(),
    };
    let seats = shown.seats.get(&order.id);
    let arrival = shown.under(&format!("participants/{}/arrival", order.id));
    ui::row(vec![
        html! { a class="link" href=(format!("/orders/{}", order.id)) { (name) } },
        html! { @if let Some(seats) = seats { span class="num" { (seats) } } },
        html! { span class="num muted" { (order.code) } },
        ui::badge(tone, "", &state_label(state, view.locale)),
        html! {
            @if state == StateName::Booked && view.may_take {
                (ui::post_button(view.t("sessions-check-in"), arrival)
                    .small().icon("user-check"))
            }
        },
    ])
    .id(format!("p-{}", order.id))
}

fn sell(shown: &ShowPage, typed: &web::Fields, fault: Option<&Fault>) -> Markup {
    let view = &shown.view;
    let error = |field: &str| error_of(fault, field, view.locale);
    let left = shown.session.seats - shown.taken;
    let most = left.min(shown.session.each_max);
    let count = match typed.typed("count") {
        "" => "1",
        typed => typed,
    };
    ui::card(
        &view.t("sessions-sell"),
        html! {
            span class="meta num" {
                (view.locale.tx("sessions-left", &[("left", left.into())]))
            }
        },
        html! {
            form class="form" method="post" action=(shown.under("seats")) data-once {
                div { (customers::picker(view.locale, typed, error("customer"))) }
                (ui::number_field("count", view.t("sessions-count"))
                    .value(count).range(1, most).error(error("count")))
                (ui::text_field("note", view.t("sessions-note"))
                    .value(typed.typed("note")).error(error("note")).max_length(500))
                (ui::checkbox("by_phone", view.t("sessions-by-phone"), typed.flag("by_phone")))
                div class="form__f" {
                    (ui::button(view.t("sessions-sell-do")).primary().icon("user-plus"))
                }
            }
        },
    )
}
