//! How near a question's meaning is to each label's.

use std::sync::Arc;

use ndarray::{Array2, ArrayView1};

use crate::encoder::{Encoder, Meaning};

/// What a cosine of one counts beside all words of the question.
const WEIGHT: f32 = 0.5;
/// The same beside the log-probabilities of a classifier.
const WEIGHT_TAUGHT: f32 = 10.0;

/// The vectors of all entries.
#[derive(Debug)]
pub(crate) struct Meanings {
    encoder: Arc<Encoder>,
    /// A row for each entry's question and one for its answer, where it has one.
    vectors: Array2<f32>,
    labels: Vec<usize>,
    /// The first row of each entry.
    firsts: Vec<usize>,
}

impl Meanings {
    /// Encodes entries: label, question, answer.
    pub(crate) fn new(encoder: Arc<Encoder>, entries: &[(usize, String, String)]) -> Meanings {
        let (mut texts, mut labels, mut firsts) = (Vec::new(), Vec::new(), Vec::new());
        for (label, title, body) in entries {
            firsts.push(texts.len());
            let own = [title.as_str(), body.as_str()];
            let own = own.into_iter().filter(|text| !text.trim().is_empty());
            let before = texts.len();
            texts.extend(own);
            if texts.len() == before {
                texts.push("");
            }
            labels.resize(texts.len(), *label);
        }
        let numbers: Vec<f32> = encoder
            .encode_all(&texts)
            .into_iter()
            .flat_map(|one| one.vector)
            .collect();
        let width = numbers.len() / texts.len().max(1);
        Meanings {
            vectors: Array2::from_shape_vec((texts.len(), width), numbers)
                .expect("every vector has the same length"),
            encoder,
            labels,
            firsts,
        }
    }

    pub(crate) fn encoder(&self) -> &Encoder {
        &self.encoder
    }

    /// The vector of an entry's question, or of its answer where it has no question.
    pub(crate) fn of_entry(&self, at: usize) -> ArrayView1<'_, f32> {
        self.vectors.row(self.firsts[at])
    }

    /// How near each label's nearest text is, 0 to 1, as far as the model can read the question.
    pub(crate) fn nearness(&self, question: &Meaning, labels: usize) -> Nearness {
        let alike = self.vectors.dot(&ArrayView1::from(&question.vector));
        let mut nearest = vec![0.0f32; labels];
        for (&label, &alike) in self.labels.iter().zip(&alike) {
            nearest[label] = nearest[label].max(alike * question.known);
        }
        Nearness(nearest)
    }
}

/// A number for each label.
#[derive(Debug)]
pub(crate) struct Nearness(Vec<f32>);

impl Nearness {
    /// Counts beside the words.
    pub(crate) fn add(&self, scores: &mut [f32]) {
        self.add_times(scores, WEIGHT);
    }

    /// Counts beside what examples taught.
    pub(crate) fn add_taught(&self, scores: &mut [f32], teaching: f32) {
        self.add_times(scores, WEIGHT_TAUGHT * teaching);
    }

    fn add_times(&self, scores: &mut [f32], weight: f32) {
        for (score, near) in scores.iter_mut().zip(&self.0) {
            *score += weight * near;
        }
    }
}
