//! Sentences about group sessions.

mod pages;
mod planning;
mod seats;
mod shop;
