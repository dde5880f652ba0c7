//! Laws that hold for every model, whatever the numbers.

use lifetime::{Base, Customer, Kind, Model, Purchase, Window, summarise};
use proptest::prelude::*;

use crate::data::{FITS, SUMMARY, day, fit, near, purchases, window};

fn kind() -> impl Strategy<Value = Kind> {
    prop::sample::select(Kind::ALL.to_vec())
}

/// Any model whose parameters lie in the range that shops have.
fn model() -> impl Strategy<Value = Model> {
    let logs = prop::array::uniform4(-2.5_f64..2.5);
    (kind(), logs).prop_map(|(kind, logs)| {
        let mut values: Vec<f64> = logs.iter().map(|log| log.exp()).collect();
        values[1] *= 8.0;
        values.truncate(kind.parameter_names().len());
        Model::new(kind, &values).expect("they are positive")
    })
}

fn customer() -> impl Strategy<Value = Customer> {
    (0_u32..40, 0.0_f64..1.0, 0.1_f64..150.0).prop_map(|(repeats, share, age)| {
        let recency = if repeats == 0 { 0.0 } else { share * age };
        Customer::new(repeats, recency, age)
    })
}

fn customers() -> impl Strategy<Value = Vec<Customer>> {
    prop::collection::vec(customer(), 2..30).prop_filter("somebody came back", |all| {
        all.iter().any(|c| c.repeats > 0)
    })
}

proptest! {
    #[test]
    fn slopes_are_the_differences_of_the_likelihood(model in model(), all in customers()) {
        let base = Base::new(&all).unwrap();
        let (value, slope) = base.log_likelihood(&model);
        for (index, slope) in slope.iter().enumerate() {
            let at = |factor: f64| {
                let mut parameters = model.parameters();
                parameters[index] *= factor;
                base.log_likelihood(&Model::new(model.kind(), &parameters).unwrap()).0
            };
            let step = 1e-5;
            let slope_of_log = slope * model.parameters()[index];
            let difference = (at(1.0 + step) - at(1.0 - step)) / (2.0 * step);
            let rounding = 1e-9 * value.abs() + 1e-6 * slope_of_log.abs();
            prop_assert!((difference - slope_of_log).abs() < rounding + 1e-6);
        }
    }

    #[test]
    fn chances_are_chances(model in model(), customer in customer(), t in 0.0_f64..300.0) {
        let alive = model.p_alive(&customer);
        prop_assert!((0.0..=1.0).contains(&alive));
        let returns = model.return_within(&customer, t);
        prop_assert!((0.0..=alive + 1e-12).contains(&returns));
        prop_assert!(model.return_within(&customer, 2.0 * t) >= returns - 1e-12);
    }

    #[test]
    fn the_more_recent_the_more_alive(
        model in model(),
        customer in customer(),
        by in 0.0_f64..1.0,
    ) {
        let recency = customer.recency + by * (customer.age - customer.recency);
        let later = Customer { recency, ..customer };
        if customer.repeats > 0 {
            prop_assert!(model.p_alive(&later) >= model.p_alive(&customer) - 1e-12);
        }
    }

    #[test]
    fn more_time_brings_more_purchases(
        model in model(),
        customer in customer(),
        t in 0.0_f64..300.0,
    ) {
        prop_assert_eq!(model.expected(&customer, 0.0), 0.0);
        let (short, long) = (model.expected(&customer, t), model.expected(&customer, 1.5 * t));
        prop_assert!(short.is_finite() && short >= 0.0 && long >= short * (1.0 - 1e-9));
        // Coming back at all is part of coming back often.
        prop_assert!(model.return_within(&customer, t) <= short + 1e-9);
    }

    #[test]
    fn the_next_visit_inverts_the_chance(
        model in model(),
        customer in customer(),
        share in 0.01_f64..0.99,
    ) {
        if let Some(t) = model.next_visit(&customer, share) {
            let chance = model.return_within(&customer, t) / model.p_alive(&customer);
            prop_assert!((chance - share).abs() < 1e-7, "{} {}", chance, share);
        }
    }

    #[test]
    fn discounting_takes_away(
        model in model(),
        customer in customer(),
        rate in 0.001_f64..0.5,
    ) {
        let found = model.discounted(&customer, rate).unwrap();
        let dearer = model.discounted(&customer, 2.0 * rate).unwrap();
        prop_assert!(found.is_finite() && found >= 0.0 && dearer <= found);
    }

    #[test]
    fn rows_may_come_in_any_order(
        mut rows in prop::collection::vec((0_u32..9, 0_i32..60, 0_u32..50), 9..80),
        seed in 0_usize..9,
    ) {
        let own = |rows: &[(u32, i32, u32)]| -> Vec<Purchase> {
            let purchase = |&(customer, on, spend): &(u32, i32, u32)| Purchase {
                customer,
                day: lifetime::Day(on),
                spend: f64::from(spend),
            };
            rows.iter().map(purchase).collect()
        };
        let window = Window {
            calibration_end: lifetime::Day(35),
            observed_to: lifetime::Day(60),
            unit_days: 7.0,
        };
        let mixed = summarise(&own(&rows), &window).unwrap();
        rows.rotate_left(seed);
        rows.sort_by_key(|row| (row.1, row.0));
        let sorted = summarise(&own(&rows), &window).unwrap();
        prop_assert_eq!(mixed, sorted);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn counts_of_somebody_new_add_up(model in model(), t in 0.1_f64..20.0) {
        let chances: Vec<f64> = (0..800).map(|n| model.probability(t, n)).collect();
        let sum: f64 = chances.iter().sum();
        prop_assert!(sum < 1.0 + 1e-9, "{}", sum);
        // Where nearly all of them are here, so is the mean.
        if 1.0 - sum < 1e-12 {
            let mean: f64 = chances.iter().zip(0..).map(|(p, n)| p * f64::from(n)).sum();
            let known = model.expected_of_new(t);
            prop_assert!((mean - known).abs() < 1e-6 * (1.0 + known), "{} {}", mean, known);
        }
    }

    #[test]
    fn every_sensible_start_finds_the_same_peak(
        kind in kind(),
        logs in prop::array::uniform4(-1.5_f64..1.5),
    ) {
        let base = Base::new(&SUMMARY.customers).unwrap();
        let known = fit(kind);
        let parameters = known.model.parameters().into_iter().zip(logs);
        let start: Vec<f64> = parameters.map(|(value, log)| value * log.exp()).collect();
        let found = base.fit_from(kind, &start).unwrap();
        for (found, known) in found.model.parameters().iter().zip(known.model.parameters()) {
            prop_assert!((found - known).abs() < 1e-6 * known, "{} {} {}", kind, found, known);
        }
    }
}

#[test]
fn days_weeks_and_months_tell_the_same() {
    for unit_days in [1.0, 365.25 / 12.0, 365.25, 0.001] {
        let window = Window {
            unit_days,
            ..window()
        };
        let summary = summarise(&purchases(), &window).unwrap();
        let base = Base::new(&summary.customers).unwrap();
        for weeks in FITS.iter() {
            let kind = weeks.model.kind();
            let fit = base.fit(kind).unwrap();
            let factor = 7.0 / unit_days;
            for (index, name) in kind.parameter_names().iter().enumerate() {
                let is_time = matches!(*name, "alpha" | "beta");
                let expected = weeks.model.parameters()[index] * if is_time { factor } else { 1.0 };
                near(fit.model.parameters()[index], expected, 1e-8 * expected);
            }
            near(
                fit.log_likelihood,
                weeks.log_likelihood - 2457.0 * factor.ln(),
                1e-6,
            );
            for (customer, in_weeks) in summary.customers.iter().zip(&SUMMARY.customers).take(50) {
                near(
                    fit.model.p_alive(customer),
                    weeks.model.p_alive(in_weeks),
                    1e-8,
                );
                let expected = weeks.model.expected(in_weeks, 39.0);
                near(
                    fit.model.expected(customer, 39.0 * factor),
                    expected,
                    1e-8 * (1.0 + expected),
                );
            }
        }
    }
}

#[test]
fn nobody_counts_twice_or_half_when_equal_histories_are_joined() {
    let twice: Vec<Customer> = SUMMARY.customers.iter().flat_map(|&c| [c, c]).collect();
    let base = Base::new(&twice).unwrap();
    assert!(base.histories() < 2357);
    for once in FITS.iter() {
        let fit = base.fit(once.model.kind()).unwrap();
        near(fit.log_likelihood, 2.0 * once.log_likelihood, 1e-7);
        for (twice, once) in fit.standard_errors.iter().zip(&once.standard_errors) {
            near(twice * 2.0_f64.sqrt(), *once, 1e-6 * once);
        }
    }
}

#[test]
fn bootstrap_intervals_hold_the_fit_and_agree_with_the_standard_errors() {
    let base = Base::new(&SUMMARY.customers).unwrap();
    for kind in [Kind::Nbd, Kind::BgNbd] {
        let fit = fit(kind);
        let drawn = base.bootstrap(fit, 300, 7);
        assert_eq!((drawn.parameters.len(), drawn.failed), (300, 0));
        assert_eq!(drawn.parameters, base.bootstrap(fit, 300, 7).parameters);
        assert_ne!(drawn.parameters, base.bootstrap(fit, 300, 8).parameters);
        for (index, value) in fit.model.parameters().iter().enumerate() {
            let (low, high) = drawn.interval(index, 0.95).unwrap();
            assert!(low < *value && *value < high);
            // 2 · 1.96 standard errors wide, as far as the parameter is normal.
            let width = (high - low) / (3.92 * fit.standard_errors[index]);
            assert!((0.8..1.6).contains(&width), "{kind} {index} {width}");
        }
        assert!(drawn.interval(9, 0.95).is_none() && drawn.interval(0, 1.0).is_none());
    }
}

#[test]
fn a_history_of_ten_thousand_purchases_overflows_nothing() {
    for fit in FITS.iter() {
        let busy = Customer::new(10_000, 38.0, 39.0);
        let (alive, expected) = (fit.model.p_alive(&busy), fit.model.expected(&busy, 39.0));
        assert!(
            (0.0..=1.0).contains(&alive) && expected.is_finite(),
            "{fit:?}"
        );
        let fresh = Customer::new(10_000, 39.0, 39.0);
        let far = fit.model.expected(&fresh, 1e7);
        assert!(far.is_finite() && far > 0.0, "{fit:?} {far}");
    }
}

#[test]
fn days_are_the_days_of_the_calendar() {
    assert_eq!(day(1970, 1, 1).0, 0);
    assert_eq!(day(2000, 3, 1).0, 11_017);
    assert_eq!(day(1997, 1, 1).0, 9_862);
    for on in (-719_162..2_932_897).step_by(37) {
        let (year, month, of_month) = lifetime::Day(on).date();
        assert_eq!(day(year, month, of_month).0, on);
    }
    for (year, month, of_month) in [(2023, 2, 29), (2024, 13, 1), (2024, 4, 31), (0, 1, 1)] {
        assert_eq!(lifetime::Day::new(year, month, of_month), None);
    }
}
