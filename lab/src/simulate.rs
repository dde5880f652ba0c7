//! `steward lab simulate`.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value, json};
use simulate::{Estimate, Model, Results, Section, Study};

use crate::{Failure, table};

/// Models above this many bytes are refused.
const BYTES_MAX: u64 = 256 * 1024 * 1024;

/// `steward lab simulate`. `algorithms/simulate/README.md` says what a model holds.
#[derive(Debug, Clone, clap::Args)]
pub struct Args {
    /// The model (JSON; all times in minutes).
    pub model: PathBuf,
    /// How often it is played.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub replications: u32,
    /// The luck: the same seed gives the same figures.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Another model with the same names: prints its figures minus those of the first, played
    /// with the same luck.
    #[arg(long, value_name = "MODEL")]
    pub against: Option<PathBuf>,
    /// Events after which a replication is given up.
    #[arg(long, value_name = "N", default_value_t = 1_000_000_000)]
    pub events_max: u64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// What to expect of a model, with confidence intervals.
pub fn run(args: &Args) -> Result<(), Failure> {
    let answer = answer(args)?;
    // Whoever reads may have seen enough (`| head`): that is no failure.
    let _ = writeln!(std::io::stdout(), "{answer}");
    Ok(())
}

/// What the command prints.
///
/// # Errors
/// A line that names the file, the field of the model by its path, and what is allowed.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let study = Study {
        replications: args.replications,
        seed: args.seed,
        events_max: args.events_max,
    };
    let model = read(&args.model)?;
    let results = match &args.against {
        None => simulate::simulate(&model, &study),
        Some(other) => simulate::compare(&model, &read(other)?, &study),
    };
    let results =
        results.map_err(|stopped| Failure(format!("{}: {stopped}", args.model.display())))?;
    Ok(if args.json {
        format!("{:#}", as_json(&results, args.seed))
    } else {
        as_table(&results)
    })
}

fn read(path: &Path) -> Result<Model, Failure> {
    let named = |what: String| Failure(format!("{}: {what}", path.display()));
    let size = std::fs::metadata(path)
        .map_err(|error| named(error.to_string()))?
        .len();
    if size > BYTES_MAX {
        let allowed = format!("{size} bytes are too many; a model has at most {BYTES_MAX}");
        return Err(named(allowed));
    }
    let bytes = std::fs::read(path).map_err(|error| named(error.to_string()))?;
    let text = String::from_utf8(bytes)
        .map_err(|error| named(format!("the text is not UTF-8: {error}; save it as UTF-8")))?;
    simulate::json::read(&text).map_err(|wrong| named(wrong.to_string()))
}

fn as_json(results: &Results, seed: u64) -> Value {
    json!({
        "replications": results.replications,
        "seed": seed,
        "confidence": simulate::CONFIDENCE,
        "events": results.events,
        "customers": sections(&results.customers),
        "steps": sections(&results.steps),
        "staff": sections(&results.staff),
        "rooms": sections(&results.rooms),
    })
}

fn sections(sections: &[Section]) -> Value {
    let named = |section: &Section| {
        let figures = section.figures.iter();
        let figures = figures.map(|(name, figure)| ((*name).to_owned(), interval(*figure)));
        (section.name.clone(), Value::Object(figures.collect()))
    };
    Value::Object(sections.iter().map(named).collect::<Map<_, _>>())
}

fn interval(figure: Option<Estimate>) -> Value {
    figure.map_or(Value::Null, |figure| {
        json!({
            "mean": figure.mean,
            "low": figure.half_width.map(|half| figure.mean - half),
            "high": figure.half_width.map(|half| figure.mean + half),
        })
    })
}

fn as_table(results: &Results) -> String {
    let mut rows = Vec::new();
    let parts = [
        ("customers", &results.customers),
        ("step", &results.steps),
        ("staff", &results.staff),
        ("room", &results.rooms),
    ];
    for (kind, sections) in parts {
        for section in sections {
            for (name, figure) in &section.figures {
                let Some(figure) = figure else { continue };
                let half = figure.half_width;
                rows.push([
                    format!("{kind} {}", section.name),
                    (*name).to_owned(),
                    table::digits(figure.mean),
                    half.map_or(String::new(), |half| format!("± {}", table::digits(half))),
                ]);
            }
        }
    }
    let head = format!(
        "{} replications, {} events; minutes, ± half of the 95 % interval",
        results.replications, results.events
    );
    format!("{head}\n{}", table::columns(&rows))
}
