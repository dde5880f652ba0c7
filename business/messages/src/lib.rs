//! Messages: what customers are told around a visit, by mail and by text.

mod api;
mod columns;
mod commands;
mod delivery;
mod http;
pub mod model;
mod pages;
mod queries;

pub use commands::{
    Offer, Wording, change_secret, clear_address, leaves_at, offer, reset_setting, save_settings,
    save_template, send_again, send_test, set_report_door,
};
pub use delivery::check_mail;
pub use queries::{counts, message, messages, settings, template, unreached};

use kernel::{Ctx, Fault, Permission, Role};
use web::{App, Group, Menu, Queue, Room};

/// May see what customers were told.
pub const VIEW: Permission = Permission::new(
    "messages.view",
    &[Role::Manager, Role::Desk, Role::Support, Role::ReadOnly],
);
/// May change what customers are told, and send again what failed.
pub const EDIT: Permission = Permission::new("messages.edit", &[Role::Manager]);

/// Seconds between two looks at the journal and at the outbox.
const ROUND_SECONDS: u64 = 2;
/// Seconds between two looks at the visits to come.
const REMINDER_SECONDS: u64 = 60;

/// What messages need to know of the program: where customers reach it, whether mail can leave.
#[derive(Debug, Clone)]
pub struct House {
    /// The address under which customers reach it, without a slash at its end.
    pub public_url: String,
    /// Whether there is a server for mail.
    pub sends_mail: bool,
}

impl House {
    /// As the program was told to run.
    pub fn of(app: &App) -> Self {
        let outside = &app.config.outside;
        Self {
            public_url: outside.public_url.clone(),
            sends_mail: outside.mail_server.is_some(),
        }
    }
}

/// Everything the program needs to know about messages.
pub fn room() -> Room {
    Room::new("messages")
        .migrations(&[
            include_str!("../migrations/0001_messages.sql"),
            include_str!("../migrations/0002_offered.sql"),
            include_str!("../migrations/0003_bounced.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, EDIT])
        .routes(http::routes())
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("messages", "messages-menu")
        .menu(Menu {
            group: Group::Manage,
            order: 35,
            label_key: "messages-menu",
            path: "/messages",
            icon: "mail",
            permission: VIEW,
            key: None,
        })
        .queue(Queue {
            name: "messages",
            label_key: "messages-menu",
            path: "/messages",
            count: queries::backlog,
        })
        .errand("write messages", ROUND_SECONDS, listen)
        .errand("write reminders", REMINDER_SECONDS, remind)
        .errand("send messages", ROUND_SECONDS, delivery::deliver)
}

/// Hears the journal to its end.
fn listen(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    loop {
        let (house, ctx) = (House::of(app), ctx.clone());
        let heard = app.db.write(move |tx| commands::hear(tx, &ctx, &house))?;
        if heard == 0 {
            return Ok(());
        }
    }
}

fn remind(app: &App, ctx: &Ctx) -> Result<(), Fault> {
    let (house, ctx) = (House::of(app), ctx.clone());
    app.db.write(move |tx| commands::remind(tx, &ctx, &house))
}
