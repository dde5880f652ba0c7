//! Messages on both databases, to servers of the tests' own on the loopback interface.

mod bounces;
mod hearing;
mod pages;
mod parts;
mod sending;
mod servers;
mod shop;
mod sign;
