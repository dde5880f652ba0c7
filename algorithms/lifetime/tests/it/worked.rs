//! Worked examples from papers and manuals, at the parameters printed there.

use lifetime::{Base, Customer, GammaGamma, Horizon, Kind, Model, lifetime_value};

use crate::data::{SUMMARY, fit, near};

fn bg() -> Model {
    Model::new(Kind::BgNbd, &[0.243, 4.414, 0.793, 2.426]).expect("they are positive")
}

fn pareto() -> Model {
    Model::new(Kind::ParetoNbd, &[0.553, 10.578, 0.606, 11.669]).expect("they are positive")
}

#[test]
fn the_published_fits_come_out_to_the_digits_printed() {
    // Fader, Hardie & Lee (2005), Marketing Science 24: 275; MBG/NBD from BTYDplus.
    let published = [
        (Kind::BgNbd, [0.243, 4.414, 0.793, 2.426], -9582.4),
        (Kind::ParetoNbd, [0.553, 10.578, 0.606, 11.669], -9595.0),
        (Kind::MbgNbd, [0.525, 6.183, 0.891, 1.614], -9582.1),
    ];
    for (kind, parameters, log_likelihood) in published {
        let fit = fit(kind);
        for (found, printed) in fit.model.parameters().into_iter().zip(parameters) {
            near(found, printed, 6e-4);
        }
        near(fit.log_likelihood, log_likelihood, 0.05);
    }
    // Standard errors of the Pareto/NBD from the CLVTools tests.
    let errors = [(0.0476, 6e-5), (0.843, 6e-4), (0.187, 6e-4), (6.21, 6e-3)];
    for (found, (printed, tolerance)) in fit(Kind::ParetoNbd).standard_errors.iter().zip(errors) {
        near(*found, printed, tolerance);
    }
    // Fader & Hardie (2013), note 025.
    let spend = GammaGamma::fit(&SUMMARY.customers).unwrap();
    near(spend.model.p, 6.25, 6e-3);
    near(spend.model.q, 3.74, 6e-3);
    near(spend.model.v, 15.44, 6e-3);
    near(spend.log_likelihood, -4055.92, 6e-3);
    assert_eq!(spend.customers, 946);
}

#[test]
fn the_spreadsheet_of_the_authors_comes_out() {
    near(
        bg().expected(&Customer::new(2, 30.43, 38.86), 39.0),
        1.226,
        5e-4,
    );
    // The spreadsheet keeps more digits of the parameters than the three that are printed; at 78
    // weeks the ones it keeps show in the fourth decimal.
    let new = [
        (0.1429, 0.0078, 6e-5),
        (1.0, 0.0532, 6e-5),
        (3.0, 0.1506, 6e-5),
        (31.8571, 1.0405, 6e-5),
        (32.0, 1.0437, 6e-5),
        (78.0, 1.8576, 4e-4),
    ];
    for (t, printed, tolerance) in new {
        near(
            fit(Kind::BgNbd).model.expected_of_new(t),
            printed,
            tolerance,
        );
    }
}

#[test]
fn chances_of_counts_are_those_of_the_manual() {
    let printed = [
        (39.0, 0, 0.573_786_4, 5.1e-8),
        (2.0, 10, 1.078_69e-7, 5.1e-13),
        (30.0, 11, 0.001_999_521_4, 5.1e-11),
        (30.0, 12, 0.001_517_023_6, 5.1e-11),
        (30.0, 13, 0.001_163_315_0, 5.1e-11),
        (30.0, 14, 0.000_900_314_8, 5.1e-11),
        (30.0, 15, 0.000_702_363_8, 5.1e-11),
    ];
    for (t, n, chance, tolerance) in printed {
        near(bg().probability(t, n), chance, tolerance);
    }
}

#[test]
fn the_walkthrough_of_btyd_comes_out() {
    // BTYD 2.4.3 with the parameters of its own optimiser.
    let pareto = Model::new(Kind::ParetoNbd, &[0.553, 10.580, 0.606, 11.656]).unwrap();
    let parameters = [0.242_598_2, 4.413_684_2, 0.792_989_9, 2.426_166_7];
    let bg = Model::new(Kind::BgNbd, &parameters).unwrap();
    let base = Base::new(&SUMMARY.customers).unwrap();
    near(base.log_likelihood(&pareto).0, -9594.976, 6e-4);
    near(base.log_likelihood(&bg).0, -9582.429, 6e-4);
    let customer = Customer::new(26, 30.857_14, 31.0);
    near(pareto.p_alive(&customer), 0.997_874, 6e-7);
    near(bg.p_alive(&customer), 0.968_852_3, 3e-6);
    near(bg.expected(&customer, 52.0), 25.756_59, 6e-4);
    near(pareto.expected(&customer, 52.0), 25.456_47, 2e-3);
    // The walkthrough keeps more digits of the parameters than are printed.
    let new = |kind| fit(kind).model.expected_of_new(52.0);
    near(new(Kind::ParetoNbd), 1.473_434, 6e-7);
    near(new(Kind::BgNbd), 1.444_012, 6e-7);
    near(new(Kind::BgNbd), 1.444_004, 1e-5);
}

/// The published summary of CDNOW, rounded to two decimals, which the lifetimes manual starts from.
fn published_summary() -> Vec<Customer> {
    let text = include_str!("../data/cdnow_rfm.csv");
    let read = |line: &str| {
        let cells: Vec<f64> = line
            .split(',')
            .map(|cell| cell.parse().expect("a number"))
            .collect();
        Customer {
            repeats: cells[1] as u32,
            recency: cells[2],
            age: cells[3],
            mean_spend: cells[4],
        }
    };
    text.lines().skip(1).map(read).collect()
}

#[test]
fn the_published_summary_is_ours_rounded() {
    let published = published_summary();
    assert_eq!(published.len(), SUMMARY.customers.len());
    for (ours, published) in SUMMARY.customers.iter().zip(&published) {
        assert_eq!(ours.repeats, published.repeats);
        near(ours.recency, published.recency, 0.0043);
        near(ours.age, published.age, 0.0043);
        near(ours.mean_spend, published.mean_spend, 0.005_01);
    }
}

#[test]
fn expected_spends_of_the_first_customers_are_printed() {
    let printed = [
        24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17,
    ];
    let published = published_summary();
    let spend = GammaGamma::fit(&published).unwrap().model;
    for (customer, each) in published.iter().zip(printed) {
        // Cut off after two decimals, not rounded.
        let found = spend.expected_spend(customer).unwrap();
        near((found * 100.0).floor() / 100.0, each, 1e-9);
    }
    let customers = published.iter();
    let sum: f64 = customers.map(|c| spend.expected_spend(c).unwrap()).sum();
    near(sum / 2357.0, 35.252_958_8, 2e-4);
    let repeaters = published.iter().filter(|c| c.repeats > 0);
    near(
        repeaters.map(|c| c.mean_spend).sum::<f64>() / 946.0,
        35.078_551_8,
        6e-8,
    );
}

#[test]
fn discounted_values_are_those_of_the_lifetimes_manual() {
    let published = published_summary();
    let spend = GammaGamma::fit(&published).unwrap().model;
    let model = Base::new(&published)
        .unwrap()
        .fit(Kind::BgNbd)
        .unwrap()
        .model;
    // The manual leaves the unit at days, so a step of 30 days is 30 weeks here.
    let manual = [
        140.096, 18.943, 38.181, 38.181, 38.181, 1003.868, 28.110, 38.181, 167.418, 38.181,
    ];
    let months = [
        36.278, 4.637, 8.344, 8.344, 8.344, 283.524, 6.881, 8.344, 43.354, 8.344,
    ];
    for (step, printed) in [(30.0, manual), (4.345, months)] {
        for (customer, value) in published.iter().zip(printed) {
            let horizon = Horizon {
                steps: 12,
                step,
                rate: 0.01,
            };
            let found = lifetime_value(&model, &spend, customer, &horizon).unwrap();
            near(found.unwrap(), value, 1e-5 * value + 6e-4);
        }
    }
}

#[test]
fn the_best_customers_of_the_next_week_are_known() {
    let published = published_summary();
    let model = Base::new(&published)
        .unwrap()
        .fit(Kind::BgNbd)
        .unwrap()
        .model;
    for (number, printed) in [(1516, 0.7106), (157, 0.6624), (1981, 0.4865)] {
        near(model.expected(&published[number - 1], 1.0), printed, 6e-5);
    }
}

#[test]
fn high_precision_values_come_out_to_the_last_digit() {
    let rate = 1.15_f64.ln() / 52.0;
    let table = [
        (
            0,
            0.0,
            38.86,
            pareto(),
            [0.295286605, 0.107081468, 0.136201006, 0.478457670],
        ),
        (
            0,
            0.0,
            38.86,
            bg(),
            [1.0, 0.195098052, 0.252073022, 1.018746195],
        ),
        (
            2,
            30.43,
            38.86,
            pareto(),
            [0.869167559, 1.455123193, 1.850826721, 6.501730538],
        ),
        (
            2,
            30.43,
            38.86,
            bg(),
            [0.726578570, 1.226028175, 1.558720806, 5.169553928],
        ),
        (
            26,
            30.86,
            31.0,
            pareto(),
            [0.997918731, 20.117026077, 25.458472951, 86.289888789],
        ),
        (
            26,
            30.86,
            31.0,
            bg(),
            [0.968915650, 20.749726141, 25.758195936, 71.064742233],
        ),
    ];
    for (repeats, recency, age, model, [alive, in_39, in_52, discounted]) in table {
        let customer = Customer::new(repeats, recency, age);
        near(model.p_alive(&customer), alive, 6e-10);
        near(model.expected(&customer, 39.0), in_39, 6e-10);
        near(model.expected(&customer, 52.0), in_52, 6e-10);
        near(
            model.discounted(&customer, rate).unwrap(),
            discounted,
            6e-10,
        );
    }
}
