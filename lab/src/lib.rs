//! The commands of the laboratory: a file in, figures out.
//!
//! Each command reads files, calls one of the pure crates under `algorithms/` and prints a table
//! or JSON.

mod csv_fault;
pub mod erlang;
pub mod forecast;
pub mod process;
pub mod search;
pub mod simulate;
mod table;
pub mod value;
pub mod waits;

use std::fmt;

use clap::Subcommand;

/// What the laboratory can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Analyse, discover and compare processes from event logs.
    Process(process::Args),
    /// Run a model of the shop many times and say what to expect.
    Simulate(simulate::Args),
    /// Waiting, loss and abandonment by formula.
    Erlang(erlang::Args),
    /// Train wait quotes on past tickets and score them on later ones.
    Waits(waits::Args),
    /// Who comes back and what they are worth, from purchases.
    Value(value::Args),
    /// Demand ahead with intervals, and how well that would have worked.
    Forecast(forecast::Args),
    /// Find answers in a knowledge base and score them.
    Search(search::Args),
}

/// Why a command stopped: one line for whoever typed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Runs a command and prints what it found.
///
/// # Errors
/// One line that names the file, the row or element, and what is allowed.
pub fn run(command: Command) -> Result<(), Failure> {
    match command {
        Command::Process(args) => process::run(&args),
        Command::Simulate(args) => simulate::run(&args),
        Command::Erlang(args) => erlang::run(&args),
        Command::Waits(args) => waits::run(&args),
        Command::Value(args) => value::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Search(args) => search::run(&args),
    }
}
