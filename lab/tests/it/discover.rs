//! `steward lab process discover`: a model from a log, and the log held against it.

use std::path::{Path, PathBuf};

use clap::Parser;
use lab::process::{Args, answer};
use serde_json::Value;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

fn typed(words: &[&str]) -> Result<String, lab::Failure> {
    let line = Line::try_parse_from(std::iter::once("process").chain(words.iter().copied()));
    answer(&line.expect("the line is well-formed").args)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("paths of tests are text")
}

/// A path that no test in another process writes.
fn file(name: &str) -> PathBuf {
    let name = format!("discover-{}-{name}", std::process::id());
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// Visits of a shop: some wash, some pay before they are dried.
fn visits() -> PathBuf {
    let path = file("visits.csv");
    let kinds = [
        &["Greet", "Cut", "Pay"][..],
        &["Greet", "Wash", "Cut", "Dry", "Pay"],
    ];
    let mut rows = String::from("case,activity,time\n");
    for case in 0..20 {
        for (at, step) in kinds[case % 2].iter().enumerate() {
            rows.push_str(&format!(
                "{case},{step},2026-11-{:02}T10:0{at}:00Z\n",
                case + 1
            ));
        }
    }
    std::fs::write(&path, rows).expect("the folder of the tests can be written");
    path
}

#[test]
fn a_log_fits_the_diagram_that_was_discovered_from_it() {
    let (log, model) = (visits(), file("visits.bpmn"));
    let found = typed(&[
        "discover",
        text(&log),
        "--noise",
        "0",
        "--out",
        text(&model),
        "--json",
    ]);
    let found: Value = serde_json::from_str(&found.expect("discovered")).expect("JSON");
    assert_eq!(
        found["process_tree"],
        "->( 'Greet', X( tau, 'Wash' ), 'Cut', X( tau, 'Dry' ), 'Pay' )"
    );
    assert_eq!(found["log_fitness"], 1.0);
    assert_eq!(found["blueprint"]["phases"], 5);
    let words = ["analyse", text(&log), "--model", text(&model), "--json"];
    let held: Value = serde_json::from_str(&typed(&words).expect("analysed")).expect("JSON");
    let conformance = &held["views"]["events"]["conformance"];
    assert_eq!(conformance["alignment"]["total_cost"], 0);
    assert_eq!(
        conformance["alignment"]["shortest_model_run_visible_moves"],
        3
    );
    assert_eq!(
        conformance["directly_follows_conformance"]["violating_transitions"],
        0
    );
    assert_eq!(conformance["model"]["left_out"], serde_json::json!([]));
}

#[test]
fn the_deviations_of_a_log_are_counted_by_step() {
    let (log, model) = (visits(), file("short.bpmn"));
    let short = "case,activity,time\n1,Greet,2026-11-01\n1,Cut,2026-11-02\n1,Pay,2026-11-03\n";
    let only = file("short.csv");
    std::fs::write(&only, short).expect("the folder of the tests can be written");
    typed(&["discover", text(&only), "--out", text(&model)]).expect("discovered");
    let words = ["analyse", text(&log), "--model", text(&model), "--json"];
    let held: Value = serde_json::from_str(&typed(&words).expect("analysed")).expect("JSON");
    let conformance = &held["views"]["events"]["conformance"];
    assert_eq!(conformance["alignment"]["total_cost"], 20);
    let deviations = conformance["deviations"].as_array().expect("a list");
    let extra = |step: &str| {
        let row = deviations.iter().find(|row| row["activity"] == step);
        row.and_then(|row| row["extra"].as_u64())
    };
    assert_eq!(
        (extra("Wash"), extra("Dry"), extra("Cut")),
        (Some(10), Some(10), Some(0))
    );
}

#[test]
fn what_cannot_be_discovered_is_refused_with_what_is_allowed() {
    let log = visits();
    let refused = |words: &[&str]| typed(words).expect_err("it is refused").to_string();
    let noise = refused(&["discover", text(&log), "--noise", "1.5"]);
    assert!(noise.ends_with("from 0 to 1 is allowed"), "{noise}");
    let broken = file("broken.bpmn");
    std::fs::write(&broken, "<definitions><process id='p'/></definitions>").expect("written");
    let words = ["analyse", text(&log), "--model", text(&broken), "--json"];
    assert!(refused(&words).ends_with("no <process> with steps; one is needed"));
}
