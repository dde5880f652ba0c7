//! CDNOW: every figure of the reference file.

use lifetime::{
    Accuracy, Customer, GammaGamma, GammaGammaFit, Kind, Model, accuracy, accuracy_of_rates,
    calibration_table,
};
use serde_json::Value;

use crate::data::{FITS, REFERENCE, SUMMARY, fit, near, number, window};

fn spend() -> GammaGammaFit {
    GammaGamma::fit(&SUMMARY.customers).expect("CDNOW has spends")
}

fn customer(id: &Value) -> (Customer, u32) {
    let number: u32 = id.as_str().and_then(|id| id.parse().ok()).expect("an id");
    let index = SUMMARY
        .numbers
        .binary_search(&(number - 1))
        .expect("a customer");
    (SUMMARY.customers[index], SUMMARY.later[index].purchases)
}

fn mean_p_alive(model: &Model) -> f64 {
    let sum: f64 = SUMMARY.customers.iter().map(|c| model.p_alive(c)).sum();
    sum / SUMMARY.customers.len() as f64
}

fn same_accuracy(found: &Accuracy, expected: &Value) {
    near(
        found.predicted_total,
        number(&expected["holdout_predicted_total"]),
        6e-4,
    );
    near(found.rmse, number(&expected["rmse"]), 6e-6);
    near(found.mae, number(&expected["mae"]), 6e-6);
}

#[test]
fn the_summary_is_the_published_one() {
    assert_eq!(
        SUMMARY.customers.len() as f64,
        number(&REFERENCE["n_customers"])
    );
    let repeaters = SUMMARY.customers.iter().filter(|c| c.repeats > 0).count();
    assert_eq!(repeaters as f64, number(&REFERENCE["repeaters"]));
    let repeats: u32 = SUMMARY.customers.iter().map(|c| c.repeats).sum();
    assert_eq!(f64::from(repeats), number(&REFERENCE["sum_x"]));
    let later: u32 = SUMMARY.later.iter().map(|later| later.purchases).sum();
    assert_eq!(f64::from(later), number(&REFERENCE["holdout_actual_total"]));
    assert_eq!(window().holdout(), number(&REFERENCE["T_star_weeks"]));
}

#[test]
fn parameters_errors_and_likelihoods_are_those_of_the_reference() {
    for fit in FITS.iter() {
        let kind = fit.model.kind();
        let expected = &REFERENCE["models"][kind.name()];
        let names = kind.parameter_names().iter();
        let found = fit.model.parameters().into_iter().zip(&fit.standard_errors);
        for (name, (value, error)) in names.zip(found) {
            let expected_value = number(&expected["params"][name]);
            near(value, expected_value, 6e-7 * expected_value.max(1.0));
            let expected_error = number(&expected["se"][name]);
            // Its curvature is numeric: good to a hundred-thousandth.
            near(*error, expected_error, 1.1e-5 * expected_error.max(1.0));
        }
        near(
            fit.log_likelihood,
            number(&expected["log_likelihood"]),
            6e-5,
        );
        near(fit.aic(), number(&expected["aic"]), 6e-4);
    }
}

#[test]
fn the_holdout_is_foretold_as_in_the_reference() {
    for fit in FITS.iter() {
        let expected = &REFERENCE["models"][fit.model.kind().name()];
        let found = accuracy(&fit.model, &SUMMARY.customers, &SUMMARY.later, 39.0).unwrap();
        same_accuracy(&found, expected);
        near(found.correlation.unwrap(), number(&expected["corr"]), 6e-5);
        if let Some(alive) = expected["mean_p_alive"].as_f64() {
            near(mean_p_alive(&fit.model), alive, 6e-7);
        }
    }
    let naive = accuracy_of_rates(&SUMMARY.customers, &SUMMARY.later, 39.0).unwrap();
    same_accuracy(&naive, &REFERENCE["naive_rate"]);
}

#[test]
fn spends_fit_as_in_the_reference() {
    let expected = &REFERENCE["gamma_gamma"];
    let fit = spend();
    assert_eq!(fit.customers as f64, number(&expected["n"]));
    let GammaGamma { p, q, v } = fit.model;
    for (name, value, error) in [
        ("p", p, fit.standard_errors[0]),
        ("q", q, fit.standard_errors[1]),
        ("v", v, fit.standard_errors[2]),
    ] {
        // The reference stopped a millionth of a standard error before the peak.
        near(value, number(&expected["params"][name]), 4e-6);
        near(error, number(&expected["se"][name]), 6e-5);
    }
    near(
        fit.log_likelihood,
        number(&expected["log_likelihood"]),
        6e-5,
    );
    near(
        fit.model.population_mean().unwrap(),
        number(&expected["population_mean"]),
        1e-6,
    );
    let customers = SUMMARY.customers.iter();
    let all: f64 = customers
        .map(|c| fit.model.expected_spend(c).unwrap())
        .sum();
    let mean = all / SUMMARY.customers.len() as f64;
    near(mean, number(&expected["mean_conditional_all"]), 1e-6);
    let repeaters = SUMMARY.customers.iter().filter(|c| c.repeats > 0);
    let pairs = repeaters.map(|c| (f64::from(c.repeats), c.mean_spend));
    let correlation = Accuracy::of(pairs).unwrap().correlation.unwrap();
    near(correlation, number(&expected["corr_x_m"]), 6e-5);
}

#[test]
fn the_money_of_the_holdout_is_foretold_as_in_the_reference() {
    let expected = &REFERENCE["gamma_gamma"];
    let (model, spend) = (fit(Kind::BgNbd).model, spend().model);
    let pairs = SUMMARY.customers.iter().zip(&SUMMARY.later);
    let found = Accuracy::of(pairs.map(|(customer, later)| {
        let each = spend.expected_spend(customer).unwrap();
        (each * model.expected(customer, 39.0), later.spend)
    }));
    let found = found.unwrap();
    near(
        found.actual_total,
        number(&expected["holdout_spend_actual"]),
        6e-3,
    );
    let predicted = number(&expected["holdout_spend_predicted_bgnbd_x_gg"]);
    near(found.predicted_total, predicted, 6e-3);
    near(found.rmse, number(&expected["rmse"]), 6e-5);
    near(found.mae, number(&expected["mae"]), 6e-5);
}

#[test]
fn every_customer_named_in_the_reference_comes_out() {
    let spend = spend().model;
    for expected in REFERENCE["customers"].as_array().unwrap() {
        let (customer, later) = customer(&expected["id"]);
        assert_eq!(f64::from(customer.repeats), number(&expected["x"]));
        near(customer.recency, number(&expected["t_x"]), 6e-7);
        near(customer.age, number(&expected["T"]), 6e-7);
        near(customer.mean_spend, number(&expected["m"]), 6e-5);
        assert_eq!(f64::from(later), number(&expected["holdout_actual"]));
        let each = spend.expected_spend(&customer).unwrap();
        near(each, number(&expected["E_spend_per_purchase"]), 3e-6);
        for kind in Kind::ALL {
            let (model, told) = (fit(kind).model, &expected[kind.name()]);
            let found = [
                ("p_alive", model.p_alive(&customer)),
                ("E_x_T_star", model.expected(&customer, 39.0)),
                ("E_x_52", model.expected(&customer, 52.0)),
            ];
            for (key, value) in found {
                if let Some(expected) = told[key].as_f64() {
                    near(value, expected, 2e-6 * expected.max(1.0));
                }
            }
        }
    }
}

#[test]
fn somebody_new_is_expected_to_buy_as_in_the_reference() {
    let expected = &REFERENCE["E_X_t_new_customer"];
    for kind in [Kind::BgNbd, Kind::MbgNbd, Kind::ParetoNbd] {
        let numbers = expected[kind.name()].as_array().unwrap();
        let times = expected["t_weeks"].as_array().unwrap();
        assert_eq!(numbers.len(), times.len());
        for (t, value) in times.iter().zip(numbers) {
            near(
                fit(kind).model.expected_of_new(number(t)),
                number(value),
                1e-6,
            );
        }
    }
}

#[test]
fn the_calibration_table_adds_up_to_the_totals() {
    for fit in FITS.iter() {
        let (customers, later) = (&SUMMARY.customers, &SUMMARY.later);
        let table = calibration_table(&fit.model, customers, later, 39.0, 7);
        assert_eq!(table.len(), 8);
        let found = accuracy(&fit.model, customers, later, 39.0).unwrap();
        let sum = |value: fn(&lifetime::Calibration) -> f64| -> f64 {
            table
                .iter()
                .map(|line| line.customers as f64 * value(line))
                .sum()
        };
        near(sum(|line| line.predicted_mean), found.predicted_total, 1e-8);
        near(sum(|line| line.actual_mean), 1882.0, 1e-8);
        let expected: f64 = table.iter().map(|line| line.expected_customers).sum();
        near(expected, 2357.0, 1e-8);
        // The NBD knows nobody who never comes back; the others come close to the 1,411 of them.
        let none = table[0].expected_customers;
        assert!((none - 1411.0).abs() < 60.0, "{} {none}", fit.model.kind());
    }
}
