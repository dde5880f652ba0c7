//! Housekeeping for the repository.
fn main() {}
