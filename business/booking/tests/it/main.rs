//! Booking online, on both databases.

mod abuse;
mod change;
mod flow;
mod shop;
