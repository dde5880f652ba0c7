//! Capacity on both databases.

mod claiming;
mod clocks;
mod free_time;
mod histories;
mod month;
mod pages;
mod race;
mod settings;
mod shop;
mod storm;
mod visits;
