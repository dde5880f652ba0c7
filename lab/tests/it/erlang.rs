//! `steward lab erlang`: the keys and figures of the exact points.

use lab::erlang::{Args, answer};
use serde_json::Value;

use crate::files::shared;

#[test]
fn the_command_prints_every_key_of_the_exact_points() {
    let Some(path) = shared("queueing/erlang_points.json") else {
        return;
    };
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    for point in file["points"].as_array().expect("it lists points") {
        let number = |key: &str| point[key].as_f64().expect("a number");
        let args = Args {
            servers: number("c") as u32,
            arrival: number("lambda_"),
            service: number("mu"),
            patience_rate: Some(number("theta")),
            within: Some(number("T")),
            json: true,
            ..Args::default()
        };
        let printed: Value = serde_json::from_str(&answer(&args).expect("a queue")).expect("JSON");
        for table in ["erlang_b", "erlang_c", "erlang_a"] {
            for (key, known) in point[table].as_object().expect("a table") {
                let found = &printed[table][key];
                let same = match known.as_f64() {
                    Some(known) => found
                        .as_f64()
                        .is_some_and(|found| (found - known).abs() <= 1e-9 * known.abs()),
                    None => found == known,
                };
                assert!(
                    same,
                    "{} {table}.{key}: {found} is not {known}",
                    point["id"]
                );
            }
        }
    }
}

#[test]
fn people_get_a_table_and_the_servers_they_need() {
    let args = Args {
        servers: 50,
        arrival: 48.0,
        service: 1.0,
        within: Some(1.0 / 3.0),
        answer_share: Some(0.8),
        service_cv: Some(0.5),
        ..Args::default()
    };
    let table = answer(&args).expect("a queue");
    let line = |name: &str| {
        let line = table.lines().find(|line| line.starts_with(name));
        line.expect("the table has the line")
            .split_whitespace()
            .last()
            .map(str::to_owned)
    };
    assert_eq!(line("erlang_c.mean_wait ").as_deref(), Some("0.347228"));
    assert_eq!(line("servers_for_answer_share").as_deref(), Some("52"));
    assert_eq!(
        line("general_service.relative_error_at_most").as_deref(),
        Some("0.0300000")
    );
}

#[test]
fn numbers_that_no_queue_has_are_refused() {
    let args = Args {
        servers: 3,
        arrival: 2.0,
        service: 1.0,
        ..Args::default()
    };
    let refused = |args: Args| answer(&args).expect_err("it is refused").0;
    assert_eq!(
        refused(Args {
            servers: 0,
            ..args.clone()
        }),
        "the number of servers is 0; give a whole number from 1 to 1000000"
    );
    assert_eq!(
        refused(Args {
            arrival: f64::NAN,
            ..args.clone()
        }),
        "the arrival rate is NaN; give a finite number above 0"
    );
    assert_eq!(
        refused(Args {
            patience_rate: Some(-1.0),
            ..args.clone()
        }),
        "the patience rate is -1; give a finite number above 0"
    );
    assert_eq!(
        refused(Args {
            within: Some(-1.0),
            ..args
        }),
        "the limit of the wait is -1; give a finite number of at least 0"
    );
}
