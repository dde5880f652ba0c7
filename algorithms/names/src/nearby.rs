//! What else may have been meant.

use std::collections::BTreeSet;

/// Shorter words have too many neighbours to say anything.
const LETTERS_MIN: usize = 3;
/// Only so much of a long word is varied.
const LETTERS_MAX: usize = 16;

/// Words of small Latin letters one slip away, the likelier slips first: two letters transposed,
/// one left out, one too many, one instead of another (Damerau 1964). None for other words.
pub fn nearby(word: &str) -> impl Iterator<Item = String> + use<> {
    let letters: Vec<char> = word.chars().collect();
    let fits = letters.len() >= LETTERS_MIN && letters.iter().all(char::is_ascii_lowercase);
    let letters = if fits { letters } else { Vec::new() };
    let mut seen = BTreeSet::from([word.to_owned()]);
    let slips = slips(&letters);
    slips
        .into_iter()
        .filter(move |near| seen.insert(near.clone()))
}

fn slips(letters: &[char]) -> Vec<String> {
    let varied = letters.len().min(LETTERS_MAX);
    let with = |from: usize, to: usize, middle: &[char]| -> String {
        [&letters[..from], middle, &letters[to..]]
            .concat()
            .into_iter()
            .collect()
    };
    let mut slips = Vec::new();
    for at in 1..varied {
        slips.push(with(at - 1, at + 1, &[letters[at], letters[at - 1]]));
    }
    for at in 0..=varied {
        slips.extend(alphabet(letters).map(|letter| with(at, at, &[letter])));
    }
    slips.extend((0..varied).map(|at| with(at, at + 1, &[])));
    for at in 0..varied {
        slips.extend(alphabet(letters).map(|letter| with(at, at + 1, &[letter])));
    }
    slips
}

fn alphabet(letters: &[char]) -> impl Iterator<Item = char> + use<> {
    let any = !letters.is_empty();
    ('a'..='z').filter(move |_| any)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_slip_is_undone() {
        for typed in ["zhagn", "zhng", "zhhang", "zhong", "hzang"] {
            assert!(nearby(typed).any(|near| near == "zhang"), "{typed}");
        }
        assert_eq!(nearby("zhagn").position(|near| near == "zhang"), Some(3));
    }

    #[test]
    fn short_words_and_other_scripts_have_no_neighbours() {
        for word in ["", "zh", "陈雨桐", "138", "a.b"] {
            assert_eq!(nearby(word).count(), 0, "{word}");
        }
    }
}
