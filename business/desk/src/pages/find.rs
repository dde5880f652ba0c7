//! What the check-in field and the palette find.

use kernel::Locale;
use ui::{Markup, Tone, html};

/// One thing found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Icon.
    pub icon: &'static str,
    /// The name in front.
    pub title: String,
    /// What is known beside it.
    pub detail: String,
    /// Its state in a badge, empty for none.
    pub badge: (Tone, String),
    /// Where it leads.
    pub href: String,
    /// What can be done at once: label, address, hidden values; the first is the main one.
    pub acts: Vec<Act>,
}

/// One thing that can be done at once.
#[derive(Debug, Clone)]
pub(crate) enum Act {
    /// Posts to an address.
    Post(String, String),
    /// Leads to an address.
    Link(String, String),
}

/// The fragment below the check-in field; empty without a text.
pub(crate) fn results(locale: Locale, text: &str, found: &[Found], may_take: bool) -> Markup {
    html! {
        @if !text.is_empty() {
            div class="finds" role="region" aria-label=(locale.t("desk-found")) {
                ul { @for (index, thing) in found.iter().enumerate() { (line(thing, index == 0)) } }
                @if found.is_empty() {
                    p class="muted sm" {
                        (locale.tx("desk-found-nothing", &[("text", text.into())]))
                    }
                }
                @if may_take { (take_buttons(locale, text)) }
            }
        }
    }
}

fn take_buttons(locale: Locale, text: &str) -> Markup {
    let walk_in = format!("/today/walk-in?customer={}", escape(text));
    html! {
        div class="row wrap" {
            (ui::link_button(locale.t("desk-walk-in-this"), walk_in).small().icon("ticket"))
            (ui::link_button(locale.t("desk-book-this"), book_path(text)).small()
                .icon("calendar-plus"))
        }
    }
}

fn book_path(text: &str) -> String {
    format!("/orders/new?kind=booking&customer={}", escape(text))
}

/// A text as it stands in an address.
pub(crate) fn escape(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'-' | b'_' | b'.' => char::from(byte).to_string(),
            byte if byte.is_ascii_alphanumeric() => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

fn line(thing: &Found, first: bool) -> Markup {
    html! {
        li class="fd row" {
            (ui::icon(thing.icon))
            span class="grow trunc" {
                a href=(thing.href) { b { (thing.title) } } " "
                span class="muted sm" { (thing.detail) }
            }
            (badge(thing))
            @for (index, act) in thing.acts.iter().enumerate() {
                (button(act, first && index == 0))
            }
        }
    }
}

fn badge(thing: &Found) -> Markup {
    let (tone, words) = &thing.badge;
    html! { @if !words.is_empty() { (ui::badge(*tone, "", words)) } }
}

fn button(act: &Act, main: bool) -> Markup {
    let button = match act {
        Act::Post(label, path) => ui::post_button(label, path).hidden("back", "find"),
        Act::Link(label, path) => ui::link_button(label, path),
    };
    let button = if main { button.primary() } else { button };
    html! { (button.small()) }
}

/// The palette's lines: links alone.
pub(crate) fn palette(locale: Locale, groups: &[(String, Vec<Found>)]) -> Markup {
    let none = groups.iter().all(|(_, found)| found.is_empty());
    html! {
        @for (title, found) in groups.iter().filter(|(_, found)| !found.is_empty()) {
            h3 { (title) }
            @for thing in found {
                a href=(thing.href) {
                    (ui::icon(thing.icon))
                    span { (thing.title) " " small class="muted" { (thing.detail) } }
                    (badge(thing))
                }
            }
        }
        @if none { p class="muted sm" { (locale.t("desk-search-nothing")) } }
    }
}

/// The search page, for those who come by its address.
pub(crate) fn page(locale: Locale, text: &str, groups: &[(String, Vec<Found>)]) -> Markup {
    html! {
        form method="get" action="/search" role="search" class="filters" {
            (ui::search_field("q", locale.t("desk-search")).value(text).max_length(80).autofocus())
            div class="filters__f" { (ui::button(locale.t("desk-search")).icon("search")) }
        }
        h2 class="vh" { (locale.t("desk-found")) }
        div class="palette__list" { (palette(locale, groups)) }
    }
}
