//! Parameters are found again in customers that were made from them.

use lifetime::{Base, Customer, GammaGamma, Kind, Model};

/// Numbers from a seed: SplitMix64, and what can be made of it.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64 + 1e-17
    }

    fn exponential(&mut self, rate: f64) -> f64 {
        -self.share().ln() / rate
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * self.share().ln()).sqrt() * (std::f64::consts::TAU * self.share()).cos()
    }

    /// Marsaglia & Tsang (2000), with the usual power of a share for shapes below 1.
    fn gamma(&mut self, shape: f64, rate: f64) -> f64 {
        if shape < 1.0 {
            let power = self.share().powf(1.0 / shape);
            return self.gamma(shape + 1.0, rate) * power;
        }
        let d = shape - 1.0 / 3.0;
        loop {
            let x = self.normal();
            let v = (1.0 + x / (9.0 * d).sqrt()).powi(3);
            if v > 0.0 && self.share().ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v / rate;
            }
        }
    }

    fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a, 1.0), self.gamma(b, 1.0));
        x / (x + y)
    }

    /// A life as the model tells it, watched from the first purchase to `age`.
    fn customer(&mut self, model: &Model, age: f64) -> Customer {
        let values = model.parameters();
        let rate = self.gamma(values[0], values[1]);
        let (leave_share, leave_at) = match model.kind() {
            Kind::BgNbd | Kind::MbgNbd => (self.beta(values[2], values[3]), f64::INFINITY),
            Kind::ParetoNbd => {
                let rate = self.gamma(values[2], values[3]);
                (0.0, self.exponential(rate))
            }
            _ => (0.0, f64::INFINITY),
        };
        let (mut repeats, mut recency) = (0, 0.0);
        let mut here = model.kind() != Kind::MbgNbd || self.share() >= leave_share;
        while here {
            let next = recency + self.exponential(rate);
            if next > age.min(leave_at) {
                break;
            }
            (repeats, recency) = (repeats + 1, next);
            here = self.share() >= leave_share;
        }
        Customer::new(repeats, recency, age)
    }
}

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
