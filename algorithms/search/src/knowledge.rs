//! A knowledge base that answers questions with labels.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::classify::{Classifier, Example};
use crate::encoder::Encoder;
use crate::features::{self, Bag, Family};
use crate::index::Index;
use crate::meanings::Meanings;
use crate::synonyms::Synonyms;
use crate::text::{Unit, units};
use crate::typos::Near;

/// What an answer's text counts beside a question's.
const BODY_WEIGHT: f32 = 0.6;
/// What the examples' classifier counts beside the words, per natural logarithm.
const CLASSIFIER_WEIGHT: f32 = 0.2;

/// Something a question can be answered with: texts under a label.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The answer's name: an id, an intent, a passage's number.
    pub label: String,
    /// A question, a title or an example of what is asked.
    pub title: String,
    /// The answer or passage itself; may be empty.
    pub body: String,
}

/// Takes entries and answered questions, then builds.
#[derive(Debug, Clone)]
pub struct Builder {
    synonyms: Synonyms,
    labels: Vec<String>,
    places: HashMap<String, usize>,
    entries: Vec<(usize, String, String)>,
    encoder: Option<Arc<Encoder>>,
}

impl Default for Builder {
    fn default() -> Builder {
        Builder::new(Synonyms::built_in())
    }
}

impl Builder {
    /// A knowledge base without entries.
    pub fn new(synonyms: Synonyms) -> Builder {
        let (labels, places, entries) = (Vec::new(), HashMap::new(), Vec::new());
        Builder {
            synonyms,
            labels,
            places,
            entries,
            encoder: None,
        }
    }

    /// Compares by what a sentence encoder says as well; building then takes some milliseconds an
    /// entry, and so does each question.
    #[must_use]
    pub fn with_encoder(mut self, encoder: Arc<Encoder>) -> Builder {
        self.encoder = Some(encoder);
        self
    }

    /// Adds an entry; entries of one label are found together.
    pub fn add(&mut self, entry: Entry) {
        let at = match self.places.get(&entry.label) {
            Some(&at) => at,
            None => {
                self.places.insert(entry.label.clone(), self.labels.len());
                self.labels.push(entry.label);
                self.labels.len() - 1
            }
        };
        self.entries.push((at, entry.title, entry.body));
    }

    /// Learns from a question that somebody answered with a label.
    pub fn learn(&mut self, question: &str, label: &str) {
        self.add(Entry {
            label: label.to_owned(),
            title: question.to_owned(),
            body: String::new(),
        });
    }

    /// What all entries of a label hold, and the words they are written in.
    fn bag(&self, entries: &[usize], words: &mut BTreeSet<(String, String)>) -> Bag {
        let mut bag = Bag::new();
        for (_, title, body) in entries.iter().map(|&at| &self.entries[at]) {
            // A text alone is its own title.
            let body_weight = if title.is_empty() { 1.0 } else { BODY_WEIGHT };
            for (text, weight) in [(title, 1.0), (body, body_weight)] {
                let units = units(text);
                features::add(&mut bag, &units, &self.synonyms, weight);
                let latin = units.into_iter().filter(|unit| !unit.is_han);
                words.extend(latin.map(|unit| (unit.surface, unit.text)));
            }
        }
        bag
    }

    /// Makes the index and trains what can be trained.
    pub fn build(&self) -> Knowledge {
        let mut by_label: Vec<Vec<usize>> = vec![Vec::new(); self.labels.len()];
        for (at, (label, ..)) in self.entries.iter().enumerate() {
            by_label[*label].push(at);
        }
        let mut words: BTreeSet<(String, String)> = BTreeSet::new();
        let bags = by_label.iter().map(|entries| self.bag(entries, &mut words));
        let many = self.entries.len() >= 2 * self.labels.len();
        let index = Index::new(bags, many);
        let encoder = self.encoder.clone();
        let meanings = encoder.map(|encoder| Meanings::new(encoder, &self.entries));
        let example = |(at, (label, title, body)): (usize, &(usize, String, String))| Example {
            label: *label,
            text: format!("{title} {body}"),
            vector: meanings
                .as_ref()
                .map_or(Vec::new(), |all| all.of_entry(at).to_vec()),
        };
        let examples: Vec<Example> = self.entries.iter().enumerate().map(example).collect();
        Knowledge {
            classifier: Classifier::train(&examples, self.labels.len(), &self.synonyms),
            teaching: (self.entries.len() as f32 / (5 * self.labels.len().max(1)) as f32).sqrt(),
            labels: self.labels.clone(),
            synonyms: self.synonyms.clone(),
            index,
            near: Near::new(words),
            meanings,
        }
    }
}

/// A knowledge base ready for questions.
#[derive(Debug)]
pub struct Knowledge {
    labels: Vec<String>,
    synonyms: Synonyms,
    index: Index,
    near: Near,
    classifier: Option<Classifier>,
    meanings: Option<Meanings>,
    /// Root of the examples a label has, in fives.
    teaching: f32,
}

/// A label that may answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hit<'a> {
    /// The label.
    pub label: &'a str,
    /// Higher is better; only to be compared within one answer.
    pub score: f32,
}

/// What was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'a> {
    /// Best first.
    pub hits: Vec<Hit<'a>>,
    /// How much of the question the best hit covers, from 0 to about 1: below a limit of the
    /// caller's, say that nothing was found.
    pub confidence: f32,
}

impl Knowledge {
    /// The labels in the order in which they were added.
    pub fn labels(&self) -> &[String] {
        &self.labels
    }

    /// Finds the labels that answer a question best, at most `limit`.
    pub fn search(&self, question: &str, limit: usize) -> Answer<'_> {
        let (scores, confidence) = self.scores(question);
        let mut order: Vec<usize> = (0..scores.len()).filter(|&at| scores[at] > 0.0).collect();
        let better = |a: &usize, b: &usize| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b));
        if limit < order.len() {
            order.select_nth_unstable_by(limit, better);
            order.truncate(limit);
        }
        order.sort_unstable_by(better);
        let hit = |at: usize| Hit {
            label: &self.labels[at],
            score: scores[at],
        };
        Answer {
            hits: order.into_iter().map(hit).collect(),
            confidence,
        }
    }

    /// A score for each label, and the confidence in the best.
    pub(crate) fn scores(&self, question: &str) -> (Vec<f32>, f32) {
        let units = units(question);
        let mut scores = vec![0.0; self.index.count()];
        let possible = self.add_words(&mut scores, &units);
        let unit = possible.max(f32::MIN_POSITIVE);
        scores.iter_mut().for_each(|score| *score /= unit);
        let meaning = self
            .meanings
            .as_ref()
            .map(|all| (all, all.encoder().encode(question)));
        let nearness = meaning
            .as_ref()
            .map(|(all, own)| all.nearness(own, scores.len()));
        if let Some(nearness) = &nearness {
            nearness.add(&mut scores);
        }
        let confidence = scores.iter().copied().fold(0.0, f32::max);
        if let Some(classifier) = &self.classifier {
            let vector = meaning.as_ref().map_or(&[][..], |(_, own)| &own.vector);
            let logs = classifier.log_probabilities(&units, &self.synonyms, vector);
            let least = logs.iter().copied().fold(0.0, f32::min);
            let w = CLASSIFIER_WEIGHT * self.teaching;
            for (score, log) in scores.iter_mut().zip(logs) {
                *score += w * (log - least);
            }
            if let Some(nearness) = &nearness {
                nearness.add_taught(&mut scores, self.teaching);
            }
        }
        (scores, confidence)
    }

    /// Adds the worth of words, pairs and meanings; returns what a label that had all of them
    /// once would get.
    fn add_words(&self, scores: &mut [f32], units: &[Unit]) -> f32 {
        let mut bag: Vec<_> = features::of_question(units, &self.synonyms)
            .into_iter()
            .collect();
        bag.sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let mut possible = 0.0;
        for (feature, times) in bag {
            let weight = times * feature.0.weight();
            let known = self.index.knows(&feature);
            // A meaning that no entry has is no fault of the question.
            if known || feature.0 != Family::Concept {
                possible += weight * self.index.rarity(&feature);
            }
            self.index.add(scores, &feature, weight);
        }
        for unit in units.iter().filter(|unit| !unit.is_han) {
            let weight = Family::Word.weight() * features::weight_in_question(unit);
            for (stem, alike) in self.near.like(&unit.surface, &unit.text) {
                let near = (Family::Word, stem.to_owned());
                self.index.add(scores, &near, weight * alike * alike);
            }
        }
        possible
    }
}
