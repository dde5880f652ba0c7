//! Sentences about the business.
