//! Lines, tickets and waits.

pub mod commands;
mod desk_pages;
pub mod model;
mod pages;
pub mod queries;

use kernel::{Permission, Role};

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
/// May give out numbers.
pub const ISSUE: Permission =
    Permission::new("queue.issue", &[Role::Manager, Role::Desk, Role::Staff]);
/// May call, skip and start.
pub const SERVE: Permission =
    Permission::new("queue.serve", &[Role::Manager, Role::Desk, Role::Staff]);
/// May open, close and name lines.
pub const LINES: Permission = Permission::new("queue.lines", &[Role::Manager]);
