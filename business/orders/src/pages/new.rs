//! Taking an order: what, for whom, when.

use kernel::{Fault, ids::StaffId};
use maud::{Markup, html};
use web::Fields;

use super::{SlotAsk, View, asks::line_fields, fault_above, list::encode, slot::slot_picker};
use crate::model::{Kind, NOTE_CHARS_MAX};

/// What the page shows.
pub(crate) struct NewPage<'p> {
    pub view: &'p View,
    pub kind: Kind,
    /// What was typed so far.
    pub typed: &'p Fields,
    /// Services on offer here: identity and name with price.
    pub services: &'p [(String, String)],
    /// Who serves here.
    pub servers: &'p [StaffId],
    /// Free times, when a time is asked for.
    pub slots: Option<SlotAsk<'p>>,
    /// Inputs of the business's own fields.
    pub own: &'p Markup,
    pub fault: Option<&'p Fault>,
}

/// Taking an order.
pub(crate) fn new_page(new: &NewPage) -> Markup {
    let (view, typed, fault) = (new.view, new.typed, new.fault);
    let error = |field: &str| fault.and_then(|fault| fault.of_field(field, view.locale));
    let of_customer = error("customer").or(error("name")).or(error("phone"));
    let with = if new.slots.is_some() {
        new.servers
    } else {
        &[]
    };
    html! {
        (ui::seg(&view.t("orders-new-kind"), &kinds(new)))
        form class="stack mt" method="post" action="/orders" data-once {
            (fault_above(fault, view.locale))
            (ui::hidden("kind", new.kind.as_str()))
            div class="split" {
                div class="stack" {
                    (ui::plain_card(html! {
                        (customers::picker(view.locale, typed, of_customer))
                    }))
                    (ui::plain_card(html! {
                        div class="form" {
                            (line_fields(view, (new.services, with), typed, fault))
                        }
                    }))
                    @if let Some(ask) = &new.slots {
                        (ui::plain_card(html! {
                            div class="form" {
                                (slot_picker(view, ask, new.servers, "/orders/new"))
                            }
                        }))
                    }
                }
                aside aria-label=(view.t("orders-new-rest")) {
                    (ui::plain_card(html! { div class="form" { (rest(new)) } }))
                }
            }
        }
    }
}

/// The kinds as tabs; what was typed is carried along.
fn kinds(new: &NewPage) -> Vec<ui::Tab> {
    let carried: String = new
        .typed
        .values()
        .iter()
        .filter(|(name, value)| name != "kind" && name != "start" && !value.is_empty())
        .map(|(name, value)| format!("&{}={}", encode(name), encode(value)))
        .collect();
    let tab = |kind: &Kind| {
        let address = format!("/orders/new?kind={}{carried}", kind.as_str());
        ui::Tab::new(kind.label(new.view.locale), address, *kind == new.kind)
    };
    Kind::ALL.iter().map(tab).collect()
}

fn rest(new: &NewPage) -> Markup {
    let (view, typed) = (new.view, new.typed);
    let error = |field: &str| {
        new.fault
            .and_then(|fault| fault.of_field(field, view.locale))
    };
    let submit = match new.kind {
        Kind::WalkIn => ("orders-take-walk-in", "ticket"),
        Kind::Booking => ("orders-take-booking", "calendar-plus"),
        _ => ("orders-take", "plus"),
    };
    html! {
        (ui::text_area("note", view.t("orders-remark"), 4)
            .value(typed.typed("note"))
            .error(error("note"))
            .placeholder(view.t("orders-remark-hint"))
            .max_length(NOTE_CHARS_MAX))
        (new.own)
        (ui::checkbox("priority", view.t("orders-priority"), typed.flag("priority")))
        (ui::checkbox("by_phone", view.t("orders-by-phone"), typed.flag("by_phone")))
        div class="form__f" {
            (ui::button(view.t(submit.0)).primary().icon(submit.1).large().wide())
            @if new.kind == Kind::Booking {
                (ui::button(view.t("orders-do-repeat"))
                    .icon("repeat")
                    .attr("formmethod", "get")
                    .attr("formaction", "/series/new")
                    .attr("formnovalidate", ""))
            }
        }
    }
}
