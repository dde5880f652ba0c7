//! Group sessions: a class or workshop at a time, with a leader, a room and seats.

mod api;
mod columns;
mod commands;
mod http;
pub mod model;
mod pages;
mod queries;
mod verify;

pub use commands::{
    Change, Foreseen, Plan, Sell, begin, cancel, change, check_in, check_share, end, foresee, plan,
    plan_series, save_offer, sell, withdraw_offer,
};
pub use model::{GroupOffer, Session, Stage};
pub use queries::{of_claim, offer, offers, session, sessions_in, upcoming};

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

/// Seeing sessions and who comes to them.
pub const VIEW: Permission = Permission::new(
    "sessions.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
        Role::Guest,
    ],
);

/// Planning, moving and calling off sessions.
pub const PLAN: Permission = Permission::new("sessions.plan", &[Role::Manager, Role::Desk]);

/// Everything the program needs to know about group sessions.
pub fn room() -> Room {
    Room::new("sessions")
        .migrations(&[include_str!("../migrations/0001_sessions.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .routes(http::routes())
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("sessions", "sessions-menu")
        .permissions(&[VIEW, PLAN])
        .menu(Menu {
            group: Group::Run,
            order: 60,
            label_key: "sessions-menu",
            path: "/sessions",
            icon: "book-open",
            permission: VIEW,
            key: None,
        })
        .verify(verify::check)
}
