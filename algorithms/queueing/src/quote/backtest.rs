//! How good quotes would have been: trained on the first days, scored on the later ones.

use super::{Calibration, Day, Knowledge, Pair, Scene, Weights};

/// Days of past before guesses are worth calibrating by.
const DAYS_MIN: usize = 1;

/// The service time that is assumed for a past without any service, in seconds.
const ASSUMED_SERVICE_S: f64 = 300.0;

/// How the quotes did; times are in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// Quotes that were scored: served customers who had to wait.
    pub count: usize,
    /// The mean absolute error.
    pub mae_s: f64,
    /// The root mean square error.
    pub rmse_s: f64,
    /// The mean of quote − wait.
    pub bias_s: f64,
    /// The share of waits within least and most.
    pub coverage: f64,
    /// The mean of most − least.
    pub width_s: f64,
    /// How the guesses were weighted.
    pub weights: Weights,
}

/// Learns from the first `train_days` days and scores the quotes of the days after them; `None`
/// when these hold nobody who waited and was served.
///
/// For the calibration each training day is quoted from the days before it. A quote sees its
/// [`Scene`] and nothing after it; the seed only decides which paths are played.
#[must_use]
pub fn backtest(days: &[Day], train_days: usize, seed: u64) -> Option<Score> {
    let (train, test) = days.split_at(train_days.min(days.len()));
    let past: Vec<Pair> = (DAYS_MIN..train.len())
        .flat_map(|day| pairs(&train[..day], &train[day..=day], seed))
        .collect();
    let calibration = Calibration::learn(&past);
    score(&calibration, &pairs(train, test, seed))
}

/// The guesses of some days from what earlier ones taught, with the waits they turned into.
fn pairs(past: &[Day], days: &[Day], seed: u64) -> Vec<Pair> {
    let knowledge = Knowledge::learn(past, ASSUMED_SERVICE_S);
    let mut pairs = Vec::new();
    for day in days {
        for (index, ticket) in day.tickets().iter().enumerate() {
            if ticket.service_s.is_some() && ticket.wait_s > 0.0 {
                let scene = Scene::at(day, index, &knowledge.roster);
                pairs.push(Pair {
                    guess: knowledge.guess(&scene, seed),
                    wait_s: ticket.wait_s,
                });
            }
        }
    }
    pairs
}

fn score(calibration: &Calibration, pairs: &[Pair]) -> Option<Score> {
    let count = pairs.len();
    let mut score = Score {
        count,
        mae_s: 0.0,
        rmse_s: 0.0,
        bias_s: 0.0,
        coverage: 0.0,
        width_s: 0.0,
        weights: calibration.weights,
    };
    for pair in pairs {
        let quote = calibration.quote(&pair.guess);
        let error = quote.wait_s - pair.wait_s;
        score.mae_s += error.abs();
        score.rmse_s += error * error;
        score.bias_s += error;
        let holds = quote.least_s <= pair.wait_s && pair.wait_s <= quote.most_s;
        score.coverage += f64::from(u8::from(holds));
        score.width_s += quote.most_s - quote.least_s;
    }
    let mean = |sum: f64| sum / count as f64;
    (count > 0).then(|| Score {
        mae_s: mean(score.mae_s),
        rmse_s: mean(score.rmse_s).sqrt(),
        bias_s: mean(score.bias_s),
        coverage: mean(score.coverage),
        width_s: mean(score.width_s),
        ..score
    })
}
