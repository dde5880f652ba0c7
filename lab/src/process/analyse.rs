//! `steward lab process analyse`.

use crate::Failure;

/// `steward lab process analyse`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Figures of an event log.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
