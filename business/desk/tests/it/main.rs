//! Sentences about the business.

mod days;
mod finding;
mod shop;
mod today;
