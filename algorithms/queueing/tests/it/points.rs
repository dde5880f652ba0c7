//! Exact points of Erlang B, C and A.

use std::path::PathBuf;

use queueing::erlang::Queue;
use serde_json::Value;

/// The most a figure may differ from the exact one, relatively.
const TOLERANCE: f64 = 1e-9;

fn points() -> Vec<Value> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let path = root.join("queueing/erlang_points.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("{} is not here: not tried", path.display());
        return Vec::new();
    };
    let file: Value = serde_json::from_str(&text).expect("the file is JSON");
    file["points"].as_array().expect("it lists points").clone()
}

fn number(of: &Value, key: &str) -> f64 {
    of[key].as_f64().expect("the key holds a number")
}

fn same(point: &Value, table: &str, key: &str, found: f64) {
    let known = number(&point[table], key);
    let near = (found - known).abs() <= TOLERANCE * known.abs();
    assert!(
        near,
        "{} {table}.{key}: {found} is not {known}",
        point["id"]
    );
}

fn queue(point: &Value) -> Queue {
    let servers = u32::try_from(point["c"].as_u64().expect("a count")).expect("a small one");
    Queue::new(servers, number(point, "lambda_"), number(point, "mu")).expect("a queue")
}

#[test]
fn loss_is_that_of_the_exact_points() {
    for point in points() {
        let loss = queue(&point).loss();
        same(&point, "erlang_b", "p_block", loss.p_block);
        same(&point, "erlang_b", "carried_load", loss.carried_load);
    }
}

#[test]
fn delay_is_that_of_the_exact_points() {
    for point in points() {
        let delay = queue(&point).delay();
        let stable = point["erlang_c"]["stable"].as_bool().expect("a yes or no");
        assert_eq!(delay.is_some(), stable, "{}", point["id"]);
        let Some(delay) = delay else { continue };
        let given = delay.mean_wait_given_wait;
        same(&point, "erlang_c", "p_wait", delay.p_wait);
        same(&point, "erlang_c", "mean_wait", delay.mean_wait);
        same(&point, "erlang_c", "mean_wait_given_wait", given);
        same(&point, "erlang_c", "mean_queue", delay.mean_queue);
        let within = delay.p_wait_within(number(&point, "T"));
        same(&point, "erlang_c", "p_wait_le_T", within);
        same(&point, "erlang_c", "wait_p90", delay.wait_quantile(0.9));
    }
}

#[test]
fn impatience_is_that_of_the_exact_points() {
    for point in points() {
        let (queue, rate) = (queue(&point), number(&point, "theta"));
        let seen = queue.impatience(rate).expect("it adds up");
        let figures = [
            ("p_wait", seen.p_wait),
            ("p_abandon", seen.p_abandon),
            ("mean_wait_all", seen.mean_wait_all),
            ("mean_wait_served", seen.mean_wait_served),
            ("mean_queue", seen.mean_queue),
            ("occupancy", seen.occupancy),
            ("p_empty", seen.p_empty),
        ];
        let limit = number(&point, "T");
        let within = queue.impatience_within(rate, limit).expect("it adds up");
        let limits = [
            ("p_answered_within_T", within.p_answered),
            ("p_wait_gt_T_all", within.p_wait_beyond_all),
            ("p_offered_wait_gt_T", within.p_offered_wait_beyond),
        ];
        for (key, found) in figures.into_iter().chain(limits) {
            same(&point, "erlang_a", key, found);
        }
    }
}
