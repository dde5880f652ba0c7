//! Capacity on both databases.

mod free_time;
