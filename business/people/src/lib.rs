//! Users, sessions, roles, staff, shifts.
