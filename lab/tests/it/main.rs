//! Commands of the laboratory, on files as people have them.

mod discover;
mod erlang;
mod files;
mod forecast;
mod process;
mod search;
mod simulate;
mod value;
mod waits;
