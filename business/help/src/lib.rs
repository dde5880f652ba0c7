//! Help: articles, what is new, the first hour.

mod articles;
mod first_hour;
mod http;
mod pages;

use kernel::{Locale, Permission, Role};
use web::Room;

pub use first_hour::{FirstHour, Step, first_hour, put_away};
pub use pages::first_hour_card;

/// May set the business up: sees the list of the first hour.
pub const SET_UP: Permission = Permission::new("help.set_up", &[Role::Manager]);

/// What the pages of the program say about themselves.
pub fn guide() -> web::Guide {
    let newest = articles::library(Locale::En).releases.first();
    web::Guide {
        note,
        newest: newest.map_or("", |release| release.slug.as_str()),
    }
}

fn note(locale: Locale, path: &str) -> Option<ui::HelpNote> {
    if path.starts_with("/help") {
        return None;
    }
    let article = articles::library(locale).about(path)?;
    Some(ui::HelpNote {
        title: article.title.clone(),
        short: article.short(),
        path: format!("/help/{}", article.slug),
    })
}

/// Everything the program needs to know about help.
pub fn room() -> Room {
    Room::new("help")
        .migrations(&[include_str!("../migrations/0001_help.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[SET_UP])
        .routes(http::routes())
}
