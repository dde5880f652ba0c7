//! The page a guest sees: one column in the merchant's colour.
use crate::{Theme, brand, frame, icon};
use kernel::{Locale, Timestamp};
use maud::{DOCTYPE, Markup, html};

/// The picture a merchant is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// Where it is.
    pub src: String,
    /// In pixels, so that nothing jumps when it comes.
    pub width: i64,
    /// In pixels.
    pub height: i64,
}

/// A merchant's logo, or the first letter of the name on the merchant's colour.
pub fn merchant_mark(name: &str, logo: Option<&Logo>) -> Markup {
    html! {
        @if let Some(logo) = logo {
            img class="gtop__logo" src=(logo.src) alt="" width=(logo.width) height=(logo.height);
        } @else {
            span class="gtop__m" aria-hidden="true" {
                (name.chars().next().unwrap_or_default())
            }
        }
    }
}

/// Everything around a guest page's body.
#[derive(Clone, Debug)]
pub struct GuestFrame {
    /// Language of the page.
    pub locale: Locale,
    /// How it is lit.
    pub theme: Theme,
    /// The page's name (browser tab).
    pub title: String,
    /// The merchant's colour, `#rrggbb`.
    pub brand: String,
    /// The merchant's name.
    pub organisation: String,
    /// The merchant's logo.
    pub logo: Option<Logo>,
    /// A quiet line below the name ("Open until 21:00").
    pub subtitle: String,
    /// Where the name leads, for example `/at/lotus`.
    pub home: String,
    /// Where Back leads; `None` shows no arrow.
    pub back: Option<String>,
    /// This page in the other language.
    pub language_url: String,
    /// Without scripts the page reloads after so many seconds.
    pub refresh_seconds: Option<u32>,
    /// The server's now, which the browser's clocks follow.
    pub now: Option<Timestamp>,
}

impl GuestFrame {
    /// A frame with the least it needs; set the other fields as you know them.
    pub fn new(locale: Locale, title: impl Into<String>, organisation: &str) -> GuestFrame {
        GuestFrame {
            locale,
            theme: Theme::System,
            title: title.into(),
            brand: brand::DEFAULT.into(),
            organisation: organisation.into(),
            logo: None,
            subtitle: String::new(),
            home: String::new(),
            back: None,
            language_url: String::new(),
            refresh_seconds: None,
            now: None,
        }
    }
}

/// The whole guest page. Put a [`guest_bar`] at the end of the body when it has a main action.
pub fn guest_page(frame: &GuestFrame, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.locale.tag()) data-theme=(frame.theme.as_str())
            data-now=[frame.now] style=(brand::style(&frame.brand)) {
            (frame::head(frame.locale, &frame.title, &frame.organisation, "guest",
                frame.refresh_seconds))
            body class="guest" {
                a class="skip" href="#main" { (frame.locale.t("ui-skip")) }
                div class="g" {
                    (guest_top(frame))
                    (crate::offline::offline_bar(frame.locale))
                    main id="main" tabindex="-1" { (body) }
                }
                div class="toasts" role="status" aria-live="polite" {}
            }
        }
    }
}

fn guest_top(frame: &GuestFrame) -> Markup {
    let other = if frame.locale == Locale::En {
        Locale::ZhCn
    } else {
        Locale::En
    };
    let name = html! {
        (merchant_mark(&frame.organisation, frame.logo.as_ref()))
        span class="grow" {
            b class="trunc" { (frame.organisation) }
            @if !frame.subtitle.is_empty() { small class="trunc" { (frame.subtitle) } }
        }
    };
    html! {
        header class="gtop" {
            @if let Some(back) = &frame.back {
                a class="gtop__b" href=(back) aria-label=(frame.locale.t("ui-previous")) {
                    (icon("chevron-left"))
                }
            }
            @if frame.home.is_empty() { span class="gtop__n" { (name) } }
            @else { a class="gtop__n" href=(frame.home) { (name) } }
            @if !frame.language_url.is_empty() {
                a class="gtop__l" href=(frame.language_url) lang=(other.tag())
                    hreflang=(other.tag()) title=(frame.locale.t("ui-language")) {
                    (if other == Locale::En { "English" } else { "中文" })
                }
            }
        }
    }
}

/// The fixed bar at the bottom: a summary (may be empty) and one action, a `.cta` button or link.
pub fn guest_bar(label: &str, summary: Markup, action: Markup) -> Markup {
    html! {
        section class="bar" aria-label=(label) {
            div {
                @if !summary.0.is_empty() { div class="grow" { (summary) } }
                (action)
            }
        }
    }
}

/// A guest page with one message and one way on: for links that have run out and for faults.
pub fn guest_empty_page(frame: &GuestFrame, title: &str, text: &str, action: Markup) -> Markup {
    guest_page(frame, &crate::empty("info", title, text, action))
}
