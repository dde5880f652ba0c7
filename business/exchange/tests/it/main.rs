//! What a business sees when it brings its files.

mod archive;
mod browser;
mod files;
mod histories;
mod large;
mod leaving;
mod own;
mod people;
mod shop;
mod things;
