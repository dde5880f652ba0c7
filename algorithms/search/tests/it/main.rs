//! What the search promises, by law and by measure.

mod laws;
mod reference;
