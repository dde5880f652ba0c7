//! The list of orders: a filter bar that lives in the address, a table, a pager.

use kernel::{Channel, Locale, format};
use maud::{Markup, html};
use web::Fields;

use super::{View, path, state_badge};
use crate::{
    model::{Kind, StateName, channel_label, state_label},
    queries::{Page, Row},
};

/// What the list shows.
pub(crate) struct ListPage<'p> {
    pub view: &'p View,
    /// What was asked for, as it was typed.
    pub asked: &'p Fields,
    pub page: &'p Page,
    /// The fields of the business's own that lists show.
    pub own: &'p fields::Listed,
    /// How many there are, counted up to a thousand.
    pub count: i64,
    /// The sites to choose from; none when there is only one.
    pub sites: &'p [(String, String)],
    pub filtered: bool,
    /// The customer whose orders alone are shown.
    pub customer: Option<String>,
}

/// The most orders that are counted.
pub(crate) const COUNT_MAX: i64 = 1000;

/// The list of orders.
pub(crate) fn list_page(list: &ListPage) -> Markup {
    let locale = list.view.locale;
    html! {
        (filter_bar(list))
        section id="orders" data-live="order" {
            @if list.page.rows.is_empty() { (empty(list)) } @else {
                (table(list))
                (ui::pager(
                    locale,
                    list.asked.has("after").then(|| address(list.asked, None)).as_deref(),
                    list.page.next.map(|next| address(list.asked, Some(&next.encode()))).as_deref(),
                    &counted(list.count, locale),
                ))
            }
        }
    }
}

fn counted(count: i64, locale: Locale) -> String {
    if count >= COUNT_MAX {
        locale.tx(
            "orders-count-more",
            &[("count", format::number(COUNT_MAX).into())],
        )
    } else {
        locale.tx("orders-count", &[("count", count.into())])
    }
}

/// This list with the same filter, from another place on.
fn address(asked: &Fields, after: Option<&str>) -> String {
    let mut pairs: Vec<String> = asked
        .values()
        .iter()
        .filter(|(name, value)| name != "after" && !value.is_empty())
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    pairs.extend(after.map(|after| format!("after={after}")));
    if pairs.is_empty() {
        "/orders".to_owned()
    } else {
        format!("/orders?{}", pairs.join("&"))
    }
}

/// A value as it stands in an address.
pub(crate) fn encode(value: &str) -> String {
    use std::fmt::Write as _;
    value.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string succeeds");
        }
        out
    })
}

fn filter_bar(list: &ListPage) -> Markup {
    let (locale, asked) = (list.view.locale, list.asked);
    let any = |key| (String::new(), locale.t(key));
    let mut states = vec![any("orders-filter-any-state")];
    states.push(("current".to_owned(), locale.t("orders-filter-current")));
    states.extend(StateName::ALL.map(|name| (name.as_str().to_owned(), state_label(name, locale))));
    let mut kinds = vec![any("orders-filter-any-kind")];
    kinds.extend(
        Kind::ALL
            .iter()
            .map(|kind| (kind.as_str().to_owned(), kind.label(locale))),
    );
    let mut channels = vec![any("orders-filter-any-channel")];
    channels.extend(
        Channel::ALL.map(|channel| (channel.as_str().to_owned(), channel_label(channel, locale))),
    );
    let mut staff = vec![any("orders-filter-any-staff")];
    staff.extend(
        list.view
            .staff
            .values()
            .map(|one| (one.id.to_string(), one.shown(locale).to_owned())),
    );
    let field = |name: &str, key: &str, options: Vec<(String, String)>| {
        ui::select_field(name, locale.t(key), options).value(asked.typed(name))
    };
    let day = |name: &str, key: &str| {
        ui::date_field(name, locale.t(key))
            .value(asked.typed(name))
            .class("only-wide")
    };
    html! {
        form class="filters" method="get" action="/orders" role="search" {
            (ui::search_field("q", locale.t("orders-filter-text"))
                .value(asked.typed("q"))
                .placeholder(locale.t("orders-filter-text-hint"))
                .max_length(80))
            (field("state", "orders-filter-state", states))
            (field("kind", "orders-filter-kind", kinds))
            (field("channel", "orders-filter-channel", channels).class("only-wide"))
            @if !list.sites.is_empty() {
                @let sites = [vec![any("orders-filter-any-site")], list.sites.to_vec()].concat();
                (field("site", "orders-filter-site", sites).class("only-wide"))
            }
            (field("staff", "orders-filter-staff", staff))
            (day("from", "orders-filter-from"))
            (day("to", "orders-filter-to"))
            @if list.customer.is_some() { (ui::hidden("customer", asked.typed("customer"))) }
            (fields::more_filters(locale, &list.own.fields, asked))
            div class="row filters__f" {
                (ui::button(locale.t("orders-filter-apply")).icon("funnel"))
                @if list.filtered {
                    (ui::link_button(locale.t("orders-filter-clear"), "/orders").ghost().icon("x"))
                }
            }
        }
        @if let Some(customer) = &list.customer {
            p class="sm dim" { (locale.tx("orders-of-customer", &[("name", customer.into())])) }
        }
    }
}

fn empty(list: &ListPage) -> Markup {
    let locale = list.view.locale;
    if list.filtered {
        return ui::empty(
            "search",
            &locale.t("orders-none-found"),
            &locale.t("orders-none-found-text"),
            html! { (ui::link_button(locale.t("orders-filter-clear"), "/orders")) },
        );
    }
    ui::empty(
        "clipboard",
        &locale.t("orders-none"),
        &locale.t("orders-none-text"),
        html! {
            (ui::link_button(locale.t("orders-new"), "/orders/new").primary().icon("plus"))
        },
    )
}

/// The main action of the list.
pub(crate) fn new_action(locale: kernel::Locale) -> Markup {
    let new = ui::link_button(locale.t("orders-new"), "/orders/new")
        .primary()
        .icon("plus");
    html! { (new.key("N")) }
}

fn table(list: &ListPage) -> Markup {
    let locale = list.view.locale;
    let mut heads = vec![
        ui::head(locale.t("orders-col-number")),
        ui::head(locale.t("orders-col-customer")).drop(1),
        ui::head(locale.t("orders-col-what")),
        ui::head(locale.t("orders-col-when")).drop(1),
        ui::head(locale.t("orders-col-staff")).drop(2),
        ui::head(locale.t("orders-col-state")),
        ui::head(locale.t("orders-col-amount")).number().drop(1),
    ];
    heads.extend(fields::heads(locale, list.own));
    let rows: Vec<ui::Row> = list.page.rows.iter().map(|row| line(list, row)).collect();
    ui::table(&heads, &rows)
}

fn line(list: &ListPage, row: &Row) -> ui::Row {
    let view = list.view;
    let (order, locale) = (&row.order, view.locale);
    let name = row
        .customer
        .as_ref()
        .map(|customer| customer.display(locale));
    let family = order.family.as_deref().unwrap_or_default();
    let title = order.title(locale);
    let mut cells = vec![
        html! { span class="num nowrap" { (order.code) } },
        html! {
            @match name {
                Some(name) => { (name) }
                None => { span class="muted" { (locale.t("orders-no-customer")) } }
            }
        },
        html! {
            @if family.is_empty() { (title) } @else { (ui::family(family, &title)) }
            @if !order.title.is_empty() {
                " " span class="muted xs only-wide" { (order.kind.label(locale)) }
            }
            @if let Some(name) = name { p class="muted xs only-narrow" { (name) } }
        },
        html! { span class="num" { (view.when_at(order.site, order.due())) } },
        html! { (view.who(order.state.staff())) },
        state_badge(order.state.name(), locale),
        html! { @if order.total.minor != 0 { (format::money(&order.total)) } },
    ];
    cells.extend(fields::list_cells(locale, list.own, &order.id.to_string()));
    ui::row(cells)
        .href(path(order))
        .id(format!("o-{}", order.id))
}
