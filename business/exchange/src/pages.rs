//! What is seen of imports: the history with the way to a new one, and the page of one.

mod archives;
mod one;

pub(crate) use archives::{ArchivesPage, archives_page};
pub(crate) use one::{OnePage, one_page};

use kernel::{Locale, TimeZone, format};
use maud::{Markup, html};

use crate::{
    imports::{Import, State},
    model::What,
};

/// The name of what a file holds.
pub(crate) fn what_label(locale: Locale, what: What) -> String {
    locale.tx("exchange-what", &[("what", what.as_str().into())])
}

/// The badge of a state.
pub(crate) fn state_badge(locale: Locale, state: State) -> Markup {
    let (tone, icon) = match state {
        State::Mapping | State::Checked => (ui::Tone::Neutral, "file-text"),
        State::Checking | State::Running | State::Undoing => (ui::Tone::Info, "circle-play"),
        State::Stopped => (ui::Tone::Warn, "circle-pause"),
        State::Done => (ui::Tone::Ok, "circle-check"),
        State::Undone => (ui::Tone::Neutral, "undo-2"),
        State::Failed => (ui::Tone::Danger, "octagon-alert"),
    };
    ui::badge(tone, icon, &state.label(locale))
}

/// What the history shows.
pub(crate) struct ListPage<'p> {
    pub locale: Locale,
    pub zone: TimeZone,
    pub imports: &'p [Import],
    /// The address of older ones, when there are.
    pub next: Option<String>,
    /// The sites to choose from; none when there is only one.
    pub sites: Vec<(String, String)>,
    /// What was typed, when the form comes back.
    pub typed: &'p web::Fields,
    /// Whether the reader may take everything along.
    pub may_archive: bool,
    pub fault: Option<&'p kernel::Fault>,
}

/// The history of imports, and the form for a new one.
pub(crate) fn list_page(page: &ListPage) -> Markup {
    html! {
        div class="split" {
            section id="imports" data-live="import" { (history(page)) }
            aside aria-label=(page.locale.t("exchange-new")) {
                (form(page))
                (samples(page.locale))
                (everything(page))
            }
        }
    }
}

fn history(page: &ListPage) -> Markup {
    let locale = page.locale;
    if page.imports.is_empty() {
        return ui::empty(
            "upload",
            &locale.t("exchange-none"),
            &locale.t("exchange-none-text"),
            html! {},
        );
    }
    let heads = [
        ui::head(locale.t("exchange-file")),
        ui::head(locale.t("exchange-kind")),
        ui::head(locale.t("exchange-state-head")),
        ui::head(locale.t("exchange-rows")).number().drop(1),
        ui::head(locale.t("exchange-refused")).number().drop(1),
        ui::head(locale.t("exchange-when")).drop(1),
        ui::head(locale.t("exchange-who")).drop(2),
    ];
    let rows: Vec<ui::Row> = page.imports.iter().map(|one| row(page, one)).collect();
    html! {
        (ui::table(&heads, &rows))
        (ui::pager(locale, None, page.next.as_deref(), ""))
    }
}

fn row(page: &ListPage, import: &Import) -> ui::Row {
    let locale = page.locale;
    let at = import.created.to_zoned(page.zone.clone());
    let when = format!(
        "{} {}",
        format::date(locale, at.date()),
        format::time(at.time())
    );
    ui::row(vec![
        html! { span class="trunc" { (import.name) } },
        html! { (what_label(locale, import.what)) },
        state_badge(locale, import.state),
        html! { (format::number(import.units)) },
        html! { (format::number(import.rows_refused)) },
        html! { span class="num" { (when) } },
        html! { (import.asked_name) },
    ])
    .href(format!("/imports/{}", import.id))
    .id(format!("import-{}", import.id))
}

fn form(page: &ListPage) -> Markup {
    let locale = page.locale;
    let error = |field: &str| page.fault.and_then(|fault| fault.of_field(field, locale));
    let kinds = What::ALL.map(|what| (what.as_str(), what_label(locale, what)));
    let sites = [
        vec![(String::new(), locale.t("exchange-site-in-file"))],
        page.sites.clone(),
    ];
    ui::card(
        &locale.t("exchange-new"),
        html! {},
        html! {
            form class="form" method="post" action="/imports" enctype="multipart/form-data"
                data-once {
                @if let Some(fault) = page.fault.filter(|fault| fault.fields.is_empty()) {
                    (ui::form_error(&fault.speak(locale)))
                }
                (ui::select_field("what", locale.t("exchange-kind"), kinds)
                    .value(page.typed.typed("what")).error(error("what")))
                @if !page.sites.is_empty() {
                    (ui::select_field("site", locale.t("exchange-site"), sites.concat())
                        .value(page.typed.typed("site")).error(error("site"))
                        .hint(locale.t("exchange-site-hint")))
                }
                (ui::file_field("file", locale.t("exchange-file"), ".csv,.xlsx,.txt,.gz")
                    .error(error("file")).required().hint(locale.t("exchange-file-hint")))
                div class="form__f" {
                    (ui::button(locale.t("exchange-upload")).primary().icon("upload"))
                }
            }
        },
    )
}

fn samples(locale: Locale) -> Markup {
    let sample = |what: &What| {
        let href = |ending: &str| format!("/imports/samples/{}?format={ending}", what.as_str());
        html! {
            li class="row between" {
                span { (what_label(locale, *what)) }
                span class="row" {
                    a class="link" href=(href("csv")) { "CSV" }
                    a class="link" href=(href("xlsx")) { "XLSX" }
                }
            }
        }
    };
    ui::card(
        &locale.t("exchange-samples"),
        html! {},
        html! {
            p class="sm dim" { (locale.t("exchange-samples-text")) }
            ul class="stack" { @for what in &What::ALL { (sample(what)) } }
        },
    )
}

fn everything(page: &ListPage) -> Markup {
    let locale = page.locale;
    html! {
        @if page.may_archive {
            (ui::card(&locale.t("exchange-archive"), html! {}, html! {
                p class="sm dim" { (locale.t("exchange-archive-text")) }
                (ui::link_button(locale.t("exchange-archive-open"), "/archives").icon("package"))
            }))
        }
    }
}
