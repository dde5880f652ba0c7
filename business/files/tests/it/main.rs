//! Photos and files, as people add them and as the business keeps them.

mod bucket;
mod keeping;
mod shelf;
mod shop;
