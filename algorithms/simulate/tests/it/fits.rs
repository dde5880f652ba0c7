//! Times of real and recorded work: fitted, then played.

use std::collections::BTreeMap;

use serde_json::Value;
use simulate::distribution::{Distribution, fit};
use simulate::model::{Arrivals, Way};
use simulate::{Model, Study, simulate};

use crate::shop::{self, poisson, team, to, work};

/// Minutes since 1970 of a time like 2017-01-02T11:41:53.
fn minutes(time: &str) -> f64 {
    let number = |from: usize, until: usize| time[from..until].parse::<i64>().expect("a number");
    let (year, month) = match number(5, 7) {
        month @ 1..=2 => (number(0, 4) - 1, month + 9),
        month => (number(0, 4), month - 3),
    };
    let days = 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5;
    let clock = 3_600 * number(11, 13) + 60 * number(14, 16) + number(17, 19);
    (days + number(8, 10)) as f64 * 1_440.0 + clock as f64 / 60.0
}

/// How long each piece of work of each activity took, in minutes.
fn durations(log: &str) -> BTreeMap<&str, Vec<f64>> {
    let mut all: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for row in log.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let took = minutes(cells[4]) - minutes(cells[3]);
        all.entry(cells[1]).or_default().push(took);
    }
    all
}

/// The blueprint that the log shows, each step with the distribution that fits its times best.
fn emergency(times: &BTreeMap<&str, Vec<f64>>) -> Model {
    let step = |name: &str, next: Vec<Way>| {
        let best = fit(&times[name]).expect("times").remove(0).distribution;
        work(name, best, next)
    };
    let way = |to: &str, share| Way {
        to: to.to_owned(),
        share,
    };
    let bloods = 237.0 / (237.0 + 261.0);
    let tests = vec![way("Blood test", bloods), way("X-Ray", 1.0 - bloods)];
    let mut group = poisson("Registration", 1.0);
    group.arrivals = Arrivals::Every(Distribution::Exponential { mean: 1_380.0 });
    Model {
        steps: vec![
            step("Registration", to("Triage and Assessment")),
            step("Triage and Assessment", tests),
            step("Blood test", to("MRI SCAN")),
            step("MRI SCAN", to("Discuss Results")),
            step("X-Ray", to("Discuss Results")),
            step("Discuss Results", to("Check-out")),
            step("Check-out", to("end")),
        ],
        staff: times.keys().map(|name| team(name, 1)).collect(),
        customers: vec![group],
        horizon_minutes: 500.0 * 1_380.0,
        run_on: true,
        ..Model::default()
    }
}

#[test]
fn the_emergency_department_is_fitted_and_works_as_long_as_recorded() {
    let (Some(log), Some(text)) = (
        shop::shared("queueing/patients_events.csv"),
        shop::shared("queueing/patients_reference.json"),
    ) else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    let times = durations(&log);
    let model = emergency(&times);
    let study = Study::default();
    let results = simulate(&model, &study).expect("the model can be played");
    for (name, known) in file["activity"].as_object().expect("activities") {
        let number = |key: &str| known[key].as_f64().expect("a number");
        let recorded = &times[name.as_str()];
        let mean = recorded.iter().sum::<f64>() / recorded.len() as f64;
        assert_eq!(recorded.len() as f64, number("n"), "{name}");
        assert!(
            (mean - number("mean_duration_min")).abs() < 1e-4,
            "{name}: {mean}"
        );
        let step = results.step(name).expect("the step");
        let of = |figure| step.figure(figure).expect("the figure").mean;
        let played = of("working_mean") * model.horizon_minutes / of("finished");
        // The last ones are worked on beyond the horizon, up to which the work is counted.
        assert!(
            (played / mean - 1.0).abs() < 0.03,
            "{name}: {played}, not {mean}"
        );
        let share = of("finished") / number("n");
        assert!((share - 1.0).abs() < 0.08, "{name}: {share}");
    }
}

#[test]
fn the_grill_is_fitted_to_its_services_and_needs_six_at_lunch() {
    let (Some(services), Some(arrivals)) = (
        shop::shared("queueing/grill_service.csv"),
        shop::shared("queueing/grill_arrivals.csv"),
    ) else {
        return;
    };
    let seconds = |text: &str| -> Vec<f64> {
        let rows = text.lines().skip(1);
        rows.map(|row| row.parse::<f64>().expect("a number"))
            .collect()
    };
    let minutes: Vec<f64> = seconds(&services).iter().map(|s| s / 60.0).collect();
    let observed = Distribution::Observed(minutes.clone());
    assert!((observed.mean() * 60.0 - 59.709).abs() < 5e-4);
    let fits = fit(&minutes).expect("times");
    assert!(
        (fits[0].distribution.mean() * 60.0 - 59.709).abs() < 1.5,
        "{fits:?}"
    );
    let came: Vec<f64> = seconds(&arrivals).iter().map(|s| s / 60.0).collect();
    assert_eq!(came.len(), 1_434);
    let wait = |servers| {
        let mut model = shop::line(servers, 1.0, fits[0].distribution.clone(), 810.0);
        model.customers[0].arrivals = Arrivals::At(came.clone());
        (model.warm_up_minutes, model.run_on) = (0.0, true);
        let results = simulate(&model, &Study::default()).expect("a model");
        let group = results.group("all").expect("the group");
        group.figure("wait_mean").expect("the figure").mean
    };
    // At lunch 249 come in an hour for a minute each: four cannot keep up, six keep the mean
    // wait of the day below half a minute.
    assert!(wait(4) > 1.0, "{}", wait(4));
    assert!(wait(6) < 0.5, "{}", wait(6));
}
