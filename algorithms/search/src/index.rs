//! The inverted index: for each feature the labels that have it, with what it is worth there.

use std::collections::HashMap;

use crate::features::{Bag, FAMILIES, Feature};

/// How fast repetition stops to count, where a label has one text (Robertson & Zaragoza 2009).
const SATURATION: f32 = 1.2;
/// The same where a label is many examples: a word in three of them says more than in one.
const SATURATION_EXAMPLES: f32 = 3.0;
/// How much long texts are held against themselves.
const LENGTH: f32 = 0.75;

/// Postings in one piece, feature after feature.
#[derive(Debug, Default)]
pub(crate) struct Index {
    vocabulary: HashMap<Feature, u32>,
    starts: Vec<u32>,
    labels: Vec<u32>,
    worths: Vec<f32>,
    rarities: Vec<f32>,
    count: usize,
}

impl Index {
    /// Indexes one bag a label; each bag is let go as soon as it is read.
    pub(crate) fn new(bags: impl Iterator<Item = Bag>, examples: bool) -> Index {
        let mut vocabulary: HashMap<Feature, u32> = HashMap::new();
        let mut postings: Vec<Vec<(u32, f32)>> = Vec::new();
        let mut lengths: Vec<[f32; FAMILIES]> = Vec::new();
        for (label, bag) in bags.enumerate() {
            let mut length = [0.0; FAMILIES];
            // In order, so that sums of floats do not depend on the hash.
            let mut features: Vec<(Feature, f32)> = bag.into_iter().collect();
            features.sort_unstable_by(|a, b| a.0.cmp(&b.0));
            for (feature, times) in features {
                length[feature.0 as usize] += times;
                let id = match vocabulary.get(&feature) {
                    Some(&id) => id as usize,
                    None => {
                        vocabulary.insert(feature, postings.len() as u32);
                        postings.push(Vec::new());
                        postings.len() - 1
                    }
                };
                postings[id].push((label as u32, times));
            }
            lengths.push(length);
        }
        let mut index = Index {
            count: lengths.len(),
            ..Index::default()
        };
        let families = families(&vocabulary);
        let means = means(&lengths);
        let saturation = if examples {
            SATURATION_EXAMPLES
        } else {
            SATURATION
        };
        for (id, list) in postings.iter().enumerate() {
            let family = families[id];
            let rarity = rarity(lengths.len(), list.len());
            index.starts.push(index.labels.len() as u32);
            index.rarities.push(rarity);
            for &(label, times) in list {
                let relative = lengths[label as usize][family] / means[family];
                let damp = saturation * (1.0 - LENGTH + LENGTH * relative);
                index.labels.push(label);
                index
                    .worths
                    .push(rarity * times * (saturation + 1.0) / (times + damp));
            }
        }
        index.starts.push(index.labels.len() as u32);
        index.vocabulary = vocabulary;
        index
    }

    /// How many labels there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Whether any label has the feature.
    pub(crate) fn knows(&self, feature: &Feature) -> bool {
        self.vocabulary.contains_key(feature)
    }

    /// How rare a feature is; one that nobody has is the rarest.
    pub(crate) fn rarity(&self, feature: &Feature) -> f32 {
        let known = self
            .vocabulary
            .get(feature)
            .map(|&id| self.rarities[id as usize]);
        known.unwrap_or_else(|| rarity(self.count, 0))
    }

    /// Adds what a feature is worth to the labels that have it.
    pub(crate) fn add(&self, scores: &mut [f32], feature: &Feature, weight: f32) {
        let Some(&id) = self.vocabulary.get(feature) else {
            return;
        };
        let range = self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize;
        for (&label, &worth) in self.labels[range.clone()].iter().zip(&self.worths[range]) {
            scores[label as usize] += weight * worth;
        }
    }
}

/// Inverse document frequency, never below zero (Lucene's form of Robertson's).
fn rarity(count: usize, having: usize) -> f32 {
    let (count, having) = (count as f32, having as f32);
    (1.0 + (count - having + 0.5) / (having + 0.5)).ln()
}

fn families(vocabulary: &HashMap<Feature, u32>) -> Vec<usize> {
    let mut families = vec![0; vocabulary.len()];
    for ((family, _), &id) in vocabulary {
        families[id as usize] = *family as usize;
    }
    families
}

fn means(lengths: &[[f32; FAMILIES]]) -> [f32; FAMILIES] {
    let mut means = [0.0; FAMILIES];
    for length in lengths {
        means
            .iter_mut()
            .zip(length)
            .for_each(|(mean, l)| *mean += l);
    }
    means.map(|sum| (sum / lengths.len().max(1) as f32).max(f32::MIN_POSITIVE))
}
