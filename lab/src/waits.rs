//! `steward lab waits`.

use crate::Failure;

/// `steward lab waits`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Train wait quotes on past tickets and score them on later ones.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
