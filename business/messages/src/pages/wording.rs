//! The wordings: what is said, in both languages, with a preview.

use kernel::{Fault, Locale};
use maud::{Markup, html};

use crate::model::{BODY_CHARS_MAX, Occasion, PLACEHOLDERS, SUBJECT_CHARS_MAX, Template};

const LOCALES: [Locale; 2] = [Locale::ZhCn, Locale::En];

/// The list of wordings.
pub(crate) fn wordings(locale: Locale) -> Markup {
    let head = [
        ui::head(locale.t("messages-occasion")),
        ui::head(locale.t("messages-when")).drop(1),
        ui::head(locale.t("messages-languages")),
    ];
    let rows: Vec<_> = Occasion::worded()
        .map(|occasion| {
            ui::row(vec![
                html! { b { (occasion.label(locale)) } },
                html! { (when(locale, occasion)) },
                html! { span class="row" {
                    @for written_in in LOCALES {
                        a class="link" href=(path(occasion, written_in)) {
                            (language(locale, written_in))
                        }
                    }
                } },
            ])
        })
        .collect();
    ui::table(&head, &rows)
}

fn path(occasion: Occasion, locale: Locale) -> String {
    format!("/messages/wordings/{}/{}", occasion.as_str(), locale.tag())
}

fn language(locale: Locale, written_in: Locale) -> String {
    match written_in {
        Locale::ZhCn => locale.t("messages-chinese"),
        Locale::En => locale.t("messages-english"),
    }
}

fn when(locale: Locale, occasion: Occasion) -> String {
    match occasion {
        Occasion::Booked => locale.t("messages-when-booked"),
        Occasion::Moved => locale.t("messages-when-moved"),
        Occasion::Cancelled => locale.t("messages-when-cancelled"),
        Occasion::Reminder => locale.t("messages-when-reminder"),
        Occasion::Next => locale.t("messages-when-next"),
        Occasion::Thanks => locale.t("messages-when-thanks"),
        Occasion::Offered => locale.t("messages-when-offered"),
        Occasion::Test => String::new(),
    }
}

/// A wording being read or changed.
pub(crate) struct WordingView<'a> {
    /// Of which occasion.
    pub occasion: Occasion,
    /// In which language.
    pub written_in: Locale,
    /// What it says, or what was typed.
    pub template: &'a Template,
    /// The version it was read at; 0 for the original.
    pub version: i64,
    /// Whether it may be changed.
    pub may_edit: bool,
    /// What is wrong with what was typed.
    pub fault: Option<&'a Fault>,
}

/// One wording with its preview.
pub(crate) fn wording(locale: Locale, view: &WordingView<'_>) -> Markup {
    let tabs = LOCALES.map(|written_in| {
        let here = written_in == view.written_in;
        ui::Tab::new(
            language(locale, written_in),
            path(view.occasion, written_in),
            here,
        )
    });
    html! {
        p class="muted" { (when(locale, view.occasion)) }
        (ui::seg(&locale.t("messages-languages"), &tabs))
        div class="split mt" {
            div {
                @if view.may_edit { (form(locale, view)) } @else { (preview(locale, view)) }
            }
            aside {
                @if view.may_edit { (preview(locale, view)) }
                (ui::card(&locale.t("messages-names"), html! {}, html! {
                    p class="muted sm" { (locale.t("messages-names-text")) }
                    p { @for name in PLACEHOLDERS { code { "{" (name) "}" } " " } }
                }))
            }
        }
    }
}

fn form(locale: Locale, view: &WordingView<'_>) -> Markup {
    let fault = |field: &str| view.fault.and_then(|fault| fault.of_field(field, locale));
    let lang = view.written_in.tag();
    let action = path(view.occasion, view.written_in);
    let title = match view.version {
        0 => locale.t("messages-original"),
        _ => locale.t("messages-own"),
    };
    ui::card(
        &title,
        html! {},
        html! {
            form class="form" method="post" action=(action) data-once {
                (ui::hidden("version", view.version))
                (ui::text_field("subject", locale.t("messages-subject")).attr("lang", lang)
                    .value(&view.template.subject).max_length(SUBJECT_CHARS_MAX)
                    .required().class("field--w").error(fault("subject")))
                (ui::text_area("body", locale.t("messages-body"), 14).attr("lang", lang)
                    .value(&view.template.body).max_length(BODY_CHARS_MAX)
                    .required().class("field--w").error(fault("body")))
                div class="form__f" {
                    (ui::button(locale.t("messages-save")).primary())
                    @if view.version > 0 {
                        (ui::button(locale.t("messages-back-to-original")).ghost()
                            .sends("original", "1").attr("formnovalidate", ""))
                    }
                }
            }
        },
    )
}

fn preview(locale: Locale, view: &WordingView<'_>) -> Markup {
    let filled = view.template.sampled(view.written_in);
    ui::card(
        &locale.t("messages-preview"),
        html! {},
        html! {
            b lang=(view.written_in.tag()) { (filled.subject) }
            div class="pre" lang=(view.written_in.tag()) { (filled.body) }
        },
    )
}
