//! What the search promises, by law and by measure.

mod encoder;
mod laws;
mod reference;
