//! `steward lab erlang`.

use crate::Failure;

/// `steward lab erlang`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Waiting, loss and abandonment by formula.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
