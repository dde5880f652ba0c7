//! The program as whoever starts it sees it: what it prints, what it refuses, what it survives.

mod backups;
mod browser;
mod cluster;
mod commands;
mod crash;
mod disk;
mod imports;
mod limits;
mod load;
mod log;
mod program;
mod races;
mod serving;
mod sound;
mod told;
mod traces;
mod upgrade;
