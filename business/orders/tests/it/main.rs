//! Orders on both databases.

mod abuse;
mod editing;
mod finding;
mod histories;
mod life;
mod pages;
mod shop;
mod tabs;
mod undo;
mod verifying;
mod visits;
mod work;
