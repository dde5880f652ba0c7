//! Blueprints as BPMN 2.0 files, out and in.
//!
//! Lanes, steps and ways are BPMN's own; phases, minutes and what else a step holds stand in its
//! documentation, one line each, and are found there again.

mod export;
mod gates;
mod import;
mod lines;
mod ways;

pub(crate) use export::write;
pub(crate) use import::{Imported, read, words};

/// Ids of exported steps begin with it, since a key may begin with a digit and an id may not.
const STEP_ID: &str = "step_";
/// Ids of exported lanes begin with it.
const LANE_ID: &str = "lane_";

/// Reads a BPMN 2.0 file as an import does: how many steps it has.
///
/// # Errors
/// What is wrong with the file and what is allowed.
pub fn bpmn_steps(bytes: &[u8]) -> Result<usize, kernel::Fault> {
    read(bytes, kernel::Locale::En).map(|imported| imported.body.steps.len())
}
