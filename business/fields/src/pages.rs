//! What is seen of fields: the owner's list and form, and the parts that other rooms' pages show.

mod form;
mod parts;

pub(crate) use form::{FormView, form_page};
pub(crate) use parts::{both, card, nothing};
pub use parts::{facts, filter_form, heads, inputs, list_cells, more_filters};

use kernel::Locale;
use maud::{Markup, html};

use crate::model::{Field, Subject};

/// What the owner's list shows.
pub(crate) struct ListView {
    pub locale: Locale,
    pub subject: Subject,
    /// Active ones in their order, then archived ones.
    pub fields: Vec<Field>,
}

/// The fields of a subject.
pub(crate) fn list_page(view: &ListView) -> Markup {
    let locale = view.locale;
    let tab = |subject: &Subject| {
        let href = format!("/fields?subject={}", subject.as_str());
        ui::Tab::new(subject.label(locale), href, *subject == view.subject)
    };
    let tabs: Vec<ui::Tab> = Subject::ALL.iter().map(tab).collect();
    ui::stack(html! {
        (ui::toolbar(ui::seg(&locale.t("fields-subject"), &tabs), html! {}))
        @if view.fields.is_empty() {
            (ui::empty("sliders-horizontal", &locale.t("fields-none"),
                &locale.t("fields-none-text"), new_button(locale, view.subject)))
        } @else { (table(view)) }
    })
}

/// The way to one more field.
pub(crate) fn new_button(locale: Locale, subject: Subject) -> Markup {
    let href = format!("/fields/new?subject={}", subject.as_str());
    let button = ui::link_button(locale.t("fields-new"), href);
    html! { (button.primary().icon("plus").key("N")) }
}

fn table(view: &ListView) -> Markup {
    let locale = view.locale;
    let heads = [
        ui::head(locale.t("fields-name")),
        ui::head(locale.t("fields-kind")),
        ui::head(locale.t("fields-key")).drop(1),
        ui::head(locale.t("fields-rules")).drop(2),
        ui::head(locale.t("fields-state")).drop(1),
        ui::head(locale.t("fields-order")),
    ];
    let rows: Vec<ui::Row> = view.fields.iter().map(|one| row(locale, one)).collect();
    ui::table(&heads, &rows)
}

fn row(locale: Locale, field: &Field) -> ui::Row {
    let rules = field.rules(locale);
    let state = match field.active {
        true => ui::badge(ui::Tone::Ok, "circle-check", &locale.t("fields-active")),
        false => ui::badge(
            ui::Tone::Neutral,
            "circle-pause",
            &locale.t("fields-archived"),
        ),
    };
    ui::row(vec![
        html! { (field.label(locale)) },
        html! { (field.kind.label(locale)) },
        html! { span class="num muted" { (field.key) } },
        html! { span class="muted" { (rules.join(" · ")) } },
        state,
        html! { @if field.active { (moves(locale, field)) } },
    ])
    .href(format!("/fields/{}", field.id))
    .id(format!("field-{}", field.id))
}

fn moves(locale: Locale, field: &Field) -> Markup {
    let step = |icon: &str, key: &str, to: &str| {
        let label = locale.tx(key, &[("name", field.label(locale).into())]);
        ui::post_button(label, format!("/fields/{}/place", field.id))
            .hidden("to", to)
            .icon(icon)
            .icon_only()
            .small()
            .ghost()
    };
    html! {
        span class="row" {
            (step("arrow-up", "fields-earlier", "earlier"))
            (step("arrow-down", "fields-later", "later"))
        }
    }
}
