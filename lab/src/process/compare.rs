//! `steward lab process compare`.

use std::path::PathBuf;

use mining::{Comparison, Difference, EventLog, compare};
use serde_json::{Value, json};

use super::figures::rounded;
use super::input::{Named, read_cases};
use super::table;
use super::views::View;
use crate::Failure;

/// `steward lab process compare`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The first log.
    first: PathBuf,
    /// The second log.
    second: PathBuf,
    #[command(flatten)]
    columns: Named,
    /// What counts as an event.
    #[arg(long)]
    view: Option<View>,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

/// What differs between two logs, as JSON or as a table.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let read = |file: &PathBuf| -> Result<EventLog, Failure> {
        let log = read_cases(file, &args.columns)?;
        let view = args.view.unwrap_or(View::usual(&log));
        view.of(&log).map(|(seen, _)| seen.into_owned())
    };
    let (first, second) = (read(&args.first)?, read(&args.second)?);
    let comparison = compare(&first, &second);
    let figures = json!({
        "first": of_log(&args.first, &first),
        "second": of_log(&args.second, &second),
        "case_duration": of_difference(&comparison.duration),
        "activities": comparison.activities.iter().map(|(name, difference)| {
            named(json!({"activity": name}), difference)
        }).collect::<Vec<_>>(),
        "edges": comparison.edges.iter().map(|((from, to), difference)| {
            named(json!({"from": from, "to": to}), difference)
        }).collect::<Vec<_>>(),
        "tests": tests(&comparison),
        "correction": "benjamini-hochberg over all tests",
    });
    Ok(match args.json {
        true => figures.to_string(),
        false => table::comparison(&figures),
    })
}

fn of_log(file: &std::path::Path, log: &EventLog) -> Value {
    json!({
        "file": file.display().to_string(),
        "events": log.event_count(),
        "cases": log.case_count(),
    })
}

fn named(mut name: Value, difference: &Difference) -> Value {
    if let (Some(name), Value::Object(figures)) = (name.as_object_mut(), of_difference(difference))
    {
        name.extend(figures);
    }
    name
}

fn of_difference(difference: &Difference) -> Value {
    let side = |share: mining::chance::Share, count: u64, median: Option<f64>| {
        json!({
            "cases": share.hits,
            "share": rounded(share.ratio()),
            "count": count,
            "median_s": median.map(|median| rounded(median / 1e6)),
        })
    };
    json!({
        "first": side(difference.first, difference.first_count, difference.first_median),
        "second": side(difference.second, difference.second_count, difference.second_median),
        "frequency": difference.frequency.map(|frequency| json!({
            "difference": rounded(frequency.test.difference),
            "interval": [
                rounded(frequency.test.interval.0),
                rounded(frequency.test.interval.1),
            ],
            "z": rounded(frequency.test.z),
            "p": frequency.test.p,
            "p_corrected": frequency.corrected,
        })),
        "time": difference.time.map(|time| json!({
            "dominance": rounded(time.test.dominance),
            "z": rounded(time.test.z),
            "p": time.test.p,
            "p_corrected": time.corrected,
        })),
    })
}

/// How many tests were made.
fn tests(comparison: &Comparison) -> usize {
    let activities = comparison
        .activities
        .iter()
        .map(|(_, difference)| difference);
    let edges = comparison.edges.iter().map(|(_, difference)| difference);
    std::iter::once(&comparison.duration)
        .chain(activities)
        .chain(edges)
        .map(|d| usize::from(d.frequency.is_some()) + usize::from(d.time.is_some()))
        .sum()
}
