//! The page of one customer: details that can be changed, and the orders so far.

use customers::{Customer, Details, Level, Unreachable};
use kernel::{Fault, Locale, format};
use maud::{Markup, html};

use super::{View, fault_above, path, side::customer_facts, state_badge};
use crate::queries::{Page, Standing};

/// What the page shows.
pub(crate) struct CustomerPage<'p> {
    pub view: &'p View,
    pub customer: &'p Customer,
    /// What stands in the form: what is known, or what was typed.
    pub details: &'p Details,
    pub standing: &'p Standing,
    pub orders: &'p Page,
    pub fault: Option<&'p Fault>,
    pub may_edit: bool,
    pub may_phone: bool,
    /// Why nothing is sent to the mail address.
    pub unreachable: Option<&'p Unreachable>,
    /// Photos and files.
    pub shelf: Markup,
}

/// The page of one customer.
pub(crate) fn customer_page(page: &CustomerPage) -> Markup {
    let view = page.view;
    html! {
        @if let Some(unreachable) = page.unreachable {
            (customers::unreachable_note(
                view.locale,
                unreachable,
                &view.zone,
                page.may_edit.then(|| format!("/customers/{}/reachable", page.customer.id)),
            ))
        }
        div class="stack only-narrow" { (facts(page)) div {} }
        div class="split" {
            section id="customer" data-live="order" { (orders(page)) }
            aside aria-label=(view.t("orders-customer-details")) {
                div class="only-wide" { (facts(page)) }
                (page.shelf)
                @if page.may_edit { (form(page)) }
            }
        }
    }
}

fn facts(page: &CustomerPage) -> Markup {
    let phone = (page.may_phone, false);
    ui::plain_card(customer_facts(
        page.view,
        page.customer,
        page.standing,
        phone,
    ))
}

fn orders(page: &CustomerPage) -> Markup {
    let (view, locale) = (page.view, page.view.locale);
    let all = format!("/orders?customer={}", page.customer.id);
    let actions = html! {
        @if page.orders.next.is_some() {
            (ui::link_button(view.t("orders-customer-all"), all).ghost().small())
        }
    };
    if page.orders.rows.is_empty() {
        return ui::empty(
            "clipboard",
            &view.t("orders-customer-none"),
            &view.t("orders-customer-none-text"),
            actions,
        );
    }
    let heads = [
        ui::head(view.t("orders-col-number")),
        ui::head(view.t("orders-col-what")),
        ui::head(view.t("orders-col-when")).drop(1),
        ui::head(view.t("orders-col-staff")).drop(2),
        ui::head(view.t("orders-col-state")),
        ui::head(view.t("orders-col-amount")).number().drop(1),
    ];
    let rows = page.orders.rows.iter().map(|row| {
        let order = &row.order;
        let family = order.family.as_deref().unwrap_or_default();
        ui::row(vec![
            html! { span class="num nowrap" { (order.code) } },
            html! {
                @if family.is_empty() { (order.title(locale)) }
                @else { (ui::family(family, &order.title(locale))) }
                p class="muted xs num only-narrow" { (view.when_at(order.site, order.due())) }
            },
            html! { span class="num" { (view.when_at(order.site, order.due())) } },
            html! { (view.who(order.state.staff())) },
            state_badge(order.state.name(), locale),
            html! { @if order.total.minor != 0 { (format::money(&order.total)) } },
        ])
        .href(path(order))
    });
    ui::card(
        &view.t("orders-customer-orders"),
        actions,
        ui::table(&heads, &rows.collect::<Vec<_>>()),
    )
}

fn form(page: &CustomerPage) -> Markup {
    let (view, details) = (page.view, page.details);
    let error = |field: &str| {
        page.fault
            .and_then(|fault| fault.of_field(field, view.locale))
    };
    let languages: Vec<(String, String)> = [
        (String::new(), view.t("orders-customer-language-open")),
        (Locale::ZhCn.tag().to_owned(), view.t("orders-language-zh")),
        (Locale::En.tag().to_owned(), view.t("orders-language-en")),
    ]
    .into();
    let levels: Vec<(String, String)> = [
        (
            Level::Regular.as_str().to_owned(),
            view.t("orders-customer-regular"),
        ),
        (
            Level::Vip.as_str().to_owned(),
            view.t("orders-customer-vip"),
        ),
    ]
    .into();
    let language = details.language.map_or("", Locale::tag);
    let level = details.level.unwrap_or(Level::Regular).as_str();
    let action = format!("/customers/{}", page.customer.id);
    ui::card(
        &view.t("orders-customer-details"),
        html! {},
        html! {
            form class="form" method="post" action=(action) data-once {
                (fault_above(page.fault, view.locale))
                (ui::hidden("version", page.customer.version))
                (ui::text_field("name", view.t("orders-customer-field-name"))
                    .value(&details.name).error(error("name")).required().max_length(80))
                (ui::text_field("reading", view.t("orders-customer-field-reading"))
                    .value(&details.reading).error(error("reading")).max_length(80))
                (ui::phone_field("phone", view.t("orders-customer-phone"))
                    .value(&details.phone).error(error("phone")).max_length(30))
                (ui::email_field("email", view.t("orders-customer-field-email"))
                    .value(&details.email).error(error("email")).max_length(120))
                (ui::select_field("language", view.t("orders-customer-language"), languages)
                    .value(language))
                (ui::radios("level", &view.t("orders-customer-field-level"), &levels, level))
                (ui::text_area("note", view.t("orders-customer-field-note"), 3)
                    .value(&details.note).error(error("note")).max_length(2000))
                div class="form__f" {
                    (ui::button(view.t("orders-content-save")).icon("save"))
                }
            }
        },
    )
}
