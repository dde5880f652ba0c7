//! Words near a word: typing errors and other forms, by the letters they share.

use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How alike two words have to be (cosine of their letter groups).
const ALIKE_MIN: f32 = 0.5;
/// Most words that stand in for one.
const NEAR_MAX: usize = 8;
/// Most words that are compared in full.
const CANDIDATES_MAX: usize = 24;
/// Most entries of letter groups that are read for a word, the rarest groups first: a bound on
/// the time, which only large vocabularies reach.
const LOOKS_MAX: usize = 4000;
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
        let size = norm(&own);
        let own_times: HashMap<&str, f32> = own.iter().map(|(g, t)| (g.as_str(), *t)).collect();
        let mut by_stem: BTreeMap<&str, f32> = BTreeMap::new();
        for at in self.candidates(&own) {
            let (other, other_stem) = &self.words[at];
            let shared = |(group, there): &(String, f32)| {
                own_times
                    .get(group.as_str())
                    .map_or(0.0, |times| times * there)
            };
            let dot: f32 = groups(other).iter().map(shared).sum();
            let alike = dot / size / self.norms[at];
            if alike >= ALIKE_MIN && other_stem != stem {
                let best = by_stem.entry(other_stem).or_default();
                *best = best.max(alike);
            }
        }
        let mut found: Vec<(&str, f32)> = by_stem.into_iter().collect();
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.truncate(NEAR_MAX);
        found
    }

    /// Words that share the rarest letter groups with a word, those that share most first.
    fn candidates(&self, own: &[(String, f32)]) -> Vec<usize> {
        let with_list = |(group, times): &(String, f32)| Some((self.by_group.get(group)?, *times));
        let mut lists: Vec<_> = own.iter().filter_map(with_list).collect();
        lists.sort_by_key(|(list, _)| list.len());
        let mut shared: HashMap<u32, f32> = HashMap::new();
        let mut looked_at = 0;
        for (list, times) in lists {
            looked_at += list.len();
            if looked_at > LOOKS_MAX && !shared.is_empty() {
                break;
            }
            for &(at, there) in list.iter().take(LOOKS_MAX) {
                *shared.entry(at).or_default() += times * there;
            }
        }
        let mut order: Vec<(u32, f32)> = shared.into_iter().collect();
        order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.truncate(CANDIDATES_MAX);
        order.into_iter().map(|(at, _)| at as usize).collect()
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
