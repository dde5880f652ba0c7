//! Sentences about the business.

mod calendar;
mod days;
mod feeds;
mod finding;
mod groups;
mod kept;
mod shop;
mod today;
