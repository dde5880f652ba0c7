//! Customer base analysis: who comes back, how often, and what it is worth.
