//! A thousand jobs whose waits are known to six digits.

use serde_json::Value;
use simulate::distribution::Distribution;
use simulate::model::Arrivals;
use simulate::{Results, Study, simulate};

use crate::shop::{self, line};

fn play(trace: &str, servers: u32, known: &Value) -> Results {
    let rows = trace.lines().skip(1).map(|row| {
        let (arrival, service) = row.split_once(',').expect("two columns");
        let number = |cell: &str| cell.parse::<f64>().expect("a number");
        (number(arrival), number(service))
    });
    let (arrivals, services): (Vec<f64>, Vec<f64>) = rows.unzip();
    let last = known["last_departure"].as_f64().expect("a number");
    let mut model = line(servers, 1.0, Distribution::InOrder(services), last);
    model.customers[0].arrivals = Arrivals::At(arrivals);
    model.warm_up_minutes = 0.0;
    model.run_on = true;
    let study = Study {
        replications: 1,
        ..Study::default()
    };
    simulate(&model, &study).expect("the model can be played")
}

#[test]
fn the_trace_of_leemis_and_park_comes_out_to_the_last_digit() {
    let (Some(trace), Some(text)) = (
        shop::shared("queueing/ssq_trace.csv"),
        shop::shared("queueing/ssq_reference.json"),
    ) else {
        return;
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    let one = &file["computed_one_server"];
    let same = |found: Option<simulate::Estimate>, known: &Value| {
        let (found, known) = (
            found.expect("a figure").mean,
            known.as_f64().expect("a number"),
        );
        assert!((found - known).abs() < 6e-7, "{found} is not {known}");
    };
    let results = play(&trace, 1, one);
    let group = results.group("all").expect("the group");
    same(group.figure("wait_mean"), &one["mean_delay"]);
    same(group.figure("visit_mean"), &one["mean_sojourn"]);
    same(group.figure("share_waited"), &one["p_delayed"]);
    let busy = results.team("serve").expect("the team").figure("occupancy");
    same(busy, &one["utilisation"]);

    let two = &file["computed_two_servers"];
    let results = play(&trace, 2, one);
    let group = results.group("all").expect("the group");
    same(group.figure("wait_mean"), &two["mean_delay"]);
    same(group.figure("share_waited"), &two["p_delayed"]);
}
