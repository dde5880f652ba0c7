//! `steward lab forecast`: demand as people keep it.

use std::path::PathBuf;

use clap::Parser;
use lab::forecast::{Args, figures};
use serde_json::Value;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    args: Args,
}

fn args(words: &str) -> Args {
    let line = Line::try_parse_from(["forecast", "shop.csv"].into_iter().chain(words.split(' ')));
    line.expect("the line is well-formed").args
}

fn made(words: &str, file: &str) -> Value {
    figures(&args(words), file.as_bytes()).expect("the file is sound")
}

fn refused(words: &str, file: &str) -> String {
    figures(&args(words), file.as_bytes())
        .expect_err("the file is broken")
        .0
}

/// Sixty days of a shop that serves 20 a day and 35 on Saturdays.
fn sixty_days() -> String {
    let mut file = String::from("day,visits\n");
    for at in 0..60 {
        let (month, day) = (1 + at / 30, 1 + at % 30);
        let day = if month == 2 && day > 28 {
            continue;
        } else {
            day
        };
        let saturday = (month == 1 && day % 7 == 6) || (month == 2 && day % 7 == 3);
        file.push_str(&format!(
            "2024-{month:02}-{day:02},{}\n",
            if saturday { 35 } else { 20 }
        ));
    }
    file
}

#[test]
fn a_file_without_names_that_are_known_is_understood() {
    let figures = made("--horizon 7", &sixty_days());
    assert_eq!(
        (&figures["slot"], &figures["slots_without_row"]),
        (&"day".into(), &1.into())
    );
    assert_eq!(figures["forecast"].as_array().map(Vec::len), Some(7));
    assert_eq!(figures["forecast"][0]["at"], "2024-02-29T00:00");
    let saturday = figures["forecast"][2]["value"].as_f64().expect("a number");
    assert!((saturday - 35.0).abs() < 4.0, "{figures}");
    assert!(
        figures["wape"].as_f64().is_some(),
        "four origins fit by themselves: {figures}"
    );
}

#[test]
fn rows_of_the_days_ahead_tell_of_holidays_and_closed_days() {
    let mut file = sixty_days()
        .replace("visits\n", "visits,closed\n")
        .replace("0\n", "0,0\n");
    file = file.replace("5\n", "5,0\n");
    file.push_str("2024-02-29,,0\n2024-03-01,,1\n2024-03-02,,0\n");
    let figures = made("--horizon 3", &file);
    let value = |at: usize| figures["forecast"][at]["value"].as_f64();
    assert_eq!(value(1), Some(0.0), "{figures}");
    assert!(value(0) > Some(10.0) && value(2) > Some(10.0), "{figures}");
}

#[test]
fn single_visits_are_added_up_by_hour() {
    let mut file = String::from("when,guests\n");
    for day in 1..=28 {
        for minute in [3, 17, 44] {
            file.push_str(&format!("2026/2/{day} 10:{minute:02},2\n"));
        }
    }
    let message = refused("--horizon 24", &file);
    assert!(
        message.contains("line 3") && message.contains("name a slot"),
        "{message}"
    );
    let figures = made("--horizon 24 --slot hour --backtest 2", &file);
    let ten = figures["forecast"].as_array().into_iter().flatten();
    let ten = ten.filter(|p| p["at"].as_str().is_some_and(|at| at.ends_with("T10:00")));
    let values: Vec<f64> = ten.filter_map(|point| point["value"].as_f64()).collect();
    assert!(
        values.len() == 1 && (values[0] - 6.0).abs() < 0.7,
        "{figures}"
    );
}

#[test]
fn what_is_wrong_is_said_with_line_column_and_what_is_allowed() {
    let cases = [
        ("", "no time"),
        ("day,visits\n", "there are no rows"),
        (
            "day,visits\n2024-01-01,3\n",
            "has 1 slots; at least 8 are needed",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-13-01,3\n",
            "line 3, column day: “2024-13-01” is no time",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-01-02,x\n",
            "line 3, column visits: “x” is no number",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-01-02,NaN\n",
            "line 3, column visits: the value is not",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-01-02,-1\n",
            "line 3, column visits: -1 is below zero",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-01-01,4\n",
            "line 3, column visits: 2024-01-01T00:00",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-01-02,\n2024-01-03,4\n",
            "line 3, column visits: empty",
        ),
        (
            "day,visits\n2024-01-01,3\n2024-01-02,4,5\n",
            "line 3: 3 columns, the header has 2",
        ),
        (
            "day,visits,holiday\n2024-01-01,3,maybe\n",
            "line 2, column holiday: “maybe” is neither",
        ),
        ("day,visits\nMonday,3\n", "name the column with --time"),
        (
            "day,visits\n0001-01-01,3\n2024-01-01T10:05,3\n",
            "look for a wrong year",
        ),
    ];
    for (file, wanted) in cases {
        let message = refused("--horizon 7", file);
        let nothing = file.is_empty() && message.contains("there are no rows");
        assert!(message.contains(wanted) || nothing, "{wanted}: {message}");
        assert!(
            message.starts_with("shop.csv: ") && !message.contains('\n'),
            "{message}"
        );
    }
    let message = refused("--horizon 7 --value sales", &sixty_days());
    assert!(
        message.contains("the file has the columns day, visits"),
        "{message}"
    );
    assert!(refused("--horizon 0", &sixty_days()).contains("give 1 to 100000 slots"));
    assert!(refused("--horizon 7 --slot fortnight", &sixty_days()).contains("30min"));
    assert!(refused("--horizon 7 --calendar mars", &sixty_days()).contains("cn, us or pt"));
    assert!(refused("--horizon 7 --backtest 9", &sixty_days()).contains("fewer origins"));
}

#[test]
fn no_change_of_a_byte_makes_it_fall() {
    let file = sixty_days().into_bytes();
    let args = args("--horizon 3");
    let mut state = 7u64;
    for _ in 0..300 {
        let mut bytes = file.clone();
        for _ in 0..3 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            let at = (state >> 33) as usize % bytes.len();
            match state % 3 {
                0 => bytes[at] = b",\n\"-0:9T\xff"[(state >> 20) as usize % 9],
                1 => drop(bytes.remove(at)),
                _ => bytes.truncate(at.max(20)),
            }
        }
        if let Err(stop) = figures(&args, &bytes) {
            assert!(stop.0.starts_with("shop.csv: "), "{stop}");
        }
    }
}

#[test]
fn the_bikes_meet_the_bar_from_the_command_line() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/forecast");
    let Ok(bytes) = std::fs::read(root.join("bike_hourly.csv")) else {
        eprintln!("{} is not here: not tried", root.display());
        return;
    };
    let words = "--time timestamp --value count --horizon 168 --backtest 8 --step 168";
    let figures = figures(&args(words), &bytes).expect("the file is sound");
    let figure = |name: &str| figures[name].as_f64().unwrap_or(f64::NAN);
    assert!(figure("mase") < 1.15, "{figures}");
    assert!((0.77..=0.84).contains(&figure("coverage_80")), "{figures}");
    assert!(
        (figure("mase_denominator") - 50.720_559).abs() < 1e-5,
        "{figures}"
    );
}
