//! Groups of words and phrases that mean the same, in both languages.

use std::collections::{BTreeSet, HashMap};
use std::fmt;

use crate::text::{Unit, units};

/// Groups that ship with the program: what customers of service businesses say.
const BUILT_IN: &str = include_str!("data/synonyms.txt");

/// Longest phrase of a group, in units.
const PHRASE_UNITS_MAX: usize = 12;

/// Groups of synonyms. A phrase may be in several.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    /// By first unit: the units of the phrase and its group.
    phrases: HashMap<String, Vec<(Vec<String>, u32)>>,
    groups: u32,
}

/// A line that is no group. Lines are counted from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SynonymError {
    /// The line.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

impl fmt::Display for SynonymError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.reason)
    }
}

impl std::error::Error for SynonymError {}

impl Synonyms {
    /// No synonyms.
    pub fn none() -> Synonyms {
        Synonyms::default()
    }

    /// The groups of the program: service businesses, Chinese and English together.
    pub fn built_in() -> Synonyms {
        let mut synonyms = Synonyms::none();
        // The file is tested; a line that could not be read would only be missing.
        let _ = synonyms.add(BUILT_IN);
        synonyms
    }

    /// Adds groups: one a line, phrases parted by commas, `#` before a remark.
    ///
    /// # Errors
    /// The first line that has fewer than two phrases or one that is too long. The lines
    /// before it are kept.
    pub fn add(&mut self, text: &str) -> Result<(), SynonymError> {
        for (at, line) in text.lines().enumerate() {
            let line = line.split('#').next().unwrap_or_default().trim();
            if line.is_empty() {
                continue;
            }
            let wrong = |reason| SynonymError {
                line: at + 1,
                reason,
            };
            let phrases: Vec<Vec<String>> = line
                .split([',', '，'])
                .map(|phrase| units(phrase).into_iter().map(|unit| unit.text).collect())
                .filter(|phrase: &Vec<String>| !phrase.is_empty())
                .collect();
            if phrases.len() < 2 {
                return Err(wrong("a group has two phrases or more, parted by commas"));
            }
            if phrases.iter().any(|phrase| phrase.len() > PHRASE_UNITS_MAX) {
                return Err(wrong("a phrase has twelve words or characters at most"));
            }
            for phrase in phrases {
                let entry = self.phrases.entry(phrase[0].clone()).or_default();
                entry.push((phrase, self.groups));
            }
            self.groups += 1;
        }
        Ok(())
    }

    /// Groups that a text speaks of: at each place the longest phrase.
    pub(crate) fn concepts(&self, units: &[Unit]) -> BTreeSet<u32> {
        let mut found = BTreeSet::new();
        for at in 0..units.len() {
            let Some(phrases) = self.phrases.get(&units[at].text) else {
                continue;
            };
            let fits = |phrase: &[String]| {
                units.len() - at >= phrase.len()
                    && phrase.iter().zip(&units[at..]).all(|(a, b)| *a == b.text)
            };
            let longest = phrases
                .iter()
                .filter(|(p, _)| fits(p))
                .map(|(p, _)| p.len())
                .max()
                .unwrap_or(0);
            let here = phrases
                .iter()
                .filter(|(p, _)| p.len() == longest && fits(p));
            found.extend(here.map(|(_, group)| *group));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_groups_can_all_be_read() {
        assert_eq!(Synonyms::none().add(BUILT_IN), Ok(()));
    }

    #[test]
    fn a_phrase_means_the_same_in_both_languages() {
        let mut synonyms = Synonyms::none();
        synonyms
            .add("refund, money back, 退款, 退钱")
            .expect("a group");
        let found = |text: &str| {
            synonyms
                .concepts(&units(text))
                .into_iter()
                .collect::<Vec<_>>()
        };
        assert_eq!(found("I want my money back"), [0]);
        assert_eq!(found("什么时候退钱"), [0]);
        assert_eq!(found("back to the money"), [0u32; 0]);
    }

    #[test]
    fn a_group_of_one_is_refused_with_its_line() {
        let found = Synonyms::none().add("a, b\n\nalone\n").map_err(|e| e.line);
        assert_eq!(found, Err(3));
    }
}
