//! Fields of the business's own on customers, orders, services and staff: defined by the owner,
//! typed, checked, in forms, lists, filters, files and the journal.

mod api;
mod columns;
mod commands;
mod fill;
mod filter;
mod holder;
mod http;
pub mod model;
mod pages;
mod queries;
mod verify;

pub use api::endpoints;
pub use commands::{Draft, Placed, change, define, place, set_state};
pub use fill::{Given, Seen, check, fill, forget, prepared, seen};
pub use filter::Filter;
pub use holder::{Find, Holder, create, currency, new_inputs, routes, shown, shown_with};
pub use model::{Field, FieldId, Kind, Pick, Subject, Value, Values};
pub use pages::{facts, filter_form, heads, inputs, list_cells, more_filters};
pub use queries::{
    Listed, all_of, defined, defined_all, field, in_file, listed, values, values_of,
};

use kernel::{Permission, Role};

/// May define fields.
pub const MANAGE: Permission = Permission::new("fields.manage", &[Role::Owner]);

/// What the program needs to know about fields.
pub fn room() -> web::Room {
    web::Room::new("fields")
        .migrations(&[include_str!("../migrations/0001_fields.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[MANAGE])
        .api(api::definitions::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("fields", "fields-menu")
        .routes(http::routes())
        .verify(verify::check)
        .menu(web::Menu {
            group: web::Group::Manage,
            order: 60,
            label_key: "fields-menu",
            path: "/fields",
            icon: "sliders-horizontal",
            permission: MANAGE,
            key: None,
        })
}
