//! How good the answers are, by rank and by refusal.

use std::collections::HashMap;

use crate::knowledge::Knowledge;

/// A question with its right answer; `None` where none of the entries answers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What was asked.
    pub question: String,
    /// The label that answers it.
    pub label: Option<String>,
}

/// Quality over a set of questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quality {
    /// Questions that have an answer.
    pub answerable: usize,
    /// Share whose answer came first.
    pub hit_at_1: f64,
    /// Share whose answer was among the first three.
    pub hit_at_3: f64,
    /// Share whose answer was among the first ten.
    pub hit_at_10: f64,
    /// Mean of one over the rank, zero beyond the tenth.
    pub mrr_at_10: f64,
    /// The chance that an answerable question has more confidence than one without an answer
    /// (area under the curve; ties count half). `None` without one of either.
    pub refusal_auc: Option<f64>,
}

/// What came of one question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outcome {
    /// The rank of the right answer, where there is one; labels that tie share the middle of
    /// their ranks, and an unknown label has an infinite one.
    pub rank: Option<f64>,
    /// The confidence in the best hit.
    pub confidence: f32,
}

/// Asks every question.
pub fn ask(knowledge: &Knowledge, asked: &[Asked]) -> Vec<Outcome> {
    let places: HashMap<&str, usize> = knowledge
        .labels()
        .iter()
        .enumerate()
        .map(|(at, label)| (label.as_str(), at))
        .collect();
    let one = |asked: &Asked| {
        let (scores, confidence) = knowledge.scores(&asked.question);
        let place = |label: &String| places.get(label.as_str());
        let rank_of = |label| place(label).map_or(f64::INFINITY, |&at| rank(&scores, at));
        Outcome {
            rank: asked.label.as_ref().map(rank_of),
            confidence,
        }
    };
    asked.iter().map(one).collect()
}

impl Quality {
    /// Quality over outcomes, of one knowledge base or of several.
    pub fn of(outcomes: &[Outcome]) -> Quality {
        let ranks: Vec<f64> = outcomes.iter().filter_map(|outcome| outcome.rank).collect();
        let share = |limit: f64| mean(ranks.iter().map(|&rank| f64::from(rank <= limit)));
        let reciprocal = |&rank: &f64| if rank <= 10.0 { 1.0 / rank } else { 0.0 };
        let confidences = |answerable: bool| {
            let these = outcomes
                .iter()
                .filter(|outcome| outcome.rank.is_some() == answerable);
            these
                .map(|outcome| outcome.confidence)
                .collect::<Vec<f32>>()
        };
        Quality {
            answerable: ranks.len(),
            hit_at_1: share(1.0),
            hit_at_3: share(3.0),
            hit_at_10: share(10.0),
            mrr_at_10: mean(ranks.iter().map(reciprocal)),
            refusal_auc: auc(&confidences(true), &confidences(false)),
        }
    }
}

fn rank(scores: &[f32], at: usize) -> f64 {
    let better = scores.iter().filter(|&&score| score > scores[at]).count();
    let equal = scores.iter().filter(|&&score| score == scores[at]).count();
    1.0 + better as f64 + (equal - 1) as f64 / 2.0
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let count = values.len().max(1) as f64;
    values.sum::<f64>() / count
}

fn auc(sure: &[f32], unsure: &[f32]) -> Option<f64> {
    let pairs = sure.iter().flat_map(|a| unsure.iter().map(move |b| (a, b)));
    let won = |(a, b): (&f32, &f32)| {
        if a > b {
            1.0
        } else if a == b {
            0.5
        } else {
            0.0
        }
    };
    let count = sure.len() * unsure.len();
    (count > 0).then(|| pairs.map(won).sum::<f64>() / count as f64)
}
