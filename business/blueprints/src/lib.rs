//! Service blueprints and their versions.

mod api;
mod bpmn;
mod columns;
mod commands;
pub mod demo;
mod fields;
pub mod http;
mod model;
mod pages;
pub mod paths;
mod queries;
mod sample;
mod verify;

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

pub use bpmn::bpmn_steps;
pub use commands::{
    NewBlueprint, create, discard, edit, import, publish, redo, rename, save_draft, set_archived,
    undo,
};
pub use model::{
    Blueprint, Body, Condition, END, Edit, Evidence, Histogram, ICONS, Lane, Move, Observed,
    ObservedAsk, PHASES_MAX, Phase, STEPS_MAX, Split, Step, StepFields, Verdict, Version,
    VersionState, verdict,
};
pub use queries::{
    Edits, blueprint, blueprints, current, edits, exists, published, version, versions,
};

/// To look at blueprints as somebody who works here.
pub const VIEW: Permission = Permission::new("blueprints.view", &Role::USERS);

/// To read what an order is to follow, as a booking by a customer does too.
pub const READ: Permission = Permission::new(
    "blueprints.view",
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

/// To create, edit and publish blueprints.
pub const EDIT: Permission = Permission::new("blueprints.edit", &[Role::Manager]);

/// Everything the program needs to know about blueprints.
pub fn room() -> Room {
    Room::new("blueprints")
        .migrations(&[include_str!("../migrations/0001_blueprints.sql")])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, READ, EDIT])
        .routes(http::routes())
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("blueprints", "blueprints-menu")
        .verify(verify::check)
        .menu(Menu {
            group: Group::Design,
            order: 10,
            label_key: "blueprints-menu",
            path: paths::BLUEPRINTS,
            icon: "workflow",
            permission: VIEW,
            key: Some('b'),
        })
}
