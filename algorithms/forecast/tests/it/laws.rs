//! Laws that hold for every series.

use forecast::{Ahead, Calendar, Country, Day, Forecast, Plan, Series, Step, backtest, forecast};
use jiff::ToSpan;
use proptest::prelude::*;

use crate::given::{FIRST, daily, noise, plain};

fn ahead(series: &Series, calendar: &Calendar, horizon: usize) -> Forecast {
    forecast(series, calendar, Ahead::slots(horizon)).expect("long enough")
}

#[test]
fn a_steady_week_is_repeated() {
    let made = ahead(&daily(200, |_| 100.0), &plain(), 14);
    for (k, point) in made.points.iter().enumerate() {
        let wanted = if (200 + k) % 7 >= 5 { 160.0 } else { 100.0 };
        assert!(
            (point.value - wanted).abs() < 0.12 * wanted,
            "{k}: {point:?}"
        );
        assert!(point.low < point.value && point.value < point.high);
    }
}

#[test]
fn a_level_that_moved_for_good_is_followed_and_named() {
    let series = daily(400, |at| if at < 340 { 100.0 } else { 220.0 });
    let made = ahead(&series, &plain(), 7);
    let sum: f64 = made.points.iter().map(|p| p.value).sum();
    let wanted = 220.0 * (5.0 + 2.0 * 1.6);
    assert!((sum - wanted).abs() < 0.1 * wanted, "{sum} for {wanted}");
    assert_eq!(made.shifts, [FIRST.at(0, 0, 0, 0) + 340.days()]);
}

#[test]
fn a_closed_day_ahead_has_no_demand_and_a_closed_day_behind_teaches_nothing() {
    let mut calendar = Calendar::new();
    let closed = Day {
        closed: true,
        ..Day::default()
    };
    let values: Vec<f64> = (0..150)
        .map(|at| {
            if at % 10 == 3 {
                0.0
            } else {
                50.0 + 10.0 * noise(at)
            }
        })
        .collect();
    for at in (0..170).filter(|at| at % 10 == 3) {
        calendar.set(FIRST + at.days(), closed.clone());
    }
    let series = Series::new(FIRST.at(0, 0, 0, 0), Step::Day, values).expect("a series");
    for (k, point) in ahead(&series, &calendar, 20).points.iter().enumerate() {
        if (150 + k) % 10 == 3 {
            assert_eq!((point.value, point.low, point.high), (0.0, 0.0, 0.0));
        } else {
            assert!((point.value - 50.0).abs() < 5.0, "{point:?}");
        }
    }
}

#[test]
fn a_feast_that_moves_is_expected_where_it_falls_next() {
    // Spring festivals: 10 February 2024, 29 January 2025, 17 February 2026.
    let mut calendar = Calendar::new();
    Country::China.add_to(&mut calendar, 2024, 2026);
    let feast = |at: usize| {
        let day = FIRST + (at as i64).days();
        calendar
            .get(day)
            .is_some_and(|d| d.feast.as_deref() == Some("spring festival"))
    };
    let series = daily(765, |at| if feast(at) { 20.0 } else { 100.0 });
    let made = ahead(&series, &calendar, 25);
    for (k, point) in made.points.iter().enumerate() {
        let usual = if (765 + k) % 7 >= 5 { 160.0 } else { 100.0 };
        assert_eq!(point.value < 0.65 * usual, feast(765 + k), "{point:?}");
    }
}

#[test]
fn rare_demand_keeps_its_mean() {
    let values = (0..700)
        .map(|at| if noise(at) > 0.3 { 1.0 } else { 0.0 })
        .collect();
    let series = Series::new(FIRST.at(0, 0, 0, 0), Step::Day, values).expect("a series");
    let made = ahead(&series, &plain(), 28);
    let mean = made.points.iter().map(|p| p.value).sum::<f64>() / 28.0;
    assert!((mean - 0.2).abs() < 0.08, "{mean}");
}

#[test]
fn hours_weeks_and_months_are_forecast_too() {
    let start = FIRST.at(9, 0, 0, 0);
    for (step, count) in [
        (Step::Minutes(60), 24 * 40),
        (Step::Week, 150),
        (Step::Month, 60),
        (Step::Minutes(15), 999),
    ] {
        let values = (0..count).map(|at| 40.0 + 8.0 * noise(at)).collect();
        let made = ahead(
            &Series::new(start, step, values).expect("a series"),
            &plain(),
            9,
        );
        assert!(
            made.points.iter().all(|p| (p.value - 40.0).abs() < 6.0),
            "{step}: {made:?}"
        );
    }
}

#[test]
fn a_few_days_are_enough_to_know_the_hours() {
    let values = (0..24 * 5).map(|at| if at % 24 < 9 { 0.0 } else { 30.0 });
    let start = FIRST.at(6, 0, 0, 0);
    let series = Series::new(start, Step::Minutes(60), values.collect()).expect("a series");
    for (at, point) in ahead(&series, &plain(), 24).points.iter().enumerate() {
        let wanted = if at < 9 { 0.0 } else { 30.0 };
        assert!((point.value - wanted).abs() < 1.5, "{point:?}");
    }
}

#[test]
fn intervals_hold_their_share() {
    let plan = Plan {
        origins: 20,
        step: 7,
        ahead: Ahead::slots(7),
    };
    let score = backtest(&daily(500, |_| 80.0), &plain(), plan)
        .expect("a report")
        .pooled;
    assert!((0.72..=0.9).contains(&score.coverage), "{score:?}");
}

fn cases(count: u32) -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(count)
    }
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn any_counts_give_finite_points_within_their_intervals(
        values in prop::collection::vec(0u32..500, 8..160),
        horizon in 1usize..40,
    ) {
        let values = values.into_iter().map(f64::from).collect();
        let series = Series::new(FIRST.at(0, 0, 0, 0), Step::Day, values).expect("a series");
        for point in ahead(&series, &plain(), horizon).points {
            prop_assert!(point.value.is_finite() && point.high.is_finite(), "{point:?}");
            prop_assert!(0.0 <= point.low && point.low <= point.value && point.value <= point.high);
        }
    }

    #[test]
    fn the_order_of_rows_does_not_matter(
        values in prop::collection::vec(0u32..50, 10..60),
        seed in 0usize..1000,
    ) {
        let row = |(at, &value): (usize, &u32)| {
            (FIRST.at(8, 0, 0, 0) + (at as i64 * 2).hours(), f64::from(value))
        };
        let rows: Vec<_> = values.iter().enumerate().map(row).collect();
        let mut mixed = rows.clone();
        mixed.sort_by(|a, b| {
            let place = |row: &(_, f64)| rows.iter().position(|r| r == row).unwrap_or(0);
            noise(seed + place(a)).total_cmp(&noise(seed + place(b)))
        });
        prop_assert_eq!(Series::from_rows(&rows), Series::from_rows(&mixed));
    }

    #[test]
    fn rows_added_up_lose_nothing(minutes in prop::collection::vec(0i64..40_000, 1..80)) {
        let at = |m: &i64| (FIRST.at(0, 0, 0, 0) + (*m).minutes(), 1.0);
        let rows: Vec<_> = minutes.iter().map(at).collect();
        for step in [Step::Minutes(15), Step::Day, Step::Week, Step::Month] {
            let series = Series::summed(&rows, step).expect("a series");
            prop_assert_eq!(series.values().iter().sum::<f64>(), minutes.len() as f64);
        }
    }
}
