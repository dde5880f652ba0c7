//! Input that is no series, and what the caller is told.

use forecast::{Ahead, Plan, PlanError, Series, SeriesError, TooShort, backtest, forecast};
use jiff::civil::{DateTime, date};

use crate::given::{daily, plain};

fn at(day: i8, hour: i8) -> DateTime {
    date(2026, 11, day).at(hour, 0, 0, 0)
}

fn refused(rows: &[(DateTime, f64)]) -> SeriesError {
    Series::from_rows(rows).expect_err("no series")
}

#[test]
fn values_that_are_no_demand_are_refused_with_their_row() {
    assert_eq!(refused(&[]), SeriesError::Empty);
    for bad in [f64::NAN, f64::INFINITY] {
        assert_eq!(refused(&[(at(1, 0), 1.0), (at(2, 0), bad)]).row(), Some(1));
    }
    let below = refused(&[(at(1, 0), -2.0)]);
    assert_eq!(
        below.to_string(),
        "-2 is below zero; demand is zero or more"
    );
}

#[test]
fn a_slot_given_twice_is_refused_unless_rows_are_added_up() {
    let rows = [(at(1, 9), 1.0), (at(1, 10), 2.0), (at(1, 9), 4.0)];
    assert_eq!(
        refused(&rows),
        SeriesError::Twice {
            row: 2,
            first: 0,
            at: at(1, 9)
        }
    );
    let series = Series::summed(&rows, forecast::Step::Minutes(60)).expect("a series");
    assert_eq!(series.values(), [5.0, 2.0]);
}

#[test]
fn times_beside_any_grid_are_refused_with_what_to_do() {
    let odd = date(2026, 11, 1).at(9, 3, 20, 0);
    let error = refused(&[(at(1, 9), 1.0), (odd, 1.0)]);
    assert_eq!(error, SeriesError::Irregular { row: 1, at: odd });
    assert!(error.to_string().contains("name a slot"));
}

#[test]
fn a_wrong_year_does_not_fill_the_memory() {
    let rows = [(at(1, 9), 1.0), (date(1, 1, 1).at(10, 0, 0, 0), 1.0)];
    assert!(matches!(refused(&rows), SeriesError::TooLong { .. }));
}

#[test]
fn gaps_count_as_no_demand() {
    let series = Series::from_rows(&[(at(1, 0), 3.0), (at(4, 0), 5.0)]).expect("a series");
    assert_eq!(
        (series.values(), series.filled()),
        (&[3.0, 0.0, 0.0, 5.0][..], 2)
    );
}

#[test]
fn too_little_is_said_to_be_too_little() {
    let short = Series::from_rows(&[(at(1, 0), 3.0)]).expect("a series");
    let refusal = forecast(&short, &plain(), Ahead::slots(7));
    assert_eq!(
        refusal,
        Err(TooShort {
            slots: 1,
            needed: 8
        })
    );
    let plan = |origins, step| Plan {
        origins,
        step,
        ahead: Ahead::slots(7),
    };
    let series = daily(30, |_| 9.0);
    assert_eq!(
        backtest(&series, &plain(), plan(0, 7)),
        Err(PlanError::Nothing)
    );
    let refusal = backtest(&series, &plain(), plan(4, 7)).expect_err("28 days to score");
    assert!(
        refusal
            .to_string()
            .contains("at least 36 slots, the series has 30"),
        "{refusal}"
    );
}
