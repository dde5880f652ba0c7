//! What a text is compared by.

use std::collections::HashMap;

use crate::synonyms::Synonyms;
use crate::text::{Unit, is_function_word};

/// Kinds of features; each has its own idea of a long text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Family {
    /// A Han character.
    Han,
    /// The stem of a word.
    Word,
    /// Two Han characters, or one beside a word.
    HanPair,
    /// Two words.
    WordPair,
    /// What a word or phrase means.
    Concept,
}

/// How many families there are.
pub(crate) const FAMILIES: usize = 5;

impl Family {
    /// Weight in the ranking, chosen on the development questions.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Family::Han | Family::HanPair => 1.0,
            Family::Word => 1.5,
            Family::WordPair => 0.4,
            Family::Concept => 2.0,
        }
    }
}

/// A feature: its family and its text.
pub(crate) type Feature = (Family, String);

/// Weight of what asks or joins, within a question.
const FUNCTION_WEIGHT: f32 = 0.4;

/// Features with how often they occur.
pub(crate) type Bag = HashMap<Feature, f32>;

/// Adds the features of a text, each occurrence counted `weight` times.
pub(crate) fn add(bag: &mut Bag, units: &[Unit], synonyms: &Synonyms, weight: f32) {
    for (at, unit) in units.iter().enumerate() {
        let family = if unit.is_han {
            Family::Han
        } else {
            Family::Word
        };
        *bag.entry((family, unit.text.clone())).or_default() += weight;
        if let Some(next) = units.get(at + 1) {
            *bag.entry(pair(unit, next)).or_default() += weight;
        }
    }
    for concept in synonyms.concepts(units) {
        *bag.entry((Family::Concept, concept.to_string()))
            .or_default() += weight;
    }
}

/// What a unit counts in a question.
pub(crate) fn weight_in_question(unit: &Unit) -> f32 {
    if is_function_word(unit) {
        FUNCTION_WEIGHT
    } else {
        1.0
    }
}

/// The features of a question: words that only ask count less.
pub(crate) fn of_question(units: &[Unit], synonyms: &Synonyms) -> Bag {
    let mut bag = Bag::new();
    let plain = weight_in_question;
    for (at, unit) in units.iter().enumerate() {
        let family = if unit.is_han {
            Family::Han
        } else {
            Family::Word
        };
        *bag.entry((family, unit.text.clone())).or_default() += plain(unit);
        if let Some(next) = units.get(at + 1) {
            *bag.entry(pair(unit, next)).or_default() += plain(unit) * plain(next);
        }
    }
    for concept in synonyms.concepts(units) {
        *bag.entry((Family::Concept, concept.to_string()))
            .or_default() += 1.0;
    }
    bag
}

fn pair(first: &Unit, second: &Unit) -> Feature {
    if first.is_han || second.is_han {
        (Family::HanPair, format!("{}{}", first.text, second.text))
    } else {
        (Family::WordPair, format!("{} {}", first.text, second.text))
    }
}
