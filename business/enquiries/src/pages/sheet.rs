//! One enquiry: what is asked, what was said, who answers, how it ends.

use customers::Customer;
use kernel::{Fault, Locale, TimeZone, Timestamp, format, ids::UserId};
use maud::{Markup, html};
use orders::{Note, Order};

use super::{clock, level_badge, when};
use crate::model::{Enquiry, Level, OUTCOME_CHARS_MAX, Owner};

/// What the page shows.
pub(crate) struct SheetView {
    pub locale: Locale,
    pub now: Timestamp,
    pub zone: TimeZone,
    pub enquiry: Enquiry,
    /// What was asked, whole.
    pub matter: String,
    pub customer: Option<Customer>,
    /// The order complained of.
    pub about: Option<Order>,
    pub notes: Vec<Note>,
    /// Who could answer.
    pub colleagues: Vec<Owner>,
    /// What they are called.
    pub called: people::Called,
    pub me: Option<UserId>,
    pub may_edit: bool,
    pub may_phone: bool,
    /// What was typed and refused.
    pub typed: String,
    pub fault: Option<Fault>,
}

impl SheetView {
    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }

    fn under(&self, rest: &str) -> String {
        format!("/enquiries/{}/{rest}", self.enquiry.order)
    }

    fn error(&self, field: &str) -> Option<String> {
        self.fault
            .as_ref()
            .and_then(|fault| fault.of_field(field, self.locale))
    }

    fn is_open(&self) -> bool {
        self.may_edit && self.enquiry.closed.is_none()
    }

    /// What was typed into a field that was refused.
    fn typed_into(&self, field: &str) -> &str {
        match self.error(field) {
            Some(_) => &self.typed,
            None => "",
        }
    }
}

/// The one thing to do next.
pub(crate) fn sheet_actions(view: &SheetView) -> Markup {
    let mine = view.enquiry.owner.as_ref().map(|owner| owner.id);
    html! {
        @if view.is_open() && mine.is_none() {
            (ui::post_button(view.t("enquiries-take"), view.under("owner")).primary()
                .icon("hand").key("A"))
        }
        @if view.may_edit && view.enquiry.closed.is_some() {
            (ui::post_button(view.t("enquiries-reopen"), view.under("reopening"))
                .icon("rotate-ccw").key("O"))
        }
    }
}

/// The page of one enquiry.
pub(crate) fn sheet(view: &SheetView) -> Markup {
    html! {
        section id="enquiry" data-live="order" class="split" {
            div class="stack" {
                (asked(view))
                (said(view))
            }
            aside class="stack" aria-label=(view.t("enquiries-facts")) {
                (facts(view))
                @if view.is_open() { (ending(view)) (triage(view)) }
            }
        }
    }
}

fn asked(view: &SheetView) -> Markup {
    let badges = html! {
        (level_badge(view.locale, view.enquiry.level))
        (clock(view.locale, &view.zone, view.now, &view.enquiry))
    };
    ui::card(
        &view.enquiry.kind.label(view.locale),
        badges,
        html! {
            p class="pre" { (view.matter) }
            @if let Some(closed) = &view.enquiry.closed {
                (ui::note(ui::Tone::Ok, html! {
                    p { b { (view.t("enquiries-outcome")) } ": " (closed.outcome) }
                }))
            }
        },
    )
}

fn said(view: &SheetView) -> Markup {
    ui::card(
        &view.t("enquiries-notes"),
        html! {},
        html! {
            @if view.notes.is_empty() {
                p class="muted sm" { (view.t("enquiries-notes-none")) }
            }
            ol class="log" {
                @for note in &view.notes {
                    li {
                        div {
                            p class="pre" { (note.text) }
                            small {
                                (when(view.locale, &view.zone, view.now, note.at)) " · "
                                (view.called.name(&note.author))
                            }
                        }
                    }
                }
            }
            @if view.is_open() {
                form class="form" method="post" action=(view.under("notes")) data-once {
                    (ui::text_area("text", view.t("enquiries-note"), 3)
                        .value(view.typed_into("text")).error(view.error("text")).required()
                        .max_length(orders::model::NOTE_CHARS_MAX).attr("data-key", "r"))
                    div class="form__f" {
                        (ui::button(view.t("enquiries-note-add")).icon("message-square"))
                    }
                }
            }
        },
    )
}

fn facts(view: &SheetView) -> Markup {
    let enquiry = &view.enquiry;
    let moment = |at| when(view.locale, &view.zone, view.now, at);
    let owner = match &enquiry.owner {
        Some(owner) if Some(owner.id) == view.me => view.t("enquiries-you"),
        Some(owner) => view.called.user(owner.id, &owner.name).to_owned(),
        None => view.t("enquiries-nobody"),
    };
    let mut facts = vec![
        (view.t("enquiries-owner"), html! { (owner) }),
        (
            view.t("enquiries-opened"),
            html! { span class="num" { (moment(enquiry.opened)) } },
        ),
        (
            view.t("enquiries-due-by"),
            html! { span class="num" { (moment(enquiry.due)) } },
        ),
        (
            view.t("enquiries-order"),
            html! {
                a class="num" href=(format!("/orders/{}", enquiry.order)) { (enquiry.code) }
            },
        ),
    ];
    if let Some(about) = &view.about {
        facts.push((
            view.t("enquiries-about"),
            html! {
                a class="num" href=(format!("/orders/{}", about.id)) { (about.code) }
                " " (about.title(view.locale))
            },
        ));
    }
    if let Some(customer) = &view.customer {
        facts.push((
            view.t("enquiries-customer"),
            html! {
                a href=(format!("/customers/{}", customer.id)) { (customer.display(view.locale)) }
                @if let Some(phone) = &customer.phone {
                    @let masked = format::phone_masked(phone.digits());
                    " "
                    @if view.may_phone { a class="num" href=(format!("tel:{}", phone.digits())) {
                        (masked) } }
                    @else { span class="num" { (masked) } }
                }
            },
        ));
    }
    ui::card(&view.t("enquiries-facts"), html! {}, ui::kv(&facts))
}

fn ending(view: &SheetView) -> Markup {
    ui::card(
        &view.t("enquiries-end"),
        html! {},
        html! {
            form class="form" method="post" action=(view.under("outcome")) data-once {
                (ui::text_area("outcome", view.t("enquiries-outcome"), 2)
                    .value(view.typed_into("outcome")).error(view.error("outcome")).required()
                    .hint(view.t("enquiries-outcome-hint"))
                    .max_length(OUTCOME_CHARS_MAX).attr("data-key", "e"))
                div class="form__f" {
                    (ui::button(view.t("enquiries-close")).primary().icon("check"))
                }
            }
        },
    )
}

fn triage(view: &SheetView) -> Markup {
    let enquiry = &view.enquiry;
    let levels = Level::ALL.map(|level| (level.as_str().to_owned(), level.label(view.locale)));
    let mut owners = vec![(String::new(), view.t("enquiries-nobody"))];
    owners.extend(view.colleagues.iter().map(|one| {
        let name = view.called.user(one.id, &one.name);
        (one.id.to_string(), name.to_owned())
    }));
    let owner = enquiry
        .owner
        .as_ref()
        .map_or(String::new(), |owner| owner.id.to_string());
    ui::card(
        &view.t("enquiries-triage"),
        html! {},
        html! {
            form class="form" method="post" action=(view.under("level")) data-once {
                (ui::hidden("version", enquiry.version))
                (ui::select_field("level", view.t("enquiries-level"), levels)
                    .value(enquiry.level.as_str()).attr("data-key", "l"))
                div class="form__f" { (ui::button(view.t("enquiries-level-set")).small()) }
            }
            form class="form" method="post" action=(view.under("hand-over")) data-once {
                (ui::hidden("version", enquiry.version))
                (ui::select_field("owner", view.t("enquiries-owner"), owners).value(owner))
                div class="form__f" { (ui::button(view.t("enquiries-hand-over")).small()) }
            }
        },
    )
}
