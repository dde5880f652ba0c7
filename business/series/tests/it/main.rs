//! Sentences about series.
