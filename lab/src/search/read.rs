//! Knowledge bases and questions from CSV and JSON.

use crate::csv_fault::unreadable;
use search::{Asked, Entry};
use serde_json::Value;

/// An entry and its language, where the file has languages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Known {
    pub(super) entry: Entry,
    pub(super) language: Option<String>,
}

/// A question and its language, where the file has languages.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Question {
    pub(super) asked: Asked,
    pub(super) language: Option<String>,
}

const TEXT_NAMES: [&str; 5] = ["text", "question", "q", "query", "title"];
const LABEL_NAMES: [&str; 5] = ["category", "label", "id", "doc", "intent"];
const ANSWER_NAMES: [&str; 3] = ["answer", "a", "body"];

/// Reads what is known.
pub(super) fn knowledge(bytes: &[u8]) -> Result<Vec<Known>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let known = if is_json(bytes) {
        json_knowledge(bytes)?
    } else {
        csv_knowledge(bytes)?
    };
    if known.is_empty() {
        return Err("there is nothing in it; at least one entry is needed".into());
    }
    Ok(known)
}

/// Reads questions.
pub(super) fn questions(bytes: &[u8]) -> Result<Vec<Question>, String> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let questions = if is_json(bytes) {
        json_questions(bytes)?
    } else {
        csv_questions(bytes)?
    };
    if questions.is_empty() {
        return Err("there are no questions; at least one is needed".into());
    }
    Ok(questions)
}

fn is_json(bytes: &[u8]) -> bool {
    let first = bytes.iter().find(|byte| !byte.is_ascii_whitespace());
    matches!(first, Some(b'{' | b'['))
}

fn parse(bytes: &[u8]) -> Result<Value, String> {
    serde_json::from_slice(bytes).map_err(|error| format!("no JSON: {error}"))
}

fn json_knowledge(bytes: &[u8]) -> Result<Vec<Known>, String> {
    let file = parse(bytes)?;
    if let Some(docs) = file.get("docs").and_then(Value::as_array) {
        return docs
            .iter()
            .enumerate()
            .map(|(at, doc)| passage(at, doc))
            .collect();
    }
    let entries = file.get("entries").and_then(Value::as_array);
    let entries = entries.ok_or("neither `docs` nor `entries` is a list in it")?;
    let mut known = Vec::new();
    for (at, entry) in entries.iter().enumerate() {
        let label = label(entry).ok_or_else(|| format!("entries[{at}]: no id"))?;
        let before = known.len();
        for (language, text) in entry.as_object().into_iter().flatten() {
            let field = |names: &[&str]| first_text(text, names).unwrap_or_default();
            let (title, body) = (field(&TEXT_NAMES), field(&ANSWER_NAMES));
            if !title.is_empty() || !body.is_empty() {
                let entry = Entry {
                    label: label.clone(),
                    title,
                    body,
                };
                known.push(Known {
                    entry,
                    language: Some(language.clone()),
                });
            }
        }
        if known.len() == before {
            let field = |names: &[&str]| first_text(entry, names).unwrap_or_default();
            let entry = Entry {
                label,
                title: field(&TEXT_NAMES),
                body: field(&ANSWER_NAMES),
            };
            if entry.title.is_empty() && entry.body.is_empty() {
                return Err(format!(
                    "entries[{at}]: neither a question (q) nor an answer (a)"
                ));
            }
            known.push(Known {
                entry,
                language: None,
            });
        }
    }
    Ok(known)
}

fn passage(at: usize, doc: &Value) -> Result<Known, String> {
    let label = label(doc).ok_or_else(|| format!("docs[{at}]: no id"))?;
    let body = first_text(doc, &["text", "body", "content"])
        .ok_or_else(|| format!("docs[{at}]: no text"))?;
    Ok(Known {
        entry: Entry {
            label,
            title: String::new(),
            body,
        },
        language: None,
    })
}

fn json_questions(bytes: &[u8]) -> Result<Vec<Question>, String> {
    let file = parse(bytes)?;
    let mut questions = Vec::new();
    let whole = [("", &file)];
    let named = file.as_object().into_iter().flatten();
    let lists = named.filter(|(name, _)| name.ends_with("queries") || *name == "questions");
    for (name, list) in whole
        .into_iter()
        .chain(lists.map(|(name, list)| (name.as_str(), list)))
    {
        for (at, one) in list.as_array().into_iter().flatten().enumerate() {
            let question = first_text(one, &TEXT_NAMES)
                .ok_or_else(|| format!("{name}[{at}]: no question (q)"))?;
            let language = one.get("lang").and_then(Value::as_str).map(str::to_owned);
            let asked = Asked {
                question,
                label: label(one),
            };
            questions.push(Question { asked, language });
        }
    }
    Ok(questions)
}

/// The first of the names that holds text.
fn first_text(value: &Value, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| value.get(name)?.as_str())
        .map(str::to_owned)
}

/// The label of an element: text or a number; `None` where it is null, empty or missing.
fn label(value: &Value) -> Option<String> {
    let found = LABEL_NAMES.iter().find_map(|name| value.get(name))?;
    match found {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn csv_knowledge(bytes: &[u8]) -> Result<Vec<Known>, String> {
    let mut known = Vec::new();
    csv_rows(bytes, |line, text, label, answer| {
        let label = label.ok_or_else(|| format!("line {line}: the label is empty"))?;
        if text.is_empty() && answer.is_empty() {
            return Err(format!("line {line}: the text is empty"));
        }
        let entry = Entry {
            label,
            title: text.to_owned(),
            body: answer.to_owned(),
        };
        known.push(Known {
            entry,
            language: None,
        });
        Ok(())
    })?;
    Ok(known)
}

fn csv_questions(bytes: &[u8]) -> Result<Vec<Question>, String> {
    let mut questions = Vec::new();
    csv_rows(bytes, |_, text, label, _| {
        let asked = Asked {
            question: text.to_owned(),
            label,
        };
        questions.push(Question {
            asked,
            language: None,
        });
        Ok(())
    })?;
    Ok(questions)
}

/// Calls back with line, text, label and answer of each row.
fn csv_rows(
    bytes: &[u8],
    mut row: impl FnMut(u64, &str, Option<String>, &str) -> Result<(), String>,
) -> Result<(), String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader
        .headers()
        .map_err(|error| unreadable(&error))?
        .clone();
    let of = |name: &str| {
        header
            .iter()
            .position(|h| h.trim().eq_ignore_ascii_case(name))
    };
    let place = |names: &[&str]| names.iter().find_map(|name| of(name));
    let needs = |what: &str, names: &[&str]| {
        let columns: Vec<&str> = header.iter().collect();
        let (names, columns) = (names.join(", "), columns.join(", "));
        format!("no column with the {what} (one of {names}); the file has {columns}")
    };
    let text = place(&TEXT_NAMES).ok_or_else(|| needs("text", &TEXT_NAMES))?;
    let label = place(&LABEL_NAMES).ok_or_else(|| needs("label", &LABEL_NAMES))?;
    let answer = place(&ANSWER_NAMES);
    for record in reader.records() {
        let record = record.map_err(|error| unreadable(&error))?;
        let line = record.position().map_or(0, csv::Position::line);
        let own = Some(record[label].trim())
            .filter(|own| !own.is_empty())
            .map(str::to_owned);
        row(
            line,
            record[text].trim(),
            own,
            answer.map_or("", |at| &record[at]),
        )?;
    }
    Ok(())
}
