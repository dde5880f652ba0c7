//! Data from which nothing can be learnt, and data that cannot be.

use lifetime::{
    Base, Customer, Day, Error, GammaGamma, Horizon, Kind, Model, Period, Purchase, Window, chosen,
    cohorts, compare, gaps, lifetime_value, quantile, rfm, summarise,
};

use crate::data::fit;

fn purchase(customer: u32, on: i32, spend: f64) -> Purchase {
    Purchase {
        customer,
        day: Day(on),
        spend,
    }
}

fn weeks_to(day: i32) -> Window {
    Window::up_to(Day(day), 7.0)
}

#[test]
fn nothing_gives_a_clear_answer() {
    assert_eq!(summarise(&[], &weeks_to(9)), Err(Error::Empty));
    assert_eq!(Base::new(&[]).err(), Some(Error::Empty));
    assert_eq!(rfm::measure(&[], Day(9)), Err(Error::Empty));
    assert_eq!(rfm::Bands::quintiles(&[]).err(), Some(Error::Empty));
    assert_eq!(cohorts(&[], Period::Month, Day(9)), []);
    assert_eq!(gaps(&[]), None);
    assert_eq!(quantile(&[], 0.5), None);
    let (histories, needed) = (0, 4);
    assert_eq!(
        GammaGamma::fit(&[]),
        Err(Error::TooFew { histories, needed })
    );
}

#[test]
fn customers_who_never_came_back_teach_nothing_about_coming_back() {
    let once: Vec<Purchase> = (0..50).map(|who| purchase(who, who as i32, 5.0)).collect();
    let summary = summarise(&once, &weeks_to(80)).unwrap();
    let expected = Error::NobodyReturned { customers: 50 };
    assert_eq!(Base::new(&summary.customers).err(), Some(expected.clone()));
    let told = compare(&Kind::ALL, &summary.customers, &summary.later, 0.0);
    assert_eq!(told.err(), Some(expected.clone()));
    assert!(
        expected
            .to_string()
            .contains("none of the 50 customers came back")
    );
    // Several purchases on the day of the first one are one purchase.
    let same_day = [purchase(0, 3, 1.0), purchase(0, 3, 2.0)];
    let summary = summarise(&same_day, &weeks_to(80)).unwrap();
    assert_eq!(summary.customers[0].repeats, 0);
}

#[test]
fn one_customer_is_too_few_for_any_model() {
    let base = Base::new(&[Customer::new(3, 10.0, 12.0)]).unwrap();
    for kind in Kind::ALL {
        let needed = kind.parameter_names().len() + 1;
        let found = base.fit(kind).err();
        assert_eq!(
            found,
            Some(Error::TooFew {
                histories: 1,
                needed
            })
        );
    }
}

#[test]
fn customers_who_are_all_alike_have_no_differences_to_fit() {
    // Purchases like clockwork: no gamma distribution of rates is narrow enough.
    let clockwork: Vec<Customer> = (10..60)
        .map(|age| Customer::new(age, f64::from(age), f64::from(age) + 0.5))
        .collect();
    let base = Base::new(&clockwork).unwrap();
    for kind in Kind::ALL {
        let found = base.fit(kind);
        assert!(
            matches!(found, Err(Error::NoMaximum { .. })),
            "{kind}: {found:?}"
        );
    }
    let candidates = compare(&Kind::ALL, &clockwork, &[], 0.0).unwrap();
    assert!(chosen(&candidates).is_none());
}

#[test]
fn whatever_fits_is_finite() {
    // Small shops of every shape: a fit or a reason, and never a NaN.
    let mut state = 1_u64;
    let mut roll = |below: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let (mut fits, mut reasons) = (0, 0);
    for _ in 0..400 {
        let people = 2 + roll(40);
        let visits = 1 + roll(6);
        let mut rows = Vec::new();
        for _ in 0..people * visits {
            let spend = roll(90) as f64;
            rows.push(purchase(roll(people) as u32, roll(300) as i32, spend));
        }
        let summary = summarise(&rows, &weeks_to(300)).unwrap();
        let Ok(base) = Base::new(&summary.customers) else {
            reasons += 1;
            continue;
        };
        for kind in Kind::ALL {
            let Ok(fit) = base.fit(kind) else {
                reasons += 1;
                continue;
            };
            fits += 1;
            let errors = fit.standard_errors.iter().chain([&fit.log_likelihood]);
            assert!(
                errors.chain(&fit.model.parameters()).all(|x| x.is_finite()),
                "{fit:?}"
            );
            for customer in &summary.customers {
                let told = [
                    fit.model.p_alive(customer),
                    fit.model.expected(customer, 52.0),
                    fit.model.return_within(customer, 52.0),
                ];
                assert!(
                    told.iter().all(|x| x.is_finite() && *x >= 0.0),
                    "{fit:?} {customer:?}"
                );
            }
        }
        if let Ok(spend) = GammaGamma::fit(&summary.customers) {
            assert!(
                spend.standard_errors.iter().all(|x| x.is_finite()),
                "{spend:?}"
            );
        }
    }
    assert!(fits > 100 && reasons > 100, "{fits} {reasons}");
}

#[test]
fn a_row_that_cannot_be_is_named() {
    let with = |bad: Purchase| summarise(&[purchase(0, 1, 1.0), bad], &weeks_to(9)).err();
    for value in [-3.0, f64::INFINITY] {
        assert_eq!(
            with(purchase(1, 2, value)),
            Some(Error::Spend { row: 1, value })
        );
    }
    assert!(matches!(
        with(purchase(1, 2, f64::NAN)),
        Some(Error::Spend { row: 1, .. })
    ));
    assert_eq!(with(purchase(1, 10, 1.0)), Some(Error::Future { row: 1 }));
    let (row, number) = (1, 7);
    assert_eq!(
        with(purchase(7, 2, 1.0)),
        Some(Error::CustomerNumber { row, number })
    );
    let early = rfm::measure(&[purchase(0, 5, 1.0)], Day(4));
    assert_eq!(early, Err(Error::Future { row: 0 }));
    let debt = rfm::measure(&[purchase(0, 5, -1.0)], Day(6));
    assert_eq!(
        debt,
        Err(Error::Spend {
            row: 0,
            value: -1.0
        })
    );
}

#[test]
fn a_window_or_a_history_that_cannot_be_is_refused() {
    let rows = [purchase(0, 1, 1.0)];
    for unit_days in [0.0, -7.0, f64::NAN] {
        let found = summarise(&rows, &Window::up_to(Day(9), unit_days));
        assert!(matches!(found, Err(Error::Range { .. })));
    }
    let backwards = Window {
        calibration_end: Day(9),
        observed_to: Day(8),
        unit_days: 1.0,
    };
    assert!(matches!(
        summarise(&rows, &backwards),
        Err(Error::Range { .. })
    ));
    for bad in [
        Customer::new(1, 5.0, 4.0),
        Customer::new(1, -1.0, 4.0),
        Customer::new(0, 1.0, 4.0),
        Customer::new(1, f64::NAN, 4.0),
        Customer::new(1, 1.0, f64::INFINITY),
    ] {
        let found = Base::new(&[Customer::new(1, 1.0, 2.0), bad]).err();
        assert_eq!(found, Some(Error::History { customer: 1 }));
    }
}

#[test]
fn parameters_and_rates_that_cannot_be_are_refused() {
    let (needed, given) = (4, 1);
    let short = Model::new(Kind::BgNbd, &[1.0]).err();
    assert_eq!(short, Some(Error::ParameterCount { needed, given }));
    for value in [0.0, -1.0, f64::INFINITY] {
        let found = Model::new(Kind::Nbd, &[1.0, value]).err();
        assert_eq!(
            found,
            Some(Error::Parameter {
                name: "alpha",
                value
            })
        );
        assert!(GammaGamma::new(1.0, value, 1.0).is_err());
    }
    let (model, customer) = (fit(Kind::BgNbd).model, Customer::new(2, 3.0, 4.0));
    assert!(model.discounted(&customer, 0.0).is_err());
    assert_eq!(model.next_visit(&customer, 1.0), None);
    let spend = GammaGamma::new(5.0, 3.0, 9.0).unwrap();
    for (step, rate) in [(0.0, 0.1), (1.0, -1.0), (f64::NAN, 0.1)] {
        let horizon = Horizon {
            steps: 3,
            step,
            rate,
        };
        assert!(lifetime_value(&model, &spend, &customer, &horizon).is_err());
    }
}

#[test]
fn spends_without_a_mean_have_no_value() {
    // With q <= 1 the mean of the population has no bound: no number would be true.
    let spend = GammaGamma::new(5.0, 0.9, 9.0).unwrap();
    let new = Customer::just_arrived();
    assert_eq!(spend.population_mean(), None);
    let horizon = Horizon {
        steps: 3,
        step: 4.0,
        rate: 0.1,
    };
    let model = fit(Kind::BgNbd).model;
    assert_eq!(lifetime_value(&model, &spend, &new, &horizon), Ok(None));
    let known = Customer {
        repeats: 2,
        mean_spend: 5.0,
        ..Customer::new(2, 3.0, 4.0)
    };
    assert!(
        lifetime_value(&model, &spend, &known, &horizon)
            .unwrap()
            .is_some()
    );
}

#[test]
fn days_at_the_ends_of_all_time_overflow_nothing() {
    let rows = [
        purchase(0, i32::MIN, 1.0),
        purchase(0, i32::MAX, 1.0),
        purchase(1, 0, 1.0),
    ];
    let window = Window {
        calibration_end: Day(i32::MIN),
        observed_to: Day(i32::MAX),
        unit_days: 1.0,
    };
    assert_eq!(window.holdout(), 4_294_967_295.0);
    let summary = summarise(&rows, &window).unwrap();
    assert_eq!(summary.later[0].purchases, 1);
    let whole = summarise(&rows, &Window::up_to(Day(i32::MAX), 7.0)).unwrap();
    assert_eq!(whole.customers[0].age, 4_294_967_295.0 / 7.0);
    assert_eq!(
        rfm::measure(&rows, Day(i32::MAX)).unwrap()[0].recency_days,
        0
    );
    assert_eq!(gaps(&rows).unwrap().median_days, 4_294_967_295.0);
    assert!(Day(i32::MIN).to_string().starts_with('-'));
}
