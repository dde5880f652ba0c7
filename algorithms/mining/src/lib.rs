//! Process mining: what really happens, against what was designed.
