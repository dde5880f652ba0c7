//! Lines, tickets and waits.

pub mod commands;
mod http;
pub mod model;
mod pages;
pub mod queries;
mod standing;
mod verify;
mod visits;

pub use commands::{assign, call, no_show, put_back, return_later, skip, undo};
pub use http::{code_drawing, family_name, public_base};
pub use model::{Stage, Wait};
pub use queries::{Line, Quote, Ticket, by_order, lines, quotes, ticket, undoable};
pub use standing::{Picture, Standing, line_now};
pub use visits::{WalkIn, issue, settle, settle_order, start};

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

/// Everything the program needs to know about queues.
pub fn room() -> Room {
    Room::new("queue")
        .migrations(&[include_str!("../migrations/0001_queue.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, ISSUE, SERVE, LINES])
        .routes(http::routes())
        .menu(Menu {
            group: Group::Manage,
            order: 30,
            label_key: "queue-menu",
            path: "/queue",
            icon: "ticket",
            permission: VIEW,
            key: None,
        })
        .verify(verify::check)
        .job("settle tickets", 5, settle)
}

/// May see lines and tickets.
pub const VIEW: Permission = Permission::new(
    "queue.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
    ],
);
/// May give out numbers: a guest takes one through the site's public page.
pub const ISSUE: Permission = Permission::new(
    "queue.issue",
    &[Role::Manager, Role::Desk, Role::Staff, Role::Guest],
);
/// May call, skip and start.
pub const SERVE: Permission =
    Permission::new("queue.serve", &[Role::Manager, Role::Desk, Role::Staff]);
/// May open, close and name lines.
pub const LINES: Permission = Permission::new("queue.lines", &[Role::Manager]);
