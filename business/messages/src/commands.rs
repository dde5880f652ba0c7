//! What may happen to messages.

mod hear;
mod offer;
mod outbox;
mod remind;
mod report;
mod settings;
mod write;

pub(crate) use hear::hear;
pub use offer::{Offer, leaves_at, offer};
pub(crate) use outbox::{Outcome, claim_due, give_up_lost, is_open, settle};
pub use outbox::{send_again, send_test};
pub(crate) use remind::remind;
pub use report::clear_address;
pub(crate) use report::note_report;
pub(crate) use settings::check_addresses;
pub use settings::{
    Wording, change_secret, reset_setting, save_settings, save_template, set_report_door,
};
