//! `steward lab process compare`.

use crate::Failure;

/// `steward lab process compare`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// What differs between two logs, beyond chance.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
