//! What the check-in field and the palette find.

use kernel::{Locale, ids::CustomerId};
use ui::{Markup, Tone, html};

/// One thing found.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// Its kind and its id; nothing for a command.
    pub thing: (&'static str, String),
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
    /// The customer it names, of whose being seen it is told.
    pub customer: Option<CustomerId>,
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
                ul {
                    @for (index, thing) in found.iter().enumerate() {
                        (line(thing, text, index == 0))
                    }
                }
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

fn line(thing: &Found, text: &str, first: bool) -> Markup {
    html! {
        li class="fd row" {
            (ui::icon(thing.icon))
            span class="grow trunc" {
                a href=(thing.href) { b { (marked(&thing.title, text)) } } " "
                span class="muted sm" { (marked(&thing.detail, text)) }
            }
            (badge(thing))
            @for (index, act) in thing.acts.iter().enumerate() {
                (button(act, first && index == 0))
            }
        }
    }
}

/// A text with the words that were typed marked where they stand in it.
fn marked(shown: &str, typed: &str) -> Markup {
    let found = typed.split_whitespace().find_map(|word| {
        let word = names::fold(word);
        let starts = shown.char_indices().map(|(at, _)| at);
        let mut begun = starts.filter(|&at| !word.is_empty() && folded_at(shown, at, &word) > at);
        begun.next().map(|at| (at, folded_at(shown, at, &word)))
    });
    let Some((from, to)) = found else {
        return html! { (shown) };
    };
    html! { (shown[..from]) mark { (shown[from..to]) } (shown[to..]) }
}

/// Where the text that begins at `from` and folds to `word` ends; `from` where there is none.
fn folded_at(shown: &str, from: usize, word: &str) -> usize {
    let mut folded = String::new();
    for (at, mark) in shown[from..].char_indices() {
        folded.push_str(&names::fold(mark.encode_utf8(&mut [0; 4])));
        if folded == word {
            return from + at + mark.len_utf8();
        }
        if !word.starts_with(&folded) {
            break;
        }
    }
    from
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
pub(crate) fn palette(locale: Locale, text: &str, groups: &[(String, Vec<Found>)]) -> Markup {
    let none = groups.iter().all(|(_, found)| found.is_empty());
    html! {
        @for (title, found) in groups.iter().filter(|(_, found)| !found.is_empty()) {
            h3 { (title) }
            @for thing in found {
                a href=(thing.href) {
                    (ui::icon(thing.icon))
                    span { (marked(&thing.title, text)) " "
                        small class="muted" { (marked(&thing.detail, text)) } }
                    (badge(thing))
                }
            }
        }
        @if none {
            (ui::empty("search", &locale.t("desk-search-none"),
                &locale.t("desk-search-nothing"), html! {}))
        }
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
        div class="palette__list" { (palette(locale, text, groups)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_marked_as_it_is_written() {
        for (shown, typed, html) in [
            ("José Álvarez", "alva", "José <mark>Álva</mark>rez"),
            ("陈雨桐", "雨桐", "陈<mark>雨桐</mark>"),
            ("138 •••• 1234", "１２３４", "138 •••• <mark>1234</mark>"),
            ("陈雨桐", "cyt", "陈雨桐"),
            ("<b>", "b", "&lt;<mark>b</mark>&gt;"),
        ] {
            assert_eq!(marked(shown, typed).into_string(), html, "{typed}");
        }
    }
}
