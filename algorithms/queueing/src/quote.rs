//! What to tell a customer at the door: a wait, and a least and a most that hold in 80 of 100.
//!
//! Three ways to know, each blind where another sees: a [`formula`] needs no past at all, the
//! empirical way ([`Buckets`]) needs no model, and an [`outlook`] plays the next minutes through
//! from who is being served, since when. [`Calibration`] blends them by how well each has done at
//! this site, and sets the interval so wide that it would have held as often as it should.

mod backtest;
mod calibration;
mod empirical;
mod formula;
mod guess;
mod habits;
mod luck;
mod paths;
mod scene;

pub use backtest::{Score, backtest};
pub use calibration::{Calibration, Pair, Quote, Weights};
pub use empirical::Buckets;
pub use formula::formula;
pub use guess::{Guess, Knowledge, LEVELS};
pub use habits::Habits;
pub use paths::{Outlook, outlook};
pub use scene::{Day, Roster, Scene, Ticket};
