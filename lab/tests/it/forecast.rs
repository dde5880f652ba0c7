//! `steward lab forecast`: demand as people keep it.

use std::path::PathBuf;

use clap::Parser;
use jiff::ToSpan;
use jiff::civil::{Weekday, date};
use lab::forecast::{Args, figures};
use serde_json::{Value, json};

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

/// Sixty days of two sites: the river with two services, the hill with one that began late and is
/// closed on the first day ahead.
fn two_sites() -> String {
    let mut file = String::from("date,site,service,guests,closed\n");
    for day in 0..60 {
        let date = date(2026, 1, 1) + day.days();
        let saturday = date.weekday() == Weekday::Saturday;
        let noise = (day * 7919) % 5;
        let cut = 20 + noise + if saturday { 15 } else { 0 };
        file.push_str(&format!("{date},river,cut,{cut},\n"));
        file.push_str(&format!("{date},river,spa,{},\n", 6 + (day * 31) % 4));
        if day >= 30 {
            file.push_str(&format!("{date},hill,cut,{},\n", 9 + (day * 17) % 3));
        }
    }
    file + "2026-03-02,hill,cut,,1\n"
}

/// The values of one series of many, `low_80` or `value` or `high_80`.
fn values(figures: &Value, of: Value, figure: &str) -> Vec<f64> {
    let mut series = figures["series"].as_array().into_iter().flatten();
    let found = series.find(|series| series["of"] == of);
    let points = found.and_then(|series| series["forecast"].as_array());
    let numbers = points.into_iter().flatten().map(|p| p[figure].as_f64());
    numbers.map(|number| number.expect("a number")).collect()
}

#[test]
fn the_forecasts_of_sites_and_services_add_up() {
    let figures = made("--horizon 14 --series site,service", &two_sites());
    assert_eq!(figures["levels"], json!(["site", "service"]));
    let of = |of: Value| values(&figures, of, "value");
    let all = of(json!({}));
    let (river, hill) = (of(json!({"site": "river"})), of(json!({"site": "hill"})));
    let cut = of(json!({"site": "river", "service": "cut"}));
    let spa = of(json!({"site": "river", "service": "spa"}));
    assert_eq!(all.len(), 14);
    for at in 0..14 {
        assert!((all[at] - river[at] - hill[at]).abs() < 1e-9, "{figures}");
        assert!((river[at] - cut[at] - spa[at]).abs() < 1e-9, "{figures}");
    }
    assert_eq!(hill, of(json!({"site": "hill", "service": "cut"})));
    // 2 March 2026 is a Monday on which the hill is closed and the river is not.
    assert!(
        hill[0] == 0.0 && hill[1] > 8.0 && river[0] > 20.0,
        "{figures}"
    );
    // The seventh of March is a Saturday.
    assert!(cut[5] > cut[4] + 8.0, "{figures}");
    let (low, high) = (
        values(&figures, json!({}), "low_80"),
        values(&figures, json!({}), "high_80"),
    );
    assert!(
        (0..14).all(|at| low[at] <= all[at] && all[at] <= high[at]),
        "{figures}"
    );
}

#[test]
fn many_series_are_scored_when_that_is_asked_for() {
    let words = "--horizon 7 --series site --slot day";
    let plain = made(words, &two_sites());
    assert_eq!(plain["series"].as_array().map(Vec::len), Some(3), "{plain}");
    assert!(plain["series"][0].get("mase").is_none(), "{plain}");
    let scored = made(&format!("{words} --backtest 1"), &two_sites());
    for series in scored["series"].as_array().into_iter().flatten() {
        assert!(
            series["wape"].as_f64().is_some_and(|wape| wape < 0.4),
            "{series}"
        );
    }
    let refused = refused(&format!("{words} --backtest 5"), &two_sites());
    assert!(refused.contains("hill: --backtest: "), "{refused}");
}

#[test]
fn what_is_wrong_with_many_series_is_said() {
    let refused = |words: &str, file: &str| {
        let message = refused(&format!("--horizon 7 --series {words}"), file);
        assert!(
            message.starts_with("shop.csv: ") && !message.contains('\n'),
            "{message}"
        );
        message
    };
    let unknown = refused("shop", &two_sites());
    assert!(
        unknown.contains("--series is shop; the file has the columns date, site"),
        "{unknown}"
    );
    let nameless = refused(
        "site,service",
        &two_sites().replace("01-03,river", "01-03,"),
    );
    assert!(
        nameless.contains("line 6, column site: empty; each row names"),
        "{nameless}"
    );
    let twice = refused("site", &two_sites());
    assert!(
        twice.contains("line 3, column guests: 2026-01-01T00:00"),
        "{twice}"
    );
    let brief = refused("site", "day,site,guests\n2026-01-01,a,1\n2026-01-02,b,1\n");
    assert!(
        brief.contains("has 2 slots; at least 8 are needed"),
        "{brief}"
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
