//! Sentences about the waiting list.
