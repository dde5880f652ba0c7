//! The program as whoever starts it sees it: what it prints, what it refuses, what it survives.

mod browser;
mod commands;
mod imports;
mod log;
mod program;
mod serving;
mod sound;
