//! Sentences about the business.

mod days;
mod feeds;
mod finding;
mod shop;
mod today;
