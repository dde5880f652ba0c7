//! Booking online, on both databases.

mod abuse;
mod add_ons;
mod change;
mod complaints;
mod flow;
mod pictures;
mod rules;
mod sessions;
mod shop;
