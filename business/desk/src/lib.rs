//! The desk: Today, Calendar, My day, search, journal.
