//! Resources, claims and availability: who and what is free, and whose time is taken.

mod api;
mod columns;
mod commands;
mod http;
pub mod model;
mod pages;
mod queries;
mod verify;

pub use api::{FreeSlot, alternatives};
pub use commands::{
    ClaimFor, ClaimVisit, Move, Occupy, PlanSession, ResourceFields, Seats, claim, claim_visit,
    confirm_hold, confirm_seats, create_resource, end_session, free_session, gate, move_claim,
    move_session, move_visit, occupy, plan_session, prune, release, release_from, release_seats,
    resize_session, restore, retire_resource, save_resource, save_rule, set_room_minutes,
    set_travel_minutes, set_usual_travel_minutes, take_seats,
};
pub use model::{
    Absent, Answer, Ask, Claim, Given, PartAsk, Placed, Plan, Reason, Resource, RuleBy, RuleValues,
    Ruled, Slot, Standing, Visit, WhyNot,
};
pub use queries::{
    MoveMinutes, ORDERS_WITH, RuleSet, availability, claim_of, claims_in, claims_of,
    firm_claims_in, moves_at, nearest_slots, nearest_visits, reasons, resource, resources,
    resources_at, rules_for, seats_of, seats_taken, session_claim, session_orders, visits, why_not,
};

use kernel::{Permission, Role};
use web::{Group, Menu, Room};

/// Seeing free times, claims, rooms and equipment.
pub const VIEW: Permission = Permission::new(
    "capacity.view",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::ReadOnly,
        Role::Guest,
    ],
);

/// Taking and giving back time.
pub const CLAIM: Permission = Permission::new(
    "capacity.claim",
    &[
        Role::Manager,
        Role::Desk,
        Role::Staff,
        Role::Support,
        Role::Guest,
    ],
);

/// Changing rooms and equipment.
pub const EDIT: Permission = Permission::new("capacity.edit", &[Role::Manager]);

/// How long the time of a visit is kept after it, in days; its order keeps it for good.
const KEPT_DAYS: i64 = 35;
/// Seconds between two rounds of tidying up.
const PRUNE_SECONDS: u64 = 3600;

/// Everything the program needs to know about capacity.
pub fn room() -> Room {
    Room::new("capacity")
        .migrations(&[
            include_str!("../migrations/0001_capacity.sql"),
            include_str!("../migrations/0002_seats.sql"),
            include_str!("../migrations/0003_visits.sql"),
            include_str!("../migrations/0004_booking_rules.sql"),
            include_str!("../migrations/0005_spans.sql"),
            include_str!("../migrations/0006_rows_in_keys.sql"),
            include_str!("../migrations/0007_holds.sql"),
            include_str!("../migrations/0008_quanta_by_key.sql"),
        ])
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .permissions(&[VIEW, CLAIM, EDIT])
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("availability", "capacity-api-availability")
        .part("booking rules", "capacity-rules")
        .part("moves", "capacity-moves")
        .part("resources", "capacity-menu")
        .routes(http::routes())
        .below("/resources", "/booking-rules")
        .menu(Menu {
            group: Group::Manage,
            order: 30,
            label_key: "capacity-menu",
            path: "/resources",
            icon: "door-open",
            permission: VIEW,
            key: None,
        })
        .verify(verify::check)
        .job("prune claims", PRUNE_SECONDS, |tx, ctx| {
            let minutes = KEPT_DAYS * 24 * 60;
            let before = model::later(ctx.now, -minutes).unwrap_or(ctx.now);
            prune(tx, ctx, before).map(drop)
        })
}
