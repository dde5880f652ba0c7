//! Lines, tickets and waits.
