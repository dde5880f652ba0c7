//! Sentences about the business.

mod agreeing;
mod complaints;
mod devices;
mod limits;
mod order;
mod phone;
mod rush;
mod shop;
mod tickets;
mod waits;
