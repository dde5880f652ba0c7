//! What a site learnt from its past errors, and the quote that comes of it.

use queueing::quote::{Buckets, Calibration, Guess, Habits, LEVELS, Pair, Scene, Weights, formula};
use serde::{Deserialize, Serialize};

use super::wait::{Pace, Wait};

/// Levels of a guess that are kept: each stands for this many of all.
const KEPT_EVERY: usize = 4;
/// Parts of a kept guess before its levels: by formula, by past waits, by the outlook's mean.
const HEAD: usize = 3;

/// How guesses become quotes at a site.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lessons {
    /// The weights of the four guesses.
    weights: [f64; 4],
    /// Which levels of the outlook are told.
    levels: (usize, usize),
    /// How long jobs take against their standard.
    pace: Vec<i64>,
    /// Past waits by length of the line.
    buckets: Vec<(f64, usize)>,
    /// Least, mean and most minutes, in 80 of 100 cases, of those who came while somebody was
    /// free: even then nobody is called in no time.
    free: Option<(i64, i64, i64)>,
}

/// What a site can learn from.
#[derive(Debug, Clone, Default)]
pub struct Pasts {
    /// Guesses and the waits they turned into.
    pub pairs: Vec<Pair>,
    /// Waits by length of the line.
    pub buckets: Buckets,
    /// How long jobs took against their standard.
    pub pace: Pace,
    /// Minutes waited by those who came while somebody was free.
    pub free: Vec<i64>,
}

/// Waits with somebody free below which nothing is learnt of them.
const FREE_MIN: usize = 20;

impl Default for Lessons {
    fn default() -> Self {
        Self::learn(&Pasts::default())
    }
}

/// A quote and what it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Quoted {
    /// The range to tell.
    pub wait: Wait,
    /// The wait to expect, in seconds.
    pub expected_seconds: i64,
    /// The guesses, as they are kept.
    pub guess: String,
}

impl Lessons {
    /// Learns from guesses and the waits they turned into, from past waits by length of the line,
    /// and from how long jobs took.
    pub fn learn(pasts: &Pasts) -> Self {
        let calibration = Calibration::learn(&pasts.pairs);
        let weights = calibration.weights;
        Self {
            weights: [
                weights.formula,
                weights.empirical,
                weights.mean,
                weights.median,
            ],
            levels: calibration.levels(),
            pace: pasts.pace.quantiles().to_vec(),
            buckets: pasts.buckets.sums().to_vec(),
            free: free(pasts.free.clone()),
        }
    }

    /// How long jobs take.
    pub fn pace(&self) -> Pace {
        Pace::kept(self.pace.clone())
    }

    fn calibration(&self) -> Calibration {
        let [formula, empirical, mean, median] = self.weights;
        let weights = Weights {
            formula,
            empirical,
            mean,
            median,
        };
        Calibration::of(weights, self.levels)
    }

    /// What to tell somebody for whom the outlook gave these minutes, shortest first.
    pub fn quote(&self, waits: &[i64], scene: &Scene, job_minutes: i64) -> Quoted {
        let guess = self.guess(waits, scene, job_minutes);
        if let Some((least, mean, most)) = self.free.filter(|_| guess.mean_s <= 0.0) {
            return Quoted {
                wait: Wait::honest(least, most),
                expected_seconds: mean * 60,
                guess: kept_guess(&guess),
            };
        }
        let told = self.calibration().quote(&guess);
        Quoted {
            wait: Wait::honest(
                whole(told.least_s / 60.0),
                whole((told.most_s / 60.0).ceil()),
            ),
            expected_seconds: whole(told.wait_s),
            guess: kept_guess(&guess),
        }
    }

    fn guess(&self, waits: &[i64], scene: &Scene, job_minutes: i64) -> Guess {
        let seconds = |minutes: i64| number(minutes * 60);
        let last = waits.len().saturating_sub(1);
        let level = |index: usize| waits.get(index * last / (LEVELS - 1)).copied().unwrap_or(0);
        let sum: i64 = waits.iter().sum();
        let habits = Habits::learn(&[], seconds(job_minutes.max(1)));
        let formula_s = formula(scene, &habits);
        let buckets = Buckets::of(self.buckets.clone());
        Guess {
            formula_s,
            empirical_s: buckets.mean_s(scene).unwrap_or(formula_s),
            mean_s: seconds(sum) / number(i64::try_from(waits.len().max(1)).unwrap_or(1)),
            levels_s: (0..LEVELS).map(|index| seconds(level(index))).collect(),
        }
    }
}

/// What is told while somebody is free, once enough is known.
fn free(mut minutes: Vec<i64>) -> Option<(i64, i64, i64)> {
    if minutes.len() < FREE_MIN {
        return None;
    }
    minutes.sort_unstable();
    let last = minutes.len() - 1;
    let sum: i64 = minutes.iter().sum();
    let mean = sum / i64::try_from(minutes.len()).unwrap_or(1);
    Some((minutes[last / 10], mean, minutes[last - last / 10]))
}

#[expect(clippy::cast_precision_loss, reason = "seconds of a day are few")]
fn number(count: i64) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, reason = "a wait is at most a day")]
fn whole(count: f64) -> i64 {
    count as i64
}

/// A guess in whole seconds, small enough to be kept with each quote.
pub fn kept_guess(guess: &Guess) -> String {
    let levels = guess
        .levels_s
        .iter()
        .skip(KEPT_EVERY / 2)
        .step_by(KEPT_EVERY);
    let head = [guess.formula_s, guess.empirical_s, guess.mean_s];
    let all: Vec<i64> = head
        .iter()
        .chain(levels)
        .map(|s| whole(s.round()))
        .collect();
    serde_json::json!(all).to_string()
}

/// Reads a kept guess; `None` for anything else.
pub fn read_guess(text: &str) -> Option<Guess> {
    let all: Vec<i64> = serde_json::from_str(text).ok()?;
    if all.len() != HEAD + LEVELS / KEPT_EVERY {
        return None;
    }
    let level = |index: usize| number(all[HEAD + index / KEPT_EVERY]);
    Some(Guess {
        formula_s: number(all[0]),
        empirical_s: number(all[1]),
        mean_s: number(all[2]),
        levels_s: (0..LEVELS).map(level).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scene() -> Scene {
        Scene {
            queue: 3,
            serving_s: vec![0.0, 0.0],
            staff: 2,
            changes: Vec::new(),
        }
    }

    #[test]
    fn before_anything_is_learnt_the_middle_four_fifths_are_told() {
        let waits: Vec<i64> = (20..120).collect();
        let quoted = Lessons::default().quote(&waits, &scene(), 30);
        assert_eq!(quoted.wait, Wait { min: 29, max: 110 });
        assert_eq!(quoted.expected_seconds, 69 * 60 + 30);
    }

    #[test]
    fn a_site_that_always_waits_longer_than_played_learns_to_say_so() {
        // Played: 10 to 40 minutes. Real: in the upper half of that, always.
        let waits: Vec<i64> = (0..100).map(|i| 10 + i * 30 / 99).collect();
        let plain = Lessons::default();
        let pairs: Vec<Pair> = (0..200)
            .map(|i| Pair {
                guess: plain.guess(&waits, &scene(), 30),
                wait_s: 60.0 * (27.0 + f64::from(i % 12)),
            })
            .collect();
        let learnt = Lessons::learn(&Pasts {
            pairs,
            ..Pasts::default()
        });
        let (before, after) = (
            plain.quote(&waits, &scene(), 30),
            learnt.quote(&waits, &scene(), 30),
        );
        assert!(after.expected_seconds > before.expected_seconds);
        let held = |wait: Wait| {
            let real = (0..200).map(|i| 27 + i % 12);
            real.filter(|real| (wait.min..=wait.max).contains(real))
                .count()
        };
        assert!(held(after.wait) >= 160, "80 of 100: {after:?} {before:?}");
        assert!(after.wait.max - after.wait.min < before.wait.max - before.wait.min);
    }

    #[test]
    fn with_somebody_free_the_site_says_how_long_it_takes_all_the_same() {
        let nobody = Scene {
            queue: 0,
            staff: 2,
            ..Scene::default()
        };
        let plain = Lessons::default();
        assert_eq!(plain.quote(&[0; 100], &nobody, 30).wait.max, 2);
        let learnt = Lessons::learn(&Pasts {
            free: (0..40).map(|i| 1 + i % 5).collect(),
            ..Pasts::default()
        });
        let quoted = learnt.quote(&[0; 100], &nobody, 30);
        assert_eq!(quoted.wait, Wait { min: 1, max: 5 });
        assert_eq!(quoted.expected_seconds, 180);
    }

    #[test]
    fn a_guess_is_kept_and_read_back_within_its_levels() {
        let waits: Vec<i64> = (0..100).collect();
        let guess = Lessons::default().guess(&waits, &scene(), 30);
        let read = read_guess(&kept_guess(&guess)).expect("it was kept");
        assert_eq!(read.levels_s.len(), LEVELS);
        for (kept, real) in read.levels_s.iter().zip(&guess.levels_s) {
            assert!((kept - real).abs() <= 2.0 * 60.0);
        }
        assert_eq!(read_guess("[1,2]"), None);
        assert_eq!(read_guess("no"), None);
    }
}
