#![doc = include_str!("../README.md")]

mod fold;
mod nearby;
mod spell;

use std::collections::BTreeSet;

pub use fold::{fold, is_han, words};
pub use nearby::nearby;
pub use spell::{Spelling, spellings};

/// Longest key, in characters; longer names are found by their beginning.
pub const KEY_CHARS_MAX: usize = 24;
/// Most words of a name that have keys of their own.
const WORDS_MAX: usize = 6;

/// Everything a name is found by, each by its beginning: its words, all of them in one, the later
/// parts of a Chinese name, first letters, and the same in pinyin under every reading.
pub fn keys(name: &str) -> BTreeSet<String> {
    let words: Vec<String> = words(name).into_iter().take(WORDS_MAX).collect();
    let mut keys: BTreeSet<String> = words.iter().cloned().collect();
    keys.insert(words.concat());
    keys.insert(
        words
            .iter()
            .filter_map(|word| word.chars().next())
            .collect(),
    );
    for word in words.iter().filter(|word| word.chars().all(is_han)) {
        let begins = word.char_indices().map(|(at, _)| at).skip(1).take(3);
        keys.extend(begins.map(|at| word[at..].to_owned()));
        for spelling in spellings(word) {
            keys.insert(spelling.whole());
            keys.insert(spelling.after_first());
            keys.insert(spelling.initials());
            // `陈yt`: the first character chosen, the rest begun.
            keys.insert(spelling.initials().chars().skip(1).collect());
        }
    }
    let bounded = |key: String| key.chars().take(KEY_CHARS_MAX).collect::<String>();
    let mut keys: BTreeSet<String> = keys.into_iter().map(bounded).collect();
    keys.remove("");
    keys
}
