//! `steward lab waits`: better than the figures to beat, and plain about wrong rows.

use lab::waits::{Args, answer};
use serde_json::Value;
use simulate::random::Stream;

use crate::files::{shared, written};

const SMALL: &str =
    "day,arrive_s,queue_ahead,busy,staff,last_called_wait_s,wait_s,outcome,service_s
1,0,0,0,1,,0.0,served,300
1,60,0,1,1,0.0,240.0,served,200
1,90,1,1,1,0.0,100.5,left,
2,0,0,0,1,,0.0,served,250
2,100,0,1,1,0.0,150.0,served,80
";

fn args(name: &str, text: &str) -> Args {
    Args {
        tickets: written(name, text.as_bytes()),
        train_days: 1,
        seed: 1,
        json: true,
    }
}

#[test]
fn the_reference_tickets_are_quoted_better_than_by_the_figures_to_beat() {
    let Some(tickets) = shared("queueing/tickets_sim.csv") else {
        return;
    };
    let args = Args {
        tickets,
        train_days: 10,
        seed: 1,
        json: true,
    };
    let printed = answer(&args).expect("the file can be read");
    let printed: Value = serde_json::from_str(&printed).expect("JSON");
    let number = |key: &str| printed[key].as_f64().expect("a number");
    assert!(number("mae_s") < 64.0, "{printed}");
    assert!(number("rmse_s") < 92.0, "{printed}");
    assert!((0.78..=0.82).contains(&number("coverage_80")), "{printed}");
    assert!(number("width_80_s") <= 190.2, "{printed}");
    assert_eq!(printed["scored"], 1086);
}

#[test]
fn a_small_file_is_enough_for_figures_and_a_table() {
    let mut args = args("small.csv", SMALL);
    let printed: Value = serde_json::from_str(&answer(&args).expect("a file")).expect("JSON");
    assert_eq!(printed["scored"], 1);
    args.json = false;
    assert!(answer(&args).expect("a file").contains("\ncoverage_80"));
}

/// A text of the small file, what to put in its place, and what is said then.
const WRONG: [(&str, &str, &str); 9] = [
    (
        "wait_s,outcome",
        "waited,outcome",
        "row 1: the column wait_s is missing; the columns \
            needed are day, arrive_s, staff, wait_s, outcome, service_s",
    ),
    (
        "1,60,",
        "1,NaN,",
        "row 3, arrive_s: \"NaN\" is not allowed; give a number of seconds from 0 to 31536000",
    ),
    (
        "1,60,",
        "1,-60,",
        "row 3, arrive_s: \"-60\" is not allowed; give a number of seconds from 0 to 31536000",
    ),
    (
        "1,90,",
        "1,30,",
        "row 4, arrive_s: \"30\" is not allowed; give at least 60: arrivals of \
            a day must ascend",
    ),
    (
        "2,100",
        "1,100",
        "row 6, day: \"1\" is not allowed; give a day from 2 on: days must ascend",
    ),
    (
        "served,300",
        "gone,300",
        "row 2, outcome: \"gone\" is not allowed; give served or left",
    ),
    (
        "served,300",
        "served,",
        "row 2, service_s: \"\" is not allowed; give a number of seconds from 0 to 31536000",
    ),
    (
        "left,",
        "left,5",
        "row 4, service_s: \"5\" is not allowed; give nothing, since this \
            customer left unserved",
    ),
    (
        "2,0,0,0,1",
        "2,0,0,0,-1",
        "row 5, staff: \"-1\" is not allowed; give a whole number from 0 to 10000",
    ),
];

#[test]
fn wrong_rows_are_named_with_column_and_what_is_allowed() {
    for (from, to, says) in WRONG {
        assert!(SMALL.contains(from), "the file holds {from}");
        let refused = answer(&args("wrong.csv", &SMALL.replacen(from, to, 1)));
        let said = refused.expect_err("it is refused").0;
        let (_, said) = said.split_once(": ").expect("the file comes first");
        assert_eq!(said, says);
    }
    let refused = answer(&args("empty.csv", "")).expect_err("it is refused").0;
    assert!(refused.ends_with("outcome, service_s"), "{refused}");
    let heads = SMALL.lines().next().expect("a line");
    let refused = answer(&args("heads.csv", heads))
        .expect_err("it is refused")
        .0;
    assert!(
        refused.ends_with("give at least two days of them"),
        "{refused}"
    );
    let mut all = args("days.csv", SMALL);
    all.train_days = 2;
    assert!(
        answer(&all)
            .expect_err("it is refused")
            .0
            .starts_with("--train-days is 2")
    );
    all.tickets = "nowhere.csv".into();
    assert!(
        answer(&all)
            .expect_err("it is refused")
            .0
            .starts_with("nowhere.csv: ")
    );
}

/// Bytes changed, cut out and swapped for telling ones: nothing may panic or hang.
#[test]
fn broken_files_are_refused_or_scored_and_never_panic() {
    const TELLING: [&[u8]; 10] = [
        b"-",
        b"NaN",
        b"1e9",
        b",",
        b"\n",
        b"\"",
        b"\xff",
        b"left",
        b"0",
        b"99999999999",
    ];
    let mut luck = Stream::new(5);
    let mut read = 0;
    for _ in 0..400 {
        let mut bytes = SMALL.as_bytes().to_vec();
        for _ in 0..=luck.bits() % 3 {
            let place = (luck.bits() % bytes.len() as u64) as usize;
            let end = (place + (luck.bits() % 5) as usize).min(bytes.len());
            let telling = TELLING[(luck.bits() % 10) as usize];
            bytes.splice(place..end, telling.iter().copied());
        }
        let tickets = written("broken.csv", &bytes);
        let result = answer(&Args {
            tickets,
            train_days: 1,
            seed: 1,
            json: true,
        });
        match result {
            Ok(printed) => {
                read += 1;
                assert!(!printed.contains("null"), "{printed}");
            }
            Err(refused) => {
                assert!(refused.0.contains("broken.csv: ") || refused.0.contains("days"))
            }
        }
    }
    assert!(read > 20, "only {read} of 400 could be read");
}
