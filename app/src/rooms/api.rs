//! What other programs see: the document, and what it promises.

mod calls;
mod changes;
mod document;
mod files;
mod keys;
mod ready;
mod requests;
mod series;
mod settings;
mod shop;
