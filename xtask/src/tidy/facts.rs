//! Every fact of the journal has words in both languages.

use super::Breach;
use crate::source::{Literal, Tree};

/// How the verb of a fact ends: it has happened.
const PAST: [&str; 8] = [
    "ed",
    "done",
    "sent",
    "made",
    "left",
    "set",
    "signed_in",
    "no_show",
];

/// Where the journal's page has the words.
const WORDS: [&str; 2] = [
    "business/desk/src/texts/en.ftl",
    "business/desk/src/texts/zh-CN.ftl",
];

/// A fact that a room records has an entry in both texts.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, rust) in tree.rust() {
        if !file.path.starts_with("business/") {
            continue;
        }
        for literal in rust.shipped_literals().filter(|literal| is_fact(literal)) {
            let entry = format!("[{}]", literal.text.replace('.', "-"));
            let wordless = WORDS.iter().filter_map(|path| tree.file(path));
            for texts in wordless.filter(|texts| !texts.text.contains(&entry)) {
                let text = format!("the fact {} has no words in {}", literal.text, texts.path);
                breaches.push(Breach::new(&file.path, literal.line, text));
            }
        }
    }
    breaches
}

/// `order.started`, but not `orders.view` nor `visit.ics`.
fn is_fact(literal: &Literal) -> bool {
    let Some((noun, verb)) = literal.text.split_once('.') else {
        return false;
    };
    let plain = |word: &str| {
        let mut letters = word.bytes();
        !word.is_empty() && letters.all(|byte| byte.is_ascii_lowercase() || byte == b'_')
    };
    plain(noun) && plain(verb) && PAST.iter().any(|ending| verb.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_without_words_in_one_language_is_found() {
        let source = "fn f() { record(\"order.started\"); require(\"orders.view\"); }";
        let english = "desk-activity = { $activity ->\n    [order-started] Started\n}";
        let found = check(&Tree::planted(&[
            ("business/orders/src/commands.rs", source),
            (WORDS[0], english),
            (WORDS[1], "desk-activity = { $activity ->\n}"),
        ]));
        let texts: Vec<&str> = found.iter().map(|breach| breach.text.as_str()).collect();
        assert_eq!(
            texts,
            ["the fact order.started has no words in business/desk/src/texts/zh-CN.ftl"]
        );
    }
}
