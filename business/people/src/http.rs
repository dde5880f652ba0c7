//! Routes of people.

mod access;
mod door;
mod factors;
mod plan;
mod requests;
mod roles;
mod rota;
mod settings;
mod staff;
mod step;
mod time;
mod turn;
mod users;

pub(crate) use rota::{days, monday};
pub(crate) use staff::home_of;

use crate::{
    EDIT_ACCESS, EDIT_SHIFTS, EDIT_STAFF, MANAGE_ROLES, MANAGE_TOKENS, MANAGE_USERS, PORTRAIT,
    VIEW_STAFF,
};
use kernel::{Fault, FaultKind, Permission};
use web::axum::http::StatusCode;
use web::{Reply, Response, Routes};

/// The routes of this room.
pub fn routes() -> Routes {
    door_routes()
        .merge(settings_routes())
        .merge(staff_routes())
        .merge(fields::routes(crate::own::HOLDER))
        .merge(files::routes(PORTRAIT))
        .merge(user_routes())
        .merge(request_routes())
        .merge(access_routes())
}

fn door_routes() -> Routes {
    Routes::new()
        .public_get("/login", door::login_page)
        .public_post("/login", door::login)
        .public_get("/login/code", step::code_page)
        .public_post("/login/code", step::code)
        .public_get("/login/setup", step::setup_page)
        .public_post("/login/setup", step::set_up)
        .public_post("/login/passkey/request", step::passkey_request)
        .public_post("/login/passkey", step::passkey)
        .public_get("/switch", turn::page)
        .public_post("/switch", turn::take)
        .public_post("/switch/lock", turn::lock)
        .post("/switch/stay", Permission::SIGNED_IN, turn::stay)
        .public_post("/logout", door::logout)
        .public_get("/set-password/{token}", door::link_page)
        .public_post("/set-password/{token}", door::use_link)
        .public_get("/welcome", door::welcome_page)
        .public_post("/welcome", door::welcome)
}

fn settings_routes() -> Routes {
    let own = Permission::OWN_ACCOUNT;
    Routes::new()
        .get("/settings", own, settings::show)
        .post("/settings", own, settings::save)
        .post("/settings/password", own, settings::change_password)
        .post("/settings/sessions/{id}/revocation", own, settings::revoke)
        .post(
            "/settings/sessions/revocation",
            own,
            settings::revoke_others,
        )
        .post("/settings/shared", own, turn::share)
        .post("/settings/pin", own, turn::set_pin)
        .post("/settings/pin/removal", own, turn::remove_pin)
        .get("/settings/code", own, factors::code_page)
        .post("/settings/code/confirmation", own, factors::confirm)
        .post("/settings/code/recovery", own, factors::renew)
        .post("/settings/code/removal", own, factors::remove)
        .post("/settings/passkeys/request", own, factors::passkey_request)
        .post("/settings/passkeys", own, factors::make_passkey)
        .post("/settings/passkeys/{id}", own, factors::rename_passkey)
        .post(
            "/settings/passkeys/{id}/removal",
            own,
            factors::remove_passkey,
        )
        .post("/settings/tokens", MANAGE_TOKENS, settings::create_token)
        .post(
            "/settings/tokens/{id}/revocation",
            MANAGE_TOKENS,
            settings::revoke_token,
        )
}

fn staff_routes() -> Routes {
    Routes::new()
        .get("/staff", VIEW_STAFF, rota::list)
        .get("/staff/week", VIEW_STAFF, rota::week)
        .get("/staff/new", EDIT_STAFF, staff::new)
        .post("/staff", EDIT_STAFF, staff::create)
        .get("/staff/{id}", VIEW_STAFF, staff::show)
        .post("/staff/{id}", EDIT_STAFF, staff::edit)
        .post("/staff/{id}/departure", EDIT_STAFF, plan::depart)
        .post("/staff/{id}/return", EDIT_STAFF, staff::take_back)
        .post("/staff/{id}/shifts", EDIT_SHIFTS, time::add_shifts)
        .get("/staff/{id}/shifts/{shift}", EDIT_SHIFTS, plan::show_shift)
        .post(
            "/staff/{id}/shifts/{shift}",
            EDIT_SHIFTS,
            plan::change_shift,
        )
        .post(
            "/staff/{id}/shifts/{shift}/removal",
            EDIT_SHIFTS,
            plan::remove_shift,
        )
        .post("/staff/{id}/time-off", EDIT_SHIFTS, time::add_time_off)
        .post(
            "/staff/{id}/time-off/{off}/removal",
            EDIT_SHIFTS,
            time::remove_time_off,
        )
        .post("/skills", EDIT_STAFF, staff::save_skill)
}

fn request_routes() -> Routes {
    Routes::new()
        .get("/requests", VIEW_STAFF, requests::show)
        .post("/requests/time-off", VIEW_STAFF, requests::ask_off)
        .get("/requests/shifts/{id}", VIEW_STAFF, requests::shift)
        .post("/requests/shifts/{id}", VIEW_STAFF, requests::ask_shift)
        .post("/requests/{id}/agreement", VIEW_STAFF, requests::agree)
        .post("/requests/{id}/refusal", VIEW_STAFF, requests::refuse)
        .post("/requests/{id}/withdrawal", VIEW_STAFF, requests::withdraw)
        .get("/staff/requests", EDIT_SHIFTS, requests::list)
        .post(
            "/staff/requests/{id}/approval",
            EDIT_SHIFTS,
            requests::approve,
        )
        .post(
            "/staff/requests/{id}/rejection",
            EDIT_SHIFTS,
            requests::decline,
        )
}

fn user_routes() -> Routes {
    Routes::new()
        .get("/users", MANAGE_USERS, users::list)
        .get("/users/new", MANAGE_USERS, users::new)
        .post("/users", MANAGE_USERS, users::create)
        .get("/users/{id}", MANAGE_USERS, users::show)
        .post("/users/{id}", MANAGE_USERS, users::edit)
        .post("/users/{id}/password-link", MANAGE_USERS, users::make_link)
        .post("/users/{id}/deactivation", MANAGE_USERS, users::deactivate)
        .post("/users/{id}/reactivation", MANAGE_USERS, users::reactivate)
}

fn access_routes() -> Routes {
    Routes::new()
        .get("/access", EDIT_ACCESS, access::rules)
        .post("/access", EDIT_ACCESS, access::set_rules)
        .get("/access/sign-ins", EDIT_ACCESS, access::sign_ins)
        .post("/users/{id}/pin/removal", MANAGE_USERS, access::reset_pin)
        .post("/users/{id}/sign-out", MANAGE_USERS, access::end_sessions)
        .post(
            "/users/{id}/sessions/{session}/end",
            MANAGE_USERS,
            access::end_session,
        )
        .post(
            "/users/{id}/factors/removal",
            EDIT_ACCESS,
            access::reset_factors,
        )
        .get("/access/roles", MANAGE_ROLES, roles::list)
        .get("/access/roles/new", MANAGE_ROLES, roles::new)
        .post("/access/roles", MANAGE_ROLES, roles::create)
        .get("/access/roles/{id}", MANAGE_ROLES, roles::show)
        .post("/access/roles/{id}", MANAGE_ROLES, roles::edit)
        .post("/access/roles/{id}/removal", MANAGE_ROLES, roles::remove)
}

/// Whether the form shall be shown again, with what was typed and why it was refused.
fn is_correctable(fault: &Fault) -> bool {
    matches!(
        fault.kind,
        FaultKind::Invalid | FaultKind::Conflict | FaultKind::TooMany
    )
}

/// A page that shows a refused form again, under the status of the refusal.
fn refused(page: Reply, fault: Option<&Fault>) -> Reply {
    let mut response: Response = page?;
    if let Some(fault) = fault {
        *response.status_mut() = match fault.kind {
            FaultKind::Conflict => StatusCode::CONFLICT,
            FaultKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
    }
    Ok(response)
}
