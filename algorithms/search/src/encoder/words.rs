//! WordPiece with an uncased vocabulary, as BERT was trained (Wu et al. 2016).

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are unknown.
const LETTERS_MAX: usize = 100;

/// Pieces of words by their number.
#[derive(Debug)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    unknown: u32,
    first: u32,
    last: u32,
}

/// A text as tokens.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Read {
    /// With the marks of both ends.
    pub(super) tokens: Vec<u32>,
    /// Words, marks and punctuation left out.
    words: usize,
    unknown: usize,
    /// Han characters that are known.
    han: usize,
}

impl Read {
    /// Share of the words that are known.
    pub(super) fn known(&self, reads_han: bool) -> f32 {
        let lost = self.unknown + if reads_han { 0 } else { self.han };
        self.words.saturating_sub(lost) as f32 / self.words.max(1) as f32
    }
}

impl Vocabulary {
    /// Reads a token a line; `count` is what the model has weights for.
    pub(super) fn read(bytes: &[u8], count: usize) -> Result<Vocabulary, String> {
        let text = std::str::from_utf8(bytes).map_err(|_| "not UTF-8".to_owned())?;
        let mut numbers = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            numbers
                .entry(line.trim_end().to_owned())
                .or_insert(number as u32);
        }
        if text.lines().count() != count {
            let lines = text.lines().count();
            return Err(format!("{lines} tokens, but config.json says {count}"));
        }
        let special = |name: &str| {
            let number = numbers.get(name).copied();
            number.ok_or_else(|| format!("the token {name} is missing"))
        };
        let (unknown, first, last) = (special("[UNK]")?, special("[CLS]")?, special("[SEP]")?);
        Ok(Vocabulary {
            numbers,
            unknown,
            first,
            last,
        })
    }

    /// How many Han characters have a token of their own.
    pub(super) fn han_count(&self) -> usize {
        let is_one_han = |token: &&String| {
            let mut letters = token.chars();
            letters.next().is_some_and(is_han) && letters.next().is_none()
        };
        self.numbers.keys().filter(is_one_han).count()
    }

    /// At most `limit` tokens of a text, the marks of its ends among them.
    pub(super) fn read_text(&self, text: &str, limit: usize) -> Read {
        let mut read = Read {
            tokens: vec![self.first],
            words: 0,
            unknown: 0,
            han: 0,
        };
        for word in words(text) {
            if read.tokens.len() + 1 >= limit {
                break;
            }
            let room = limit - 1 - read.tokens.len();
            let pieces = self.pieces(&word);
            read.tokens.extend(pieces.iter().take(room));
            if word.chars().any(char::is_alphanumeric) {
                let is_known = pieces != [self.unknown];
                read.words += 1;
                read.unknown += usize::from(!is_known);
                read.han += usize::from(is_known && word.chars().all(is_han));
            }
        }
        read.tokens.push(self.last);
        read
    }

    /// The longest pieces from the left; a word with a part that is none of them is unknown.
    fn pieces(&self, word: &str) -> Vec<u32> {
        let mut pieces = Vec::new();
        let mut rest = word;
        if word.chars().count() > LETTERS_MAX {
            return vec![self.unknown];
        }
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, mark)| at + mark.len_utf8());
            let mut ends: Vec<usize> = ends.collect();
            ends.reverse();
            let piece = |end: &usize| {
                let number = if pieces.is_empty() {
                    self.numbers.get(&rest[..*end])
                } else {
                    self.numbers.get(&format!("##{}", &rest[..*end]))
                };
                number.map(|&number| (*end, number))
            };
            let Some((end, number)) = ends.iter().find_map(piece) else {
                return vec![self.unknown];
            };
            pieces.push(number);
            rest = &rest[end..];
        }
        pieces
    }
}

/// Words and single marks, in lower case and without accents.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut joins = false;
    let plain = text.chars().filter(|&mark| !is_noise(mark));
    for mark in plain.flat_map(char::to_lowercase).nfd() {
        if is_combining_mark(mark) {
            continue;
        }
        if mark.is_whitespace() {
            joins = false;
        } else if is_han(mark) || is_punctuation(mark) {
            words.push(mark.to_string());
            joins = false;
        } else if let (true, Some(word)) = (joins, words.last_mut()) {
            word.push(mark);
        } else {
            words.push(mark.to_string());
            joins = true;
        }
    }
    words
}

/// Control characters say nothing; line ends and tabs part words.
fn is_noise(mark: char) -> bool {
    let parts = matches!(mark, '\t' | '\n' | '\r');
    mark == '\u{fffd}' || matches!(mark, '\u{200b}'..='\u{200f}') || mark.is_control() && !parts
}

fn is_han(mark: char) -> bool {
    matches!(mark,
        '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{2a6df}' | '\u{2a700}'..='\u{2ceaf}' | '\u{2f800}'..='\u{2fa1f}')
}

/// Marks that stand alone: those of ASCII, and the punctuation of other scripts.
fn is_punctuation(mark: char) -> bool {
    mark.is_ascii_punctuation()
        || matches!(mark,
            '\u{a1}' | '\u{a7}' | '\u{ab}' | '\u{b6}' | '\u{b7}' | '\u{bb}' | '\u{bf}'
            | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
            | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}'
            | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff3d}'
            | '\u{ff3f}' | '\u{ff5b}' | '\u{ff5d}' | '\u{ff5f}'..='\u{ff65}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary() -> Vocabulary {
        let lines = "[PAD]\n[UNK]\n[CLS]\n[SEP]\nopen\n##ing\n##s\n?\n店\ncafe";
        Vocabulary::read(lines.as_bytes(), 10).unwrap()
    }

    #[test]
    fn words_fall_into_the_longest_pieces() {
        let read = |text: &str| vocabulary().read_text(text, 256).tokens;
        assert_eq!(read("Opening opens?"), [2, 4, 5, 4, 6, 7, 3]);
        assert_eq!(read("Café店"), [2, 9, 8, 3]);
        assert_eq!(read("closing"), [2, 1, 3]);
        assert_eq!(read(""), [2, 3]);
        assert_eq!(read("open\u{0}ing\n\u{200b}open"), [2, 4, 5, 4, 3]);
    }

    #[test]
    fn long_texts_are_cut_between_their_ends() {
        let read = vocabulary().read_text(&"openings ".repeat(9), 6);
        assert_eq!(read.tokens, [2, 4, 5, 6, 4, 3]);
    }

    #[test]
    fn chinese_is_no_knowledge_of_an_english_vocabulary() {
        let read = |text: &str| vocabulary().read_text(text, 256);
        assert_eq!(read("open 店?").known(false), 0.5);
        assert_eq!(read("open 店").known(true), 1.0);
        assert_eq!(read("closed").known(true), 0.0);
        assert_eq!(read("").known(true), 0.0);
    }

    #[test]
    fn a_vocabulary_without_its_marks_is_refused() {
        let wrong = |text: &str, count| Vocabulary::read(text.as_bytes(), count).unwrap_err();
        assert_eq!(wrong("a\nb", 3), "2 tokens, but config.json says 3");
        assert_eq!(wrong("a\nb", 2), "the token [UNK] is missing");
    }
}
