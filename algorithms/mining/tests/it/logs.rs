//! Logs made for tests.

use mining::{Event, EventLog, LogBuilder};
use proptest::collection::vec;
use proptest::prelude::*;

/// Case, activity, start and length of an event.
pub type Row = (u8, u8, i64, i64);

/// Rows of few cases and activities with many equal times, in any order.
pub fn rows() -> impl Strategy<Value = Vec<Row>> {
    vec((0..6_u8, 0..5_u8, 0..40_i64, 0..10_i64), 0..60)
}

/// The log of such rows.
pub fn log(rows: &[Row]) -> EventLog {
    let mut builder = LogBuilder::new();
    for &(case, activity, start, length) in rows {
        let event = Event {
            case: builder.case(&format!("case {case}")),
            activity: builder.activity(&format!("activity {activity}")),
            start,
            end: Some(start + length),
        };
        builder.push(event).expect("ends follow starts");
    }
    builder.build()
}

/// The log of cases given as words of letters; each event comes a second after the one before.
pub fn of_words(words: &[&str]) -> EventLog {
    let mut builder = LogBuilder::new();
    for (number, word) in words.iter().enumerate() {
        let case = builder.new_case(&format!("case {number}"));
        for (second, letter) in (0_i64..).zip(word.chars()) {
            let event = Event {
                case,
                activity: builder.activity(&letter.to_string()),
                start: second * 1_000_000,
                end: None,
            };
            builder.push(event).expect("the time is in range");
        }
    }
    builder.build()
}
