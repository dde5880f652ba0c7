//! The laws of waiting, and every figure of the reference files.

mod points;
