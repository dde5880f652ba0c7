//! The owner's form of one field.

use kernel::{Fault, Locale};
use maud::{Markup, html};
use web::Fields;

use crate::model::{Field, Kind, NAME_CHARS_MAX, Subject};

/// What the form shows.
pub(crate) struct FormView<'v> {
    pub locale: Locale,
    pub subject: Subject,
    /// The field as it is; `None` for a new one.
    pub saved: Option<&'v Field>,
    /// What stands in the inputs.
    pub typed: &'v Fields,
    pub fault: Option<&'v Fault>,
    /// How many objects have a value.
    pub values: i64,
}

impl FormView<'_> {
    fn error(&self, field: &str) -> Option<String> {
        self.fault
            .and_then(|fault| fault.of_field(field, self.locale))
    }

    fn text(&self, name: &str, key: &str) -> ui::Field {
        ui::text_field(name, self.locale.t(key))
            .value(self.typed.typed(name))
            .error(self.error(name))
    }

    fn tick(&self, name: &str, key: &str, hint: &str) -> ui::Field {
        ui::checkbox(name, self.locale.t(key), self.typed.flag(name)).hint(self.locale.t(hint))
    }
}

/// The form, and what may be done with a field that is there.
pub(crate) fn form_page(view: &FormView) -> Markup {
    let locale = view.locale;
    let action = match view.saved {
        Some(field) => format!("/fields/{}", field.id),
        None => "/fields".to_owned(),
    };
    let back = format!("/fields?subject={}", view.subject.as_str());
    ui::stack(html! {
        @if let Some(fault) = view.fault.filter(|fault| fault.fields.is_empty()) {
            (ui::form_error(&fault.speak(locale)))
        }
        (ui::plain_card(html! {
            form class="form" method="post" action=(action) data-once {
                (ui::hidden("subject", view.subject.as_str()))
                @if view.saved.is_some() { (ui::hidden("version", view.typed.typed("version"))) }
                div class="form__g" { (names(view)) (kind(view)) (limits(view)) (ticks(view)) }
                div class="form__f" {
                    (ui::button(locale.t("fields-save")).primary().icon("save"))
                    (ui::link_button(locale.t("fields-back"), back).ghost())
                }
            }
        }))
        @if let Some(field) = view.saved { (beside(view, field)) }
    })
}

fn names(view: &FormView) -> Markup {
    let locale = view.locale;
    html! {
        (view.text("name_zh", "fields-name-zh").max_length(NAME_CHARS_MAX).autofocus())
        (view.text("name_en", "fields-name-en").max_length(NAME_CHARS_MAX))
        @match view.saved {
            Some(field) => {
                (view.text("key", "fields-key").value(&field.key).attr("readonly", "")
                    .hint(locale.t("fields-key-fixed")))
            }
            None => {
                (view.text("key", "fields-key").hint(locale.t("fields-key-hint"))
                    .max_length(40).optional(locale))
            }
        }
    }
}

fn kind(view: &FormView) -> Markup {
    let locale = view.locale;
    let kinds = Kind::ALL
        .iter()
        .map(|kind| (kind.as_str(), kind.label(locale)));
    let select = ui::select_field("kind", locale.t("fields-kind"), kinds)
        .value(view.typed.typed("kind"))
        .error(view.error("kind"));
    let count = [("count", view.values.into())];
    html! {
        @if view.values > 0 {
            (select.hint(locale.tx("fields-kind-hint-values", &count)))
            (ui::checkbox("convert", locale.t("fields-convert"), view.typed.flag("convert"))
                .hint(locale.t("fields-convert-hint")))
        } @else { (select) }
        (ui::text_area("picks", locale.t("fields-picks"), 5)
            .value(view.typed.typed("picks"))
            .error(view.error("picks"))
            .hint(locale.t("fields-picks-hint"))
            .class("field--w"))
    }
}

fn limits(view: &FormView) -> Markup {
    let locale = view.locale;
    html! {
        (view.text("least", "fields-least").hint(locale.t("fields-limits-hint")))
        (view.text("most", "fields-most"))
        (view.text("decimals", "fields-decimals").attr("inputmode", "numeric")
            .hint(locale.t("fields-decimals-hint")))
        (view.text("standard", "fields-standard").hint(locale.t("fields-standard-hint")))
    }
}

fn ticks(view: &FormView) -> Markup {
    html! {
        (view.tick("required", "fields-required", "fields-required-hint"))
        (view.tick("listed", "fields-listed", "fields-listed-hint"))
        (view.tick("personal", "fields-personal", "fields-personal-hint"))
    }
}

fn beside(view: &FormView, field: &Field) -> Markup {
    let locale = view.locale;
    let (text, label, icon, state) = match field.active {
        true => (
            "fields-archive-text",
            "fields-archive",
            "archive",
            "archived",
        ),
        false => ("fields-restore-text", "fields-restore", "undo-2", "active"),
    };
    let button = ui::post_button(locale.t(label), format!("/fields/{}/state", field.id))
        .hidden("version", field.version)
        .hidden("state", state)
        .icon(icon);
    ui::card(
        &locale.t("fields-state"),
        html! {},
        html! { p { (locale.t(text)) } (button) },
    )
}
