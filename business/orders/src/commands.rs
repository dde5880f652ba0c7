//! What may happen to orders.

mod edit;
mod matters;
mod moves;
mod past;
mod remove;
mod reschedule;
mod save;
mod seats;
mod take;
mod undo;
mod work;

pub use edit::{Edit, add_note, edit};
pub use matters::{promise, reopen, settle};
pub use moves::{arrive, cancel, confirm, expire_holds, finish, no_show, start};
pub use past::{Recorded, record_past};
pub use remove::remove_past;
pub use reschedule::{PartMove, Reschedule, move_part, reschedule, reschedule_over};
pub use seats::{change_seats, follow_session, give_up};
pub(crate) use take::later;
pub use take::{create, visit_of, visit_of_order};
pub use undo::undo;
pub use work::{advance, complete_step, fail_step, finish_step, skip_step, start_step, tick};
