//! Words near a word: typing errors and other forms, by the letters they share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How alike two words have to be (cosine of their letter groups).
const ALIKE_MIN: f32 = 0.5;
/// Most words that stand in for one.
const NEAR_MAX: usize = 8;
/// Shorter words are not compared: half of their letters are chance.
const LETTERS_MIN: usize = 3;

/// Words of a vocabulary by their letter groups of two to four.
#[derive(Debug, Default)]
pub(crate) struct Near {
    /// A word as written, and its stem.
    words: Vec<(String, String)>,
    norms: Vec<f32>,
    by_group: HashMap<String, Vec<(u32, f32)>>,
}

impl Near {
    /// Takes words as written with their stems.
    pub(crate) fn new(words: BTreeSet<(String, String)>) -> Near {
        let mut near = Near {
            words: words.into_iter().collect(),
            ..Near::default()
        };
        for (at, (word, _)) in near.words.iter().enumerate() {
            let groups = groups(word);
            near.norms.push(norm(&groups));
            for (group, times) in groups {
                near.by_group
                    .entry(group)
                    .or_default()
                    .push((at as u32, times));
            }
        }
        near
    }

    /// Stems of words like this one with how alike they are, most alike first, its own stem
    /// left out.
    pub(crate) fn like(&self, word: &str, stem: &str) -> Vec<(&str, f32)> {
        if word.chars().count() < LETTERS_MIN {
            return Vec::new();
        }
        let own = groups(word);
        let mut shared: HashMap<u32, f32> = HashMap::new();
        for (group, times) in &own {
            // Groups of two are in half of the words; they count, but do not propose.
            let propose = group.chars().count() > 2;
            for &(at, there) in self.by_group.get(group).into_iter().flatten() {
                if propose {
                    *shared.entry(at).or_default() += times * there;
                } else if let Some(sum) = shared.get_mut(&at) {
                    *sum += times * there;
                }
            }
        }
        let size = norm(&own);
        let mut by_stem: BTreeMap<&str, f32> = BTreeMap::new();
        for (at, dot) in shared {
            let alike = dot / size / self.norms[at as usize];
            let other = self.words[at as usize].1.as_str();
            if alike >= ALIKE_MIN && other != stem {
                let best = by_stem.entry(other).or_default();
                *best = best.max(alike);
            }
        }
        let mut found: Vec<(&str, f32)> = by_stem.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.truncate(NEAR_MAX);
        found
    }
}

/// Letter groups of the word between its ends, longest first.
fn groups(word: &str) -> Vec<(String, f32)> {
    let letters: Vec<char> = std::iter::once('_')
        .chain(word.chars())
        .chain(std::iter::once('_'))
        .collect();
    let mut counts: BTreeMap<(usize, String), f32> = BTreeMap::new();
    for size in 2..=4 {
        for window in letters.windows(size) {
            *counts
                .entry((4 - size, window.iter().collect()))
                .or_default() += 1.0;
        }
    }
    counts
        .into_iter()
        .map(|((_, group), times)| (group, times))
        .collect()
}

fn norm(groups: &[(String, f32)]) -> f32 {
    groups
        .iter()
        .map(|(_, times)| times * times)
        .sum::<f32>()
        .sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_finds_its_word() {
        let words = [
            ("appointment", "appoint"),
            ("refund", "refund"),
            ("parking", "park"),
        ];
        let near = Near::new(words.map(|(w, s)| (w.to_owned(), s.to_owned())).into());
        let first = |word: &str| near.like(word, word).first().map(|found| found.0);
        assert_eq!(first("apointment"), Some("appoint"));
        assert_eq!(first("refunds"), Some("refund"));
        assert_eq!(first("xyzzy"), None);
    }
}
