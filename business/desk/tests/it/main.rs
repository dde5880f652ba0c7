//! Sentences about the business.

mod days;
mod feeds;
mod finding;
mod kept;
mod shop;
mod today;
