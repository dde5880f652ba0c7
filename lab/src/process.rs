//! `steward lab process`.

mod analyse;
mod compare;
mod discover;

use clap::Subcommand;

use crate::Failure;

/// `steward lab process`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Figures of an event log: map, variants, times, rework, conformance to a model.
    Analyse(analyse::Args),
    /// A first blueprint from a log.
    Discover(discover::Args),
    /// What differs between two logs, beyond chance.
    Compare(compare::Args),
}

/// Analyses, discovers and compares processes from event logs.
pub fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        Command::Analyse(args) => analyse::run(args),
        Command::Discover(args) => discover::run(args),
        Command::Compare(args) => compare::run(args),
    }
}
