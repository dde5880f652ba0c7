//! The wait by formula, from how many wait and how many serve.

use super::{Habits, Scene};

/// The mean wait in seconds of somebody who is served after everybody ahead of him: one departure
/// of each, at the rates cμ + θ, cμ + 2θ, … of Erlang A (Whitt, *Management Science* 45, 1999).
///
/// It takes the staff of now and knows nothing of how long they have been at it.
#[must_use]
pub fn formula(scene: &Scene, habits: &Habits) -> f64 {
    if scene.is_free() {
        return 0.0;
    }
    let staff = f64::from(scene.staff.max(1));
    let capacity = staff / habits.mean_service_s();
    (1..=scene.queue + 1)
        .map(|place| 1.0 / (capacity + f64::from(place) * habits.patience_rate()))
        .sum()
}
