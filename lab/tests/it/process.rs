//! `steward lab process` on the reference logs, to the digits of their reference figures.

use std::path::{Path, PathBuf};

use clap::Parser;
use lab::process::{Args, answer};
use serde_json::Value;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

/// A file of the reference logs; the folder lies beside the work tree, not in it.
fn real_file(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/event-logs");
    let path = root.join(name);
    if !path.exists() {
        eprintln!("{} is not here: not tried", path.display());
    }
    path.exists().then_some(path)
}

fn typed(words: &[&str]) -> Result<String, lab::Failure> {
    let line = Line::try_parse_from(std::iter::once("process").chain(words.iter().copied()));
    answer(&line.expect("the line is well-formed").args)
}

fn analysed(file: &Path, more: &[&str]) -> Value {
    let file = file.to_str().expect("paths of tests are text");
    let words = [&["analyse", file, "--json"], more].concat();
    let text = typed(&words).unwrap_or_else(|failure| panic!("{failure}"));
    serde_json::from_str(&text).expect("it is JSON")
}

/// Figures that the command does not give: those of another tool, and names of files.
fn is_ours(key: &str) -> bool {
    let files = [
        "log",
        "file",
        "file_sha256",
        "definitions",
        "all_variants_file",
        "pnml",
    ];
    let model = [
        "discovered_by",
        "process_tree",
        "cross_checked_with_pm4py_variants",
    ];
    !key.contains("pm4py") && !files.contains(&key) && !model.contains(&key)
}

/// Everything in `expected` that `found` does not have to within rounding, with its path.
fn differences(expected: &Value, found: &Value, path: &str, wrong: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, value) in expected.iter().filter(|(key, _)| is_ours(key)) {
                let found = found.get(key).unwrap_or(&Value::Null);
                differences(value, found, &format!("{path}/{key}"), wrong);
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (place, (value, found)) in expected.iter().zip(found).enumerate() {
                differences(value, found, &format!("{path}[{place}]"), wrong);
            }
        }
        (Value::Number(expected), Value::Number(found)) => {
            let [expected, found] = [expected, found].map(|n| n.as_f64().unwrap_or(f64::NAN));
            // The reference figures have six decimals; sums of 1e10 seconds have fewer digits.
            let close = (expected - found).abs() <= 1.5e-6_f64.max(expected.abs() * 1e-14);
            if !close {
                wrong.push(format!("{path}: {found} is not {expected}"));
            }
        }
        _ if expected == found => {}
        _ => wrong.push(format!("{path}: {found:.60} is not {expected:.60}")),
    }
}

fn agrees(reference: &str, file: &str, view: Option<&str>) {
    let (Some(expected), Some(file)) = (real_file(reference), real_file(file)) else {
        return;
    };
    let text = std::fs::read_to_string(&expected).expect("the reference can be read");
    let expected: Value = serde_json::from_str(&text).expect("the reference is JSON");
    let mut wrong = Vec::new();
    if expected.get("views").is_none() {
        differences(&expected, &analysed(&file, &[]), "", &mut wrong);
    } else {
        let mut found = analysed(&file, &[]);
        for (name, figures) in expected["views"].as_object().expect("views have names") {
            if view.is_some_and(|view| view != name) {
                continue;
            }
            if let Some(pnml) = figures["conformance"]["model"]["pnml"].as_str() {
                let model = file.with_file_name(pnml);
                let model = model.to_str().expect("paths of tests are text");
                found["views"][name] =
                    analysed(&file, &["--view", name, "--model", model])["views"][name].take();
            }
            differences(figures, &found["views"][name], name, &mut wrong);
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differ: {:#?}",
        wrong.len(),
        &wrong[..wrong.len().min(10)]
    );
}

#[test]
fn the_help_desk_has_its_reference_figures() {
    agrees("helpdesk.reference.json", "helpdesk.xes.gz", None);
}

#[test]
fn the_receipt_of_permits_has_its_reference_figures() {
    agrees("receipt.reference.json", "receipt.xes.gz", None);
}

#[test]
fn incidents_have_their_reference_figures_by_name() {
    agrees(
        "bpic2013_incidents.reference.json",
        "bpic2013_incidents.xes.gz",
        Some("events"),
    );
}

#[test]
fn incidents_have_their_reference_figures_by_name_and_step_of_the_life_cycle() {
    let view = Some("events+lifecycle");
    agrees(
        "bpic2013_incidents.reference.json",
        "bpic2013_incidents.xes.gz",
        view,
    );
}

#[test]
fn repairs_have_their_reference_figures_in_all_three_views() {
    agrees("repair.reference.json", "repair.xes.gz", None);
}

#[test]
fn the_call_centre_has_its_reference_figures() {
    agrees("callcentre.reference.json", "callcentre.csv.gz", None);
}

#[test]
fn an_object_centric_log_has_its_reference_figures_from_json() {
    agrees("ocel20_example.reference.json", "ocel20_example.json", None);
}

#[test]
fn orders_with_items_and_packages_have_their_reference_figures_from_sqlite() {
    agrees(
        "order_management.reference.json",
        "order_management.sqlite.gz",
        None,
    );
}

fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).expect("the folder of the tests can be written");
    path
}

#[test]
fn a_case_of_one_event_is_a_case_that_takes_no_time() {
    let file = file(
        "one.csv",
        "case,activity,time\n7,Arrive,2026-11-22T10:00:00Z\n",
    );
    let found = &analysed(&file, &[])["views"]["events"];
    assert_eq!(found["cases"], 1);
    assert_eq!(found["case_duration_s"]["max"], 0.0);
    assert_eq!(found["case_arrival"]["mean_gap_s"], Value::Null);
    assert_eq!(found["dfg"]["edges"], 0);
    assert_eq!(found["per_activity"][0]["gap_before_s"]["n"], 0);
}

#[test]
fn ten_thousand_activities_are_counted_like_ten() {
    let rows: String = (0..10_000)
        .map(|n| format!("{},Step {n},2026-11-22T10:{:02}:00Z\n", n / 10, n % 10))
        .collect();
    let file = file("many.csv", &format!("case,activity,time\n{rows}"));
    let found = &analysed(&file, &[])["views"]["events"];
    assert_eq!(found["activities"], 10_000);
    assert_eq!(found["dfg"]["edges"], 9_000);
    assert_eq!(found["variants"], 1_000);
}

#[test]
fn what_a_file_lacks_is_said_with_its_row_and_what_is_allowed() {
    let refused = |name: &str, text: &str| {
        let path = file(name, text);
        let words = ["analyse", path.to_str().expect("text"), "--json"];
        typed(&words).expect_err("it is refused").to_string()
    };
    let empty = refused("empty.csv", "case,activity,time\n");
    assert!(
        empty.ends_with("the log has no events; at least one is needed"),
        "{empty}"
    );
    let timeless = refused("timeless.csv", "case,activity,time\n1,Arrive,\n");
    assert!(timeless.contains("row 2"), "{timeless}");
    let text = "case,activity,start,end\n1,Cut,2026-11-22T10:00:00Z,2026-11-22T09:00:00Z\n";
    let backwards = refused("backwards.csv", text);
    assert!(
        backwards.contains("row 2") && backwards.contains("before"),
        "{backwards}"
    );
}

#[test]
fn two_halves_of_one_log_do_not_differ_and_a_slower_copy_does() {
    let rows = |minutes: u32| -> String {
        (0..60)
            .map(|case| {
                let begin = format!("{case},Arrive,2026-11-22T08:{case:02}:00Z\n");
                begin
                    + &format!(
                        "{case},Cut,2026-11-22T{:02}:{case:02}:30Z\n",
                        8 + minutes / 60
                    )
            })
            .collect()
    };
    let head = "case,activity,time\n";
    let quick = file("quick.csv", &format!("{head}{}", rows(0)));
    let slow = file("slow.csv", &format!("{head}{}", rows(60)));
    let compared = |other: &Path| -> Value {
        let paths = [&quick, other].map(|path: &Path| path.to_str().expect("text"));
        let text = typed(&["compare", paths[0], paths[1], "--json"]).expect("both can be read");
        serde_json::from_str(&text).expect("it is JSON")
    };
    assert_eq!(compared(&quick)["edges"][0]["time"]["p_corrected"], 1.0);
    let edge = &compared(&slow)["edges"][0];
    assert_eq!(edge["time"]["dominance"], -1.0);
    assert!(
        edge["time"]["p_corrected"]
            .as_f64()
            .is_some_and(|p| p < 1e-9)
    );
    assert_eq!(edge["frequency"]["difference"], 0.0);
}
