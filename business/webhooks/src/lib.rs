//! Webhooks: other programs are told what happens, signed, in order, tried again, and once more
//! when asked.

mod api;
mod commands;
mod deliver;
mod http;
mod model;
mod pages;
mod queries;
mod verify;

pub use commands::{Wish, create};
pub use model::{Webhook, WebhookId};
pub use queries::stopped;

use kernel::{Permission, Role};
use web::{Queue, Room};

/// May have other programs told what happens.
pub const MANAGE: Permission = Permission::new("webhooks.manage", &[Role::Owner]);

/// Seconds between two rounds.
const ROUND_SECONDS: u64 = 2;
/// Seconds between two looks for what is old.
const FORGET_SECONDS: u64 = 3600;

/// Everything the program needs to know about webhooks.
pub fn room() -> Room {
    Room::new("webhooks")
        .migrations(&[include_str!("../migrations/0001_webhooks.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[MANAGE])
        .routes(http::routes())
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("webhooks", "webhooks-title")
        .verify(verify::check)
        .queue(Queue {
            name: "webhooks",
            label_key: "webhooks-title",
            path: "/settings/webhooks",
            count: queries::backlog,
        })
        .errand("send webhooks", ROUND_SECONDS, deliver::round)
        .job("forget sent webhooks", FORGET_SECONDS, commands::forget)
}
