//! Texts: both languages complete, nothing missing, nothing left over.

use super::Breach;
use crate::source::{File, Tree};
use std::collections::{BTreeMap, BTreeSet};

const ENGLISH: &str = "src/texts/en.ftl";
const CHINESE: &str = "src/texts/zh-CN.ftl";

/// One message of a catalogue.
struct Message {
    line: usize,
    variables: BTreeSet<String>,
    body: String,
}

/// The messages of a file by key, and the keys that stand twice.
struct Catalogue {
    messages: BTreeMap<String, Message>,
    twice: Vec<(String, usize)>,
}

/// The two catalogues agree, and the code uses exactly what they hold.
pub fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut keys: BTreeMap<String, (String, usize)> = BTreeMap::new();
    let mut mentioned = used(tree);
    let mut houses = BTreeSet::new();
    for file in tree
        .files
        .iter()
        .filter(|file| file.path.ends_with(ENGLISH))
    {
        let chinese = file.path.replace(ENGLISH, CHINESE);
        let (english, other) = (catalogue(&file.text), tree.file(&chinese));
        let Some(other) = other else {
            breaches.push(Breach::new(&chinese, 0, "is missing"));
            continue;
        };
        let house = file.crate_name().unwrap_or("").to_string();
        breaches.extend(compare(
            file,
            &english,
            other,
            &catalogue(&other.text),
            &house,
        ));
        for (key, message) in english.messages {
            mentioned.extend(references(&message.body).map(str::to_string));
            keys.insert(key, (file.path.clone(), message.line));
        }
        houses.insert(house);
    }
    for (key, (path, line)) in keys.iter().filter(|(key, _)| !mentioned.contains(*key)) {
        breaches.push(Breach::new(path, *line, format!("{key} is used nowhere")));
    }
    breaches.extend(missing(tree, &houses, &keys));
    breaches.extend(hard_coded(tree));
    breaches
}

fn compare(
    file: &File,
    english: &Catalogue,
    other_file: &File,
    chinese: &Catalogue,
    house: &str,
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, catalogue) in [(file, english), (other_file, chinese)] {
        for (key, line) in &catalogue.twice {
            breaches.push(Breach::new(
                &file.path,
                *line,
                format!("{key} stands here twice"),
            ));
        }
        for (key, message) in &catalogue.messages {
            let own = key
                .strip_prefix(house)
                .is_some_and(|rest| rest.starts_with('-'));
            if !own && !key.starts_with('-') {
                let text = format!("{key} does not begin with `{house}-`");
                breaches.push(Breach::new(&file.path, message.line, text));
            }
        }
    }
    for (key, message) in &english.messages {
        match chinese.messages.get(key) {
            None => {
                let text = format!("{key} is missing in zh-CN.ftl");
                breaches.push(Breach::new(&file.path, message.line, text));
            }
            Some(other) if other.variables != message.variables => {
                let text = format!("{key} takes other variables than in en.ftl");
                breaches.push(Breach::new(&other_file.path, other.line, text));
            }
            Some(_) => {}
        }
    }
    let only = chinese
        .messages
        .iter()
        .filter(|(key, _)| !english.messages.contains_key(*key));
    breaches.extend(only.map(|(key, message)| {
        let text = format!("{key} is missing in en.ftl");
        Breach::new(&other_file.path, message.line, text)
    }));
    breaches
}

fn catalogue(text: &str) -> Catalogue {
    let mut found = Catalogue {
        messages: BTreeMap::new(),
        twice: Vec::new(),
    };
    let mut last: Option<String> = None;
    for (index, line) in text.lines().enumerate() {
        if line.starts_with('#') || line.trim().is_empty() {
            continue;
        }
        let body = match key_of(line) {
            Some((key, body)) => {
                let message = Message {
                    line: index + 1,
                    variables: BTreeSet::new(),
                    body: String::new(),
                };
                if found.messages.insert(key.to_string(), message).is_some() {
                    found.twice.push((key.to_string(), index + 1));
                }
                last = Some(key.to_string());
                body
            }
            None => line,
        };
        if let Some(message) = last.as_ref().and_then(|key| found.messages.get_mut(key)) {
            message.variables.extend(variables(body));
            message.body.push_str(body);
            message.body.push('\n');
        }
    }
    found
}

/// `key = text` at the start of a line.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, body) = line.split_once('=')?;
    let key = key.trim_end();
    let plain = key
        .chars()
        .all(|mark| mark.is_ascii_alphanumeric() || mark == '-');
    let first = key.chars().next()?;
    (plain && (first.is_ascii_lowercase() || first == '-')).then_some((key, body))
}

fn is_name(mark: char) -> bool {
    mark.is_ascii_alphanumeric() || mark == '_' || mark == '-'
}

fn variables(text: &str) -> impl Iterator<Item = String> {
    text.split('$').skip(1).filter_map(|rest| {
        let end = rest.find(|mark| !is_name(mark)).unwrap_or(rest.len());
        (end > 0).then(|| rest[..end].to_string())
    })
}

/// Keys of other messages that a message takes in.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| {
        let rest = rest.trim_start();
        let end = rest.find(|mark| !is_name(mark))?;
        (end > 0).then_some(&rest[..end])
    })
}

fn used(tree: &Tree) -> BTreeSet<String> {
    let literals = tree.rust().flat_map(|(_, rust)| rust.shipped_literals());
    literals.map(|literal| literal.text.clone()).collect()
}

/// Literals that look like a key of a crate with texts, and are none.
fn missing(
    tree: &Tree,
    houses: &BTreeSet<String>,
    keys: &BTreeMap<String, (String, usize)>,
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (file, rust) in tree
        .rust()
        .filter(|(file, _)| !file.path.starts_with("xtask/"))
    {
        for literal in rust.shipped_literals().filter(|literal| !literal.attribute) {
            let key = literal.text.as_str();
            let ours = key.split_once('-').is_some_and(|(house, rest)| {
                houses.contains(house) && !rest.is_empty() && rest.chars().all(is_name)
            });
            if ours && !key.ends_with('-') && !keys.contains_key(key) {
                let text = format!("{key} is in no catalogue");
                breaches.push(Breach::new(&file.path, literal.line, text));
            }
        }
    }
    breaches
}

/// Chinese in code: a text that cannot be translated. Samples and data are exempt.
fn hard_coded(tree: &Tree) -> Vec<Breach> {
    let rooms = ["pages", "http", "commands", "queries", "model", "reactions"];
    let mut breaches = Vec::new();
    for (file, rust) in tree.rust() {
        let sample = ["demo", "sample", "gallery"]
            .iter()
            .any(|name| file.is_in(name));
        if sample || !rooms.iter().any(|room| file.is_in(room)) {
            continue;
        }
        let han = |text: &str| {
            text.chars()
                .any(|mark| ('\u{4e00}'..='\u{9fff}').contains(&mark))
        };
        for literal in rust.shipped_literals().filter(|literal| han(&literal.text)) {
            let text = format!("\"{}\" belongs in src/texts", literal.text);
            breaches.push(Breach::new(&file.path, literal.line, text));
        }
    }
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: &str = "business/orders/src/texts/en.ftl";
    const ZH: &str = "business/orders/src/texts/zh-CN.ftl";
    const PAGES: &str = "business/orders/src/pages.rs";
    const USES: &str = "fn a() { t(\"orders-title\"); }\n";

    fn found(english: &str, chinese: &str, code: &str) -> Vec<String> {
        let tree = Tree::planted(&[(EN, english), (ZH, chinese), (PAGES, code)]);
        check(&tree).into_iter().map(|breach| breach.text).collect()
    }

    #[test]
    fn two_equal_catalogues_in_use_are_right() {
        assert!(found("orders-title = Orders\n", "orders-title = 服务单\n", USES).is_empty());
    }

    #[test]
    fn a_key_in_one_language_only_is_found() {
        assert_eq!(found("orders-title = Orders\n", "", USES).len(), 1);
        assert_eq!(found("", "orders-title = 服务单\n", USES).len(), 2);
    }

    #[test]
    fn other_variables_are_found() {
        let english =
            "orders-title = { $count ->\n    [one] Order\n   *[other] { $count } orders\n}\n";
        assert!(found(english, "orders-title = { $count } 单\n", USES).is_empty());
        assert_eq!(
            found(english, "orders-title = { $total } 单\n", USES).len(),
            1
        );
    }

    #[test]
    fn a_key_used_nowhere_a_key_not_written_and_a_key_twice_are_found() {
        let (english, chinese) = ("orders-title = Orders\n", "orders-title = 服务单\n");
        assert_eq!(found(english, chinese, "").len(), 1);
        let more = "fn a() { t(\"orders-title\"); t(\"orders-empty\"); }\n";
        assert_eq!(found(english, chinese, more).len(), 1);
        assert_eq!(found(&english.repeat(2), chinese, USES).len(), 1);
    }

    #[test]
    fn a_key_keeps_the_name_of_its_crate() {
        let uses = "fn a() { t(\"title\"); }\n";
        assert_eq!(found("title = Orders\n", "title = 服务单\n", uses).len(), 2);
    }

    #[test]
    fn classes_and_ids_are_not_keys() {
        let page = "fn a() { html! { p class=\"orders-row\" { (t(\"orders-title\")) } } }\n";
        assert!(found("orders-title = Orders\n", "orders-title = 服务单\n", page).is_empty());
    }

    #[test]
    fn chinese_in_code_is_found() {
        let tree = Tree::planted(&[(PAGES, "fn a() { b(\"排队\"); }\n")]);
        assert_eq!(check(&tree).len(), 1);
        let tree = Tree::planted(&[("business/orders/src/demo.rs", "fn a() { b(\"排队\"); }\n")]);
        assert_eq!(check(&tree).len(), 0);
    }
}
