//! What is known of resources, claims and free time.

mod claims;
mod picture;
mod resources;
mod seats;

pub(crate) use claims::{booked_minutes, expired, free_until, lock};
pub(crate) use picture::{need, picture, rules};

pub use claims::{ORDERS_WITH, claim_of, claims_in};
pub use picture::{availability, nearest_slots, why_not};
pub use resources::{resource, resources, resources_at};
pub(crate) use seats::seat_plan;
pub use seats::{seats_of, seats_taken, session_claim, session_orders};
