//! Lines, tickets and waits.

mod api;
pub mod commands;
mod http;
pub mod model;
mod pages;
mod past;
pub mod queries;
mod standing;
mod verify;
mod visits;

pub use commands::{
    assign, call, call_next, learn, no_show, pause, prioritise, put_back, resume, return_later,
    skip, transfer, undo,
};
pub use http::{code_drawing, family_name, public_base, range};
pub use model::{Rules, Stage, Turn, TurnState, Wait};
pub use past::{PastWait, record_past};
pub use queries::{
    Counter, Line, Ticket, by_number, by_order, counters, lines, rules, standing_at, ticket, told,
    undoable,
};
pub use standing::{Picture, Standing, line_now};
pub use visits::{WalkIn, arrive, check_in, issue, settle, settle_order, start};

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

/// Seconds between two looks at what became of the quotes.
const LEARN_SECONDS: u64 = 900;

/// Everything the program needs to know about queues.
pub fn room() -> Room {
    Room::new("queue")
        .migrations(&[
            include_str!("../migrations/0001_queue.sql"),
            include_str!("../migrations/0002_fair_lines.sql"),
            include_str!("../migrations/0003_undo_away.sql"),
            include_str!("../migrations/0004_since.sql"),
            include_str!("../migrations/0005_undoable.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, ISSUE, SERVE, LINES, DEVICES])
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("queue", "queue-menu")
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
        .job("learn from quotes", LEARN_SECONDS, learn)
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
/// May link tablets and screens to a site, and stop their links.
pub const DEVICES: Permission = Permission::new("queue.devices", &[Role::Manager]);
/// May set up lines and counters, and say by which rules they go.
pub const LINES: Permission = Permission::new("queue.lines", &[Role::Manager]);
