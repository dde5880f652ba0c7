//! Services and goods.

mod api;
mod columns;
mod commands;
mod fields;
mod http;
mod model;
mod own;
mod pages;
pub mod paths;
mod photo;
mod queries;
mod remove;
mod verify;

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

pub use crate::fields::{rewritten, written};
pub use crate::remove::remove_service;
pub use commands::{save_service, set_state};
pub use model::{
    CHANNELS, Family, Kind, RESOURCE_KINDS, SERVICES_MAX, Service, State, Targets, channel_name,
    resource_kind_name,
};
pub use photo::SHELF;
pub use queries::{
    Filter, service, service_by_code, service_by_external_id, services, services_by_id,
    sort_by_name,
};

/// To look at the list of services as somebody who works here.
pub const VIEW: Permission = Permission::new("offers.view", &Role::USERS);

/// To read what is on offer, as the public pages do too.
pub const READ: Permission = Permission::new(
    "offers.view",
    &[
        Role::Owner,
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
        Role::Guest,
    ],
);

/// To create, change and archive services.
pub const EDIT: Permission = Permission::new("offers.edit", &[Role::Manager]);

/// Everything the program needs to know about services.
pub fn room() -> Room {
    Room::new("offers")
        .migrations(&[include_str!("../migrations/0001_offers.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, READ, EDIT])
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("services", "offers-menu")
        .routes(http::routes())
        .verify(verify::check)
        .errand("offers.move_photos", 3_600, photo::move_to_shelf)
        .menu(Menu {
            group: Group::Design,
            order: 20,
            label_key: "offers-menu",
            path: paths::SERVICES,
            icon: "tag",
            permission: VIEW,
            key: Some('s'),
        })
}
