//! The rooms and equipment of a site.

pub(crate) mod settings;

use kernel::Locale;
use maud::{Markup, html};

use crate::model::Resource;

/// A room or a piece of equipment as the list shows it.
pub(crate) struct Shown {
    pub(crate) resource: Resource,
    /// Visits that need it today, and their minutes.
    pub(crate) today: (usize, i64),
    /// The services that ask for its kind.
    pub(crate) services: Vec<String>,
}

/// What a form holds: typed, or read from a resource.
pub(crate) struct Typed {
    pub(crate) kind: String,
    pub(crate) name_zh: String,
    pub(crate) name_en: String,
    /// What is wrong, by field.
    pub(crate) errors: Vec<(String, String)>,
}

impl Typed {
    pub(crate) fn of(resource: &Resource) -> Self {
        Self {
            kind: resource.kind.clone(),
            name_zh: resource.name.zh.clone(),
            name_en: resource.name.en.clone(),
            errors: Vec::new(),
        }
    }

    pub(crate) fn empty() -> Self {
        Self {
            kind: offers::RESOURCE_KINDS[0].to_owned(),
            name_zh: String::new(),
            name_en: String::new(),
            errors: Vec::new(),
        }
    }

    fn error(&self, field: &str) -> Option<String> {
        let found = self.errors.iter().find(|(name, _)| name == field);
        found.map(|(_, words)| words.clone())
    }
}

/// The list, and the form that adds to it for those who may.
pub(crate) fn list(locale: Locale, shown: &[Shown], typed: Option<&Typed>) -> Markup {
    html! {
        div class=[typed.map(|_| "split")] {
            div {
                @if shown.is_empty() {
                    (ui::empty(
                        "door-open",
                        &locale.t("capacity-empty"),
                        &locale.t("capacity-empty-text"),
                        html! {},
                    ))
                } @else {
                    p class="muted sm" { (locale.t("capacity-site-note")) }
                    div class="mt" { (table(locale, shown, typed.is_some())) }
                }
            }
            @if let Some(typed) = typed { aside { (adding(locale, typed)) } }
        }
    }
}

fn adding(locale: Locale, typed: &Typed) -> Markup {
    ui::card(
        &locale.t("capacity-add-title"),
        html! {},
        html! {
            form class="form" method="post" action="/resources" data-once {
                (fields(locale, typed))
                div class="form__f" {
                    (ui::button(locale.t("capacity-add")).primary().icon("plus"))
                }
            }
        },
    )
}

fn table(locale: Locale, shown: &[Shown], may_edit: bool) -> Markup {
    let head = [
        ui::head(locale.t("capacity-name")),
        ui::head(locale.t("capacity-kind")).drop(1),
        ui::head(locale.t("capacity-today")),
        ui::head(locale.t("capacity-needed-by")).drop(2),
        ui::head(locale.t("capacity-state")),
    ];
    let rows: Vec<_> = shown.iter().map(|one| row(locale, one, may_edit)).collect();
    ui::table(&head, &rows)
}

fn row(locale: Locale, shown: &Shown, may_edit: bool) -> ui::Row {
    let resource = &shown.resource;
    let (count, minutes) = shown.today;
    let time = kernel::format::minutes(locale, minutes);
    let today = locale.tx(
        "capacity-claims-today",
        &[("count", count.into()), ("time", time.into())],
    );
    let state = if resource.active {
        ui::badge(ui::Tone::Ok, "", &locale.t("capacity-active"))
    } else {
        ui::badge(ui::Tone::Neutral, "", &locale.t("capacity-retired"))
    };
    let needed = if shown.services.is_empty() {
        html! { span class="muted" { (locale.t("capacity-needed-by-none")) } }
    } else {
        html! { (shown.services.join(" · ")) }
    };
    let row = ui::row(vec![
        html! { b { (name(locale, resource)) } },
        html! { (offers::resource_kind_name(locale, &resource.kind)) },
        html! { span class="num" { (today) } },
        needed,
        state,
    ]);
    if may_edit {
        row.href(format!("/resources/{}", resource.id))
    } else {
        row
    }
}

fn name(locale: Locale, resource: &Resource) -> Markup {
    let shown_in = resource.name.lang_of(locale);
    let words = resource.name.get(locale);
    html! {
        @if shown_in == locale { (words) } @else { (ui::lang_run(shown_in, words)) }
    }
}

fn fields(locale: Locale, typed: &Typed) -> Markup {
    let kinds: Vec<(String, String)> = offers::RESOURCE_KINDS
        .iter()
        .map(|code| ((*code).to_owned(), offers::resource_kind_name(locale, code)))
        .collect();
    html! {
        div class="form__g" {
            (ui::text_field("name_zh", locale.t("capacity-name-zh"))
                .value(&typed.name_zh).max_length(60).class("field--w")
                .attr("lang", "zh-CN").error(typed.error("name_zh")))
            (ui::text_field("name_en", locale.t("capacity-name-en"))
                .value(&typed.name_en).max_length(60).class("field--w")
                .attr("lang", "en").error(typed.error("name_en")))
            (ui::select_field("kind", locale.t("capacity-kind"), kinds)
                .value(&typed.kind).class("field--w").error(typed.error("kind")))
        }
    }
}

/// One room or piece of equipment, to be changed.
pub(crate) fn form(locale: Locale, resource: &Resource, typed: &Typed) -> Markup {
    let path = format!("/resources/{}", resource.id);
    let (label, value) = if resource.active {
        (locale.t("capacity-retire"), "1")
    } else {
        (locale.t("capacity-restore"), "0")
    };
    ui::plain_card(html! {
        form class="form" method="post" action=(path) data-once {
            (ui::hidden("version", resource.version.to_string()))
            (fields(locale, typed))
            div class="form__f" {
                (ui::button(locale.t("capacity-save")).primary())
            }
        }
        div class="mt" {
            (ui::post_button(label, format!("{path}/retirement")).hidden("retired", value).ghost())
        }
    })
}
