//! The steward program.
fn main() {}
