//! `steward lab value`.

use crate::Failure;

/// `steward lab value`.
#[derive(Debug, clap::Args)]
pub struct Args {}

/// Who comes back and what they are worth, from purchases.
pub fn run(_args: &Args) -> Result<(), Failure> {
    Err(Failure("not built".into()))
}
