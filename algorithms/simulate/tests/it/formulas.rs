//! What is known in closed form lies within the simulation's 99 % interval.

use serde_json::Value;
use simulate::distribution::Distribution;
use simulate::model::{Balking, Way};
use simulate::{Estimate, Model, Results, Study, simulate};

use crate::shop::{self, line, poisson, team, to, work};

/// The half width of a 99 % interval against one of 95 %, with 19 degrees of freedom.
const WIDER: f64 = 2.861 / 2.093;

fn play(model: &Model) -> Results {
    simulate(model, &Study::default()).expect("the model can be played")
}

fn holds(what: &str, figure: Option<Estimate>, known: f64) {
    let figure = figure.expect("there is such a figure");
    let half = figure.half_width.expect("twenty replications") * WIDER;
    assert!(
        (figure.mean - known).abs() <= half,
        "{what}: {} ± {half} does not hold {known}",
        figure.mean
    );
    assert!(
        half < 0.12 * known.abs(),
        "{what}: ± {half} about {known} says nothing"
    );
}

fn number(of: &Value, key: &str) -> f64 {
    of[key].as_f64().expect("a number")
}

/// The closed forms are in seconds; here a minute stands for each of these seconds.
fn station(results: &Results, name: &str, known: &Value) {
    let step = results.step(name).expect("the step");
    holds(
        "mean wait",
        step.figure("wait_mean"),
        number(known, "mean_wait_s"),
    );
    holds(
        "queue",
        step.figure("queue_mean"),
        number(known, "mean_queue_length"),
    );
    let team = results.team(name).expect("the team");
    holds(
        "occupancy",
        team.figure("occupancy"),
        number(known, "utilisation"),
    );
    if known["p_wait"].is_number() {
        holds(
            "share waiting",
            step.figure("share_waited"),
            number(known, "p_wait"),
        );
    }
}

fn servers(known: &Value) -> u32 {
    known["servers"].as_u64().expect("a count") as u32
}

#[test]
fn single_stations_meet_their_closed_forms() {
    let Some(text) = shop::shared("event-logs/queueing.reference.json") else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    for case in &file["cases"].as_array().expect("cases")[..5] {
        let mean = number(&case["service"], "mean_s");
        let minutes = match case["service"]["squared_cv"].as_f64() {
            None => Distribution::Exponential { mean },
            Some(0.0) => Distribution::Constant(mean),
            Some(squared_cv) => Distribution::Gamma {
                mean,
                cv: squared_cv.sqrt(),
            },
        };
        let rate = number(case, "arrival_rate_per_s");
        let model = line(servers(case), rate, minutes, 40_000.0 / rate);
        let results = play(&model);
        station(&results, "serve", case);
        let visit = results
            .group("all")
            .expect("the group")
            .figure("visit_mean");
        holds("visit", visit, number(case, "mean_sojourn_s"));
    }
}

#[test]
fn stations_in_a_row_meet_jacksons_theorem() {
    let Some(text) = shop::shared("event-logs/queueing.reference.json") else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    let case = &file["cases"][5];
    let stations = case["stations"].as_array().expect("stations");
    let rate = number(case, "arrival_rate_per_s");
    let names = ["first", "second", "third"];
    let step = |place: usize| {
        let mean = number(&stations[place]["service"], "mean_s");
        let next = to(names.get(place + 1).copied().unwrap_or("end"));
        work(names[place], Distribution::Exponential { mean }, next)
    };
    let model = Model {
        steps: (0..3).map(step).collect(),
        staff: (0..3)
            .map(|place| team(names[place], servers(&stations[place])))
            .collect(),
        customers: vec![poisson("first", rate)],
        horizon_minutes: 40_000.0 / rate,
        warm_up_minutes: 4_000.0 / rate,
        ..Model::default()
    };
    let results = play(&model);
    for (name, known) in names.into_iter().zip(stations) {
        station(&results, name, known);
    }
    let visit = results
        .group("all")
        .expect("the group")
        .figure("visit_mean");
    holds("visit", visit, number(case, "mean_end_to_end_s"));
}

#[test]
fn a_loop_of_rework_meets_its_closed_form() {
    let Some(text) = shop::shared("event-logs/queueing.reference.json") else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    let case = &file["cases"][6];
    let again = number(case, "rework_probability");
    let way = |to: &str, share| Way {
        to: to.to_owned(),
        share,
    };
    let rate = number(case, "external_arrival_rate_per_s");
    let mean = number(&case["station"]["service"], "mean_s");
    let ways = vec![way("serve", again), way("end", 1.0 - again)];
    let mut model = line(1, rate, Distribution::Exponential { mean }, 40_000.0 / rate);
    model.steps = vec![work("serve", Distribution::Exponential { mean }, ways)];
    let results = play(&model);
    station(&results, "serve", &case["station"]);
    let visit = results
        .group("all")
        .expect("the group")
        .figure("visit_mean");
    holds("visit", visit, number(case, "mean_end_to_end_s"));
}

#[test]
fn impatient_and_lost_customers_meet_erlang_a_and_b() {
    let Some(text) = shop::shared("queueing/erlang_points.json") else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    for point in &file["points"].as_array().expect("points")[2..8] {
        let (rate, mean) = (number(point, "lambda_"), 1.0 / number(point, "mu"));
        let count = point["c"].as_u64().expect("a count") as u32;
        let times = Distribution::Exponential { mean };
        let mut model = line(count, rate, times, 40_000.0 / rate);
        let patience = Distribution::Exponential {
            mean: 1.0 / number(point, "theta"),
        };
        model.customers[0].patience = Some(patience);
        model.wait_target_minutes = number(point, "T");
        let results = play(&model);
        let (group, known) = (results.group("all").expect("the group"), &point["erlang_a"]);
        let name = point["id"].as_str().expect("a name");
        let abandoned = group.figure("share_abandoned");
        holds(name, abandoned, number(known, "p_abandon"));
        holds(
            name,
            group.figure("wait_mean"),
            number(known, "mean_wait_served"),
        );
        holds(
            name,
            group.figure("wait_mean_all"),
            number(known, "mean_wait_all"),
        );
        let busy = results.team("serve").expect("the team").figure("occupancy");
        holds(name, busy, number(known, "occupancy"));

        model.customers[0].patience = None;
        model.customers[0].balking = vec![Balking {
            waiting_at_least: 0,
            share: 1.0,
        }];
        let results = play(&model);
        let group = results.group("all").expect("the group");
        let mean = |figure| group.figure(figure).expect("a figure").mean;
        let blocked = mean("balked") / mean("arrived");
        let known = number(&point["erlang_b"], "p_block");
        assert!(
            (blocked - known).abs() < 0.05 * known,
            "{name}: {blocked}, not {known}"
        );
        let busy = results.team("serve").expect("the team").figure("used_mean");
        holds(name, busy, number(&point["erlang_b"], "carried_load"));
    }
}
