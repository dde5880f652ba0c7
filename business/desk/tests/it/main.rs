//! Sentences about the business.

mod audit;
mod calendar;
mod days;
mod feeds;
mod finding;
mod groups;
mod kept;
mod regions;
mod left;
mod shop;
mod today;
