//! Text as it is compared.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Whether a character is Chinese writing.
pub fn is_han(mark: char) -> bool {
    matches!(mark, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Small letters, half-width, without accents; `ü` becomes `v` only where it is typed so in pinyin
/// (after `l` or `n`), and `u` elsewhere.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for mark in text.chars().flat_map(char::to_lowercase).nfkd() {
        if !is_combining_mark(mark) {
            folded.extend(mark.to_lowercase());
        } else if mark == '\u{308}' && (folded.ends_with("lu") || folded.ends_with("nu")) {
            folded.pop();
            folded.push('v');
        }
    }
    folded
}

/// The words of a text, folded: parted at spaces and at marks between parts of a name, and where
/// Chinese meets another script.
pub fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last: Option<char> = None;
    for mark in fold(text).chars() {
        if !mark.is_alphanumeric() && mark != '@' {
            last = None;
            continue;
        }
        let joins = last.is_some_and(|last| is_han(last) == is_han(mark));
        match words.last_mut().filter(|_| joins) {
            Some(word) => word.push(mark),
            None => words.push(mark.to_string()),
        }
        last = Some(mark);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_differently_is_folded_to_one() {
        for (typed, folded) in [
            ("ＡＢＣ１２", "abc12"),
            ("José Müller", "jose muller"),
            ("Lǚ Nǚ", "lv nv"),
            ("İSTANBUL", "istanbul"),
            ("陈雨桐", "陈雨桐"),
        ] {
            assert_eq!(fold(typed), folded, "{typed}");
        }
    }

    #[test]
    fn words_part_where_scripts_meet_and_where_an_input_method_sets_marks() {
        assert_eq!(words("zhang'wei"), ["zhang", "wei"]);
        assert_eq!(words("陈yt"), ["陈", "yt"]);
        assert_eq!(words("阿依古丽·买买提"), ["阿依古丽", "买买提"]);
        assert_eq!(words(" ,.' "), Vec::<String>::new());
    }
}
