//! A business in a moment, on each database.
