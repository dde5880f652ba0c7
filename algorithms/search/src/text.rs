//! Text as a sequence of units: Han characters and words of other scripts.

use rust_stemmers::{Algorithm, Stemmer};

/// Longest word kept whole; longer runs are identifiers and noise.
const WORD_CHARS_MAX: usize = 40;

/// A unit of text: one Han character or kana, or the stem of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unit {
    /// The character, or the stem.
    pub(crate) text: String,
    /// The word before stemming; equal to `text` for Han characters.
    pub(crate) surface: String,
    /// Whether it stands for a character of a script without spaces.
    pub(crate) is_han: bool,
}

/// Cuts text into units, in lower case and in half-width forms.
pub(crate) fn units(text: &str) -> Vec<Unit> {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut units = Vec::new();
    let mut word = String::new();
    for mark in text.chars().map(half_width).flat_map(char::to_lowercase) {
        if is_han(mark) {
            push_word(&mut units, &mut word, &stemmer);
            let text = mark.to_string();
            units.push(Unit {
                surface: text.clone(),
                text,
                is_han: true,
            });
        } else if mark.is_alphanumeric() {
            word.push(mark);
        } else if !matches!(mark, '\'' | '’') {
            // An apostrophe joins: can't is one word, cant.
            push_word(&mut units, &mut word, &stemmer);
        }
    }
    push_word(&mut units, &mut word, &stemmer);
    units
}

fn push_word(units: &mut Vec<Unit>, word: &mut String, stemmer: &Stemmer) {
    if word.is_empty() {
        return;
    }
    let surface: String = word.chars().take(WORD_CHARS_MAX).collect();
    let text = stemmer.stem(&surface).into_owned();
    units.push(Unit {
        text,
        surface,
        is_han: false,
    });
    word.clear();
}

/// Full-width letters, digits and punctuation as their half-width forms (Unicode U+FF01–FF5E).
fn half_width(mark: char) -> char {
    match mark {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(mark) - 0xfee0).unwrap_or(mark),
        '\u{3000}' => ' ',
        _ => mark,
    }
}

fn is_han(mark: char) -> bool {
    matches!(mark,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}'
        | '\u{3040}'..='\u{30ff}' | '\u{20000}'..='\u{3ffff}')
}

/// Characters and words that ask or join and say nothing of the subject.
pub(crate) fn is_function_word(unit: &Unit) -> bool {
    if unit.is_han {
        return HAN_FUNCTION.contains(unit.text.as_str());
    }
    ENGLISH_FUNCTION.contains(&unit.surface.as_str())
}

const HAN_FUNCTION: &str =
    "的了是在有和与及为吗呢啊吧呀嘛么什哪谁怎样如何几多少个被把由其就也都还这那";

const ENGLISH_FUNCTION: [&str; 82] = [
    "a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "is", "are", "was", "were",
    "be", "been", "am", "i", "im", "ive", "id", "my", "me", "you", "your", "it", "its", "this",
    "that", "do", "does", "did", "can", "could", "will", "would", "with", "from", "by", "as", "if",
    "we", "our", "they", "have", "has", "had", "there", "so", "but", "what", "how", "why", "when",
    "where", "which", "who", "please", "hi", "hello", "just", "some", "any", "want", "like", "get",
    "got", "need", "let", "us", "know", "tell", "about", "should", "may", "might", "then", "than",
    "them", "these", "those",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        units(text).into_iter().map(|unit| unit.text).collect()
    }

    #[test]
    fn han_stands_alone_and_words_are_stemmed() {
        assert_eq!(
            texts("如何退款？Refunds, ＡＢＣ"),
            ["如", "何", "退", "款", "refund", "abc"]
        );
        assert_eq!(texts("I can't log-in"), ["i", "cant", "log", "in"]);
    }
}
