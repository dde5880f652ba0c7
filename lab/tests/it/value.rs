//! `steward lab value` on files as people have them.

use std::path::PathBuf;

use lab::value::{Args, answer};
use lifetime::Day;
use serde_json::Value;

const CDNOW: &str = "../algorithms/lifetime/tests/data/cdnow_transactions.csv";

fn today() -> Day {
    Day::new(2026, 11, 22).expect("it is a date")
}

fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, bytes).expect("the folder of the tests can be written");
    path
}

fn args(file: impl Into<PathBuf>) -> Args {
    Args {
        file: file.into(),
        discount: 0.1,
        json: true,
        ..Args::default()
    }
}

fn json(args: &Args) -> Value {
    let told = answer(args, today()).unwrap_or_else(|failure| panic!("{failure}"));
    serde_json::from_str(&told).expect("it is JSON")
}

fn refusal(name: &str, text: &str) -> String {
    let told = answer(&args(file(name, text.as_bytes())), today());
    let failure = told.expect_err("it is refused").to_string();
    assert!(!failure.contains('\n'), "{failure}");
    let place = failure.find(name).expect("it names the file");
    failure[place + name.len() + 2..].to_owned()
}

/// The reference and what was told agree where the reference has a number.
fn same(told: &Value, expected: &Value, path: &str) {
    match expected {
        Value::Object(fields) => {
            for (key, field) in fields {
                same(&told[key], field, &format!("{path}/{key}"));
            }
        }
        Value::Number(number) => {
            let expected = number.as_f64().expect("it is a number");
            let found = told.as_f64().unwrap_or_else(|| panic!("{path} is {told}"));
            let places = number.to_string().split('.').nth(1).map_or(0, str::len);
            // The last digit told, and the numeric curvature of the reference.
            let last = 1.2 * 0.1_f64.powi(places as i32) + 1.1e-5 * expected.abs().min(10.0);
            assert!(
                (found - expected).abs() < last,
                "{path}: {found} is not {expected}"
            );
        }
        Value::Array(items) => {
            assert_eq!(told.as_array().map(Vec::len), Some(items.len()), "{path}");
            for (told, expected) in told.as_array().into_iter().flatten().zip(items) {
                same(told, expected, path);
            }
        }
        other => assert_eq!(told, other, "{path}"),
    }
}

#[test]
fn cdnow_is_told_with_the_names_and_numbers_of_the_reference() {
    let text = include_str!("../../../algorithms/lifetime/tests/data/cdnow_reference.json");
    let reference: Value = serde_json::from_str(text).unwrap();
    let given = Args {
        calibration_end: Some("1997-09-30".into()),
        ..args(CDNOW)
    };
    // The middle of the time observed is that day.
    for told in [json(&given), json(&args(CDNOW))] {
        for key in [
            "n_customers",
            "repeaters",
            "sum_x",
            "T_star_weeks",
            "holdout_actual_total",
        ] {
            same(&told[key], &reference[key], key);
        }
        same(&told["models"], &reference["models"], "models");
        same(&told["naive_rate"], &reference["naive_rate"], "naive_rate");
        for key in ["n", "params", "se", "log_likelihood"] {
            same(
                &told["gamma_gamma"][key],
                &reference["gamma_gamma"][key],
                key,
            );
        }
        assert_eq!(told["chosen"], "Pareto/NBD");
    }
    let text = include_str!("../../../algorithms/lifetime/tests/data/rfm_reference.json");
    let reference: Value = serde_json::from_str(text).unwrap();
    for key in ["n", "cuts", "score_counts", "reference_date"] {
        same(&json(&given)["rfm"][key], &reference[key], key);
    }
}

#[test]
fn every_customer_gets_a_line() {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("people.csv");
    let given = Args {
        calibration_end: Some("1997-09-30".into()),
        per_customer: Some(out.clone()),
        ..args(CDNOW)
    };
    json(&given);
    let text = std::fs::read_to_string(&out).unwrap();
    let line = |id: &str| -> Vec<String> {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned));
        lines
            .find_map(|mut cells| (cells.next()? == id).then(|| cells.collect()))
            .unwrap()
    };
    assert_eq!(text.lines().count(), 2358);
    assert_eq!(line("id"), ["p_alive", "expected_purchases", "clv"]);
    // Pareto/NBD over the 39 weeks of the holdout, from the reference.
    assert_eq!(line("157")[..2], ["0.996187", "19.595849"]);
    assert_eq!(line("3")[..2], ["0.295113", "0.107070"]);
    let value: f64 = line("157")[2].parse().unwrap();
    // 19.6 purchases at 26.39 each are 517; a tenth a year over three quarters takes 4 % off.
    assert!((490.0..505.0).contains(&value), "{value}");

    // Without a day to stand on it is the last one, a year ahead, learnt from everything.
    json(&Args {
        per_customer: Some(out.clone()),
        ..args(CDNOW)
    });
    let now = std::fs::read_to_string(&out).unwrap();
    assert_eq!(now.lines().count(), 2358);
    assert_ne!(now, text);
}

#[test]
fn one_model_a_unit_and_a_bootstrap_can_be_asked_for() {
    use clap::Parser;
    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        args: Args,
    }
    let asked = |more: &[&str]| {
        let line = ["value", CDNOW, "--json"].iter().chain(more).copied();
        json(&Line::parse_from(line.collect::<Vec<&str>>()).args)
    };
    let told = asked(&["--model", "bgnbd", "--unit", "day", "--bootstrap", "20"]);
    let models = told["models"].as_object().unwrap();
    assert_eq!(models.keys().collect::<Vec<_>>(), ["BG/NBD"]);
    assert_eq!(told["chosen"], "BG/NBD");
    let alpha = told["models"]["BG/NBD"]["params"]["alpha"]
        .as_f64()
        .unwrap();
    assert!((alpha - 7.0 * 4.413602).abs() < 1e-4, "{alpha}");
    let interval = &told["models"]["BG/NBD"]["interval_95"]["alpha"];
    assert!(interval[0].as_f64().unwrap() < alpha && alpha < interval[1].as_f64().unwrap());
    assert!(Line::try_parse_from(["value", CDNOW, "--model", "magic"]).is_err());
    let table = answer(
        &Args {
            json: false,
            ..args(CDNOW)
        },
        today(),
    )
    .unwrap();
    for word in [
        "2357 customers",
        "Pareto/NBD",
        "-9594.98",
        "chosen: Pareto/NBD",
        "1882",
    ] {
        assert!(table.contains(word), "{word}: {table}");
    }
}

/// A shop of 40 customers: who, year, month, day, amount.
fn shop() -> Vec<(u32, i32, i32, i32, f64)> {
    let mut rows = Vec::new();
    for who in 0..40_u32 {
        for visit in 0..=(who % 7) {
            let day = (who * 3 + visit * (11 + who % 5)) as i32 % 350;
            let (year, month, day) = Day(20_500 + day).date();
            rows.push((who, year, month, day, f64::from(10 + who % 9) + 0.5));
        }
    }
    rows
}

type Row = (u32, i32, i32, i32, f64);

fn written(header: &str, line: impl Fn(&Row) -> String) -> String {
    let lines: Vec<String> = shop().iter().map(line).collect();
    format!("{header}{}\n", lines.join("\n"))
}

fn plain() -> String {
    written("id,date,spend\n", |(who, y, m, d, money)| {
        format!("{who},{y}-{m:02}-{d:02},{money}")
    })
}

#[test]
fn the_same_shop_is_the_same_however_it_is_written() {
    let plain = plain();
    let expected = json(&args(file("plain.csv", plain.as_bytes())));
    let chinese = written("会员号,日期,金额\r\n", |(who, y, m, d, money)| {
        format!("{who},{y}年{m}月{d}日,￥{money}\r")
    });
    let (gbk, _, _) = encoding_rs::GBK.encode(&chinese);
    let mut wide = vec![0xff, 0xfe];
    wide.extend(chinese.encode_utf16().flat_map(u16::to_le_bytes));
    let others: [(&str, Vec<u8>); 7] = [
        ("gbk.csv", gbk.into_owned()),
        ("wide.csv", wide),
        (
            "master.txt",
            written("", |(who, y, m, d, money)| {
                format!(" {who:05} {y}{m:02}{d:02}  1  {money}")
            })
            .into_bytes(),
        ),
        (
            "german.csv",
            written("Kunde;Datum;Betrag\n", |(who, y, m, d, money)| {
                format!(
                    "{who};{d:02}.{m:02}.{y};\"{}\"",
                    money.to_string().replace('.', ",")
                )
            })
            .into_bytes(),
        ),
        (
            "american.csv",
            written(
                "\u{feff}Invoice,CustomerID,InvoiceDate,Total\n",
                |(who, y, m, d, money)| format!("A{m}{d},{who},{m}/{d}/{y} 8:26,\"${money}\""),
            )
            .into_bytes(),
        ),
        (
            "instants.csv",
            written("when\tcustomer\tamount\n", |(who, y, m, d, money)| {
                format!("{y}-{m:02}-{d:02}T23:59:00+08:00\t{who}\t{money}")
            })
            .into_bytes(),
        ),
        (
            "twice.csv",
            plain.replace(",10.5", ",\"10.50\"").into_bytes(),
        ),
    ];
    for (name, bytes) in others {
        assert_eq!(json(&args(file(name, &bytes))), expected, "{name}");
    }
}

#[test]
fn a_short_time_teaches_as_a_whole() {
    // Nobody comes back in the first half, some often in the second.
    let mut late = String::from("id,date\n");
    for who in 0..40 {
        late += &format!("{who},{}\n", Day(20_454 + who));
        for visit in 0..(who % 4) * (who % 5) {
            late += &format!("{who},{}\n", Day(20_610 + who % 7 + visit * (5 + who % 3)));
        }
    }
    let told = json(&args(file("late.csv", late.as_bytes())));
    assert_eq!(told["calibration_end"], told["observed_to"]);
    assert!(told["holdout_actual_total"].is_null());
    assert!(told["models"][told["chosen"].as_str().unwrap()]["rmse"].is_null());
}

#[test]
fn columns_can_be_named_and_a_wrong_name_is_told() {
    let text = written("a,b,c,d\n", |(who, y, m, d, money)| {
        format!("{money},{y}-{m:02}-{d:02},{who},{y}-01-01")
    });
    let path = file("named.csv", text.as_bytes());
    let named = |id: &str| Args {
        id: Some(id.into()),
        date: Some("b".into()),
        spend: Some("A".into()),
        ..args(&path)
    };
    let expected = json(&args(file("unnamed.csv", plain().as_bytes())));
    assert_eq!(json(&named("c")), expected);
    let failure = answer(&named("who"), today()).unwrap_err().to_string();
    assert!(
        failure.ends_with("--id is who; the columns are a, b, c, d"),
        "{failure}"
    );
}

#[test]
fn rows_that_cannot_be_are_named_by_row_and_column() {
    let told = |rows: &str| {
        refusal(
            "wrong.csv",
            &format!("id,date,spend\n1,2026-01-05,3\n{rows}\n"),
        )
    };
    assert_eq!(
        told("2,2026-02-30,4"),
        "row 3, date: \"2026-02-30\"; it takes a date such as 1997-01-31 or 19970131"
    );
    assert_eq!(
        told("2,2026-02-20,-4"),
        "row 3, spend: \"-4\"; it takes an amount of 0 or more"
    );
    assert_eq!(
        told("2,2026-02-20,NaN"),
        "row 3, spend: \"NaN\"; it takes an amount of 0 or more"
    );
    assert_eq!(
        told("2,2026-02-20,inf"),
        "row 3, spend: \"inf\"; it takes an amount of 0 or more"
    );
    assert_eq!(
        told("2,2026-02-20"),
        "row 3, spend: \"\"; it takes an amount of 0 or more"
    );
    assert_eq!(
        told(",2026-02-20,4"),
        "row 3, id: \"\"; it names the customer"
    );
    assert_eq!(
        told("2,2026-11-23,4"),
        "row 3, date: \"2026-11-23\"; it takes a day up to 2026-11-22"
    );
    let many = told(&"2,x,4\n".repeat(9));
    assert!(
        many.contains("row 3, date") && many.ends_with("and 6 more rows like these"),
        "{many}"
    );
}

#[test]
fn files_that_say_nothing_get_a_clear_answer() {
    assert!(refusal("empty.csv", "").starts_with("the file is empty"));
    assert!(refusal("head.csv", "id,date\n").starts_with("there is a header and no purchase"));
    assert!(refusal("prose.txt", "hello\nworld\n").starts_with("no column holds dates"));
    let once = refusal("once.csv", "id,date\n1,2026-01-01\n2,2026-02-01\n");
    assert!(
        once.starts_with("none of the 2 customers came back"),
        "{once}"
    );
    let one = refusal("one.csv", "id,date\n1,2026-01-01\n1,2026-02-01\n");
    assert!(
        one.starts_with("1 different histories are too few"),
        "{one}"
    );
    let slashes = "id,date\n1,03/04/2026\n1,05/04/2026\n";
    let ambiguous = refusal("slashes.csv", slashes);
    assert!(
        ambiguous.ends_with("say --date-order dmy or mdy"),
        "{ambiguous}"
    );
    let missing = answer(&args("no-such-file.csv"), today())
        .unwrap_err()
        .to_string();
    assert!(missing.starts_with("no-such-file.csv: "), "{missing}");
    let late = Args {
        calibration_end: Some("1999-01-01".into()),
        ..args(CDNOW)
    };
    let failure = answer(&late, today()).unwrap_err().to_string();
    assert_eq!(
        failure,
        "--calibration-end is 1999-01-01; give a day from 1997-01-01 to 1998-06-30"
    );
}

#[test]
fn broken_files_are_answered_in_one_line_and_never_with_nan() {
    let plain = plain();
    let mut state = 7_u64;
    let mut roll = |below: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % below
    };
    let bits: [&[u8]; 12] = [
        b",",
        b"\"",
        b"\n",
        b"\r",
        b"-",
        b"\0",
        b"\xff",
        b"9999",
        b"NaN",
        b"1e308",
        b"\t",
        "日".as_bytes(),
    ];
    let (mut answers, mut refusals) = (0, 0);
    for _ in 0..250 {
        let mut bytes = plain.clone().into_bytes();
        for _ in 0..=roll(2) {
            let at = roll(bytes.len());
            match roll(5) {
                0 => bytes.truncate(at),
                1 => bytes
                    .splice(at..at, bits[roll(bits.len())].iter().copied())
                    .for_each(drop),
                2 => bytes
                    .drain(at..(at + roll(40)).min(bytes.len()))
                    .for_each(drop),
                3 => bytes[at] = b"0123456789"[roll(10)],
                _ => bytes[at] = roll(256) as u8,
            }
            if bytes.is_empty() {
                break;
            }
        }
        match answer(&args(file("fuzz.csv", &bytes)), today()) {
            Ok(told) => {
                answers += 1;
                let told: Value = serde_json::from_str(&told).unwrap();
                for (_, model) in told["models"].as_object().unwrap() {
                    let numbers = model["params"].as_object().unwrap().values();
                    assert!(
                        numbers
                            .chain([&model["log_likelihood"]])
                            .all(Value::is_number)
                    );
                }
            }
            Err(failure) => {
                refusals += 1;
                assert!(
                    !failure.0.trim().is_empty() && !failure.0.contains('\n'),
                    "{failure}"
                );
            }
        }
    }
    assert!(answers > 20 && refusals > 100, "{answers} {refusals}");
}
