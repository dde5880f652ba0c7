//! `steward lab search`: knowledge bases and questions as people keep them.

use std::path::PathBuf;

use clap::Parser;
use lab::search::{Args, answer};
use serde_json::Value;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

fn typed(words: &[&str]) -> Result<Value, String> {
    let line = Line::try_parse_from(["search", "--json"].iter().chain(words));
    let printed = answer(&line.expect("the line is well-formed").args).map_err(|stop| stop.0)?;
    Ok(serde_json::from_str(&printed).expect("JSON"))
}

/// Writes a file and gives its path.
fn file(name: &str, content: &[u8]) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("search-{name}"));
    std::fs::write(&path, content).expect("the folder of the tests can be written");
    path.to_str().expect("paths of tests are text").to_owned()
}

const SHOP: &str = r#"{
  "entries": [
    {"id": "refund", "zh": {"q": "如何退款？", "a": "七天内退回。"},
                     "en": {"q": "How do I get a refund?", "a": "It returns within a week."}},
    {"id": "parking", "zh": {"q": "可以停车吗？", "a": "免两小时。"},
                      "en": {"q": "Is there parking?", "a": "Free for two hours."}}],
  "queries": [
    {"lang": "zh", "q": "钱什么时候退给我", "id": "refund"},
    {"lang": "en", "q": "where do I leave my car", "id": "parking"},
    {"lang": "en", "q": "who won the match", "id": null}]
}"#;

#[test]
fn one_file_may_hold_answers_and_questions_in_two_languages() {
    let shop = file("shop.json", SHOP.as_bytes());
    let figures = typed(&["--kb", &shop, "--queries", &shop]).expect("a sound file");
    assert_eq!(
        (&figures["answerable"], &figures["unanswerable"]),
        (&2.into(), &1.into())
    );
    for name in ["hit_at_1", "hit_at_3", "mrr_at_10", "refusal_auc"] {
        assert_eq!(figures[name], 1.0, "{name}: {figures}");
    }
    assert_eq!(figures["languages"]["zh"]["refusal_auc"], Value::Null);
    assert_eq!(figures["languages"]["en"]["hit_at_1"], 1.0);
}

#[test]
fn passages_and_examples_are_read_as_they_come() {
    let passages = r#"{
        "docs": [{"id": 0, "text": "长江是亚洲第一长河。"},
                 {"id": 1, "text": "黄河流入渤海。"}],
        "queries": [{"q": "黄河流入哪里？", "doc": 1}]}"#;
    let passages = file("passages.json", passages.as_bytes());
    let figures = typed(&["--kb", &passages, "--queries", &passages]).expect("a sound file");
    assert_eq!(figures["hit_at_1"], 1.0, "{figures}");
    let examples = "text,category\nmy card is lost,lost\ncard stolen,lost\n\
        top up failed,top_up\ncannot add money,top_up\n";
    let asked = "text,category\n\"help, my card was stolen\",lost\nadding money fails,top_up\n";
    let (kb, asked) = (
        file("kb.csv", examples.as_bytes()),
        file("asked.csv", asked.as_bytes()),
    );
    let figures = typed(&["--kb", &kb, "--queries", &asked]).expect("sound files");
    assert_eq!(
        (&figures["hit_at_1"], &figures["answerable"]),
        (&1.0.into(), &2.into())
    );
    assert!(figures.get("languages").is_none());
}

#[test]
fn what_was_answered_before_and_the_business_own_words_are_learnt() {
    let shop = file("learn.json", SHOP.as_bytes());
    let first = |words: &[&str]| {
        let all: Vec<&str> = ["--kb", &shop, "--ask", "Bahnhof?"]
            .iter()
            .chain(words)
            .copied()
            .collect();
        typed(&all).expect("sound files")["hits"][0]["label"].clone()
    };
    assert_eq!(first(&[]), Value::Null);
    let answered = file(
        "answered.csv",
        b"question,label\nWie weit ist der Bahnhof?,parking\n",
    );
    assert_eq!(first(&["--learn", &answered]), "parking");
    let words = file("words.txt", "refund, Bahnhof\n".as_bytes());
    assert_eq!(first(&["--synonyms", &words]), "refund");
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let shop = file("whole.json", SHOP.as_bytes());
    let cases: [(&[u8], &str); 10] = [
        (b"", "no column with the text"),
        (b"{", "no JSON"),
        (b"{}", "neither `docs` nor `entries`"),
        (br#"{"docs": []}"#, "at least one entry"),
        (
            br#"{"docs": [{"id": 1, "text": "a"}, {"text": "b"}]}"#,
            "docs[1]: no id",
        ),
        (br#"{"docs": [{"id": 1}]}"#, "docs[0]: no text"),
        (
            br#"{"entries": [{"id": "a"}]}"#,
            "entries[0]: neither a question",
        ),
        (b"a,b\n1,2\n", "the file has a, b"),
        (b"text,category\nhello,\n", "line 2: the label is empty"),
        (
            b"text,category\nhello,x\nhi\n",
            "line 3: 1 columns, the header has 2",
        ),
    ];
    for (at, (content, wanted)) in cases.into_iter().enumerate() {
        let kb = file(&format!("wrong-{at}"), content);
        let message = typed(&["--kb", &kb, "--queries", &shop]).expect_err("a broken file");
        assert!(
            message.contains(wanted) && message.starts_with(&kb),
            "{wanted}: {message}"
        );
    }
    let none = file("none.json", br#"{"queries": []}"#);
    let message = typed(&["--kb", &shop, "--queries", &none]).expect_err("no questions");
    assert!(message.contains("there are no questions"), "{message}");
    let words = file("one.txt", b"# remark\nalone\n");
    let message = typed(&["--kb", &shop, "--ask", "a", "--synonyms", &words]);
    assert!(message.expect_err("a group of one").contains("line 2"));
    assert!(typed(&["--kb", "/nowhere", "--ask", "a"]).is_err());
}

#[test]
fn no_change_of_a_byte_makes_it_fall() {
    let table = "text,category\nmy card is lost,lost\n卡丢了,lost\n\"top, up\",top_up\n";
    let mut state = 11u64;
    for (at, whole) in [SHOP, table].into_iter().cycle().take(120).enumerate() {
        let mut bytes = whole.as_bytes().to_vec();
        for _ in 0..2 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let place = (state >> 33) as usize % bytes.len();
            match state % 3 {
                0 => bytes[place] = b"{}[]\",:\n\xff"[(state >> 20) as usize % 9],
                1 => drop(bytes.remove(place)),
                _ => bytes.truncate(place.max(10)),
            }
        }
        let path = file(&format!("changed-{}", at % 2), &bytes);
        if let Err(message) = typed(&["--kb", &path, "--queries", &path]) {
            assert!(message.starts_with(&path), "{message}");
        }
    }
}

#[test]
fn a_folder_without_a_model_is_refused_by_the_file_that_is_missing() {
    let shop = file("model-shop.json", SHOP.as_bytes());
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("search-no-model");
    std::fs::create_dir_all(&folder).expect("a folder");
    let asked = ["--kb", &shop, "--ask", "refund?", "--model"];
    let typed_with = |folder: &str| typed(&[&asked[..], &[folder]].concat());
    let named = folder.to_str().expect("paths of tests are text");
    let problem = typed_with(named).expect_err("no model");
    assert!(problem.contains("config.json: "), "{problem}");
    for (name, text) in [
        ("config.json", r#"{"model_type":"gpt2"}"#),
        ("vocab.txt", "a"),
    ] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
    std::fs::write(folder.join("model.safetensors"), []).expect("a file");
    let problem = typed_with(named).expect_err("another kind");
    assert!(
        problem.ends_with(r#"config.json: model_type is "gpt2"; only "bert" can be read"#),
        "{problem}"
    );
}
