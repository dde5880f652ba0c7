//! The published sets by their protocol. Each bar lies above the best BM25 row of the set; where
//! it lies above the row of a sentence encoder (MiniLM-L6), the test says so.

use std::path::PathBuf;

use search::{Asked, Builder, Entry, Knowledge, Quality, ask};
use serde_json::Value;

use crate::encoder::installed;

/// A reference file, where it is at hand.
fn file(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/retrieval");
    let path = root.join(name);
    if !path.exists() {
        eprintln!("{} is not here: not tried", path.display());
    }
    path.exists().then_some(path)
}

fn rows(name: &str) -> Option<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_path(file(name)?).expect("the file can be read");
    let row = |row: csv::Result<csv::StringRecord>| {
        let row = row.expect("a row");
        (row[0].to_owned(), row[1].to_owned())
    };
    Some(reader.records().map(row).collect())
}

fn json(name: &str) -> Option<Value> {
    let bytes = std::fs::read(file(name)?).expect("the file can be read");
    Some(serde_json::from_slice(&bytes).expect("JSON"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn banking(name: &str) -> Option<Quality> {
    banking_with(Builder::default(), name)
}

fn banking_with(mut builder: Builder, name: &str) -> Option<Quality> {
    for (example, label) in rows(name)? {
        builder.learn(&example, &label);
    }
    let asked: Vec<Asked> = rows("banking77_dev_queries.csv")?
        .into_iter()
        .map(|(question, label)| Asked {
            question,
            label: Some(label),
        })
        .collect();
    assert_eq!(asked.len(), 1976);
    Some(Quality::of(&ask(&builder.build(), &asked)))
}

/// The shop's answers in one language and the questions asked in it.
fn shop(language: &str) -> Option<(Vec<Entry>, Vec<Asked>)> {
    let set = json("service_faq.json")?;
    let entry = |entry: &Value| Entry {
        label: text(&entry["id"]),
        title: text(&entry[language]["q"]),
        body: text(&entry[language]["a"]),
    };
    let asked = list(&set["dev_queries"])
        .iter()
        .filter(|one| one["lang"] == language);
    let asked = asked
        .map(|one| Asked {
            question: text(&one["q"]),
            label: one["id"].as_str().map(str::to_owned),
        })
        .collect();
    Some((list(&set["entries"]).iter().map(entry).collect(), asked))
}

fn built(entries: Vec<Entry>) -> Knowledge {
    built_with(Builder::default(), entries)
}

fn built_with(mut builder: Builder, entries: Vec<Entry>) -> Knowledge {
    entries.into_iter().for_each(|entry| builder.add(entry));
    builder.build()
}

#[test]
fn five_examples_an_intent() {
    let Some(quality) = banking("banking77_kb_few.csv") else {
        return;
    };
    // BM25 0.439 and 0.574; MiniLM 0.732 and 0.820.
    assert!(
        quality.hit_at_1 > 0.64 && quality.mrr_at_10 > 0.74,
        "{quality:?}"
    );
}

#[test]
fn a_hundred_examples_an_intent() {
    let Some(quality) = banking("banking77_kb_full.csv") else {
        return;
    };
    // BM25 0.770 and 0.849; MiniLM 0.914 and 0.946.
    assert!(
        quality.hit_at_1 > 0.88 && quality.mrr_at_10 > 0.92,
        "{quality:?}"
    );
}

/// Above the rows of the encoder alone: 0.732 and 0.820 with few examples, 0.675 in the shop. (With
/// all examples, 10,000 texts to encode: `docs/benchmarks.md`.)
#[test]
fn words_and_an_encoder_beat_the_encoder() {
    let Some(encoder) = installed() else { return };
    let taught = || Builder::default().with_encoder(encoder.clone());
    let Some(quality) = banking_with(taught(), "banking77_kb_few.csv") else {
        return;
    };
    assert!(
        quality.hit_at_1 > 0.76 && quality.mrr_at_10 > 0.84,
        "{quality:?}"
    );
    let (Some((entries, asked)), Some((chinese, asked_in_chinese))) = (shop("en"), shop("zh"))
    else {
        return;
    };
    let quality = Quality::of(&ask(&built_with(taught(), entries), &asked));
    assert!(
        quality.hit_at_1 > 0.85 && quality.refusal_auc > Some(0.99),
        "{quality:?}"
    );
    // An English vocabulary has nothing to say in Chinese, and says nothing.
    let plain = Quality::of(&ask(&built(chinese.clone()), &asked_in_chinese));
    let with = Quality::of(&ask(&built_with(taught(), chinese), &asked_in_chinese));
    assert_eq!(plain.hit_at_1, with.hit_at_1);
}

#[test]
fn chinese_passages() {
    let Some(set) = json("cmrc2018_trial_passages.json") else {
        return;
    };
    let entry = |doc: &Value| Entry {
        label: doc["id"].to_string(),
        title: String::new(),
        body: text(&doc["text"]),
    };
    let knowledge = built(list(&set["docs"]).iter().map(entry).collect());
    let asked = |one: &Value| Asked {
        question: text(&one["q"]),
        label: Some(one["doc"].to_string()),
    };
    let asked: Vec<Asked> = list(&set["queries"]).iter().map(asked).collect();
    let quality = Quality::of(&ask(&knowledge, &asked));
    assert_eq!(quality.answerable, 1002);
    // BM25 over characters and pairs: 0.978 and 0.9863.
    assert!(
        quality.hit_at_1 > 0.979 && quality.mrr_at_10 > 0.987,
        "{quality:?}"
    );
}

#[test]
fn a_shop_asked_in_chinese() {
    let Some((entries, asked)) = shop("zh") else {
        return;
    };
    let quality = Quality::of(&ask(&built(entries), &asked));
    // BM25 over characters and pairs: 0.350, 0.600, 0.494, refusal 0.681.
    assert!(
        quality.hit_at_1 > 0.75 && quality.hit_at_3 > 0.9,
        "{quality:?}"
    );
    assert!(
        quality.mrr_at_10 > 0.85 && quality.refusal_auc > Some(0.8),
        "{quality:?}"
    );
}

#[test]
fn a_shop_asked_in_english() {
    let Some((entries, asked)) = shop("en") else {
        return;
    };
    let quality = Quality::of(&ask(&built(entries), &asked));
    // MiniLM: 0.675, 0.875, 0.774, refusal 0.988; BM25 0.200, 0.375, 0.299.
    assert!(
        quality.hit_at_1 > 0.8 && quality.hit_at_3 > 0.95,
        "{quality:?}"
    );
    assert!(
        quality.mrr_at_10 > 0.9 && quality.refusal_auc > Some(0.98),
        "{quality:?}"
    );
}

#[test]
fn both_languages_in_one_knowledge_base_find_each_other() {
    let (Some((chinese, _)), Some((_, asked))) = (shop("zh"), shop("en")) else {
        return;
    };
    // Questions in English, answers in Chinese alone: what they share is what they mean.
    let quality = Quality::of(&ask(&built(chinese), &asked));
    assert!(quality.hit_at_3 > 0.7, "{quality:?}");
}

#[test]
fn every_answered_question_teaches() {
    let Some((entries, asked)) = shop("zh") else {
        return;
    };
    let mut builder = Builder::default();
    entries.into_iter().for_each(|entry| builder.add(entry));
    let before = Quality::of(&ask(&builder.build(), &asked));
    for one in &asked {
        if let Some(label) = &one.label {
            builder.learn(&one.question, label);
        }
    }
    let after = Quality::of(&ask(&builder.build(), &asked));
    assert!(
        after.hit_at_1 > before.hit_at_1 && after.hit_at_1 > 0.97,
        "{before:?} {after:?}"
    );
}
