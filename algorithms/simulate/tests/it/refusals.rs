//! What cannot be played is refused with its place and with what is allowed.

use simulate::random::Stream;
use simulate::{Stopped, Study, json, simulate};

use crate::shop;

/// What is said about the example with one text in it replaced.
fn said(from: &str, to: &str) -> String {
    assert!(shop::SALON.contains(from), "the example holds {from}");
    let text = shop::SALON.replacen(from, to, 1);
    let wrong = json::read(&text).and_then(|model| json::check(&model));
    wrong.expect_err("it is refused").to_string()
}

/// A text of the example, what to put in its place, and what is said then.
const WRONG: [(&str, &str, &str); 17] = [
    (
        "\"horizon_minutes\": 600",
        "\"horizon_minutes\": -1",
        "horizon_minutes: -1 is not allowed; give a number above 0 and at most 1000000000",
    ),
    (
        "\"horizon_minutes\": 600,",
        "",
        "horizon_minutes: the field is missing; the README says what it holds",
    ),
    (
        "\"warm_up_minutes\": 0",
        "\"warm_up_minutes\": 600",
        "warm_up_minutes: 600 is not allowed; give a number from 0 to less than horizon_minutes",
    ),
    (
        "\"run_on\": true",
        "\"run_on\": \"yes\"",
        "run_on: \"yes\" is not allowed; give true or false",
    ),
    (
        "\"no_show\": 0.08",
        "\"no_show\": 1.08",
        "customers[0].arrivals.bookings.no_show: 1.08 is not allowed; give a number from 0 to 1",
    ),
    (
        "\"no_show\"",
        "\"noshow\"",
        "customers[0].arrivals.bookings.noshow: this field is not \
            known here; allowed are lateness, at_minutes, no_show",
    ),
    (
        "\"count\": 4",
        "\"count\": 0",
        "staff[1].count: 0 is not allowed; give from 1 to 1000000 of them",
    ),
    (
        "\"count\": 4",
        "\"count\": 1.5",
        "staff[1].count: 1.5 is not allowed; give a whole number from 0 to 4294967295",
    ),
    (
        "\"until_minute\": 240",
        "\"until_minute\": 0",
        "staff[0].shifts[0].until_minute: 0 is \
            not allowed; give a number above 0 (from_minute) and at most 1000000000",
    ),
    (
        "\"rooms\": [\"basin\"]",
        "\"rooms\": [\"basins\"]",
        "steps[1].rooms[0]: \"basins\" is not allowed; give the name of a room",
    ),
    (
        "\"skills\": [\"nails\"]",
        "\"skills\": [\"nails\", \"hair\"]",
        "steps[4].skills: no team \
            of the staff has nails + hair; name skills that one team has",
    ),
    (
        "\"mean\": 40, \"cv\": 0.3",
        "\"mean\": 0, \"cv\": 0.3",
        "steps[3].minutes.lognormal.mean: \
            0 is not allowed; give a number above 0 and at most 1000000000",
    ),
    (
        "\"share\": 0.7",
        "\"share\": 0.6",
        "steps[1].next: a sum of shares of 0.8999999999999999 is not allowed; give shares that \
             add up to 1",
    ),
    (
        "22, 25, 28",
        "22, \"many\", 28",
        "steps[5].minutes.fitted_to[1]: \"many\" is not allowed; give a number",
    ),
    (
        "\"from_minute\": 180",
        "\"from_minute\": 500",
        "customers[1].arrivals.poisson_per_hour[2].from_minute: 420 is not allowed; give numbers \
         from 0 to less than 1000000000, ascending",
    ),
    (
        "\"start\": \"welcome\"",
        "\"start\": \"Welcome\"",
        "customers[0].start: \"Welcome\" is not \
            allowed; give the name of a step (welcome, wash, colour and nails, colour, nails, cut, \
            look, pay)",
    ),
    (
        "\"name\": \"look\"",
        "\"name\": \"cut\"",
        "steps[6].name: \"cut\" once more is not allowed; give each name once",
    ),
];

#[test]
fn each_wrong_field_is_named_with_what_is_allowed() {
    for (from, to, says) in WRONG {
        assert_eq!(said(from, to), says);
    }
}

#[test]
fn dead_ends_and_loops_without_exit_are_named() {
    assert_eq!(
        said(
            "\"skills\": [\"desk\"], \"next\": \"end\"",
            "\"skills\": [\"desk\"]"
        ),
        "steps[7].next: the step pay is a dead end; give the name of a step, \"end\", or in a \
         branch \"join\""
    );
    assert_eq!(
        said(
            "{ \"to\": \"pay\", \"share\": 0.95 }",
            "{ \"to\": \"wash\", \"share\": 0.95 }"
        ),
        "steps[7] (pay): it is never reached; lead a step or a group to it, or leave it out"
    );
    assert_eq!(
        said(
            "\"desk\"], \"next\": \"end\"",
            "\"desk\"], \"next\": \"look\""
        ),
        "steps[5] (cut): the loop cut → look has no exit; give one of them a way to \
         another step or to the end"
    );
    assert_eq!(
        said(
            "\"nails\"], \"next\": \"join\"",
            "\"nails\"], \"next\": \"end\""
        ),
        "steps[4].next[0].to: end is not allowed here: a branch ends with join, and the parallel \
         step leads on"
    );
    assert_eq!(
        said(
            "\"nails\"], \"next\": \"join\"",
            "\"nails\"], \"next\": \"pay\""
        ),
        "steps[7] (pay): it is reached inside a branch of colour and nails and outside of it; end \
         the branch with join before, or make it two steps"
    );
}

#[test]
fn text_that_is_not_json_is_refused_with_its_place() {
    let said = |text: &str| json::read(text).expect_err("refused").to_string();
    assert!(said("").starts_with("line 1, column 0: this is not JSON"));
    assert!(said("{\"steps\": NaN}").starts_with("line 1, column"));
    assert_eq!(
        said("[]"),
        "the model: [] is not allowed; give an object in braces"
    );
}

#[test]
fn a_crowd_without_end_and_too_many_events_stop_with_a_reason() {
    let model = json::read(shop::SALON).expect("a model");
    let study = Study {
        events_max: 50,
        ..Study::default()
    };
    assert_eq!(simulate(&model, &study), Err(Stopped::Events(50)));
    let line = crate::shop::line(
        1,
        9_000.0,
        simulate::distribution::Distribution::Constant(9.0),
        9e3,
    );
    let stopped = simulate(&line, &Study::default()).expect_err("it grows without end");
    assert!(
        stopped
            .to_string()
            .starts_with("more than 4000000 are inside at minute 44")
    );
    let study = Study {
        replications: 0,
        ..Study::default()
    };
    assert_eq!(simulate(&model, &study), Err(Stopped::Replications(0)));
}

/// Bytes changed, cut out, doubled and swapped for telling ones: nothing may panic or hang.
#[test]
fn broken_models_are_refused_or_played_and_never_panic() {
    const TELLING: [&str; 12] = [
        "-", "0", "9", "e9", ".", "null", "\"", "[", "}", ",", "1e308", "\"end\"",
    ];
    let mut luck = Stream::new(20);
    let mut read = 0;
    for _ in 0..3_000 {
        let mut text = shop::SALON.to_owned();
        for _ in 0..=luck.bits() % 3 {
            let place = (luck.bits() % text.len() as u64) as usize;
            let end = (place + (luck.bits() % 6) as usize).min(text.len());
            let telling = TELLING[(luck.bits() % 12) as usize];
            text.replace_range(place..end, telling);
        }
        if let Ok(model) = json::read(&text) {
            read += 1;
            let study = Study {
                replications: 1,
                seed: 1,
                events_max: 5_000,
            };
            if let Err(stopped) = simulate(&model, &study) {
                assert!(!stopped.to_string().is_empty());
            }
        }
    }
    assert!(read > 50, "only {read} of 3000 could be read");
}
