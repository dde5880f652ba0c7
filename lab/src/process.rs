//! `steward lab process`.

use crate::Failure;

/// `steward lab process`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Analyse, discover and compare processes from event logs.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
