//! `steward lab process`.

mod analyse;
mod compare;
mod conformance;
mod discover;
mod explain;
mod figures;
mod input;
mod objects;
mod table;
mod views;

use std::io::{self, Write};

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
    let text = answer(args)?;
    // Who reads only the first lines closes the pipe, which is no failure.
    let _ = writeln!(io::stdout(), "{}", text.trim_end());
    Ok(())
}

/// What was found, as it is printed.
///
/// # Errors
/// One line that names the file, the row or element, and what is allowed.
pub fn answer(args: &Args) -> Result<String, Failure> {
    match &args.command {
        Command::Analyse(args) => analyse::answer(args),
        Command::Compare(args) => compare::answer(args),
        Command::Discover(args) => discover::answer(args),
    }
}
