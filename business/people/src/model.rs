//! What is true of users and staff. Pure.

mod password;
mod plan;
mod sight;
mod sign_in;
mod staff;
mod token;
mod user;

pub use password::{HashCost, Password, hash_password, password_matches};
pub use plan::{Change, ClockTimes, Reach, Visit, WorkingTime};
pub use sight::{Seen, Sight, SightKind};
pub use sign_in::{Attempts, Limit};
pub use staff::{Shift, Skill, Staff, TimeOff, is_skill_code, work_spans_of};
pub use token::{Token, TokenKind};
pub use user::{Locked, SignedIn, User, UserState, login_key};
