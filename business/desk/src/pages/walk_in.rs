//! Taking a walk-in, and the page of one ticket at the desk.

use kernel::{Locale, format, ids::CustomerId};
use offers::Service;
use people::Staff;
use ui::{Markup, html};

use super::fault_of;

/// What the walk-in form shows.
#[derive(Debug, Clone, Default)]
pub(crate) struct WalkInView {
    /// Services on offer at the desk, with the wait right now in words.
    pub services: Vec<(Service, String)>,
    /// Who serves at the site.
    pub staff: Vec<Staff>,
    /// The customer as typed: a name, a phone or both.
    pub customer: String,
    /// The chosen service.
    pub service: String,
    /// The chosen person.
    pub person: String,
    /// Why the order goes before others, when it does.
    pub priority: String,
    /// What the customer said.
    pub note: String,
    /// What is wrong, by field.
    pub faults: Vec<(String, String)>,
}

/// The form as a dialog over Today.
pub(crate) fn dialog(locale: Locale, view: &WalkInView) -> Markup {
    ui::dialog(
        locale,
        "walk-in",
        &locale.t("desk-walk-in-title"),
        form(locale, view),
        html! {},
    )
}

/// The form as a page of its own.
pub(crate) fn page(locale: Locale, view: &WalkInView) -> Markup {
    html! { (ui::errors(locale, &view.faults)) (ui::plain_card(form(locale, view))) }
}

fn form(locale: Locale, view: &WalkInView) -> Markup {
    let services = view.services.iter().map(|(service, wait)| {
        let minutes = format::minutes(locale, service.minutes);
        let price = format::money(&service.price);
        let words = format!(
            "{} · {minutes} · {price} · {wait}",
            service.name.get(locale)
        );
        (service.id.to_string(), words)
    });
    let anyone = (String::new(), locale.t("desk-anyone"));
    let staff = view
        .staff
        .iter()
        .map(|member| (member.id.to_string(), member.shown(locale).to_owned()));
    let staff: Vec<(String, String)> = std::iter::once(anyone).chain(staff).collect();
    html! {
        form class="form" method="post" action="/today/walk-in" data-once {
            div class="form__g" {
                (ui::text_field("customer", locale.t("desk-customer")).value(&view.customer)
                    .placeholder(locale.t("desk-customer-hint")).max_length(120)
                    .autocomplete("off").optional(locale).class("field--w").autofocus()
                    .error(fault_of(&view.faults, "customer")))
                (ui::select_field("service", locale.t("desk-service"), services)
                    .value(&view.service).required().class("field--w")
                    .error(fault_of(&view.faults, "service")))
                (ui::select_field("staff", locale.t("desk-with"), staff).value(&view.person)
                    .error(fault_of(&view.faults, "staff")))
                (ui::text_field("note", locale.t("desk-note")).value(&view.note).max_length(300)
                    .optional(locale).autocomplete("off")
                    .error(fault_of(&view.faults, "note")))
                (ui::text_field("reason", locale.t("desk-priority-why")).value(&view.priority)
                    .max_length(120).optional(locale).autocomplete("off").class("field--w")
                    .hint(locale.t("desk-priority-why-hint"))
                    .error(fault_of(&view.faults, "reason")))
            }
            div class="form__f" {
                (ui::button(locale.t("desk-give-number")).primary().icon("ticket"))
            }
        }
    }
}

/// A ticket at the desk: its code for the customer's phone, and whom to give the job to.
pub(crate) struct TicketDesk {
    /// The ticket.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Whose it is, where that is known.
    pub customer: Option<CustomerId>,
    /// Customer and service in words.
    pub about: String,
    /// The range told, in words.
    pub wait: String,
    /// The drawn code.
    pub code: Markup,
    /// The customer's address.
    pub address: String,
    /// Who can take it, and whether they are free now.
    pub people: Vec<(Staff, bool)>,
    /// Whom it was given to.
    pub chosen: Option<kernel::ids::StaffId>,
    /// The lines it can be sent to: letter and name.
    pub lines: Vec<(String, String)>,
    /// Why it goes before others, when it does.
    pub reason: Option<String>,
    /// Whether its place can change still.
    pub may_move: bool,
}

/// The page of one ticket.
pub(crate) fn ticket(locale: Locale, view: &TicketDesk) -> Markup {
    let assign = format!("/queue/tickets/{}/assignment", view.id);
    let others = |noun: &str| format!("/queue/tickets/{}/{noun}", view.id);
    html! {
        div class="stack" {
            (ui::card(&view.about, html! { span class="muted" { (view.wait) } }, html! {
                div class="poster" {
                    div class="poster__code" role="img"
                        aria-label=(locale.t("desk-ticket-code")) { (view.code) }
                    p class="sm muted" { (locale.t("desk-ticket-scan")) }
                    a class="link sm" href=(view.address) { (locale.t("desk-ticket-open")) }
                }
            }))
            (ui::card(&locale.t("desk-assign-title"), html! {}, html! {
                div class="row wrap" {
                    @for (member, free) in &view.people {
                        (assign_button(locale, &assign, member, *free, view.chosen))
                    }
                    (ui::post_button(locale.t("desk-anyone"), assign.clone()))
                }
            }))
            (ui::card(&locale.t("desk-later-title"), html! {}, html! {
                div class="row wrap" { (later(locale, &others)) }
            }))
            @if view.may_move { (place(locale, view, &others)) }
        }
    }
}

/// Another line, and priority with its reason.
fn place(locale: Locale, view: &TicketDesk, others: &dyn Fn(&str) -> String) -> Markup {
    html! {
        @if !view.lines.is_empty() {
            (ui::card(&locale.t("desk-line-title"), html! {}, html! {
                div class="row wrap" {
                    @for (code, name) in &view.lines {
                        (ui::post_button(locale.tx("desk-line-to", &[("name", name.into())]),
                            others("line")).hidden("line", code))
                    }
                }
            }))
        }
        (ui::card(&locale.t("desk-priority-title"), html! {}, html! {
            @match &view.reason {
                Some(reason) => p {
                    (locale.tx("desk-priority-kept", &[("reason", reason.into())]))
                },
                None => form class="form" method="post" action=(others("priority")) data-once {
                    (ui::text_field("reason", locale.t("desk-priority-reason")).required()
                        .max_length(120).autocomplete("off"))
                    div class="form__f" { (ui::button(locale.t("desk-priority-give"))) }
                },
            }
        }))
    }
}

fn later(locale: Locale, others: &dyn Fn(&str) -> String) -> Markup {
    html! {
        @for count in [1, 2, 3] {
            (ui::post_button(locale.tx("desk-back-places", &[("count", count.into())]),
                others("turn")).hidden("count", count))
        }
        @for minutes in [10, 20, 30] {
            (ui::post_button(locale.tx("desk-away-minutes", &[("minutes", minutes.into())]),
                others("absence")).hidden("minutes", minutes))
        }
        (ui::post_button(locale.t("desk-put-back"), others("return")))
    }
}

fn assign_button(
    locale: Locale,
    action: &str,
    member: &Staff,
    free: bool,
    chosen: Option<kernel::ids::StaffId>,
) -> Markup {
    let name = member.shown(locale);
    let label = if free {
        locale.tx("desk-name-free", &[("name", name.into())])
    } else {
        name.to_owned()
    };
    let button = ui::post_button(label, action).hidden("staff", member.id);
    let button = if chosen == Some(member.id) {
        button.soft().icon("check")
    } else {
        button
    };
    html! { (button) }
}
