//! Sentences about webhooks.

mod failing;
mod pages;
mod sending;
mod server;
mod shop;
