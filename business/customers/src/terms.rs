//! What a customer is found by: terms, kept as the hexadecimal of their bytes, so that what begins
//! with a text is a plain range in every collation of either engine.

use std::collections::BTreeSet;

use names::{fold, keys, words};

use crate::model::Phone;

/// Counts up when terms are made differently: those of older versions are made anew.
pub const VERSION: i64 = 1;

/// The longest part of an address that is kept as a term, in characters.
const MAIL_CHARS_MAX: usize = 40;
/// Most words of what was typed that must match.
const TYPED_WORDS_MAX: usize = 4;
/// Fewer digits say nothing of a phone number.
const DIGITS_MIN: usize = 2;

/// Everything the customer can be found by.
pub fn terms(
    name: &str,
    reading: &str,
    phone: Option<&Phone>,
    email: Option<&str>,
) -> BTreeSet<String> {
    let mut found: BTreeSet<String> = keys(name).iter().map(|key| hex(key)).collect();
    found.extend(keys(reading).iter().map(|key| hex(key)));
    // `Chen Yutong` is asked for as `cyt`: the initials of the syllables.
    found.insert(hex(&syllable_initials(reading)));
    if let Some(phone) = phone {
        found.insert(hex(&format!("+{}", phone.digits())));
        found.insert(hex(&format!("-{}", reversed(phone.digits()))));
    }
    if let Some(email) = email {
        found.insert(hex(&bounded_mail(email)));
        let name = email.split('@').next().unwrap_or_default();
        found.extend(words(name).iter().map(|word| hex(word)));
    }
    found.remove("");
    found
}

/// The beginnings of terms that one typed word may stand for.
pub fn beginnings(word: &str) -> Vec<String> {
    let digits = word.chars().filter(char::is_ascii_digit).count();
    if digits == word.chars().count() && digits >= DIGITS_MIN {
        let digits: String = word.chars().take(15).collect();
        return vec![
            hex(&format!("+{digits}")),
            hex(&format!("-{}", reversed(&digits))),
        ];
    }
    vec![hex(word)]
}

/// Just behind the last term that begins so: `g` comes after every hexadecimal digit.
pub fn past(beginning: &str) -> String {
    format!("{beginning}g")
}

/// What was typed as words to find; a phone number written with spaces is one word, an electronic
/// address too.
pub fn typed_words(text: &str) -> Vec<String> {
    let text = fold(text.trim());
    let is_number = |c: char| c.is_ascii_digit() || " +-()".contains(c);
    if !text.is_empty() && text.chars().all(is_number) {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        return Phone::parse(&text).map_or(vec![digits], |phone| vec![phone.digits().to_owned()]);
    }
    let part = |part: &str| {
        if part.contains('@') {
            vec![bounded_mail(part)]
        } else {
            words(part)
        }
    };
    let words: Vec<String> = text.split_whitespace().flat_map(part).collect();
    if words.is_empty() && !text.is_empty() {
        // Marks alone are nobody's name, and not a wish to see everybody.
        return vec![text];
    }
    words.into_iter().take(TYPED_WORDS_MAX).collect()
}

fn bounded_mail(email: &str) -> String {
    fold(email).chars().take(MAIL_CHARS_MAX).collect()
}

/// Initials of pinyin syllables, found by their leading consonants: `chen yutong` gives `cyt`.
fn syllable_initials(reading: &str) -> String {
    let mut found = String::new();
    for word in words(reading) {
        let letters: Vec<char> = word.chars().collect();
        let vowel = |c: char| "aeiouv".contains(c);
        for (at, &c) in letters.iter().enumerate() {
            let before = at.checked_sub(1).map(|at| letters[at]);
            let follows_vowel = letters
                .get(at + 1)
                .is_some_and(|&next| vowel(next) || next == 'h');
            let begins = match before {
                None => true,
                // The `h` of zh, ch and sh, and a closing n or ng, begin nothing.
                Some(before) => !vowel(c) && follows_vowel && !(c == 'h' && "zcs".contains(before)),
            };
            if begins {
                found.push(c);
            }
        }
    }
    found
}

fn reversed(digits: &str) -> String {
    digits.chars().rev().collect()
}

/// The bytes of a text in hexadecimal.
pub fn hex(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len() * 2), |mut out, byte| {
            write!(out, "{byte:02x}").expect("writing to a string succeeds");
            out
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reading_is_found_by_the_initials_of_its_syllables() {
        for (reading, initials) in [
            ("Chen Yutong", "cyt"),
            ("Guo Ruoxi", "grx"),
            ("Zhang Wei", "zw"),
            ("Li Shihan", "lsh"),
        ] {
            assert_eq!(syllable_initials(reading), initials, "{reading}");
        }
    }

    #[test]
    fn numbers_and_addresses_are_one_word() {
        assert_eq!(typed_words("138 0000-1234"), ["13800001234"]);
        assert_eq!(typed_words("+86 138 0000 1234"), ["13800001234"]);
        assert_eq!(typed_words("１２３４"), ["1234"]);
        assert_eq!(
            typed_words("Amy.Lee@Lotus.cn 陈"),
            ["amy.lee@lotus.cn", "陈"]
        );
        assert_eq!(typed_words("zhang'w"), ["zhang", "w"]);
    }
}
