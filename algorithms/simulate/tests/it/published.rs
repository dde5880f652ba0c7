//! The two call centres that were published with their confidence intervals.

use serde_json::Value;
use simulate::distribution::Distribution;
use simulate::{Estimate, Results, Study, simulate};

use crate::shop::{self, line};

fn overlaps(what: &str, figure: Option<Estimate>, published: &Value) {
    let figure = figure.expect("there is such a figure");
    let half = figure.half_width.expect("many days");
    let bound = |place: usize| published[place].as_f64().expect("a number");
    // The published figures are rounded to three digits after the point.
    let (low, high) = (bound(1) - 0.0005, bound(2) + 0.0005);
    assert!(
        figure.mean + half >= low && figure.mean - half <= high,
        "{what}: {} ± {half} does not meet {published}",
        figure.mean
    );
    assert!(
        half < 0.05 * bound(0).abs(),
        "{what}: ± {half} says nothing"
    );
}

fn days(scenario: &Value) -> Results {
    let mut model = line(12, 4.2, Distribution::Exponential { mean: 2.0 }, 480.0);
    model.warm_up_minutes = 0.0;
    model.run_on = true;
    model.wait_target_minutes = 1.0 / 3.0;
    if scenario["patience"].is_string() {
        model.customers[0].patience = Some(Distribution::Exponential { mean: 1.0 });
    }
    let study = Study {
        replications: 1_000,
        ..Study::default()
    };
    simulate(&model, &study).expect("the model can be played")
}

#[test]
fn a_thousand_days_of_each_call_centre_agree_with_those_published() {
    let Some(text) = shop::shared("queueing/simulation_published.json") else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    for scenario in file["scenarios"].as_array().expect("scenarios") {
        let results = days(scenario);
        let published = &scenario["published"];
        let group = results.group("all").expect("the group");
        let in_target = group.figure("served_in_target");
        overlaps(
            "in target",
            in_target,
            &published["served_within_AWT_per_day"],
        );
        let share = group.figure("share_in_target");
        overlaps(
            "share in target",
            share,
            &published["service_level_of_served"],
        );
        overlaps(
            "wait",
            group.figure("wait_mean"),
            &published["mean_wait_served_min"],
        );
        let busy = results.team("serve").expect("the team").figure("occupancy");
        overlaps("occupancy", busy, &published["occupancy_0_to_480"]);
        if scenario["patience"].is_string() {
            let left = group.figure("abandoned");
            overlaps("abandoned", left, &published["abandoned_per_day"]);
            let mean = |name: &str| group.figure(name).expect("a figure").mean;
            let late = mean("served") + mean("abandoned_after_target");
            let share = Estimate {
                mean: mean("served_in_target") / late,
                half_width: Some(0.001),
            };
            let known = &published["served_within_AWT_over_served_plus_late_abandons"];
            overlaps("of served and late", Some(share), known);
        }
    }
}
