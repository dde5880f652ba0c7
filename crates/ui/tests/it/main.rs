//! What the parts promise.
