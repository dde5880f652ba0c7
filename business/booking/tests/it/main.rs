//! Booking online, on both databases.

mod abuse;
mod add_ons;
mod change;
mod complaints;
mod flow;
mod sessions;
mod shop;
