//! Sentences about the business.

mod audit;
mod calendar;
mod days;
mod feeds;
mod finding;
mod groups;
mod kept;
mod left;
mod regions;
mod shop;
mod today;
mod told;
