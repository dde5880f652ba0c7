//! Text retrieval in Chinese and English behind one function.
#![doc = include_str!("../README.md")]

mod classify;
mod encoder;
mod evaluate;
mod features;
mod index;
mod knowledge;
mod meanings;
mod synonyms;
mod text;
mod typos;

pub use encoder::{Encoder, Meaning, ModelError, ModelFiles};
pub use evaluate::{Asked, Outcome, Quality, ask};
pub use knowledge::{Answer, Builder, Entry, Hit, Knowledge};
pub use synonyms::{SynonymError, Synonyms};
