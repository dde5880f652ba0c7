//! What other programs see: the document, and what it promises.

mod calls;
mod changes;
mod classes;
mod document;
mod enquiries;
mod files;
mod imports;
mod keys;
mod letters;
mod lines;
mod looks;
mod ready;
mod requests;
mod series;
mod settings;
mod shop;
mod times;
mod waiting;
