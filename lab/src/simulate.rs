//! `steward lab simulate`.

use crate::Failure;

/// `steward lab simulate`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Run a model of the shop many times and say what to expect.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
