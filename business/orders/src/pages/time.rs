//! A time pointed at in the calendar: what fits there, or why it does not.

use kernel::{
    Date,
    ids::{ServiceId, StaffId},
};
use maud::{Markup, html};
use offers::Service;

use super::{
    View,
    slot::{OTHER_TIME, Why, people_options, said},
};

/// What the page shows.
pub(crate) struct TimePage {
    pub view: View,
    /// What takes time and is offered here.
    pub services: Vec<Service>,
    /// Who serves here.
    pub servers: Vec<StaffId>,
    pub day: Date,
    /// `14:00`, as typed.
    pub at: String,
    pub service: Option<ServiceId>,
    pub with: Option<StaffId>,
    /// The answer, once a time is given.
    pub why: Option<Why>,
}

/// What fits at a time, or why not.
pub(crate) fn time_page(time: &TimePage) -> Markup {
    let view = &time.view;
    let option = |service: &Service| {
        let name = service.name.get(view.locale).to_owned();
        (service.id.to_string(), name)
    };
    let services: Vec<(String, String)> = time.services.iter().map(option).collect();
    let is_free = time.why.as_ref().is_some_and(|why| why.reasons.is_empty());
    let ask = ui::button(view.t("orders-times-ask")).icon("circle-help");
    // One main button: to book, once the time is free.
    let ask = if is_free { ask.soft() } else { ask.primary() };
    html! {
        div class="stack" {
            (ui::plain_card(html! {
                form class="form" method="get" action="/orders/times" {
                    div class="form__g" {
                        (ui::date_field("day", view.t("orders-slot-day")).value(time.day))
                        (ui::time_field("at", view.t("orders-times-at")).value(&time.at).required())
                        (ui::select_field("service", view.t("orders-times-service"), services)
                            .value(chosen(time.service)))
                        (ui::select_field("with", view.t("orders-slot-staff"),
                            people_options(view, &time.servers)).value(chosen(time.with)))
                    }
                    div class="form__f" {
                        (ask)
                        (ui::link_button(view.t("orders-times-back"),
                            format!("/calendar?day={}", time.day)).ghost())
                    }
                }
            }))
            @if let Some(why) = &time.why { (answer(time, why)) }
            @else if time.services.is_empty() {
                (ui::empty("calendar-clock", &view.t("orders-times-none"),
                    &view.t("orders-times-none-text"), html! {}))
            }
        }
    }
}

fn chosen<I: ToString>(id: Option<I>) -> String {
    id.map(|id| id.to_string()).unwrap_or_default()
}

/// The reasons, and the way to the booking: of what is free, or over somebody busy.
fn answer(time: &TimePage, why: &Why) -> Markup {
    let view = &time.view;
    let booking = format!(
        "/orders/new?kind=booking&day={}&at={}&start={OTHER_TIME}&service0={}&with={}",
        time.day,
        time.at,
        chosen(time.service),
        chosen(time.with),
    );
    html! {
        (said(view, why, "orders-times-free"))
        div class="row wrap" {
            @if why.reasons.is_empty() {
                (ui::link_button(view.t("orders-times-book"), booking).primary().icon("plus"))
            } @else {
                @if why.is_of_staff {
                    (ui::link_button(view.t("orders-times-overbook"), booking).icon("layers"))
                }
                (ui::link_button(view.t("orders-times-others"), format!(
                    "/orders/new?kind=booking&day={}&service0={}&with={}",
                    time.day, chosen(time.service), chosen(time.with))).icon("search"))
            }
        }
    }
}
