//! Orders, their lines, steps and states.
