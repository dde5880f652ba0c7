//! What may happen to orders.

mod edit;
mod moves;
mod past;
mod save;
mod take;
mod undo;
mod work;

pub use edit::{Edit, add_note, edit};
pub use moves::{
    Reschedule, arrive, cancel, confirm, expire_holds, finish, no_show, reschedule, start,
};
pub use past::{Recorded, record_past};
pub use take::create;
pub(crate) use take::{add_on_minutes, later};
pub use undo::undo;
pub use work::{advance, complete_step, fail_step, finish_step, skip_step, start_step, tick};
