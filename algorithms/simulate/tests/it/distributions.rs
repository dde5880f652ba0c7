//! Draws have the moments they should have, and fits find what made the times.

use simulate::distribution::{Distribution, fit};
use simulate::model::Arrivals;
use simulate::random::Stream;
use simulate::{Study, simulate};

use crate::shop::line;

/// The mean time of the step when nobody ever waits, from 200,000 customers.
fn mean_of(minutes: Distribution) -> f64 {
    let mut model = line(1_000_000, 1.0, minutes, 200_000.0);
    model.customers[0].arrivals = Arrivals::Every(Distribution::Constant(1.0));
    model.run_on = true;
    let study = Study {
        replications: 1,
        ..Study::default()
    };
    let results = simulate(&model, &study).expect("the model can be played");
    let group = results.group("all").expect("the group");
    group.figure("visit_mean").expect("there were visits").mean
}

#[test]
fn every_distribution_has_its_mean() {
    let all = [
        Distribution::Constant(7.0),
        Distribution::Exponential { mean: 7.0 },
        Distribution::Uniform {
            from: 2.0,
            to: 12.0,
        },
        Distribution::Triangular {
            least: 1.0,
            likeliest: 5.0,
            most: 15.0,
        },
        Distribution::LogNormal { mean: 7.0, cv: 0.8 },
        Distribution::Gamma { mean: 7.0, cv: 0.5 },
        Distribution::Gamma { mean: 7.0, cv: 1.6 },
        Distribution::Weibull {
            mean: 7.0,
            shape: 1.7,
        },
        Distribution::Normal { mean: 7.0, sd: 1.0 },
        Distribution::Observed(vec![3.0, 8.0, 10.0]),
        Distribution::InOrder(vec![3.0, 8.0, 10.0]),
    ];
    for minutes in all {
        assert!((minutes.mean() - 7.0).abs() < 1e-12);
        let found = mean_of(minutes.clone());
        assert!((found - 7.0).abs() < 0.08, "{minutes:?}: {found}");
    }
}

#[test]
fn a_fit_finds_the_family_and_the_parameters() {
    let mut luck = Stream::new(3);
    let mut exponentials = |power: f64, scale: f64| -> Vec<f64> {
        (0..20_000)
            .map(|_| scale * luck.exponential().powf(power))
            .collect()
    };
    let times = exponentials(0.5, 10.0);
    let best = &fit(&times).expect("times")[0].distribution;
    let Distribution::Weibull { mean, shape } = best else {
        panic!("{best:?} is not Weibull");
    };
    assert!(
        (mean - 8.862).abs() < 0.1 && (shape - 2.0).abs() < 0.05,
        "{mean} {shape}"
    );

    let mut luck = Stream::new(4);
    let times: Vec<f64> = (0..20_000)
        .map(|_| luck.exponential() + luck.exponential() + luck.exponential())
        .collect();
    let best = &fit(&times).expect("times")[0].distribution;
    let Distribution::Gamma { mean, cv } = best else {
        panic!("{best:?} is not gamma");
    };
    assert!((mean - 3.0).abs() < 0.05 && (cv - 3.0_f64.sqrt().recip()).abs() < 0.01);
}

#[test]
fn what_cannot_be_fitted_is_named() {
    assert!(fit(&[]).is_err_and(|why| why.contains("give at least 2")));
    assert!(fit(&[1.0, -2.0]).is_err_and(|why| why.starts_with("time 1 is -2")));
    assert!(fit(&[1.0, f64::NAN]).is_err_and(|why| why.starts_with("time 1 is NaN")));
    assert!(fit(&[0.0, 0.0]).is_err());
    let same = fit(&[4.0, 4.0, 4.0]).expect("times");
    assert_eq!(same[0].distribution, Distribution::Constant(4.0));
}

#[test]
fn streams_are_even_and_know_nothing_of_each_other() {
    let mut tens = [0_u32; 10];
    let (mut sum, mut product) = (0.0, 0.0);
    let seed = Stream::new(9);
    for key in 0..100_000_u64 {
        let (mut one, mut next) = (seed.part(key), seed.part(key + 1));
        let (a, b) = (one.uniform(), next.uniform());
        tens[(a * 10.0) as usize] += 1;
        sum += a;
        product += (a - 0.5) * (b - 0.5);
    }
    let chi_square: f64 = tens
        .iter()
        .map(|&n| (f64::from(n) - 1e4).powi(2) / 1e4)
        .sum();
    assert!(chi_square < 27.9, "{tens:?} is uneven");
    assert!((sum / 1e5 - 0.5).abs() < 0.004);
    assert!((product / 1e5 * 12.0).abs() < 0.013, "neighbours are alike");
    assert_ne!(Stream::new(1).bits(), Stream::new(2).bits());
}
