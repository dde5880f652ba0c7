//! The rules, each in the file of its subject.

mod facts;
mod layers;
mod links;
mod manifests;
mod sizes;
mod sql;
mod texts;
mod words;

use crate::source::Tree;
use std::fmt;

/// One place where a rule is not kept.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// Path from the root of the repository.
    pub path: String,
    /// From 1; 0 speaks of the whole file.
    pub line: usize,
    /// What is wrong and what is allowed.
    pub text: String,
}

impl Breach {
    fn new(path: &str, line: usize, text: impl Into<String>) -> Breach {
        Breach {
            path: path.to_string(),
            line,
            text: text.into(),
        }
    }
}

impl fmt::Display for Breach {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(out, "{}: {}", self.path, self.text),
            line => write!(out, "{}:{line}: {}", self.path, self.text),
        }
    }
}

/// Every breach in the tree, sorted by place.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let rules = [
        sizes::check,
        layers::check,
        manifests::check,
        sql::check,
        texts::check,
        links::check,
        facts::check,
        words::check,
    ];
    let mut breaches: Vec<Breach> = rules.iter().flat_map(|rule| rule(tree)).collect();
    breaches.sort();
    breaches
}

/// True when `word` stands in `line` with no letter, digit or `_` before it.
fn names(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|mark| mark.is_alphanumeric() || mark == '_')
    })
}
