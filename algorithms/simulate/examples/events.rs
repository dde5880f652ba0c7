//! How many events a second: `cargo run --release -p simulate --example events`; `peer.py`
//! beside it plays the first queue in SimPy and in Ciw.

use std::time::Instant;

use simulate::{Study, json, simulate};

/// One server at 80 %, about 40 million events a replication.
const ONE_SERVER: &str = r#"{
  "horizon_minutes": 160000000, "warm_up_minutes": 1000,
  "steps": [{ "name": "work", "minutes": { "exponential": { "mean": 6.4 } },
              "skills": ["work"], "next": "end" }],
  "staff": [{ "name": "team", "count": 1, "skills": ["work"] }],
  "customers": [{ "name": "all", "start": "work", "arrivals": { "poisson_per_hour": 7.5 } }]
}"#;

/// Twelve agents at 70 %, and callers who hang up.
const AGENTS: &str = r#"{
  "horizon_minutes": 4700000, "warm_up_minutes": 1000, "wait_target_minutes": 0.33,
  "steps": [{ "name": "call", "minutes": { "exponential": { "mean": 2 } },
              "skills": ["talk"], "next": "end" }],
  "staff": [{ "name": "agents", "count": 12, "skills": ["talk"] }],
  "customers": [{ "name": "callers", "start": "call",
                  "arrivals": { "poisson_per_hour": 252 },
                  "patience": { "exponential": { "mean": 1 } } }]
}"#;

fn main() -> Result<(), String> {
    let salon = include_str!("../tests/salon.json");
    let models = [
        ("M/M/1 at 80 %", ONE_SERVER, 2),
        ("M/M/12+M", AGENTS, 2),
        ("salon", salon, 10_000),
    ];
    for (name, text, replications) in models {
        let model = json::read(text).map_err(|fault| fault.to_string())?;
        let study = Study {
            replications,
            ..Study::default()
        };
        let began = Instant::now();
        let results = simulate(&model, &study).map_err(|stopped| stopped.to_string())?;
        let seconds = began.elapsed().as_secs_f64();
        let millions = results.events as f64 / 1e6;
        let rate = millions / seconds;
        println!("{name}: {millions:.1} million events in {seconds:.2} s, {rate:.1} million/s");
    }
    Ok(())
}
