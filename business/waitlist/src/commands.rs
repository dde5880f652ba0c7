//! What may happen on the waiting list.

mod answer;
mod listen;
mod look;
mod make;
mod people;
mod settings;

pub use answer::{accept, decline, settle};
pub use listen::hear;
pub(crate) use look::offerable;
pub use look::{Candidate, next_candidate};
pub use make::offer;
pub use people::{NewWaiting, join, leave};
pub use settings::change_settings;
