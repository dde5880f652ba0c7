//! Parameters are found again in customers that were made from them.

use lifetime::{Base, Customer, GammaGamma, Kind, Model};

use crate::dice::Dice;

#[test]
fn simulated_customers_give_back_the_parameters_they_were_made_from() {
    let made: [(Kind, &[f64]); 4] = [
        (Kind::Nbd, &[0.8, 6.0]),
        (Kind::BgNbd, &[0.6, 5.0, 0.9, 2.5]),
        (Kind::MbgNbd, &[0.9, 6.0, 0.9, 2.0]),
        (Kind::ParetoNbd, &[0.9, 8.0, 0.7, 12.0]),
    ];
    for (kind, parameters) in made {
        let model = Model::new(kind, parameters).unwrap();
        let mut dice = Dice(11);
        let customers: Vec<Customer> = (0..20_000)
            .map(|index| dice.customer(&model, 20.0 + f64::from(index % 40)))
            .collect();
        let fit = Base::new(&customers).unwrap().fit(kind).unwrap();
        let found = fit.model.parameters().into_iter().zip(&fit.standard_errors);
        for ((found, error), made) in found.zip(parameters) {
            assert!(
                (found - made).abs() < 4.0 * error,
                "{kind}: {found} ± {error}, not {made}"
            );
            assert!(*error < 0.35 * made, "{kind}: {error}");
        }
        // Of the models, the true one is the most likely.
        let base = Base::new(&customers).unwrap();
        for other in Kind::ALL {
            if let Ok(other) = base.fit(other) {
                assert!(
                    fit.log_likelihood > other.log_likelihood - 2.0,
                    "{kind} {other:?}"
                );
            }
        }
    }
}

#[test]
fn what_simulated_customers_do_next_is_what_was_expected() {
    let model = Model::new(Kind::ParetoNbd, &[0.9, 8.0, 0.7, 12.0]).unwrap();
    let (mut dice, count) = (Dice(5), 40_000);
    let lives = (0..count).map(|_| f64::from(dice.customer(&model, 52.0).repeats));
    let mean = lives.sum::<f64>() / f64::from(count);
    let expected = model.expected_of_new(52.0);
    assert!(
        (mean - expected).abs() < 0.03 * expected,
        "{mean} {expected}"
    );
}

#[test]
fn simulated_spends_give_back_the_parameters_they_were_made_from() {
    let made = GammaGamma::new(5.0, 3.5, 16.0).unwrap();
    let mut dice = Dice(3);
    let customers: Vec<Customer> = (0..20_000)
        .map(|index| {
            let repeats = 1 + index % 6;
            let rate = dice.gamma(made.q, made.v);
            let spends = (0..repeats).map(|_| dice.gamma(made.p, rate));
            Customer {
                repeats,
                recency: 1.0,
                age: 2.0,
                mean_spend: spends.sum::<f64>() / f64::from(repeats),
            }
        })
        .collect();
    let fit = GammaGamma::fit(&customers).unwrap();
    let found = [fit.model.p, fit.model.q, fit.model.v];
    for ((found, made), error) in found.iter().zip([5.0, 3.5, 16.0]).zip(fit.standard_errors) {
        assert!(
            (found - made).abs() < 4.0 * error && error < 0.1 * made,
            "{found} {made} {error}"
        );
    }
}
