//! Demand by hour and day, with seasons, a calendar and honest intervals.
