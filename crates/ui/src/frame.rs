//! The back office's page: rail, top bar, main, tab bar.
use crate::{assets, icon, logo};
use kernel::{Locale, Timestamp};
use maud::{DOCTYPE, Markup, html};

/// How the page is lit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Always light.
    Light,
    /// Always dark.
    Dark,
    /// As the device is set.
    #[default]
    System,
}

impl Theme {
    /// The cookie's and `data-theme`'s value.
    pub fn as_str(self) -> &'static str {
        match self {
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::System => "system",
        }
    }

    /// Reads a cookie's value; anything unknown follows the device.
    pub fn parse(text: &str) -> Theme {
        match text {
            "light" => Theme::Light,
            "dark" => Theme::Dark,
            _ => Theme::System,
        }
    }

    /// What the switch in the rail turns to.
    pub fn other(self) -> Theme {
        if self == Theme::Dark {
            Theme::Light
        } else {
            Theme::Dark
        }
    }
}

/// One entry of the rail.
#[derive(Clone, Debug, Default)]
pub struct MenuItem {
    /// Its word.
    pub label: String,
    /// Where it leads.
    pub path: String,
    /// Its icon.
    pub icon: String,
    /// The letter after G that leads there.
    pub key: Option<char>,
    /// Whether it is the current one.
    pub active: bool,
    /// A count beside it, and whether it is alarming.
    pub count: Option<(i64, bool)>,
}

/// A group of the rail.
#[derive(Clone, Debug, Default)]
pub struct MenuGroup {
    /// Its heading.
    pub label: String,
    /// Its entries.
    pub items: Vec<MenuItem>,
}

/// Who is signed in.
#[derive(Clone, Debug, Default)]
pub struct Person {
    /// Name as given.
    pub name: String,
    /// The role's word.
    pub role: String,
    /// Colour index of the avatar.
    pub colour: i64,
    /// What tells people apart who use the same device; empty for nobody.
    pub id: String,
}

/// A computer that several people use, each in turn.
#[derive(Clone, Debug, Default)]
pub struct SharedDesk {
    /// What the computer is called.
    pub computer: String,
    /// Seconds until it locks itself.
    pub seconds: i64,
}

/// One site that can be chosen.
#[derive(Clone, Debug, Default)]
pub struct SiteChoice {
    /// Sent as `site` to `/site`.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the current one.
    pub active: bool,
}

/// The site switcher at the top of the rail.
#[derive(Clone, Debug, Default)]
pub struct SiteSwitch {
    /// The line above: organisation and kind ("Lotus · Hair & spa").
    pub organisation: String,
    /// The current site's name.
    pub current: String,
    /// All the person may choose; the switch is plain text with fewer than two.
    pub sites: Vec<SiteChoice>,
}

/// Everything around a page's body.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Language of the page.
    pub locale: Locale,
    /// How it is lit.
    pub theme: Theme,
    /// The page's heading.
    pub title: String,
    /// A quiet line beside the heading.
    pub subtitle: String,
    /// This page's path with its query, to come back to after switching language or theme.
    pub path: String,
    /// The rail.
    pub menu: Vec<MenuGroup>,
    /// Who is signed in.
    pub person: Person,
    /// At a computer that several people use: whose it is, and when it locks itself.
    pub shared: Option<SharedDesk>,
    /// Where.
    pub site: Option<SiteSwitch>,
    /// Buttons at the end of the top bar.
    pub actions: Markup,
    /// What the page is for, behind a question mark beside the heading.
    pub help: Option<HelpNote>,
    /// Whether there is something new in the product that this person has not seen.
    pub news: bool,
    /// Whether the page listens to live updates.
    pub live: bool,
    /// A toast about what was just done ([`crate::toast`]); may be empty.
    pub toast: Markup,
    /// Whether single keys are on for this person.
    pub keys: bool,
    /// The server's now, which the browser's clocks follow.
    pub now: Option<Timestamp>,
}

/// What a page is for, in a sentence or two, and where more is said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpNote {
    /// What it is about.
    pub title: String,
    /// What it is for.
    pub short: String,
    /// The whole article.
    pub path: String,
}

impl Frame {
    /// A frame with the least it needs; set the other fields as you know them.
    pub fn new(locale: Locale, theme: Theme, title: impl Into<String>) -> Frame {
        Frame {
            locale,
            theme,
            title: title.into(),
            subtitle: String::new(),
            path: "/".into(),
            menu: Vec::new(),
            person: Person::default(),
            shared: None,
            site: None,
            actions: html! {},
            help: None,
            news: false,
            live: true,
            toast: html! {},
            keys: true,
            now: None,
        }
    }

    fn t(&self, key: &str) -> String {
        self.locale.t(key)
    }
}

/// The colour around a page, light and dark, for the frame that a device draws: as in `tokens.css`.
pub const CANVAS: (&str, &str) = ("#f7f6f2", "#101413");

/// The whole back office page.
pub fn page(frame: &Frame, body: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.locale.tag()) data-theme=(frame.theme.as_str())
            data-keys=[(!frame.keys).then_some("off")] data-now=[frame.now]
            data-locks=[frame.shared.as_ref().map(|shared| shared.seconds)]
            data-person=[Some(&frame.person.id).filter(|id| !id.is_empty())] {
            (head(frame.locale, &frame.title, &frame.t("ui-powered"), "app", None))
            body class="app" {
                a class="skip" href="#main" { (frame.t("ui-skip")) }
                (rail(frame))
                div class="main" {
                    (top(frame))
                    (crate::offline::offline_bar(frame.locale))
                    main id="main" tabindex="-1" { (body) }
                }
                (tab_bar(frame))
                (palette(frame))
                (shortcuts(frame))
                div class="toasts" role="status" aria-live="polite" { (frame.toast) }
            }
        }
    }
}

/// The head of either kind of page; `refresh` reloads after so many seconds without scripts.
pub(crate) fn head(
    locale: Locale,
    title: &str,
    product: &str,
    entry: &str,
    refresh: Option<u32>,
) -> Markup {
    html! {
        head {
            meta charset="utf-8";
            meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover";
            meta name="color-scheme" content="light dark";
            title { (title) " · " (product) }
            link rel="license" href=(assets::url("licences.txt"));
            link rel="icon" href=(assets::url("icon.svg")) type="image/svg+xml";
            @if let Some(seconds) = refresh {
                noscript { meta http-equiv="refresh" content=(seconds); }
            }
            @if entry == "app" {
                link rel="manifest" href={ "/manifest." (locale.tag()) ".webmanifest" };
                link rel="apple-touch-icon" href=(assets::url("icon-180.png"));
                meta name="theme-color" media="(prefers-color-scheme: light)" content=(CANVAS.0);
                meta name="theme-color" media="(prefers-color-scheme: dark)" content=(CANVAS.1);
                meta name="htmx-config" content="{\"includeIndicatorCSS\":false}";
            }
            (assets::entry(entry))
        }
    }
}

fn rail(frame: &Frame) -> Markup {
    html! {
        aside class="rail" aria-label=(frame.t("ui-powered")) {
            a class="rail__brand" href="/" { (logo()) b { (frame.t("ui-powered")) } }
            @if let Some(site) = &frame.site { (site_switch(frame, site)) }
            nav aria-label=(frame.t("ui-navigation")) { (menu_groups(frame)) }
            (foot(frame))
        }
    }
}

fn menu_groups(frame: &Frame) -> Markup {
    html! {
        @for group in &frame.menu {
            h2 { (group.label) }
            ul { @for item in &group.items { li { (menu_link(item)) } } }
        }
    }
}

fn menu_link(item: &MenuItem) -> Markup {
    html! {
        a href=(item.path) aria-current=[item.active.then_some("page")] data-go=[item.key] {
            (icon(&item.icon)) span { (item.label) }
            @if let Some((count, alarming)) = item.count {
                @if count > 0 { em data-tone=[alarming.then_some("danger")] { (count) } }
            }
        }
    }
}

fn site_switch(frame: &Frame, site: &SiteSwitch) -> Markup {
    let words = html! {
        (icon("store")) span { small { (site.organisation) } (site.current) }
    };
    if site.sites.len() < 2 {
        return html! { div class="site" { (words) } };
    }
    html! {
        details class="drop-d drop-d--site" data-menu {
            summary class="site" title=(frame.t("ui-sites")) { (words) (icon("arrow-down-up")) }
            form class="menu" method="post" action="/site" {
                input type="hidden" name="back" value=(frame.path);
                @for choice in &site.sites {
                    button type="submit" name="site" value=(choice.id)
                        aria-current=[choice.active.then_some("true")] {
                        (icon(if choice.active { "check" } else { "store" })) (choice.name)
                    }
                }
            }
        }
    }
}

fn help(frame: &Frame, note: &HelpNote) -> Markup {
    let label = frame
        .locale
        .tx("ui-help-about", &[("title", note.title.as_str().into())]);
    html! {
        details class="drop-d helpnote" data-menu {
            summary class="btn btn--icon btn--ghost btn--s" aria-label=(label) title=(label) {
                (icon("circle-help"))
            }
            div class="menu helpnote__m" {
                b { (note.title) }
                p { (note.short) }
                a href=(note.path) { (frame.t("ui-help-more")) (icon("arrow-right")) }
            }
        }
    }
}

fn foot(frame: &Frame) -> Markup {
    let person = &frame.person;
    html! {
        div class="rail__foot" {
            details class="drop-d drop-d--up" data-menu {
                summary class="me" data-news[frame.news] {
                    (crate::avatar(&person.name, person.colour))
                    span { b { (person.name) } small { (person.role) } }
                }
                div class="menu" {
                    a href="/help" { (icon("circle-help")) (frame.t("ui-help")) }
                    a href="/help/releases" {
                        (icon("sparkles")) (frame.t("ui-news"))
                        @if frame.news { " " em { (frame.t("ui-news-new")) } }
                    }
                    @if frame.shared.is_some() {
                        form method="post" action="/switch/lock" {
                            button type="submit" { (icon("lock")) (frame.t("ui-lock")) }
                        }
                    } @else {
                        a href="/settings" { (icon("settings")) (frame.t("ui-settings")) }
                        form method="post" action="/logout" {
                            button type="submit" { (icon("log-out")) (frame.t("ui-sign-out")) }
                        }
                    }
                }
            }
            (switches(frame))
        }
    }
}

/// Language and theme: small forms, so they work without scripts.
fn switches(frame: &Frame) -> Markup {
    let other = if frame.locale == Locale::En {
        Locale::ZhCn
    } else {
        Locale::En
    };
    let (theme_word, theme_icon) = match frame.theme.other() {
        Theme::Light => (frame.t("ui-theme-light"), "sun"),
        _ => (frame.t("ui-theme-dark"), "moon"),
    };
    let language = format!(
        "{}, {}",
        frame.t("ui-language-short"),
        frame.t("ui-language")
    );
    html! {
        form method="post" action="/language" {
            input type="hidden" name="back" value=(frame.path);
            button class="btn btn--icon btn--ghost" name="language" value=(other.tag())
                lang=(other.tag()) title=(frame.t("ui-language")) aria-label=(language) {
                (frame.t("ui-language-short"))
            }
        }
        form method="post" action="/theme" {
            input type="hidden" name="back" value=(frame.path);
            button class="btn btn--icon btn--ghost" name="theme"
                value=(frame.theme.other().as_str()) title=(theme_word) aria-label=(theme_word) {
                (icon(theme_icon))
            }
        }
    }
}

fn top(frame: &Frame) -> Markup {
    html! {
        header class="top" {
            div class="top__title" {
                @if let Some(parent) = parent(frame) {
                    a class="crumb" href=(parent.path) { (parent.label) }
                }
                h1 {
                    (frame.title)
                    @if !frame.subtitle.is_empty() { small { (frame.subtitle) } }
                }
                @if let Some(note) = &frame.help { (help(frame, note)) }
            }
            div class="top__act" {
                a class="findbox" href="/search" data-palette
                    aria-keyshortcuts="Control+K Meta+K" {
                    (icon("search")) span { (frame.t("ui-search")) }
                    kbd aria-hidden="true" { "⌘" } kbd aria-hidden="true" { "K" }
                }
                @if let Some(shared) = &frame.shared { (turn(frame, shared)) }
                @if frame.live { (live_dot(frame)) }
                (frame.actions)
            }
        }
    }
}

/// Who acts at a shared computer, and the way to the next person.
fn turn(frame: &Frame, shared: &SharedDesk) -> Markup {
    let words = [
        ("name", frame.person.name.as_str().into()),
        ("computer", shared.computer.as_str().into()),
    ];
    html! {
        form method="post" action="/switch/lock" {
            button class="btn btn--s btn--soft" type="submit"
                title=(frame.locale.tx("ui-acts", &words)) {
                (icon("lock")) span { (frame.person.name) }
                span class="vh" { (frame.t("ui-lock")) }
            }
        }
    }
}

/// The entry of the rail this page lies below, when it is not the entry's own page.
fn parent(frame: &Frame) -> Option<&MenuItem> {
    let here = frame.path.split('?').next().unwrap_or_default();
    let items = frame.menu.iter().flat_map(|group| &group.items);
    items
        .into_iter()
        .find(|item| item.active && item.path != here && item.label != frame.title)
}

fn live_dot(frame: &Frame) -> Markup {
    let as_of = frame.locale.tx("ui-as-of", &[("time", "{}".into())]);
    html! {
        span class="live" data-island="live" data-live-url="/live" data-state="live"
            data-word-live=(frame.t("ui-live")) data-word-away=(frame.t("ui-reconnecting"))
            data-word-old=(as_of) { i {} span { (frame.t("ui-live")) } }
    }
}

fn tab_bar(frame: &Frame) -> Markup {
    let items: Vec<&MenuItem> = frame.menu.iter().flat_map(|group| &group.items).collect();
    html! {
        nav class="tabbar" aria-label=(frame.t("ui-navigation")) {
            @for item in items.iter().take(4) {
                a href=(item.path) aria-current=[item.active.then_some("page")] {
                    (icon(&item.icon)) span { (item.label) }
                }
            }
            details class="drop-d drop-d--sheet" data-menu {
                summary { (icon("menu")) span { (frame.t("ui-more")) } }
                div class="sheet" {
                    @if let Some(site) = &frame.site { (site_switch(frame, site)) }
                    nav aria-label=(frame.t("ui-more")) { (menu_groups(frame)) }
                    (foot(frame))
                }
            }
        }
    }
}

fn palette(frame: &Frame) -> Markup {
    html! {
        dialog class="palette" aria-label=(frame.t("ui-palette")) {
            div class="palette__in" {
                (icon("search"))
                input type="text" autocomplete="off" spellcheck="false"
                    placeholder=(frame.t("ui-palette-placeholder"))
                    aria-label=(frame.t("ui-palette"));
                kbd { "esc" }
            }
            div class="palette__list" data-palette-list role="listbox"
                aria-label=(frame.t("ui-palette")) {}
        }
    }
}

/// The list of keys, filled by the browser from what the page offers.
fn shortcuts(frame: &Frame) -> Markup {
    let keys = html! { dl class="kv keys" {} };
    crate::dialog(
        frame.locale,
        "shortcuts",
        &frame.t("ui-shortcuts-title"),
        keys,
        html! {},
    )
}
