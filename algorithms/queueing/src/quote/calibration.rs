//! From guesses to a quote, by how past guesses turned out.

use super::guess::{Guess, LEVELS};

/// The share of waits that should lie in the interval.
const COVERAGE: f64 = 0.8;

/// Past guesses below which nothing is fitted and the defaults stand.
const PAIRS_MIN: usize = 50;

/// Weights are tried in steps of one in this many.
const STEPS: usize = 10;

/// What to tell: a wait and its likely least and most, in seconds.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quote {
    /// The wait to expect.
    pub wait_s: f64,
    /// The wait that will probably be reached.
    pub least_s: f64,
    /// The wait that will probably not be exceeded.
    pub most_s: f64,
}

/// A guess made at an arrival and the wait it turned into.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    /// What was guessed.
    pub guess: Guess,
    /// What it was, in seconds.
    pub wait_s: f64,
}

/// How much each guess counts; they add up to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights {
    /// The formula.
    pub formula: f64,
    /// The waits of the past.
    pub empirical: f64,
    /// The mean of the outlook.
    pub mean: f64,
    /// The median of the outlook.
    pub median: f64,
}

impl Weights {
    fn wait_s(&self, guess: &Guess) -> f64 {
        self.formula * guess.formula_s
            + self.empirical * guess.empirical_s
            + self.mean * guess.mean_s
            + self.median * guess.median_s()
    }

    /// All weights in tenths that add up to 1.
    fn all() -> impl Iterator<Item = Self> {
        let tenths = |count: usize| count as f64 / STEPS as f64;
        (0..=STEPS).flat_map(move |formula| {
            (0..=STEPS - formula).flat_map(move |empirical| {
                let rest = STEPS - formula - empirical;
                (0..=rest).map(move |mean| Self {
                    formula: tenths(formula),
                    empirical: tenths(empirical),
                    mean: tenths(mean),
                    median: tenths(rest - mean),
                })
            })
        })
    }

    /// Mean absolute plus root mean square error: a quote should be near on most days and not
    /// far off on any.
    fn error(&self, pairs: &[Pair]) -> f64 {
        let (mut absolute, mut square) = (0.0, 0.0);
        for pair in pairs {
            let error = self.wait_s(&pair.guess) - pair.wait_s;
            absolute += error.abs();
            square += error * error;
        }
        let count = pairs.len() as f64;
        absolute / count + (square / count).sqrt()
    }
}

/// How a site turns guesses into quotes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// How much each guess counts.
    pub weights: Weights,
    /// Which level of the outlook is the least wait told.
    least: usize,
    /// Which level of the outlook is the most told.
    most: usize,
}

impl Default for Calibration {
    /// For a site without a past: the mean of the outlook, and its middle 80 %.
    fn default() -> Self {
        Self {
            weights: Weights {
                formula: 0.0,
                empirical: 0.0,
                mean: 1.0,
                median: 0.0,
            },
            least: LEVELS / 10 - 1,
            most: LEVELS - LEVELS / 10,
        }
    }
}

impl Calibration {
    /// Chooses the weights with the least error, and of the intervals that would have held the
    /// wait in 80 of 100 past cases the one that is narrowest on average.
    ///
    /// With fewer than 50 pairs the default stands.
    #[must_use]
    pub fn learn(pairs: &[Pair]) -> Self {
        let mut best = Self::default();
        if pairs.len() < PAIRS_MIN {
            return best;
        }
        let weights = Weights::all().map(|weights| (weights.error(pairs), weights));
        if let Some((_, weights)) = weights.min_by(|a, b| a.0.total_cmp(&b.0)) {
            best.weights = weights;
        }
        if let Some((least, most)) = narrowest(pairs) {
            (best.least, best.most) = (least, most);
        }
        best
    }

    /// One that was learnt before: its weights and the levels it tells, as [`Self::levels`] gave
    /// them. Levels that cannot be are kept within those there are.
    #[must_use]
    pub fn of(weights: Weights, (least, most): (usize, usize)) -> Self {
        let most = most.min(LEVELS - 1);
        Self {
            weights,
            least: least.min(most),
            most,
        }
    }

    /// Which levels of the outlook are told as least and most.
    #[must_use]
    pub const fn levels(&self) -> (usize, usize) {
        (self.least, self.most)
    }

    /// What to tell.
    #[must_use]
    pub fn quote(&self, guess: &Guess) -> Quote {
        let wait_s = self.weights.wait_s(guess);
        Quote {
            wait_s,
            least_s: guess.level_s(self.least).min(wait_s),
            most_s: guess.level_s(self.most).max(wait_s),
        }
    }
}

/// The pair of levels that held often enough at the least mean width.
fn narrowest(pairs: &[Pair]) -> Option<(usize, usize)> {
    let mean_s: Vec<f64> = (0..LEVELS)
        .map(|level| pairs.iter().map(|pair| pair.guess.level_s(level)).sum())
        .collect();
    let needed = (COVERAGE * pairs.len() as f64).ceil() as usize;
    let holds = |least: usize, most: usize| {
        let held = pairs.iter().filter(|pair| {
            let (guess, wait_s) = (&pair.guess, pair.wait_s);
            guess.level_s(least) <= wait_s && wait_s <= guess.level_s(most)
        });
        held.count() >= needed
    };
    (0..LEVELS / 2)
        .filter_map(|least| {
            let most = (LEVELS / 2..LEVELS).find(|&most| holds(least, most))?;
            Some((least, most))
        })
        .min_by(|a, b| {
            let width = |(least, most): (usize, usize)| mean_s[most] - mean_s[least];
            width(*a).total_cmp(&width(*b))
        })
}
