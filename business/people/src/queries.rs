//! What is known of users, sessions, staff and their time.

mod access;
mod called;
mod factors;
mod passkeys;
mod pins;
mod requests;
mod roles;
mod sights;
mod staff;
mod time;
mod users;

pub(crate) use access::token_owner;
pub use access::{ApiToken, Session, api_tokens, live_link, sessions};
pub use called::{Called, called};
pub use factors::{Factors, access_rules, factors_of, sign_ins};
pub(crate) use factors::{factors, kept_secret, live_step};
pub use passkeys::passkeys;
pub(crate) use passkeys::{PasskeyLock, passkey_lock};
pub use pins::{PinState, Turn, pin_state};
pub(crate) use pins::{SessionLock, both, session_lock, turns};
pub(crate) use requests::undecided;
pub use requests::{request, requests, requests_of, requests_waiting};
pub use roles::{role, roles};
pub use sights::{SightFilter, sights};
pub use staff::{sites_sharing_staff, skills, staff, staff_at, staff_member, staff_of_user};
pub use time::{shift, shifts, shifts_of, time_off, time_off_of, work_spans};
pub(crate) use users::{any_user, locked, password_hash, scope_of};
pub use users::{group_holders, user, users};
