//! `steward lab process discover`.

use crate::Failure;

/// `steward lab process discover`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// A first blueprint from a log.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
