//! The document as pages that people read: nothing stands here that is not in it. Each of its tags
//! is a part with a page of its own; the first page lists the parts and finds operations.

use axum::extract::{Path, State};
use kernel::{Fault, Locale};
use maud::{Markup, html};
use serde_json::Value;

use super::{BASE, DOCUMENT_PATH, reference};
use crate::{App, Me, Page, Query, Reply, fragment, reply};

const PATH: &str = "/settings/api";
const LETTERS_MAX: usize = 80;

/// An operation of the document.
pub(super) struct Operation<'d> {
    pub(super) tag: &'d str,
    pub(super) method: String,
    /// Its path below [`BASE`].
    pub(super) path: &'d str,
    pub(super) told: &'d Value,
}

impl Operation<'_> {
    /// Its name in the document, which is its anchor on the page of its part.
    pub(super) fn id(&self) -> &str {
        self.told["operationId"].as_str().unwrap_or_default()
    }

    pub(super) fn summary(&self) -> &str {
        self.told["summary"].as_str().unwrap_or_default()
    }
}

/// A tag of the document and what it has.
struct Part<'d> {
    tag: &'d str,
    name: &'d str,
    operations: Vec<Operation<'d>>,
}

impl Part<'_> {
    fn slug(&self) -> String {
        self.tag.replace(' ', "-")
    }

    fn path(&self) -> String {
        format!("{PATH}/{}", self.slug())
    }

    /// Whether an operation has every word, in its address, its name or that of its part.
    fn says(&self, operation: &Operation<'_>, words: &[String]) -> bool {
        let told = [
            operation.method.as_str(),
            operation.path,
            operation.summary(),
            operation.id(),
            self.tag,
            self.name,
        ];
        let told = told.join(" ").to_lowercase();
        words.iter().all(|word| told.contains(word))
    }
}

/// `GET /settings/api`.
pub(crate) async fn index(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let locale = me.look.locale;
    let document = app.api.document(locale);
    let text = asked.optional_text("q", LETTERS_MAX).unwrap_or_default();
    let address = format!("{}{BASE}", app.config.outside.public_url);
    let file = format!("{BASE}{DOCUMENT_PATH}");
    let link = ui::link_button(locale.t("web-api-download"), file).icon("download");
    let page = Page::new(locale.t("web-api-title"))
        .still()
        .actions(html! { (link) });
    let body = html! {
        div class="stack" {
            (rules(locale, &address))
            div {
                (search(locale, &text))
                (found(locale, document, &text))
            }
        }
    };
    reply::page(&me, page, body)
}

/// `GET /settings/api/find`: what is found while somebody types.
pub(crate) async fn find(State(app): State<App>, me: Me, mut asked: Query) -> Reply {
    let locale = me.look.locale;
    let text = asked.optional_text("q", LETTERS_MAX).unwrap_or_default();
    fragment(found(locale, app.api.document(locale), &text))
}

/// `GET /settings/api/{part}`.
pub(crate) async fn part(State(app): State<App>, me: Me, Path(slug): Path<String>) -> Reply {
    let locale = me.look.locale;
    let document = app.api.document(locale);
    let mut all = parts(document).into_iter();
    let part = all.find(|part| part.slug() == slug);
    let part = part.ok_or_else(|| Fault::missing("web-no-page"))?;
    let back = ui::link_button(locale.t("web-api-page-all"), PATH).icon("arrow-left");
    let page = Page::new(part.name)
        .subtitle(locale.t("web-api-title"))
        .still()
        .actions(html! { (back) });
    let body = ui::plain_card(html! {
        @for operation in &part.operations {
            (reference::told(locale, document, operation))
        }
    });
    reply::page(&me, page, body)
}

fn rules(locale: Locale, address: &str) -> Markup {
    let rules = [
        ("web-api-page-address", html! { code { (address) } }),
        (
            "web-api-page-token",
            html! { code { "Authorization: Bearer stw_…" } },
        ),
        (
            "web-api-page-time",
            html! { code { "2026-11-23T14:00:00+08:00" } },
        ),
        (
            "web-api-page-money",
            html! { code { r#"{"minor": 16800, "currency": "CNY"}"# } },
        ),
        (
            "web-api-page-key",
            html! { code { "Idempotency-Key: 5f1c…" } },
        ),
        ("web-api-page-match", html! { code { r#"If-Match: "7""# } }),
    ];
    let facts = rules.map(|(key, value)| (locale.t(key), value));
    ui::card(
        &locale.t("web-api-page-rules"),
        html! {},
        ui::stack(html! {
            p class="muted" { (locale.t("web-api-about")) }
            (ui::kv(&facts))
        }),
    )
}

fn search(locale: Locale, text: &str) -> Markup {
    html! {
        form class="filters" method="get" action=(PATH) role="search" {
            (ui::search_field("q", locale.t("web-api-page-find")).value(text)
                .placeholder(locale.t("web-api-page-find-hint")).max_length(LETTERS_MAX)
                .autocomplete("off")
                .attr("data-live-search", format!("{PATH}/find"))
                .attr("data-target", "#operations"))
            div class="row filters__f" {
                (ui::button(locale.t("web-api-page-find")).icon("search"))
            }
        }
    }
}

/// The parts, or the operations in which every word of a text is found.
fn found(locale: Locale, document: &Value, text: &str) -> Markup {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let parts = parts(document);
    html! {
        div id="operations" {
            @if words.is_empty() { (all_parts(locale, &parts)) }
            @else { (hits(locale, &parts, &words)) }
        }
    }
}

fn all_parts(locale: Locale, parts: &[Part<'_>]) -> Markup {
    let heads = [
        ui::head(locale.t("web-api-page-part")),
        ui::head(locale.t("web-api-page-begins")).drop(1),
        ui::head(locale.t("web-api-page-operations")).number(),
    ];
    let rows: Vec<ui::Row> = parts
        .iter()
        .map(|part| {
            let mut begins: Vec<&str> = Vec::new();
            for operation in &part.operations {
                let noun = operation.path.split('/').nth(1).unwrap_or_default();
                if !begins.contains(&noun) {
                    begins.push(noun);
                }
            }
            ui::row(vec![
                html! { (part.name) },
                html! {
                    div class="row wrap sm" { @for noun in begins { code { "/" (noun) } } }
                },
                html! { (part.operations.len()) },
            ])
            .href(part.path())
        })
        .collect();
    ui::table(&heads, &rows)
}

fn hits(locale: Locale, parts: &[Part<'_>], words: &[String]) -> Markup {
    let heads = [
        ui::head(locale.t("web-api-page-operation")),
        ui::head(locale.t("web-api-page-meaning")),
        ui::head(locale.t("web-api-page-part")).drop(1),
    ];
    let mut rows = Vec::new();
    for part in parts {
        let said = part.operations.iter().filter(|one| part.says(one, words));
        rows.extend(said.map(|operation| {
            let cells = vec![
                html! { code { (operation.method) " " (operation.path) } },
                html! { (operation.summary()) },
                html! { span class="muted" { (part.name) } },
            ];
            ui::row(cells).href(format!("{}#{}", part.path(), operation.id()))
        }));
    }
    if rows.is_empty() {
        let (title, hint) = ("web-api-page-none", "web-api-page-find-hint");
        return ui::empty("search", &locale.t(title), &locale.t(hint), html! {});
    }
    ui::stacking_table(&heads, &rows)
}

/// The parts in the order of the document's tags, whose names people read.
fn parts(document: &Value) -> Vec<Part<'_>> {
    let tags = document["tags"].as_array().into_iter().flatten();
    let mut parts: Vec<Part<'_>> = tags
        .map(|tag| Part {
            tag: tag["name"].as_str().unwrap_or_default(),
            name: tag["description"].as_str().unwrap_or_default(),
            operations: Vec::new(),
        })
        .collect();
    for operation in operations(document) {
        let part = parts.iter_mut().find(|part| part.tag == operation.tag);
        if let Some(part) = part {
            part.operations.push(operation);
        }
    }
    parts
}

fn operations(document: &Value) -> Vec<Operation<'_>> {
    let paths = document["paths"].as_object().into_iter().flatten();
    let found = paths.flat_map(|(path, item)| {
        let methods = item.as_object().into_iter().flatten();
        methods.map(move |(method, told)| Operation {
            tag: told["tags"][0].as_str().unwrap_or_default(),
            method: method.to_uppercase(),
            path: path.strip_prefix(BASE).unwrap_or(path),
            told,
        })
    });
    found.collect()
}
