//! Sentences about the waiting list.

mod classes;
mod offering;
mod pages;
mod races;
mod shop;
mod together;
