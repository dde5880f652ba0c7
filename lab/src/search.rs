//! `steward lab search`.

mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::search::{Asked, Builder, Encoder, Knowledge, ModelFiles, Outcome, Quality, Synonyms, ask};
use serde_json::{Map, Value, json};

use self::read::{Known, Question};
use crate::{Failure, table};

/// `steward lab search`.
///
/// A knowledge base is a CSV file with the columns `text` and `category` (or `label`; and
/// `answer` if there is one), or a JSON file: `{"docs":[{"id","text"}]}`, or
/// `{"entries":[{"id","zh":{"q","a"},"en":{"q","a"}}]}` in any languages. Questions are a CSV file
/// with the same columns, or a JSON list of `{"q","id","lang"}` (or `doc`, `label`, `category`
/// for `id`) under `queries` or a name that ends in it. An empty or null label says that nothing
/// answers the question.
///
/// One JSON file may hold both, and be given twice: `--kb faq.json --queries faq.json`. Where the
/// entries have languages, a question is asked of the entries in its own `lang`, and the figures
/// come for each language beside the ones over all.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// What is known (CSV or JSON).
    #[arg(long, value_name = "FILE")]
    pub kb: PathBuf,
    /// Questions with their answers, to be scored (CSV or JSON).
    #[arg(long, value_name = "FILE", required_unless_present = "ask")]
    pub queries: Option<PathBuf>,
    /// One question to answer.
    #[arg(long, value_name = "TEXT")]
    pub ask: Option<String>,
    /// Questions that were answered before, to learn from (as --queries).
    #[arg(long, value_name = "FILE")]
    pub learn: Option<PathBuf>,
    /// More synonyms: a group a line, phrases parted by commas.
    #[arg(long, value_name = "FILE")]
    pub synonyms: Option<PathBuf>,
    /// Leave the built-in synonyms out.
    #[arg(long)]
    pub no_synonyms: bool,
    /// A folder with a sentence encoder that is installed here: `config.json`, `vocab.txt` and
    /// `model.safetensors` of a BERT with uncased words, such as all-MiniLM-L6-v2.
    #[arg(long, value_name = "DIR")]
    pub model: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Find answers in a knowledge base and score them.
pub fn run(args: &Args) -> Result<(), Failure> {
    println!("{}", answer(args)?);
    Ok(())
}

/// What the command prints.
///
/// # Errors
/// A line that names the file, the line or the element, and what is allowed.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let known = read::knowledge(&bytes(&args.kb)?).map_err(|what| named(&args.kb, &what))?;
    let learnt = match &args.learn {
        Some(path) => questions(path)?,
        None => Vec::new(),
    };
    let mut empty = Builder::new(synonyms(args)?);
    if let Some(folder) = &args.model {
        empty = empty.with_encoder(Arc::new(encoder(folder)?));
    }
    let mut figures = Map::new();
    if let Some(path) = &args.queries {
        figures.extend(scored(&known, &learnt, &questions(path)?, &empty));
    }
    if let Some(question) = &args.ask {
        let knowledge = build(&known, &learnt, None, &empty);
        figures.extend(found(&knowledge, question));
    }
    let figures = Value::Object(figures);
    Ok(if args.json {
        format!("{figures:#}")
    } else {
        table::nested(&figures)
    })
}

/// How many entries a file's bytes hold as a knowledge base, or as questions.
///
/// # Errors
/// A line that names the element or the line, and what is allowed.
pub fn entries(bytes: &[u8]) -> Result<usize, String> {
    let questions = read::questions(bytes).map(|all| all.len());
    read::knowledge(bytes).map(|all| all.len()).or(questions)
}

fn named(path: &Path, what: &str) -> Failure {
    Failure(format!("{}: {what}", path.display()))
}

fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    std::fs::read(path).map_err(|error| named(path, &error.to_string()))
}

fn questions(path: &Path) -> Result<Vec<Question>, Failure> {
    read::questions(&bytes(path)?).map_err(|what| named(path, &what))
}

fn synonyms(args: &Args) -> Result<Synonyms, Failure> {
    let mut synonyms = if args.no_synonyms {
        Synonyms::none()
    } else {
        Synonyms::built_in()
    };
    if let Some(path) = &args.synonyms {
        let text = String::from_utf8(bytes(path)?)
            .map_err(|_| named(path, "not UTF-8; save the file as UTF-8"))?;
        synonyms
            .add(&text)
            .map_err(|error| named(path, &error.to_string()))?;
    }
    Ok(synonyms)
}

fn encoder(folder: &Path) -> Result<Encoder, Failure> {
    let file = |name: &str| bytes(&folder.join(name));
    let pooling = folder.join("1_Pooling/config.json");
    if pooling.exists() {
        let said: Value = serde_json::from_slice(&bytes(&pooling)?)
            .map_err(|error| named(&pooling, &format!("no JSON: {error}")))?;
        if said["pooling_mode_mean_tokens"] == false {
            let what = "pooling_mode_mean_tokens is false; only models that take the mean are read";
            return Err(named(&pooling, what));
        }
    }
    let (config, vocabulary) = (file("config.json")?, file("vocab.txt")?);
    let weights = file("model.safetensors")?;
    let files = ModelFiles {
        config: &config,
        vocabulary: &vocabulary,
        weights: &weights,
    };
    Encoder::read(&files).map_err(|error| named(&folder.join(error.file), &error.what))
}

/// The entries in a language (all where it is `None`) with what was learnt in it.
fn build(
    known: &[Known],
    learnt: &[Question],
    language: Option<&str>,
    empty: &Builder,
) -> Knowledge {
    let speaks = |own: Option<&str>| own.is_none() || language.is_none() || own == language;
    let mut builder = empty.clone();
    for one in known.iter().filter(|one| speaks(one.language.as_deref())) {
        builder.add(one.entry.clone());
    }
    for one in learnt.iter().filter(|one| speaks(one.language.as_deref())) {
        if let Some(label) = &one.asked.label {
            builder.learn(&one.asked.question, label);
        }
    }
    builder.build()
}

fn scored(
    known: &[Known],
    learnt: &[Question],
    questions: &[Question],
    empty: &Builder,
) -> Map<String, Value> {
    let mut by_language: BTreeMap<Option<&str>, Vec<Asked>> = BTreeMap::new();
    for one in questions {
        by_language
            .entry(one.language.as_deref())
            .or_default()
            .push(one.asked.clone());
    }
    let mut all: Vec<Outcome> = Vec::new();
    let mut languages = Map::new();
    for (language, asked) in by_language {
        let outcomes = ask(&build(known, learnt, language, empty), &asked);
        if let Some(language) = language {
            languages.insert(language.to_owned(), Value::Object(quality(&outcomes)));
        }
        all.extend(outcomes);
    }
    let mut figures = quality(&all);
    if !languages.is_empty() {
        figures.insert("languages".into(), Value::Object(languages));
    }
    figures
}

fn quality(outcomes: &[Outcome]) -> Map<String, Value> {
    let quality = Quality::of(outcomes);
    let mut figures = Map::new();
    figures.insert("answerable".into(), json!(quality.answerable));
    figures.insert(
        "unanswerable".into(),
        json!(outcomes.len() - quality.answerable),
    );
    figures.insert("hit_at_1".into(), json!(quality.hit_at_1));
    figures.insert("hit_at_3".into(), json!(quality.hit_at_3));
    figures.insert("hit_at_10".into(), json!(quality.hit_at_10));
    figures.insert("mrr_at_10".into(), json!(quality.mrr_at_10));
    figures.insert("refusal_auc".into(), json!(quality.refusal_auc));
    figures
}

fn found(knowledge: &Knowledge, question: &str) -> Map<String, Value> {
    let answer = knowledge.search(question, 5);
    let hits: Vec<Value> = answer
        .hits
        .iter()
        .map(|hit| json!({"label": hit.label, "score": hit.score}))
        .collect();
    let mut figures = Map::new();
    figures.insert("hits".into(), json!(hits));
    figures.insert("confidence".into(), json!(answer.confidence));
    figures
}
