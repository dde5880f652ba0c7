//! What may happen to resources and claims.

mod claims;
mod holds;
mod moves;
mod quanta;
mod resources;
mod rules;
mod seats;
mod sessions;

pub(crate) use claims::reach;
pub use claims::{ClaimFor, ClaimVisit, Occupy, claim, claim_visit, occupy, restore};
pub use holds::{prune, release, release_from};
pub use moves::{Move, confirm_hold, move_claim, move_visit};
pub use quanta::gate;
pub use resources::{ResourceFields, create_resource, retire_resource, save_resource};
pub(crate) use rules::{
    HORIZON_MAX, NOTICE_MAX, ROOM_MINUTES_MAX, TRAVEL_MINUTES_MAX, UPCOMING_MAX,
};
pub use rules::{save_rule, set_room_minutes, set_travel_minutes, set_usual_travel_minutes};
pub use seats::{Seats, confirm_seats, release_seats, take_seats};
pub use sessions::{
    PlanSession, end_session, free_session, move_session, plan_session, resize_session,
};
