//! What may happen to users, staff and their time.

mod access;
mod factors;
mod passkeys;
mod pins;
mod plan;
mod remove;
pub mod requests;
mod roles;
mod shifts;
mod sights;
mod staff;
mod users;
mod welcome;

pub use access::{
    create_api_token, create_password_link, end_all_sessions_of, end_session_of, revoke_api_token,
    revoke_other_sessions, revoke_session, sweep,
};
pub(crate) use access::{set_password_hash, take_link};
pub(crate) use factors::{
    confirm_code, lacks_factor, pending_code, remove_code, renew_recovery, use_code,
};
pub use factors::{reset_factors, set_access_rules};
pub(crate) use passkeys::{
    creation, keep_passkey, remove_passkey, rename_passkey, request, take_challenge,
};
pub use pins::reset_pin;
pub use pins::set_pin;
pub(crate) use pins::{remove_pin, share_session};
pub use plan::{Planned, VisitsSource, keep_by_the_clock, plan, set_visits};
pub use remove::remove_staff;
pub(crate) use roles::held;
pub use roles::{RoleFields, create_role, edit_role, remove_role};
pub use shifts::{NewShift, add_shift, add_shifts, add_time_off, remove_shift, remove_time_off};
pub(crate) use sights::forget_sights;
pub use sights::{FILE_SEEN, keep_sight, seen};
pub use staff::{
    StaffFields, create_staff, edit_staff, save_skill, set_staff_active, set_staff_user,
};
pub(crate) use users::own;
pub use users::{NewUser, OwnFields, create_user, edit_own, edit_user, set_user_state};
pub use welcome::{Founding, Sample, found_business, found_first_business, on_founding};
