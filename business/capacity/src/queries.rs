//! What is known of resources, claims and free time.

mod claims;
mod moves;
mod picture;
mod reasons;
mod resources;
mod rules;
mod seats;

pub(crate) use claims::{booked_minutes, expired, free_until, lock};
pub(crate) use moves::{TRAVEL_MINUTES, room_moves, site_moves};
pub(crate) use picture::{need, parts, picture};
pub use reasons::reasons;
pub(crate) use rules::rule_sets;
pub use rules::{RuleSet, rules_for, rules_of};

pub use claims::{ORDERS_WITH, claim_of, claims_in, claims_of, firm_claims_in};
pub use moves::{MoveMinutes, moves_at};
pub use picture::{availability, nearest_slots, nearest_visits, visits, why_not};
pub use resources::{resource, resources, resources_at};
pub(crate) use seats::seat_plan;
pub use seats::{seats_of, seats_taken, session_claim, session_orders};
