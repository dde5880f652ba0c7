//! Organisations, sites, opening hours.
