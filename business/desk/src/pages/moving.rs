//! A booking with the form that moves it: the way without dragging.

use kernel::Locale;
use orders::Card;
use ui::{Markup, html};

use super::fault_of;
use crate::calendar::name;

/// What the page that moves a booking shows.
pub(crate) struct MoveView {
    /// The order.
    pub card: Card,
    /// Where it stands in words: day and times.
    pub when: String,
    /// Who can serve: id and name.
    pub people: Vec<(String, String)>,
    /// Day, time and person as typed or as they are.
    pub typed: (String, String, String),
    /// Free times near the one wanted: what to send and how it reads.
    pub near: Vec<Near>,
    /// What is wrong, by field.
    pub faults: Vec<(String, String)>,
    /// What is wrong with the whole.
    pub fault: String,
    /// Whether it can be moved at all.
    pub moves: bool,
}

/// A free time to choose with one press.
pub(crate) struct Near {
    /// Day, time and person, as the form sends them.
    pub values: (String, String, String),
    /// How it reads.
    pub words: String,
}

/// A booking with the form that moves it: the way without dragging.
pub(crate) fn body(locale: Locale, view: &MoveView) -> Markup {
    let order = &view.card.order;
    let action = format!("/calendar/orders/{}", order.id);
    let (day, time, person) = &view.typed;
    html! {
        div class="stack" {
            (ui::form_error(&view.fault))
            (ui::errors(locale, &view.faults))
            (ui::card(&name(locale, &view.card), html! {
                (ui::badge(ui::Tone::Neutral, "", &orders::state_label(order.state.name(), locale)))
            }, html! {
                p { (order.title(locale)) " · " (view.when) }
                div class="row wrap" {
                    (ui::link_button(locale.t("desk-open-order"), format!("/orders/{}", order.id)))
                    (ui::link_button(locale.t("desk-customer-page"), order.customer.map_or(
                        "/customers".to_owned(), |id| format!("/customers/{id}"))).ghost())
                }
            }))
            @if view.moves {
                (ui::card(&locale.t("desk-move-title"), html! {}, html! {
                    form class="form" method="post" action=(action) data-once {
                        (ui::hidden("version", order.version))
                        div class="form__g" {
                            (ui::date_field("day", locale.t("desk-day")).value(day).required()
                                .error(fault_of(&view.faults, "day")))
                            (ui::time_field("time", locale.t("desk-time")).value(time).required()
                                .error(fault_of(&view.faults, "time")))
                            (ui::select_field("staff", locale.t("desk-with"), view.people.clone())
                                .value(person).error(fault_of(&view.faults, "staff")))
                        }
                        div class="form__f" { (ui::button(locale.t("desk-move")).primary()) }
                    }
                }))
                (near(locale, view, &action))
            }
        }
    }
}

fn near(locale: Locale, view: &MoveView, action: &str) -> Markup {
    html! {
        @if !view.near.is_empty() {
            (ui::card(&locale.t("desk-near"), html! {}, html! {
                div class="row wrap" {
                    @for near in &view.near {
                        (ui::post_button(near.words.clone(), action)
                            .hidden("version", view.card.order.version)
                            .hidden("day", &near.values.0)
                            .hidden("time", &near.values.1)
                            .hidden("staff", &near.values.2))
                    }
                }
            }))
        }
    }
}
