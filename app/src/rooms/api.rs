//! What other programs see: the document, and what it promises.

mod calls;
mod changes;
mod classes;
mod document;
mod enquiries;
mod keys;
mod letters;
mod lines;
mod ready;
mod series;
mod settings;
mod shop;
