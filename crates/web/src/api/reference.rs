//! One operation of the document, as people read it.

use kernel::Locale;
use maud::{Markup, html};
use serde_json::Value;

use super::page::Operation;

/// How deep the fields of a body are told.
const DEPTH_MAX: usize = 3;

/// Its address and name, and behind them what it asks and answers.
pub(super) fn told(locale: Locale, document: &Value, operation: &Operation<'_>) -> Markup {
    let told = operation.told;
    let summary = html! {
        code { b { (operation.method) } " " (operation.path) }
        span { (operation.summary()) }
    };
    let asked = &told["requestBody"];
    let content = &asked["content"]["application/json"];
    let kinds = asked["content"].as_object().filter(|_| content.is_null());
    let kinds = kinds.map(|kinds| kinds.keys().cloned().collect::<Vec<_>>().join(", "));
    let mut fields = Vec::new();
    flatten(document, &content["schema"], "", &mut fields);
    let mut answer = Vec::new();
    let success = ["200", "201"].iter();
    for status in success {
        let schema = &told["responses"][status]["content"]["application/json"]["schema"];
        flatten(document, schema, "", &mut answer);
    }
    let statuses: Vec<&str> = told["responses"]
        .as_object()
        .map(|responses| responses.keys().map(String::as_str).collect())
        .unwrap_or_default();
    let body = html! {
        p class="sm muted" {
            a href={ "#" (operation.id()) } { (operation.id()) } " · "
            (told["description"].as_str().unwrap_or_default())
        }
        (section(locale, "web-api-page-asked", &parameters(told)))
        (section(locale, "web-api-page-body", &fields))
        @if let Some(kinds) = kinds {
            p class="sm" { (meaning(&asked["description"])) " " code { (kinds) } }
        }
        @if !content["example"].is_null() {
            (ui::code_block(&format!("{:#}", content["example"])))
        }
        (section(locale, "web-api-page-answer", &answer))
        p class="sm muted" {
            (locale.t("web-api-page-statuses")) " " (statuses.join(", "))
        }
    };
    ui::anchored(operation.id(), summary, ui::stack(body))
}

/// A field: its place, its type, whether it must be there, and what it means.
struct FieldTold {
    name: String,
    kind: String,
    required: bool,
    words: String,
}

fn parameters(told: &Value) -> Vec<FieldTold> {
    let list = told["parameters"].as_array().into_iter().flatten();
    let found = list.map(|parameter| FieldTold {
        name: text(&parameter["name"]),
        kind: kind(&parameter["schema"]),
        required: parameter["required"] == true,
        words: meaning(&parameter["description"]),
    });
    found.collect()
}

fn section(locale: Locale, title: &'static str, fields: &[FieldTold]) -> Markup {
    let heads = [
        ui::head(locale.t("web-api-page-name")),
        ui::head(locale.t("web-api-page-type")),
        ui::head(locale.t("web-api-page-meaning")),
    ];
    let rows: Vec<ui::Row> = fields
        .iter()
        .map(|field| {
            ui::row(vec![
                html! { code { (field.name) } @if field.required { " *" } },
                html! { span class="sm muted" { (field.kind) } },
                html! { span class="sm" { (field.words) } },
            ])
        })
        .collect();
    html! {
        @if !rows.is_empty() {
            div {
                h3 class="sm" { (locale.t(title)) }
                (ui::stacking_table(&heads, &rows))
            }
        }
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// A description without the marks that programs' documents quote words by.
fn meaning(value: &Value) -> String {
    text(value)
        .replace('`', "")
        .replace('\n', " ")
        .trim()
        .to_owned()
}

/// What a `$ref` stands for.
fn resolved<'d>(document: &'d Value, schema: &'d Value) -> &'d Value {
    let pointer = schema["$ref"]
        .as_str()
        .and_then(|path| path.strip_prefix('#'));
    pointer
        .and_then(|pointer| document.pointer(pointer))
        .unwrap_or(schema)
}

/// The type of a schema in a few words.
fn kind(schema: &Value) -> String {
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> = words.iter().map(text).collect();
        return words.join(" | ");
    }
    for choice in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let kinds = choices.iter().map(kind).filter(|kind| kind != "null");
            return kinds.collect::<Vec<_>>().join(" | ");
        }
    }
    if let Some(path) = schema["$ref"].as_str() {
        return path.rsplit('/').next().unwrap_or_default().to_owned();
    }
    let base = match &schema["type"] {
        // What may be left out may be null as well: the star says so already.
        Value::Array(kinds) => {
            let kinds = kinds.iter().map(text).filter(|kind| kind != "null");
            kinds.collect::<Vec<_>>().join(" | ")
        }
        one => text(one),
    };
    match (base.as_str(), schema["format"].as_str()) {
        ("array", _) => format!("{}[]", kind(&schema["items"])),
        ("string", Some(format)) => format.to_owned(),
        _ => base,
    }
}

/// Every field of a body, the inner ones with their places.
fn flatten(document: &Value, schema: &Value, place: &str, found: &mut Vec<FieldTold>) {
    let schema = resolved(document, schema);
    if place.split('.').count() > DEPTH_MAX {
        return;
    }
    for choice in schema["anyOf"].as_array().into_iter().flatten() {
        flatten(document, choice, place, found);
    }
    let items = &schema["items"];
    if !items.is_null() {
        flatten(document, items, &format!("{place}[]"), found);
    }
    let required = schema["required"].as_array();
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let name_there = match place {
            "" => name.clone(),
            place => format!("{place}.{name}"),
        };
        let known = found.iter().any(|field| field.name == name_there);
        if known {
            continue;
        }
        found.push(FieldTold {
            name: name_there.clone(),
            kind: kind(inner),
            required: required.is_some_and(|list| list.iter().any(|one| one == name)),
            words: meaning(&inner["description"]),
        });
        flatten(document, inner, &name_there, found);
    }
}
