//! A business in a moment, on each database; and a browser without a screen for its pages.
//!
//! Tests are sentences: `each_engine(&rooms, |world| …)` runs one on SQLite and, when
//! `STEWARD_TEST_POSTGRES` names a server, on PostgreSQL. Never shipped.

mod client;
mod picture;
mod taken;
mod world;

pub use client::{Answer, Client};
pub use picture::picture;
pub use taken::{Stretch, Taken};
pub use world::{Engine, World, at, each_engine, on_engine};

pub use kernel;
pub use organisation;
pub use store;
pub use web;
