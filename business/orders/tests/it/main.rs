//! Orders on both databases.

mod editing;
mod finding;
mod histories;
mod life;
mod shop;
mod work;
