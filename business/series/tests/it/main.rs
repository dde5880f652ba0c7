//! Sentences about series.

mod changing;
mod pages;
mod shop;
mod taking;
