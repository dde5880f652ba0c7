//! Orders on both databases.

mod abuse;
mod editing;
mod finding;
mod histories;
mod life;
mod pages;
mod shop;
mod tabs;
mod too_long;
mod undo;
mod verifying;
mod visits;
mod work;
