//! Series with a known answer.

use forecast::{Calendar, Series, Step};
use jiff::civil::{Date, date};

/// A number from -0.5 to 0.5 that depends on `at` alone.
pub fn noise(at: usize) -> f64 {
    let mut state = at as u64 ^ 0x9e37_79b9_7f4a_7c15;
    state ^= state >> 33;
    state = state.wrapping_mul(0xff51_afd7_ed55_8ccd);
    state ^= state >> 33;
    state = state.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^= state >> 33;
    (state >> 11) as f64 / (1u64 << 53) as f64 - 0.5
}

/// Days from 2024-01-01 on, a Monday.
pub const FIRST: Date = date(2024, 1, 1);

/// Daily demand: more at weekends, some noise, times a level.
pub fn daily(days: usize, level: impl Fn(usize) -> f64) -> Series {
    let value = |at: usize| {
        let weekend = if at % 7 >= 5 { 1.6 } else { 1.0 };
        (level(at) * weekend * (1.0 + 0.3 * noise(at)))
            .round()
            .max(0.0)
    };
    Series::new(
        FIRST.at(0, 0, 0, 0),
        Step::Day,
        (0..days).map(value).collect(),
    )
    .expect("a series")
}

/// Nothing special about any day.
pub fn plain() -> Calendar {
    Calendar::new()
}
