//! Booking online, on both databases.

mod abuse;
mod add_ons;
mod change;
mod flow;
mod sessions;
mod shop;
