//! Parts of other rooms' pages: inputs of a form, facts of a page, columns and filters of a list.

use kernel::{Fault, Locale};
use maud::{Markup, html};

use crate::{
    fill::{Seen, VERSION},
    model::{Field, Kind, Value, Values},
    queries::Listed,
};

/// Nothing.
pub(crate) fn nothing() -> Markup {
    html! {}
}

/// One above the other.
pub(crate) fn both(above: &Markup, below: &Markup) -> Markup {
    html! { (above) (below) }
}

/// The card of an object's fields: a form with an address to send it to, facts without one.
pub(crate) fn card(
    locale: Locale,
    seen: &Seen,
    refused: Option<(&web::Fields, &Fault)>,
    action: Option<String>,
) -> Markup {
    let title = locale.t("fields-card");
    let (typed, fault) = refused.unzip();
    match action {
        Some(action) if !seen.fields.is_empty() => ui::card(
            &title,
            html! {},
            html! {
                form class="form" id="fields" method="post" action=(action) data-once {
                    @if let Some(fault) = fault.filter(|fault| fault.fields.is_empty()) {
                        (ui::form_error(&fault.speak(locale)))
                    }
                    (inputs(locale, seen, typed, fault))
                    div class="form__f" {
                        (ui::button(locale.t("fields-keep")).icon("save"))
                    }
                }
            },
        ),
        _ => {
            let facts = facts(locale, &seen.fields, &seen.values);
            html! { @if !facts.is_empty() { (ui::card(&title, html! {}, ui::kv(&facts))) } }
        }
    }
}

/// The inputs of a form: what stands in the fields, or what was typed when the form comes back.
/// Nothing where no field is defined.
pub fn inputs(
    locale: Locale,
    seen: &Seen,
    typed: Option<&web::Fields>,
    fault: Option<&Fault>,
) -> Markup {
    let version = typed.filter(|typed| typed.has(VERSION));
    let version = version.map_or(seen.version.to_string(), |typed| {
        typed.typed(VERSION).to_owned()
    });
    html! {
        @if !seen.fields.is_empty() {
            (ui::hidden(VERSION, version))
            @for field in &seen.fields {
                (input(locale, field, &texts(field, seen, typed), fault))
            }
        }
    }
}

/// What stands in an input.
fn texts(field: &Field, seen: &Seen, typed: Option<&web::Fields>) -> Vec<String> {
    match typed.filter(|typed| typed.has(VERSION)) {
        Some(typed) => typed.list(&field.input()),
        None => seen
            .values
            .get(&field.id)
            .map_or_else(Vec::new, |value| field.typed(value)),
    }
}

fn input(locale: Locale, field: &Field, texts: &[String], fault: Option<&Fault>) -> Markup {
    let (name, label) = (field.input(), field.label(locale));
    let error = fault.and_then(|fault| fault.of_field(&name, locale));
    let first = texts.first().map_or("", String::as_str);
    let plain = match field.kind {
        Kind::Choices => {
            let options = offered(field, texts, locale);
            return ui::choices(&name, label, &options, texts, error.as_deref());
        }
        Kind::Flag => return html! { (ui::checkbox(&name, label, first == "1").error(error)) },
        Kind::Choice => {
            let mut options = vec![(String::new(), locale.t("fields-nothing"))];
            options.extend(offered(field, texts, locale));
            ui::select_field(&name, label, options)
        }
        Kind::LongText => {
            let most = usize::try_from(field.most.unwrap_or(5000)).unwrap_or(5000);
            ui::text_area(&name, label, 3)
                .max_length(most)
                .class("field--w")
        }
        Kind::Text => {
            let most = usize::try_from(field.most.unwrap_or(200)).unwrap_or(200);
            ui::text_field(&name, label).max_length(most)
        }
        Kind::Whole => ui::text_field(&name, label).attr("inputmode", "numeric"),
        Kind::Decimal | Kind::Money => ui::text_field(&name, label).attr("inputmode", "decimal"),
        Kind::Date => ui::date_field(&name, label),
    };
    let plain = plain.value(first).error(error);
    html! {
        @if field.required { (plain.required()) } @else { (plain.optional(locale)) }
    }
}

/// What may be chosen, and what was chosen before even when it is no longer offered.
fn offered(field: &Field, chosen: &[String], locale: Locale) -> Vec<(String, String)> {
    let shown = field
        .picks
        .iter()
        .filter(|pick| pick.offered || chosen.contains(&pick.key));
    shown
        .map(|pick| (pick.key.clone(), pick.label(locale).to_owned()))
        .collect()
}

/// The values as facts of a page; fields without a value are left out.
pub fn facts(locale: Locale, fields: &[Field], values: &Values) -> Vec<(String, Markup)> {
    let fact = |field: &Field| {
        let value = values.get(&field.id)?;
        Some((field.label(locale).to_owned(), shown(locale, field, value)))
    };
    fields.iter().filter_map(fact).collect()
}

fn shown(locale: Locale, field: &Field, value: &Value) -> Markup {
    let text = field.shown(value, locale);
    match value {
        Value::Number(_) | Value::Money(_) | Value::Day(_) => html! { span class="num" { (text) } },
        _ => html! { span class="pre" { (text) } },
    }
}

/// The heads of the columns that a list shows.
pub fn heads(locale: Locale, listed: &Listed) -> Vec<ui::Head> {
    let head = |field: &Field| {
        let head = ui::head(field.label(locale)).drop(2);
        match field.kind {
            Kind::Whole | Kind::Decimal | Kind::Money => head.number(),
            _ => head,
        }
    };
    listed
        .fields
        .iter()
        .filter(|field| field.listed)
        .map(head)
        .collect()
}

/// The cells of an object under [`heads`].
pub fn list_cells(locale: Locale, listed: &Listed, object: &str) -> Vec<Markup> {
    let values = listed.values.get(object);
    let cell = |field: &Field| {
        let value = values.and_then(|values| values.get(&field.id));
        html! {
            span class="trunc" {
                @if let Some(value) = value { (shown(locale, field, value)) }
            }
        }
    };
    listed
        .fields
        .iter()
        .filter(|field| field.listed)
        .map(cell)
        .collect()
}

/// What a list can be narrowed by, folded away until it is used; nothing without listed fields.
pub fn more_filters(locale: Locale, fields: &[Field], asked: &web::Fields) -> Markup {
    folded_filters(locale, fields, asked, html! {})
}

fn folded_filters(locale: Locale, fields: &[Field], asked: &web::Fields, button: Markup) -> Markup {
    let used = |field: &Field| {
        let name = field.input();
        let names = [name.clone(), format!("{name}-from"), format!("{name}-to")];
        names.iter().any(|name| !asked.typed(name).is_empty())
    };
    let fields: Vec<&Field> = fields.iter().filter(|field| field.listed).collect();
    let open = fields.iter().any(|field| used(field));
    html! {
        @if !fields.is_empty() {
            (ui::disclosure(&locale.t("fields-more-filters"), open, html! {
                div class="filters" {
                    @for field in &fields { (filter(locale, field, asked)) }
                    (button)
                }
            }))
        }
    }
}

/// [`more_filters`] as a form of its own, for lists whose other choices are links.
pub fn filter_form(locale: Locale, fields: &[Field], asked: &web::Fields, action: &str) -> Markup {
    let others = asked.values().iter();
    let others = others.filter(|(name, value)| !name.starts_with("field-") && !value.is_empty());
    let narrow = ui::button(locale.t("fields-narrow")).icon("funnel");
    let narrow = html! { div class="filters__f" { (narrow) } };
    html! {
        @if fields.iter().any(|field| field.listed) {
            form method="get" action=(action) role="search" {
                @for (name, value) in others { (ui::hidden(name, value)) }
                (folded_filters(locale, fields, asked, narrow))
            }
        }
    }
}

fn filter(locale: Locale, field: &Field, asked: &web::Fields) -> Markup {
    let (name, label) = (field.input(), field.label(locale));
    let any = (String::new(), locale.t("fields-any"));
    let options = match field.kind {
        Kind::Flag => vec![
            any,
            ("1".to_owned(), locale.t("fields-yes")),
            ("0".to_owned(), locale.t("fields-no")),
        ],
        Kind::Choice | Kind::Choices => {
            let picks = field.picks.iter();
            let picks = picks.map(|pick| (pick.key.clone(), pick.label(locale).to_owned()));
            std::iter::once(any).chain(picks).collect()
        }
        Kind::Text | Kind::LongText => {
            return html! { (ui::text_field(&name, label).value(asked.typed(&name))) };
        }
        Kind::Whole | Kind::Decimal | Kind::Money | Kind::Date => {
            return range(locale, field, asked);
        }
    };
    html! { (ui::select_field(&name, label, options).value(asked.typed(&name))) }
}

fn range(locale: Locale, field: &Field, asked: &web::Fields) -> Markup {
    let end = |which: &str, key: &str| {
        let name = format!("{}-{which}", field.input());
        let label = locale.tx(key, &[("name", field.label(locale).into())]);
        let input = match field.kind {
            Kind::Date => ui::date_field(&name, label),
            _ => ui::text_field(&name, label).attr("inputmode", "decimal"),
        };
        input.value(asked.typed(&name))
    };
    html! { (end("from", "fields-from")) (end("to", "fields-to")) }
}
