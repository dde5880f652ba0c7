//! Service blueprints and their versions.
