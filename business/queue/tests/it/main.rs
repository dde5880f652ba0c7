//! Sentences about the business.

mod phone;
mod rush;
mod shop;
mod tickets;
