//! What is seen of customers: the list, and the form for a new one.

use kernel::{Fault, Locale, TimeZone, format};
use maud::{Markup, html};
use ui::Tone;

use crate::{
    model::{Customer, Level},
    reach::{Unreachable, Why},
};

/// What the list shows.
pub(crate) struct ListPage<'p> {
    pub locale: Locale,
    /// What was asked for, as it was typed.
    pub asked: &'p web::Fields,
    /// What was looked for.
    pub text: &'p str,
    pub customers: &'p [Customer],
    /// The fields of the business's own that lists show.
    pub own: &'p fields::Listed,
    /// The address of the next page, when there is one.
    pub next: Option<String>,
    /// The address of the first page, when this is another one.
    pub first: Option<String>,
    pub may_edit: bool,
}

/// The list of customers by name.
pub(crate) fn list_page(page: &ListPage) -> Markup {
    let locale = page.locale;
    html! {
        form class="filters" method="get" action="/customers" role="search" {
            (ui::search_field("q", locale.t("customers-find"))
                .value(page.text)
                .placeholder(locale.t("customers-find-hint"))
                .max_length(80)
                .autofocus())
            (fields::more_filters(locale, &page.own.fields, page.asked))
            div class="row filters__f" {
                (ui::button(locale.t("customers-find")).icon("search"))
                @if is_narrowed(page) {
                    (ui::link_button(locale.t("customers-find-clear"), "/customers")
                        .ghost().icon("x"))
                }
            }
        }
        section id="customers" data-live="customer" {
            @if page.customers.is_empty() { (empty(page)) } @else {
                (table(page))
                (ui::pager(locale, page.first.as_deref(), page.next.as_deref(), ""))
            }
        }
    }
}

fn is_narrowed(page: &ListPage) -> bool {
    let own = |(name, value): &(String, String)| name.starts_with("field-") && !value.is_empty();
    !page.text.is_empty() || page.asked.values().iter().any(own)
}

fn empty(page: &ListPage) -> Markup {
    let locale = page.locale;
    if !is_narrowed(page) {
        let text = locale.t("customers-none-text");
        return ui::empty(
            "users",
            &locale.t("customers-none"),
            &text,
            new_button(page),
        );
    }
    let title = locale.tx("customers-none-found", &[("text", page.text.into())]);
    ui::empty(
        "search",
        &title,
        &locale.t("customers-none-found-text"),
        new_button(page),
    )
}

fn new_button(page: &ListPage) -> Markup {
    html! {
        @if page.may_edit {
            (ui::link_button(page.locale.t("customers-new"), "/customers/new").icon("user-plus"))
        }
    }
}

/// The main action of the list.
pub(crate) fn new_action(locale: Locale) -> Markup {
    let new = ui::link_button(locale.t("customers-new"), "/customers/new");
    html! { (new.primary().icon("user-plus").key("N")) }
}

fn table(page: &ListPage) -> Markup {
    let locale = page.locale;
    let mut heads = vec![
        ui::head(locale.t("customers-name")),
        ui::head(locale.t("customers-phone")),
        ui::head(locale.t("customers-language")).drop(1),
        ui::head(locale.t("customers-since")).drop(1),
        ui::head(locale.t("customers-note")).drop(2),
    ];
    heads.extend(fields::heads(locale, page.own));
    let rows: Vec<ui::Row> = page.customers.iter().map(|one| row(page, one)).collect();
    ui::table(&heads, &rows)
}

fn row(page: &ListPage, customer: &Customer) -> ui::Row {
    let locale = page.locale;
    let shown = customer.display(locale);
    let phone = customer
        .phone
        .as_ref()
        .map(|phone| format::phone_masked(phone.digits()));
    let language = customer.language.map(language_name).unwrap_or_default();
    let since = customer.since.to_zoned(kernel::TimeZone::UTC).date();
    let mut cells = vec![
        html! {
            (shown)
            @if shown != customer.name {
                " " span class="muted" { (ui::lang_run(Locale::ZhCn, &customer.name)) }
            }
            @if customer.level == Level::Vip {
                " " (ui::badge(Tone::Vip, "star", &locale.t("customers-vip")))
            }
        },
        html! { span class="num" { (phone.unwrap_or_default()) } },
        html! { (language) },
        html! { span class="num" { (format::date_year(locale, since)) } },
        html! { span class="trunc muted" { (customer.note.chars().take(60).collect::<String>()) } },
    ];
    cells.extend(fields::list_cells(
        locale,
        page.own,
        &customer.id.to_string(),
    ));
    ui::row(cells)
        .href(format!("/customers/{}", customer.id))
        .id(format!("c-{}", customer.id))
}

/// The one field in which a customer is named, on another noun's form: name, phone or both. While
/// typing, those found are offered below; whoever is chosen is sent as `customer_id`.
pub fn picker(locale: Locale, typed: &web::Fields, error: Option<String>) -> Markup {
    html! {
        (ui::text_field("customer", locale.t("customers-picker"))
            .value(typed.typed("customer"))
            .hint(locale.t("customers-picker-hint"))
            .error(error)
            .autocomplete("off")
            .max_length(120)
            .attr("data-live-search", "/customers/found")
            .attr("data-target", "#customer-found"))
        div id="customer-found" aria-live="polite" {
            // A choice made before a refusal stays made.
            @if !typed.typed("customer_id").is_empty() {
                label class="check" {
                    input type="radio" name="customer_id" checked
                        value=(typed.typed("customer_id"));
                    span { (locale.t("customers-picker-chosen")) }
                }
            }
        }
    }
}

/// Those found while typing, as choices of [`picker`].
pub(crate) fn found_fragment(locale: Locale, customers: &[Customer]) -> Markup {
    html! {
        div id="customer-found" aria-live="polite" {
            @if !customers.is_empty() {
                fieldset class="field choices" {
                    legend class="vh" { (locale.t("customers-picker-found")) }
                    div class="row wrap" {
                        @for customer in customers { (found_choice(locale, customer)) }
                    }
                }
            }
        }
    }
}

fn found_choice(locale: Locale, customer: &Customer) -> Markup {
    let phone = customer
        .phone
        .as_ref()
        .map(|phone| format::phone_masked(phone.digits()));
    html! {
        label class="check" {
            input type="radio" name="customer_id" value=(customer.id);
            span {
                (customer.display(locale))
                @if let Some(phone) = phone { " " span class="muted num" { (phone) } }
            }
        }
    }
}

/// A language by its own name.
fn language_name(language: Locale) -> Markup {
    ui::lang_run(language, &language.t("customers-language-own"))
}

/// The form for a new customer, with what was typed.
pub(crate) fn new_page(
    locale: Locale,
    typed: &web::Fields,
    fault: Option<&Fault>,
    own: &Markup,
) -> Markup {
    let error = |field: &str| fault.and_then(|fault| fault.of_field(field, locale));
    ui::plain_card(html! {
        form class="form" method="post" action="/customers" data-once {
            div class="form__g" {
                (ui::text_field("name", locale.t("customers-name"))
                    .value(typed.typed("name")).error(error("name"))
                    .required().max_length(80).autofocus())
                (ui::text_field("reading", locale.t("customers-reading"))
                    .value(typed.typed("reading")).error(error("reading"))
                    .hint(locale.t("customers-reading-hint")).max_length(80))
                (ui::phone_field("phone", locale.t("customers-phone"))
                    .value(typed.typed("phone")).error(error("phone")).max_length(30))
                (ui::email_field("email", locale.t("customers-email"))
                    .value(typed.typed("email")).error(error("email")).max_length(120))
                (ui::text_area("note", locale.t("customers-note"), 3)
                    .value(typed.typed("note")).error(error("note"))
                    .max_length(2000).class("field--w"))
                (own)
            }
            div class="form__f" {
                (ui::button(locale.t("customers-save")).primary().icon("save"))
                (ui::link_button(locale.t("customers-back"), "/customers").ghost())
            }
        }
    })
}

/// That mail to an address does not arrive, since when and why; `clear` is where somebody who knows
/// better says so.
pub fn unreachable_note(
    locale: Locale,
    unreachable: &Unreachable,
    zone: &TimeZone,
    clear: Option<String>,
) -> Markup {
    let title = match unreachable.why {
        Why::Bounced => "customers-unreachable",
        Why::Complained => "customers-unreachable-complained",
    };
    let since = unreachable.since.to_zoned(zone.clone());
    let facts = [
        ("when", format::date_year(locale, since.date()).into()),
        ("reason", unreachable.reason.as_str().into()),
    ];
    ui::note(
        Tone::Danger,
        html! {
            b { (locale.t(title)) }
            p class="sm" { (locale.tx("customers-unreachable-text", &facts)) }
            @if let Some(path) = clear {
                (ui::post_button(locale.t("customers-reachable"), path).small())
            }
        },
    )
}
