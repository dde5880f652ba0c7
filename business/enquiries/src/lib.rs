//! Enquiries and complaints: what somebody asks, who answers, by when, and how it ended.

mod api;
mod columns;
mod commands;
mod http;
pub mod model;
mod pages;
mod queries;
mod verify;

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

pub use commands::{
    NewEnquiry, adopt, close, colleagues, hand_over, open, reopen, set_level, set_targets, take,
};
pub use model::{Enquiry, Level, Targets};
pub use queries::{Filter, Tray, about, count, enquiries, enquiry, optional, overdue, targets};

/// May look at enquiries.
pub const VIEW: Permission = Permission::new(
    "enquiries.view",
    &[Role::Manager, Role::Desk, Role::Support, Role::ReadOnly],
);

/// May write enquiries down, answer and close them.
pub const EDIT: Permission = Permission::new(
    "enquiries.edit",
    &[Role::Manager, Role::Desk, Role::Support],
);

/// May say by when enquiries are answered.
pub const TARGETS: Permission = Permission::new("enquiries.targets", &[Role::Manager]);

/// Everything the program needs to know about enquiries.
pub fn room() -> Room {
    Room::new("enquiries")
        .migrations(&[include_str!("../migrations/0001_enquiries.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, EDIT, TARGETS])
        .routes(http::routes())
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("enquiries", "enquiries-menu")
        .verify(verify::check)
        .menu(Menu {
            group: Group::Run,
            order: 35,
            label_key: "enquiries-menu",
            path: "/enquiries",
            icon: "inbox",
            permission: VIEW,
            key: Some('i'),
        })
        .job("enquiries.adopt", 15, commands::adopt)
}
