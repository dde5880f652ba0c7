//! Who may come in, who serves, and when they work.

mod api;
pub mod auth;
mod columns;
pub mod commands;
pub mod hooks;
mod http;
pub mod model;
mod own;
mod pages;
mod portrait;
mod queries;
mod scopes;
mod verify;

pub use auth::open_session;
pub use commands::requests;
pub use commands::{
    FILE_SEEN, Founding, NewShift, NewUser, OwnFields, Planned, RoleFields, Sample, StaffFields,
    add_shift, add_shifts, add_time_off, create_api_token, create_password_link, create_role,
    create_staff, create_user, edit_own, edit_role, edit_staff, edit_user, found_business,
    keep_by_the_clock, keep_sight, on_founding, plan, remove_role, remove_shift, remove_staff,
    remove_time_off, revoke_api_token, revoke_other_sessions, revoke_session, save_skill, seen,
    set_staff_active, set_staff_user, set_user_state, set_visits, sweep,
};
pub use commands::{
    end_all_sessions_of, end_session_of, reset_factors, reset_pin, set_access_rules, set_pin,
};
pub use model::{
    Change, Cover, Effect, HashCost, HeldRole, OwnRole, Password, Pin, Reach, Request,
    RequestState, Seen, Shift, Sight, SightKind, SignedIn, Skill, Staff, TimeOff, Token, TokenKind,
    User, UserState, Visit, Wish, hash_password,
};
pub use queries::{
    ApiToken, Called, Factors, Session, SightFilter, access_rules, api_tokens, called, factors_of,
    group_holders, live_link, passkeys, requests_waiting, role, roles, sessions, shifts, shifts_of,
    sights, sign_ins, sites_sharing_staff, skills, staff, staff_at, staff_member, staff_of_user,
    time_off, time_off_of, user, users, work_spans,
};

pub use pages::access_sections;
pub use portrait::{PORTRAIT, Portraits, portraits};
pub use scopes::offer_permissions;

use kernel::{Ctx, Fault, Permission, Role, Timestamp};
use store::Tx;
use web::{Group, Menu, Room};

/// Seeing staff and their shifts.
pub const VIEW_STAFF: Permission = Permission::new("staff.view", &Role::USERS);

/// Taking staff on, changing them, naming skills.
pub const EDIT_STAFF: Permission = Permission::new("staff.edit", &[Role::Owner, Role::Manager]);

/// Entering shifts and time off.
pub const EDIT_SHIFTS: Permission = Permission::new("shifts.edit", &[Role::Owner, Role::Manager]);

/// Letting people in, changing their role, making links to set a password.
pub const MANAGE_USERS: Permission = Permission::new("users.manage", &[Role::Owner, Role::Manager]);

/// Giving tokens to programs.
pub const MANAGE_TOKENS: Permission = Permission::new("tokens.manage", &[Role::Owner]);

/// Making roles of the business's own, and giving what they may do.
pub const MANAGE_ROLES: Permission = Permission::new("roles.manage", &[Role::Owner]);

/// Saying how people sign in, and seeing who did.
pub const EDIT_ACCESS: Permission = Permission::new("access.edit", &[Role::Owner]);

/// Reading who saw or changed what of a customer.
pub const VIEW_AUDIT: Permission = Permission::new("audit.view", &[Role::Owner]);

/// Every permission of this room.
const OWN: [Permission; 8] = [
    VIEW_STAFF,
    EDIT_STAFF,
    EDIT_SHIFTS,
    MANAGE_USERS,
    MANAGE_TOKENS,
    MANAGE_ROLES,
    EDIT_ACCESS,
    VIEW_AUDIT,
];

/// The tables, texts, pages and jobs of people.
pub fn room() -> Room {
    Room::new("people")
        .migrations(&[
            include_str!("../migrations/0001_people.sql"),
            include_str!("../migrations/0002_readings.sql"),
            include_str!("../migrations/0003_sights.sql"),
            include_str!("../migrations/0004_roles.sql"),
            include_str!("../migrations/0005_sign_ins.sql"),
            include_str!("../migrations/0006_passkeys.sql"),
            include_str!("../migrations/0007_requests.sql"),
            include_str!("../migrations/0008_pins.sql"),
            include_str!("../migrations/0009_sights_kept.sql"),
        ])
        .permissions(&OWN)
        .texts(
            include_str!("texts/en.ftl"),
            include_str!("texts/zh-CN.ftl"),
        )
        .api(api::endpoints())
        .meanings(include_str!("texts/api-zh-CN.txt"))
        .part("staff", "people-menu")
        .part("staff requests", "people-requests")
        .routes(http::routes())
        .verify(verify::check)
        .below("/staff", "/users")
        .below("/my-day", "/requests")
        .menu(Menu {
            group: Group::Manage,
            order: 10,
            label_key: "people-menu",
            path: "/staff",
            icon: "users",
            permission: VIEW_STAFF,
            key: None,
        })
        .menu(Menu {
            group: Group::Manage,
            order: 15,
            label_key: "people-access",
            path: "/access",
            icon: "shield",
            permission: EDIT_ACCESS,
            key: None,
        })
        .job("forget what no longer opens", 3600, forget)
}

/// Days for which a request that is sent again is known: longer than a phone stays without a line.
const REQUEST_DAYS: i64 = 30;

fn forget(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    commands::sweep(tx, ctx.now)?;
    let before = ctx.now.as_second() - REQUEST_DAYS * 86_400;
    let before = Timestamp::from_second(before).map_err(Fault::broken)?;
    store::Once::forget(tx, ctx, before)?;
    commands::forget_sights(tx, ctx)
}
