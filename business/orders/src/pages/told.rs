//! What happened to an order, from the journal, with the notes between.

use kernel::Timestamp;
use maud::{Markup, html};
use store::Entry;

use super::sheet::Sheet;
use crate::model::Note;

/// One line of the timeline.
struct Told {
    at: Timestamp,
    words: String,
    who: String,
    note: Option<String>,
}

/// The timeline, newest first, above it the field for a new note.
pub(super) fn card(sheet: &Sheet) -> Markup {
    let view = &sheet.view;
    let mut told: Vec<Told> = sheet
        .told
        .iter()
        .filter(|entry| entry.activity != "order.noted")
        .map(|entry| fact(sheet, entry))
        .collect();
    told.extend(sheet.notes.iter().map(|one| note(sheet, one)));
    // What the journal tells later comes first, also within one instant.
    told.reverse();
    told.sort_by_key(|told| std::cmp::Reverse(told.at));
    ui::card(
        &view.t("orders-told"),
        html! {},
        html! {
            @if sheet.may.edit {
                form class="form" method="post" action=(sheet.under("notes")) data-once {
                    (ui::text_area("text", view.t("orders-note"), 2)
                        .placeholder(view.t("orders-note-hint")).max_length(2000))
                    div class="form__f" {
                        (ui::button(view.t("orders-note-add")).small().icon("plus"))
                    }
                }
            }
            ol class="log mt" { @for told in &told { (line(sheet, told)) } }
        },
    )
}

fn line(sheet: &Sheet, told: &Told) -> Markup {
    let view = &sheet.view;
    let day = view.date_of(told.at);
    html! {
        li {
            time class="num" datetime=(told.at.to_string()) title=(view.when(told.at)) {
                (view.clock(told.at))
            }
            div {
                (told.words)
                @if let Some(note) = &told.note { p class="pre" { (note) } }
                @if !told.who.is_empty() || day != view.date_of(view.now) {
                    " " small {
                        (told.who)
                        @if day != view.date_of(view.now) {
                            @if !told.who.is_empty() { " · " }
                            (kernel::format::date(view.locale, day))
                        }
                    }
                }
            }
        }
    }
}

fn note(sheet: &Sheet, note: &Note) -> Told {
    let words = sheet.view.t("orders-told-note");
    Told {
        at: note.at,
        words,
        who: sheet.called.name(&note.author).to_owned(),
        note: Some(note.text.clone()),
    }
}

fn fact(sheet: &Sheet, entry: &Entry) -> Told {
    let view = &sheet.view;
    let who = match entry.actor.as_str() {
        "guest" => view.t("orders-told-guest"),
        "system" => server(sheet, entry).unwrap_or_else(|| view.t("orders-told-system")),
        user => colleague(sheet, user, &entry.actor_name),
    };
    Told {
        at: entry.at,
        words: words(sheet, entry),
        who,
        note: None,
    }
}

/// The name, as the reader reads it, of a user or of the member of staff that the user is.
fn colleague(sheet: &Sheet, user: &str, name: &str) -> String {
    let user = user.strip_prefix("user:");
    let Some(user) = user.and_then(kernel::ids::UserId::parse) else {
        return name.to_owned();
    };
    let mut staff = sheet.view.staff.values();
    match staff.find(|staff| staff.user == Some(user)) {
        Some(staff) => staff.shown(sheet.view.locale).to_owned(),
        None => sheet.called.user(user, name).to_owned(),
    }
}

/// Who carried out the work a fact tells of.
fn server(sheet: &Sheet, entry: &Entry) -> Option<String> {
    let work = entry.activity.starts_with("step.") || entry.activity == "order.started";
    let staff = entry
        .objects
        .iter()
        .find(|(kind, _, _)| work && kind == "staff")?;
    let name = sheet.view.who(kernel::ids::StaffId::parse(&staff.1));
    (!name.is_empty()).then(|| name.to_owned())
}

/// The sentence of a fact; the same word as on the button that caused it.
fn words(sheet: &Sheet, entry: &Entry) -> String {
    let view = &sheet.view;
    let step = || {
        let key = entry
            .attributes
            .get("step")
            .and_then(|key| key.as_str())
            .unwrap_or_default();
        let found = sheet.steps.iter().find(|step| step.key == key);
        found.map_or(key.to_owned(), |step| step.name.get(view.locale).to_owned())
    };
    let of_message = |key| {
        let attribute = |name| entry.attributes.get(name).and_then(|word| word.as_str());
        let occasion = attribute("occasion").unwrap_or_default();
        view.locale.tx(key, &[("occasion", occasion.into())])
    };
    let of_step = |key| view.locale.tx(key, &[("step", step().into())]);
    match entry.activity.as_str() {
        "order.created" => view.t("orders-told-created"),
        "order.booked" => view.t("orders-told-booked"),
        "order.rescheduled" => view.t("orders-told-rescheduled"),
        "order.arrived" => view.t("orders-told-arrived"),
        "order.started" => view.t("orders-told-started"),
        "order.finished" => view.t("orders-told-finished"),
        "order.cancelled" => view.t("orders-told-cancelled"),
        "order.no_show" => view.t("orders-told-no-show"),
        "order.arrival_undone" => view.t("orders-told-arrival-undone"),
        "order.start_undone" => view.t("orders-told-start-undone"),
        "order.finish_undone" => view.t("orders-told-finish-undone"),
        "order.no_show_undone" => view.t("orders-told-no-show-undone"),
        "order.expired" => view.t("orders-told-expired"),
        "order.changed" => view.t("orders-told-changed"),
        "file.added" => view.t("orders-told-file-added"),
        "file.captioned" => view.t("orders-told-file-captioned"),
        "file.removed" => view.t("orders-told-file-removed"),
        "file.put_back" => view.t("orders-told-file-put-back"),
        "order.reopened" => view.t("orders-told-reopened"),
        "enquiry.opened" => view.t("orders-told-enquiry-opened"),
        "enquiry.taken" => view.t("orders-told-enquiry-taken"),
        "enquiry.released" => view.t("orders-told-enquiry-released"),
        "enquiry.level_set" => view.t("orders-told-enquiry-level"),
        "enquiry.closed" => view.t("orders-told-enquiry-closed"),
        "enquiry.reopened" => view.t("orders-told-enquiry-reopened"),
        "series.created" => view.t("orders-told-series"),
        "waiting.offered" => view.t("orders-told-waiting-offered"),
        "waiting.accepted" => view.t("orders-told-waiting-accepted"),
        "waiting.declined" => view.t("orders-told-waiting-declined"),
        "waiting.unanswered" => view.t("orders-told-waiting-unanswered"),
        "step.started" => of_step("orders-told-step-started"),
        "step.finished" => of_step("orders-told-step-finished"),
        "step.failed" => of_step("orders-told-step-failed"),
        "step.reworked" => of_step("orders-told-step-reworked"),
        "step.skipped" => of_step("orders-told-step-skipped"),
        "step.restored" => of_step("orders-told-step-restored"),
        "step.ticked" => of_step("orders-told-step-ticked"),
        "ticket.issued" => view.t("orders-told-ticket-issued"),
        "ticket.called" => view.t("orders-told-ticket-called"),
        "ticket.recalled" => view.t("orders-told-ticket-recalled"),
        "ticket.skipped" => view.t("orders-told-ticket-skipped"),
        "ticket.returned" => view.t("orders-told-ticket-returned"),
        "ticket.restored" => view.t("orders-told-ticket-restored"),
        "ticket.left" => view.t("orders-told-ticket-left"),
        "message.sent" => of_message("orders-told-message-sent"),
        "message.failed" => of_message("orders-told-message-failed"),
        "message.revived" => of_message("orders-told-message-revived"),
        other => other.to_owned(),
    }
}
