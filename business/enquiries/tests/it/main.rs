//! Enquiries and complaints, as those who answer them know them.

mod answering;
mod pages;
mod shop;
