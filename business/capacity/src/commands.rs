//! What may happen to resources and claims.

mod claims;
mod holds;
mod quanta;
mod resources;
mod seats;
mod sessions;

pub use claims::{ClaimFor, Occupy, claim, move_claim, occupy, restore};
pub use holds::{confirm_hold, prune, release, release_from};
pub use quanta::gate;
pub use resources::{ResourceFields, create_resource, retire_resource, save_resource};
pub use seats::{Seats, confirm_seats, release_seats, take_seats};
pub use sessions::{
    PlanSession, end_session, free_session, move_session, plan_session, resize_session,
};
