//! Operation: backups, and how the program is doing.

pub mod backup;
mod health;
mod http;
mod pages;

use kernel::{Permission, Timestamp};
use web::{App, Group, Menu, Room};

pub use pages::job_words;

/// May see how the program is doing, whose business it is beside the owner's.
pub const VIEW: Permission = Permission::new("operation.view", &[]);

/// When the last backup went well, if one ever did.
pub fn backup_at(app: &App) -> Option<Timestamp> {
    let data = app.config.data.as_ref()?;
    backup::last(data).good.map(|good| good.at)
}

/// Everything the program needs to know about operation.
pub fn room() -> Room {
    Room::new("operation")
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW])
        .routes(http::routes())
        .menu(Menu {
            group: Group::Manage,
            order: 90,
            label_key: "operation-menu",
            path: "/health",
            icon: "heart-pulse",
            permission: VIEW,
            key: None,
        })
}
