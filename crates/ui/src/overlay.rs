//! Things that float: dialogs, menus, notes and toasts.
use crate::{Tone, icon};
use kernel::Locale;
use maud::{Markup, PreEscaped, html};

/// A dialog opened by `ui::button(..).opens(id)`; its form or buttons go in `body` and `actions`.
///
/// Use it only for what cannot be taken back, or for a short form.
pub fn dialog(locale: Locale, id: &str, title: &str, body: Markup, actions: Markup) -> Markup {
    html! {
        dialog class="dialog" id=(id) aria-labelledby={ (id) "-title" } {
            div class="dialog__h" {
                h2 id={ (id) "-title" } { (title) }
                (crate::icon_button("x", locale.t("ui-close")).ghost().small().closes(id))
            }
            div class="dialog__b" { (body) }
            @if !actions.0.is_empty() { div class="dialog__f" { (actions) } }
        }
    }
}

/// One line of a [`menu`].
#[derive(Clone, Debug)]
pub enum Item {
    /// Leads somewhere: icon, label, address.
    Link(String, String, String),
    /// Posts to an address: icon, label, address.
    Post(String, String, String),
    /// The same in the colour of danger.
    Danger(String, String, String),
    /// A hair line.
    Line,
    /// Anything else, such as a button that opens a dialog.
    Other(PreEscaped<String>),
}

/// A menu of further actions behind three dots (works without scripts). `label` names the button.
pub fn menu(label: &str, items: &[Item]) -> Markup {
    html! {
        details class="drop-d" data-menu {
            summary class="btn btn--icon btn--ghost" aria-label=(label) title=(label) {
                (icon("ellipsis"))
            }
            div class="menu" { @for item in items { (menu_item(item)) } }
        }
    }
}

/// A menu behind a button with an icon and words; narrow screens show the icon alone.
pub fn drop_menu(name: &str, label: &str, items: &[Item]) -> Markup {
    html! {
        details class="drop-d" data-menu {
            summary class="btn" aria-label=(label) title=(label) {
                (icon(name)) span class="only-wide" { (label) }
            }
            div class="menu" { @for item in items { (menu_item(item)) } }
        }
    }
}

fn menu_item(item: &Item) -> Markup {
    let post = |class: Option<&str>, name: &str, label: &str, action: &str| {
        html! {
            form method="post" action=(action) data-once {
                button type="submit" class=[class] { (icon(name)) (label) }
            }
        }
    };
    match item {
        Item::Link(name, label, href) => html! { a href=(href) { (icon(name)) (label) } },
        Item::Post(name, label, action) => post(None, name, label, action),
        Item::Danger(name, label, action) => post(Some("bad"), name, label, action),
        Item::Line => html! { hr; },
        Item::Other(markup) => markup.clone(),
    }
}

/// Something that opens in place: a summary line and what it hides.
pub fn disclosure(summary: &str, open: bool, body: Markup) -> Markup {
    html! {
        details class="more" open[open] {
            summary { (icon("chevron-right")) (summary) }
            div class="more__b" { (body) }
        }
    }
}

/// As [`disclosure`], in a list of many: an address that ends in the id of its body opens it.
pub fn anchored(id: &str, summary: Markup, body: Markup) -> Markup {
    html! {
        details class="more more--row" {
            summary { (icon("chevron-right")) (summary) }
            div class="more__b" id=(id) { (body) }
        }
    }
}

/// A message within the page, with the tone's own icon.
pub fn note(tone: Tone, text: Markup) -> Markup {
    html! { div class="note" data-tone=(tone.as_str()) { (icon(tone.icon())) div { (text) } } }
}

/// What has just been done.
pub fn toast(text: &str) -> Markup {
    html! { div class="toast" data-toast { (icon("circle-check")) span { (text) } } }
}

/// What has just been done, with a way back: `action` is posted by Undo (key U).
pub fn toast_undo(locale: Locale, text: &str, action: &str) -> Markup {
    html! {
        div class="toast" data-toast {
            (icon("circle-check")) span { (text) }
            form method="post" action=(action) data-once {
                button type="submit" data-key="u" { (locale.t("ui-undo")) " " kbd { "U" } }
            }
        }
    }
}
