//! What is true of users and staff. Pure.

mod code;
mod password;
mod plan;
mod role;
mod sight;
mod sign_in;
mod staff;
mod token;
mod user;
mod vault;

pub use code::{CodeSecret, RECOVERY_CODES, recovery_codes, recovery_hash};
pub use password::{HashCost, Password, hash_password, password_matches};
pub use plan::{Change, ClockTimes, Reach, Visit, WorkingTime};
pub use role::{BASES, OwnRole, chosen_names, grants_of};
pub use sight::{Seen, Sight, SightKind};
pub use sign_in::{Attempts, Limit};
pub use staff::{Shift, Skill, Staff, TimeOff, is_skill_code, work_spans_of};
pub use token::{Token, TokenKind};
pub use user::{HeldRole, Locked, SignedIn, User, UserState, login_key};
pub use vault::Vault;
