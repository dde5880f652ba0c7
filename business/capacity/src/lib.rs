//! Resources, claims and availability.
