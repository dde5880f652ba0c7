//! `steward lab search`.

use crate::Failure;

/// `steward lab search`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Find answers in a knowledge base and score them.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
