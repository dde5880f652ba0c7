//! What examples teach: a linear classifier over words, pairs, meanings and letter groups.

use crate::features::{self, Bag, Family};
use crate::synonyms::Synonyms;
use crate::text::{Unit, units};

/// Features are hashed into so many places.
const PLACES: usize = 1 << 16;
/// Times each example is seen.
const ROUNDS: usize = 12;
/// Most weights that are trained: a bound on memory (256 MB) and time.
const WEIGHTS_MAX: usize = 1 << 26;
/// What a vector of length one counts beside the words, which have length one together.
const VECTOR_SCALE: f32 = 4.0;
const STEP: f32 = 0.2;

/// Multinomial logistic regression, trained by AdaGrad (Duchi, Hazan & Singer 2011).
#[derive(Debug)]
pub(crate) struct Classifier {
    rarities: Vec<f32>,
    /// Place by label.
    weights: Vec<f32>,
    labels: usize,
}

type Sparse = Vec<(u32, f32)>;

/// A text that a label stands for, with its vector where there is an encoder.
#[derive(Debug)]
pub(crate) struct Example {
    pub(crate) label: usize,
    pub(crate) text: String,
    pub(crate) vector: Vec<f32>,
}

impl Classifier {
    /// Trains on examples; `None` where labels have too few to learn from, or are too many.
    pub(crate) fn train(
        examples: &[Example],
        labels: usize,
        synonyms: &Synonyms,
    ) -> Option<Classifier> {
        let width = examples.first().map_or(0, |first| first.vector.len());
        let places = PLACES + width;
        if examples.len() < 2 * labels || labels < 2 || labels * places > WEIGHTS_MAX {
            return None;
        }
        let counts: Vec<Sparse> = examples
            .iter()
            .map(|one| hashed(&units(&one.text), synonyms))
            .collect();
        let rarities = rarities(&counts);
        let mut classifier = Classifier {
            rarities,
            weights: vec![0.0; labels * places],
            labels,
        };
        let inputs: Vec<Sparse> = counts
            .into_iter()
            .zip(examples)
            .map(|(counts, one)| classifier.input(counts, &one.vector))
            .collect();
        let mut squares = vec![1e-3; labels * places];
        let mut order: Vec<usize> = (0..examples.len()).collect();
        for round in 0..ROUNDS {
            shuffle(&mut order, round as u64);
            for &at in &order {
                classifier.learn(&inputs[at], examples[at].label, &mut squares);
            }
        }
        Some(classifier)
    }

    /// The logarithm of each label's probability, from the words of a question and its vector.
    pub(crate) fn log_probabilities(
        &self,
        units: &[Unit],
        synonyms: &Synonyms,
        vector: &[f32],
    ) -> Vec<f32> {
        let mut scores = self.scores(&self.input(hashed(units, synonyms), vector));
        let top = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        let sum: f32 = scores.iter().map(|s| (s - top).exp()).sum();
        scores.iter_mut().for_each(|s| *s -= top + sum.ln());
        scores
    }

    fn scores(&self, input: &Sparse) -> Vec<f32> {
        let mut scores = vec![0.0; self.labels];
        for &(place, value) in input {
            let row = &self.weights[place as usize * self.labels..][..self.labels];
            scores
                .iter_mut()
                .zip(row)
                .for_each(|(s, w)| *s += value * w);
        }
        scores
    }

    fn learn(&mut self, input: &Sparse, label: usize, squares: &mut [f32]) {
        let mut errors = self.scores(input);
        let top = errors.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        errors.iter_mut().for_each(|e| *e = (*e - top).exp());
        let sum: f32 = errors.iter().sum();
        errors.iter_mut().for_each(|e| *e /= sum);
        errors[label] -= 1.0;
        for &(place, value) in input {
            let range = place as usize * self.labels..(place as usize + 1) * self.labels;
            let rows = self.weights[range.clone()]
                .iter_mut()
                .zip(&mut squares[range]);
            for ((weight, square), error) in rows.zip(&errors) {
                let slope = error * value;
                *square += slope * slope;
                *weight -= STEP * slope / square.sqrt();
            }
        }
    }

    /// Words and vector side by side.
    fn input(&self, counts: Sparse, vector: &[f32]) -> Sparse {
        let mut input = self.scaled(counts);
        let places = (PLACES as u32..).zip(vector);
        input.extend(places.map(|(place, value)| (place, value * VECTOR_SCALE)));
        input
    }

    /// Dampened counts times rarity, at length one.
    fn scaled(&self, counts: Sparse) -> Sparse {
        let weigh = |(place, times): (u32, f32)| {
            (
                place,
                (1.0 + times.ln()).max(0.1) * self.rarities[place as usize],
            )
        };
        let mut input: Sparse = counts.into_iter().map(weigh).collect();
        let norm = input
            .iter()
            .map(|(_, v)| v * v)
            .sum::<f32>()
            .sqrt()
            .max(f32::MIN_POSITIVE);
        input.iter_mut().for_each(|(_, value)| *value /= norm);
        input
    }
}

fn rarities(counts: &[Sparse]) -> Vec<f32> {
    let mut having = vec![0u32; PLACES];
    counts
        .iter()
        .flatten()
        .for_each(|&(place, _)| having[place as usize] += 1);
    let all = counts.len() as f32 + 1.0;
    having
        .iter()
        .map(|&n| 1.0 + (all / (n as f32 + 1.0)).ln())
        .collect()
}

/// Counts by place: features, and the letter groups of each word from three to five.
fn hashed(units: &[Unit], synonyms: &Synonyms) -> Sparse {
    let mut bag = Bag::new();
    features::add(&mut bag, units, synonyms, 1.0);
    let mut places: Vec<(u32, f32)> = bag
        .iter()
        .map(|((family, text), &times)| (place(*family as u8, text.chars()), times))
        .collect();
    for unit in units.iter().filter(|unit| !unit.is_han) {
        let letters: Vec<char> = format!("_{}_", unit.surface).chars().collect();
        for size in 3..=5 {
            let group = letters
                .windows(size)
                .map(|w| (place(200, w.iter().copied()), 1.0));
            places.extend(group);
        }
    }
    places.sort_unstable_by_key(|p| p.0);
    let mut merged: Sparse = Vec::with_capacity(places.len());
    for (at, times) in places {
        match merged.last_mut() {
            Some(last) if last.0 == at => last.1 += times,
            _ => merged.push((at, times)),
        }
    }
    merged
}

/// FNV-1a of the family and the letters.
fn place(family: u8, letters: impl Iterator<Item = char>) -> u32 {
    let step = |hash: u64, part: u32| (hash ^ u64::from(part)).wrapping_mul(0x0100_0000_01b3);
    let hash = letters
        .map(u32::from)
        .fold(step(0xcbf2_9ce4_8422_2325, family.into()), step);
    ((hash ^ (hash >> 32)) % PLACES as u64) as u32
}

/// A fixed shuffle (a linear congruential generator: Knuth's MMIX constants).
fn shuffle(order: &mut [usize], seed: u64) {
    let mut state = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    for at in (1..order.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (state >> 33) as usize % (at + 1));
    }
}

const _: () = assert!(
    (Family::Concept as u8) < 200,
    "letter groups have a number of their own"
);
