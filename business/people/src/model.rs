//! What is true of users and staff. Pure.

mod code;
mod passkey;
mod password;
mod pin;
mod plan;
mod request;
mod role;
mod rules;
mod sight;
mod sign_in;
mod sign_in_try;
mod staff;
mod token;
mod user;
mod vault;

pub use code::{CodeSecret, RECOVERY_CODES, recovery_codes, recovery_hash};
pub use passkey::{ALGORITHMS, Answer, Passkey, Place, PublicKey, encoded, refused};
pub use password::{HashCost, Password, hash_password, password_matches};
pub use pin::{PIN_TRIES, Pin, pin_matches};
pub use plan::{Change, ClockTimes, Reach, Visit, WorkingTime};
pub use request::{Cover, Effect, Request, RequestState, Wish, fewest_at_once, half_of};
pub use role::{BASES, OwnRole, chosen_names, grants_of};
pub use rules::{AccessRules, PIN_MINUTES, SIGHT_DAYS, role_value};
pub use sight::{Seen, Sight, SightKind};
pub use sign_in::{Attempts, Limit};
pub use sign_in_try::{Outcome, SignIn, Way};
pub use staff::{Shift, Skill, Staff, TimeOff, is_skill_code, work_spans_of};
pub use token::{Token, TokenKind};
pub use user::{AtShared, HeldRole, Locked, SignedIn, User, UserState, login_key};
pub use vault::Vault;
