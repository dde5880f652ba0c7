//! Waiting lines: Erlang formulas, staffing, and wait quotes that learn.
