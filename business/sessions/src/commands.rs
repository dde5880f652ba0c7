//! What may happen to group sessions.

mod offers;
mod people;
mod plan;
mod run;

pub use self::offers::{save_offer, withdraw_offer};
pub use self::people::{Sell, check_share, sell};
pub use plan::{Change, Foreseen, Plan, cancel, change, foresee, plan, plan_series};
pub use run::{begin, check_in, end};
