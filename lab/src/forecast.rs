//! `steward lab forecast`.

use crate::Failure;

/// `steward lab forecast`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Demand ahead with intervals, and how well that would have worked.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
