//! `steward lab simulate`: a model in, intervals out.

use std::path::PathBuf;

use lab::simulate::{Args, answer};
use serde_json::Value;

use crate::files::written;

fn salon() -> Args {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    Args {
        model: root.join("../algorithms/simulate/tests/salon.json"),
        replications: 30,
        seed: 7,
        against: None,
        events_max: 1_000_000,
        json: true,
    }
}

fn printed(args: &Args) -> Value {
    serde_json::from_str(&answer(args).expect("a model")).expect("JSON")
}

#[test]
fn the_example_gives_figures_by_customer_step_staff_and_room() {
    let figures = printed(&salon());
    let mean = |part: &str, name: &str, figure: &str| {
        let found = figures[part][name][figure]["mean"].as_f64();
        found.unwrap_or_else(|| panic!("{part} {name} {figure}: {figures}"))
    };
    let (came, missed) = (
        mean("customers", "booked", "arrived"),
        mean("customers", "booked", "no_show"),
    );
    assert_eq!(came + missed, 17.0);
    assert!(mean("steps", "cut", "finished") > 30.0);
    assert!((0.2..1.1).contains(&mean("staff", "stylists", "occupancy")));
    assert!((0.1..1.0).contains(&mean("rooms", "chair", "occupancy")));
    let wait = &figures["customers"]["walk-in"]["wait_mean"];
    assert!(wait["low"].as_f64() < wait["mean"].as_f64());
    assert!(wait["mean"].as_f64() < wait["high"].as_f64());
    assert_eq!(
        figures,
        printed(&salon()),
        "the same seed gives the same figures"
    );
    let table = answer(&Args {
        json: false,
        ..salon()
    });
    let table = table.expect("a model");
    let mut lines = table.lines();
    let is_wait = |line: &&str| line.contains("customers walk-in") && line.contains("wait_mean ");
    assert!(
        lines.any(|line| is_wait(&line) && line.contains('±')),
        "{table}"
    );
}

#[test]
fn a_second_model_is_compared_with_the_same_luck() {
    let text = std::fs::read_to_string(salon().model).expect("the example");
    let more = text.replace("\"count\": 4", "\"count\": 5");
    let args = Args {
        against: Some(written("more.json", more.as_bytes())),
        ..salon()
    };
    let figures = printed(&args);
    let group = &figures["customers"]["walk-in"];
    assert_eq!(group["arrived"]["mean"], 0.0);
    assert!(
        figures["steps"]["cut"]["wait_mean"]["high"].as_f64() < Some(0.0),
        "{figures}"
    );
}

#[test]
fn what_cannot_be_played_is_named_with_its_file() {
    let refused = |name: &str, bytes: &[u8]| {
        let model = written(name, bytes);
        answer(&Args { model, ..salon() })
            .expect_err("it is refused")
            .0
    };
    assert!(refused("empty.json", b"").contains("empty.json: line 1, column 0: this is not JSON"));
    assert!(refused("binary.json", b"\xff\xfe").contains("save it as UTF-8"));
    let end = r#"{"horizon_minutes": 9, "steps": [{"name": "a", "next": "b"}, {"name": "b"}],
        "customers": [{"name": "c", "start": "a", "arrivals": {"every": 1}}]}"#;
    let said = refused("end.json", end.as_bytes());
    assert!(
        said.contains("end.json: steps[1].next: the step b is a dead end"),
        "{said}"
    );
    let none = answer(&Args {
        replications: 0,
        ..salon()
    })
    .expect_err("it is refused")
    .0;
    assert!(
        none.contains("0 replications are not allowed; give 1 to 1000000"),
        "{none}"
    );
}
