//! Sentences about the business.

mod phone;
mod shop;
mod tickets;
