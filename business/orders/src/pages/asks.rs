//! Pages that ask one thing before something is done: why, when, what instead.

use kernel::{Fault, format, ids::StaffId};
use maud::{Markup, html};
use web::Fields;

use super::{View, fault_above, path, slot::people_options};
use crate::model::{Level, Line, NOTE_CHARS_MAX, Order, REASON_CHARS_MAX, Step};

pub(super) fn error_of(fault: Option<&Fault>, field: &str, view: &View) -> Option<String> {
    fault.and_then(|fault| fault.of_field(field, view.locale))
}

/// A form about an order with a way back.
pub(super) fn asking(
    view: &View,
    order: &Order,
    action: &str,
    fields: Markup,
    button: ui::Button,
) -> Markup {
    ui::plain_card(html! {
        form class="form" method="post" action=(action) data-once {
            p class="dim" { (order.code) " · " (order.title(view.locale)) }
            (fields)
            div class="form__f" {
                (button)
                (ui::link_button(view.t("orders-back"), path(order)).ghost())
            }
        }
    })
}

/// Why is the order called off?
pub(crate) fn cancellation_page(
    view: &View,
    order: &Order,
    typed: &Fields,
    fault: Option<&Fault>,
) -> Markup {
    let fields = html! {
        (fault_above(fault, view.locale))
        (ui::text_area("reason", view.t("orders-reason"), 3)
            .value(typed.typed("reason"))
            .hint(view.t("orders-reason-hint"))
            .error(error_of(fault, "reason", view))
            .max_length(REASON_CHARS_MAX)
            .required()
            .autofocus())
    };
    let button = ui::button(view.t("orders-do-cancel")).danger().icon("x");
    asking(
        view,
        order,
        &format!("{}/cancellation", path(order)),
        fields,
        button,
    )
}

/// What went wrong in a step?
pub(crate) fn failure_page(
    view: &View,
    order: &Order,
    step: &Step,
    typed: &Fields,
    fault: Option<&Fault>,
) -> Markup {
    let name = step.name.get(view.locale);
    let fields = html! {
        (fault_above(fault, view.locale))
        p { (view.locale.tx("orders-failure-of", &[("step", name.into())])) }
        (ui::text_area("cause", view.t("orders-cause"), 3)
            .value(typed.typed("cause"))
            .hint(view.t("orders-cause-hint"))
            .error(error_of(fault, "cause", view))
            .max_length(REASON_CHARS_MAX)
            .required()
            .autofocus())
    };
    let button = ui::button(view.t("orders-do-fail"))
        .danger()
        .icon("triangle-alert");
    let action = format!("{}/steps/{}/failure", path(order), step.id);
    asking(view, order, &action, fields, button)
}

/// What is sold instead, and what is known?
pub(crate) fn content_page(
    view: &View,
    (order, lines): (&Order, &[Line]),
    services: &[(String, String)],
    typed: &Fields,
    fault: Option<&Fault>,
) -> Markup {
    let conflict = fault.is_some_and(|fault| fault.kind == kernel::FaultKind::Conflict);
    let levels: Vec<(String, String)> = Level::ALL
        .iter()
        .map(|level| (level.as_str().to_owned(), level.label(view.locale)))
        .collect();
    let of_customer = error_of(fault, "customer", view).or(error_of(fault, "name", view));
    let fields = html! {
        (fault_above(fault, view.locale))
        @if conflict { (ui::note(ui::Tone::Warn, now_kept(view, order, lines))) }
        (ui::hidden("version", order.version))
        (line_fields(view, (services, &[]), typed, fault))
        div class="form__g" {
            div { (customers::picker(view.locale, typed, of_customer)) }
            (ui::radios("level", &view.t("orders-level"), &levels, typed.typed("level")))
            (ui::text_area("note", view.t("orders-remark"), 4)
                .value(typed.typed("note"))
                .error(error_of(fault, "note", view))
                .max_length(NOTE_CHARS_MAX)
                .class("field--w"))
        }
    };
    let button = ui::button(view.t("orders-content-save"))
        .primary()
        .icon("save");
    asking(
        view,
        order,
        &format!("{}/content", path(order)),
        fields,
        button,
    )
}

/// What the order contains now, for whoever was overtaken.
fn now_kept(view: &View, order: &Order, lines: &[Line]) -> Markup {
    html! {
        p { b { (view.t("orders-content-now")) } }
        @for line in lines {
            p { (line.quantity) " × " (line.name.get(view.locale)) " "
                span class="num" { (format::money_exact(&line.amount())) } }
        }
        @if !order.note.is_empty() { p { (order.note) } }
    }
}

/// How many lines a form offers beyond those in use.
const SPARE_LINES: usize = 2;
/// The most lines a form offers.
pub(crate) const FORM_LINES_MAX: usize = 12;

/// Rows of service and quantity: those typed, and a few empty ones; with `servers`, also by whom
/// each further service is to be served.
pub(crate) fn line_fields(
    view: &View,
    (services, servers): (&[(String, String)], &[StaffId]),
    typed: &Fields,
    fault: Option<&Fault>,
) -> Markup {
    let used = (0..FORM_LINES_MAX)
        .rev()
        .find(|at| !typed.typed(&format!("service{at}")).is_empty())
        .map_or(0, |at| at + 1);
    let rows = (used + SPARE_LINES).min(FORM_LINES_MAX);
    let mut options = vec![(String::new(), view.t("orders-line-none"))];
    options.extend(services.iter().cloned());
    let people = people_options(view, servers);
    html! {
        fieldset class="field lines" {
            legend { (view.t("orders-lines")) }
            @for at in 0..rows {
                @let (service, quantity) = (format!("service{at}"), format!("quantity{at}"));
                @let label = if at == 0 { view.t("orders-line-first") }
                    else { view.t("orders-line-more") };
                @let wrong = if at == 0 { error_of(fault, "service", view) } else { None };
                @let count = if typed.typed(&quantity).is_empty() { "1" }
                    else { typed.typed(&quantity) };
                div class="lines__r" {
                    (ui::select_field(&service, label, options.clone())
                        .value(typed.typed(&service)).error(wrong))
                    (ui::number_field(&quantity, view.t("orders-line-quantity"))
                        .value(count).range(1, 999).class("field--s")
                        .error(error_of(fault, &quantity, view)))
                    @if at > 0 && !servers.is_empty() {
                        @let with = format!("with{at}");
                        (ui::select_field(&with, view.t("orders-slot-staff"), people.clone())
                            .value(typed.typed(&with)))
                    }
                }
            }
            @if let Some(wrong) = error_of(fault, "quantity", view) {
                span class="err" { (ui::icon("octagon-alert")) (wrong) }
            }
        }
    }
}
