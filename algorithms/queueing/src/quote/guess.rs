//! All that is known about one wait before it is blended into a quote.

use super::{Buckets, Day, Habits, Roster, Scene, formula, outlook};

/// The shares of cases for which a [`Guess`] carries a wait: 0.5 %, 1.5 %, … 99.5 %.
pub const LEVELS: usize = 100;

/// The wait, guessed in each way; all in seconds.
#[derive(Debug, Clone, PartialEq)]
pub struct Guess {
    /// By [`formula`].
    pub formula_s: f64,
    /// By [`Buckets`]; the formula where the past has nothing like it.
    pub empirical_s: f64,
    /// The mean of the [`super::Outlook`].
    pub mean_s: f64,
    /// Its quantiles at the levels 0.005, 0.015, … 0.995.
    pub levels_s: Vec<f64>,
}

impl Guess {
    /// The median of the outlook.
    #[must_use]
    pub fn median_s(&self) -> f64 {
        f64::midpoint(self.levels_s[LEVELS / 2 - 1], self.levels_s[LEVELS / 2])
    }

    /// The quantile of the outlook at the level with this index.
    pub(super) fn level_s(&self, index: usize) -> f64 {
        self.levels_s[index]
    }
}

/// What a site has learnt from its past days.
#[derive(Debug, Clone, PartialEq)]
pub struct Knowledge {
    /// Services and patience.
    pub habits: Habits,
    /// Who is on duty when.
    pub roster: Roster,
    /// Waits by length of the queue.
    pub buckets: Buckets,
}

impl Knowledge {
    /// Learns from past days; `assumed_service_s` stands in until there are services.
    #[must_use]
    pub fn learn(days: &[Day], assumed_service_s: f64) -> Self {
        Self {
            habits: Habits::learn(days, assumed_service_s),
            roster: Roster::learn(days),
            buckets: Buckets::learn(days),
        }
    }

    /// Guesses the wait of somebody who comes upon this scene and stays.
    #[must_use]
    pub fn guess(&self, scene: &Scene, seed: u64) -> Guess {
        if scene.is_free() {
            return Guess {
                formula_s: 0.0,
                empirical_s: 0.0,
                mean_s: 0.0,
                levels_s: vec![0.0; LEVELS],
            };
        }
        let formula_s = formula(scene, &self.habits);
        let outlook = outlook(scene, &self.habits, seed);
        let level = |index| (index as f64 + 0.5) / LEVELS as f64;
        Guess {
            formula_s,
            empirical_s: self.buckets.mean_s(scene).unwrap_or(formula_s),
            mean_s: outlook.mean_s(),
            levels_s: (0..LEVELS).map(|i| outlook.quantile_s(level(i))).collect(),
        }
    }
}
