//! Every part and state on one page, with made-up content.
mod parts;
mod sample;
mod wide;
mod work;

use crate::{Frame, MenuGroup, MenuItem, Person, SiteChoice, SiteSwitch, Theme, button, page};
use kernel::Locale;
use maud::{Markup, html};
use sample::Words;

/// The page of parts.
pub fn gallery(locale: Locale, theme: Theme) -> Markup {
    let words = sample::words(locale);
    let mut frame = Frame::new(locale, theme, words.title);
    frame.path = "/gallery".into();
    frame.menu = menu(words);
    frame.person = Person {
        name: words.person.into(),
        role: words.role.into(),
        colour: 1,
        id: String::new(),
    };
    frame.site = Some(site(words));
    frame.live = false;
    frame.actions = html! { (button(words.new).primary().icon("plus").key("N")) };
    let body = html! {
        div class="kit" {
            (parts::all(locale, words))
            (work::all(locale, words))
        }
        (wide::all(locale, words))
    };
    page(&frame, &body)
}

fn menu(words: &Words) -> Vec<MenuGroup> {
    let entry = |label: &str, icon: &str, active: bool, count: Option<(i64, bool)>| MenuItem {
        label: label.into(),
        path: "/gallery".into(),
        icon: icon.into(),
        key: label.chars().next().map(|first| first.to_ascii_lowercase()),
        active,
        count,
    };
    vec![
        MenuGroup {
            label: words.run.into(),
            items: vec![
                entry(words.today, "sun", true, Some((3, true))),
                entry(words.calendar, "calendar", false, None),
                entry(words.orders, "clipboard-list", false, Some((6, false))),
                entry(words.customers, "users", false, None),
            ],
        },
        MenuGroup {
            label: words.design.into(),
            items: vec![
                entry(words.blueprints, "panels-top-left", false, None),
                entry(words.services, "tag", false, None),
            ],
        },
    ]
}

fn site(words: &Words) -> SiteSwitch {
    let choice = |name: &str, active: bool| SiteChoice {
        id: name.into(),
        name: name.into(),
        active,
    };
    SiteSwitch {
        organisation: words.organisation.into(),
        current: words.site.into(),
        sites: vec![choice(words.site, true), choice(words.other_site, false)],
    }
}
