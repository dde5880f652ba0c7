//! The addresses to which nothing is sent.

use customers::{UnreachableAddress, Why};
use kernel::{Locale, TimeZone, format};
use maud::{Markup, html};
use ui::Tone;

use super::UNREACHABLE;

/// What the list shows.
pub(crate) struct UnreachableView<'a> {
    /// Only those of this reason.
    pub why: Option<Why>,
    /// The latest first.
    pub addresses: &'a [UnreachableAddress],
    /// Whether there are more than are shown.
    pub more: bool,
    /// Whose clock to show.
    pub zone: TimeZone,
    /// Whether the reader may read addresses in full.
    pub full: bool,
    /// Whether the reader may say that one reaches.
    pub may_clear: bool,
}

/// The list, and a way to say that an address reaches again.
pub(crate) fn unreachable(locale: Locale, view: &UnreachableView<'_>) -> Markup {
    html! {
        p class="muted" { (locale.t("messages-unreachable-text")) }
        div class="row wrap mt" {
            (ui::chip(&locale.t("messages-all"), UNREACHABLE, view.why.is_none()))
            @for why in Why::ALL {
                @let path = format!("{UNREACHABLE}?why={}", why.as_str());
                (ui::chip(&why.label(locale), &path, view.why == Some(why)))
            }
        }
        div class="mt" id="unreachable" data-live="customer" {
            @if view.addresses.is_empty() {
                (ui::empty("circle-check", &locale.t("messages-unreachable-none"),
                    &locale.t("messages-unreachable-none-text"), html! {}))
            } @else { (table(locale, view)) }
            @if view.more { p class="muted sm mt" { (locale.t("messages-unreachable-more")) } }
        }
    }
}

fn table(locale: Locale, view: &UnreachableView<'_>) -> Markup {
    let heads = [
        ui::head(locale.t("messages-address")),
        ui::head(locale.t("messages-customer")),
        ui::head(locale.t("messages-why")),
        ui::head(locale.t("messages-since")),
        ui::head(""),
    ];
    let rows: Vec<_> = view
        .addresses
        .iter()
        .map(|one| row(locale, view, one))
        .collect();
    ui::stacking_table(&heads, &rows)
}

fn row(locale: Locale, view: &UnreachableView<'_>, one: &UnreachableAddress) -> ui::Row {
    let mark = &one.mark;
    let tone = match mark.why {
        Why::Bounced => Tone::Danger,
        Why::Complained => Tone::Warn,
    };
    let since = mark.since.to_zoned(view.zone.clone());
    ui::row(vec![
        html! { (shown(&one.address, view.full)) },
        html! {
            @if let Some(customer) = &one.customer {
                a class="link" href={ "/customers/" (customer.id) } {
                    (customer.display(locale))
                }
            }
        },
        html! {
            (ui::badge(tone, "octagon-alert", &mark.why.label(locale)))
            " " span class="muted sm" { (mark.reason) }
        },
        html! { span class="num" { (format::date_year(locale, since.date())) } },
        html! {
            @if view.may_clear {
                (ui::post_button(locale.t("customers-reachable"),
                    format!("{UNREACHABLE}/reachable"))
                    .hidden("address", &one.address).small())
            }
        },
    ])
}

/// An address as somebody may read it.
pub(crate) fn shown(address: &str, full: bool) -> String {
    match full {
        true => address.to_owned(),
        false => crate::model::mail_masked(address),
    }
}
