//! What may happen to resources and claims.

mod claims;
mod holds;
mod quanta;
mod resources;

pub use claims::{ClaimFor, Occupy, claim, move_claim, occupy, restore};
pub use holds::{confirm_hold, prune, release, release_from};
pub use quanta::gate;
pub use resources::{ResourceFields, create_resource, retire_resource, save_resource};
