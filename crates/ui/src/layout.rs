//! Cards, lists, avatars, navigation within a page.
use crate::icon;
use kernel::Locale;
use maud::{Markup, html};

/// A card with a title and, beside it, `actions` (badges, small buttons; may be empty markup).
pub fn card(title: &str, actions: Markup, body: Markup) -> Markup {
    html! {
        section class="card" {
            div class="card__h" { h2 { (title) } (actions) }
            div class="card__b" { (body) }
        }
    }
}

/// A card without a title.
pub fn plain_card(body: Markup) -> Markup {
    html! { section class="card" { div class="card__b" { (body) } } }
}

/// Things below each other with 12 px between them.
pub fn stack(body: Markup) -> Markup {
    html! { div class="stack" { (body) } }
}

/// Text for machines, as it is; long lines scroll within it.
pub fn code_block(text: &str) -> Markup {
    html! { pre class="codeblk" tabindex="0" { code { (text) } } }
}

/// Facts: (label, value) pairs in two columns.
pub fn kv(facts: &[(String, Markup)]) -> Markup {
    html! { dl class="kv" { @for (label, value) in facts { dt { (label) } dd { (value) } } } }
}

/// Nothing here: icon, what will appear, one action (may be empty markup).
pub fn empty(name: &str, title: &str, text: &str, action: Markup) -> Markup {
    html! {
        div class="empty" {
            (icon(name)) b { (title) }
            @if !text.is_empty() { p { (text) } }
            (action)
        }
    }
}

/// The letters in an avatar: the last Han character, or the initials of the first and last word.
pub fn initials(name: &str) -> String {
    let is_han = |c: &char| matches!(*c as u32, 0x3400..=0x9fff | 0x20000..=0x3ffff);
    if let Some(han) = name.chars().rfind(is_han) {
        return han.to_string();
    }
    let mut words = name
        .split_whitespace()
        .filter_map(|word| word.chars().next());
    let first = words.next();
    let last = words.next_back();
    first
        .into_iter()
        .chain(last)
        .flat_map(char::to_uppercase)
        .collect()
}

fn avatar_of(class: &str, name: &str, colour: i64) -> Markup {
    html! {
        span class=(class) data-c=(colour.rem_euclid(6)) title=(name) aria-hidden="true" {
            (initials(name))
        }
    }
}

/// A person's round mark, 28 px; `colour` is any index.
pub fn avatar(name: &str, colour: i64) -> Markup {
    avatar_of("av", name, colour)
}

/// A person's picture as a round mark, 28 px.
pub fn portrait(name: &str, src: &str) -> Markup {
    html! { img class="av" src=(src) alt="" title=(name) width="28" height="28" loading="lazy"; }
}

/// The same, 20 px.
pub fn avatar_small(name: &str, colour: i64) -> Markup {
    avatar_of("av s", name, colour)
}

/// The same, 44 px.
pub fn avatar_large(name: &str, colour: i64) -> Markup {
    avatar_of("av l", name, colour)
}

/// A run of text in a known language, marked so it is pronounced and set correctly.
pub fn lang_run(locale: Locale, text: &str) -> Markup {
    html! { span lang=(locale.tag()) { (text) } }
}

/// A count in a grey pill.
pub fn count(text: impl ToString) -> Markup {
    html! { span class="cnt" { (text.to_string()) } }
}

/// One choice of [`seg`] and [`tabs`]: a link.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// What it says.
    pub label: String,
    /// Where it leads.
    pub href: String,
    /// Whether it is the current one.
    pub active: bool,
    /// A number beside it, empty for none.
    pub count: String,
}

impl Tab {
    /// A tab without a count.
    pub fn new(label: impl Into<String>, href: impl Into<String>, active: bool) -> Tab {
        Tab {
            label: label.into(),
            href: href.into(),
            active,
            count: String::new(),
        }
    }
    /// With a number beside it.
    pub fn count(mut self, count: impl ToString) -> Tab {
        self.count = count.to_string();
        self
    }
}

fn tab_links(items: &[Tab]) -> Markup {
    html! {
        @for item in items {
            a href=(item.href) aria-current=[item.active.then_some("page")] {
                (item.label)
                @if !item.count.is_empty() { " " em { (item.count) } }
            }
        }
    }
}

/// A segmented choice of views; `label` names it for assistive technology.
pub fn seg(label: &str, items: &[Tab]) -> Markup {
    html! { nav class="seg" aria-label=(label) { (tab_links(items)) } }
}

/// Underlined tabs over a page's sections.
pub fn tabs(label: &str, items: &[Tab]) -> Markup {
    html! { nav class="tabs" aria-label=(label) { (tab_links(items)) } }
}

/// A filter that is on or off; the link turns it.
pub fn chip(label: &str, href: &str, on: bool) -> Markup {
    html! { a class="chip" href=(href) aria-current=[on.then_some("true")] { (label) } }
}

/// A chip that adds something, or takes it out again: the sign says which.
pub fn chip_toggle(label: &str, href: &str, on: bool) -> Markup {
    html! {
        a class="chip" href=(href) aria-current=[on.then_some("true")] {
            (icon(if on { "check" } else { "plus" })) (label)
        }
    }
}

/// Earlier and later pages of a list; an absent link is not there.
pub fn pager(locale: Locale, previous: Option<&str>, next: Option<&str>, text: &str) -> Markup {
    html! {
        nav class="pager" aria-label=(locale.t("ui-pages")) {
            @if let Some(href) = previous {
                a class="btn btn--s" rel="prev" href=(href) {
                    (icon("chevron-left")) span { (locale.t("ui-previous")) }
                }
            }
            span class="muted sm" { (text) }
            @if let Some(href) = next {
                a class="btn btn--s" rel="next" href=(href) {
                    span { (locale.t("ui-next")) } (icon("chevron-right"))
                }
            }
        }
    }
}

/// The line above a list or a calendar: things at its start and at its end.
pub fn toolbar(start: Markup, end: Markup) -> Markup {
    html! {
        div class="caltools" {
            div class="row wrap" { (start) }
            div class="row wrap" { (end) }
        }
    }
}

/// The shape of `rows` rows that are still on their way.
pub fn skeleton(rows: usize) -> Markup {
    html! {
        div class="kskel" aria-hidden="true" {
            @for _ in 0..rows {
                div class="row" {
                    span class="skel skel--av" {}
                    div class="grow" { span class="skel" {} span class="skel skel--2" {} }
                }
            }
        }
    }
}
