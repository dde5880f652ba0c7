//! How far a log keeps to a model, as JSON.

use std::fs;
use std::path::Path;

use formats::Limits;
use mining::alignment::{self, Aligned, Alignments, align};
use mining::conformance::{self, Deviation, Fitness, Footprint};
use mining::petri::Net;
use mining::replay::replay;
use mining::{EventLog, Traces};
use serde_json::{Map, Value, json};

use super::figures::threads;
use crate::Failure;

/// States of a model that are listed for neighbours and precision.
const STATES_MAX: usize = 500_000;
/// How many of the most frequent variants have their cost listed.
const TOP: usize = 50;

/// The model, its neighbours against those of the log, and the optimal alignments.
pub fn block(log: &EventLog, model: &Path) -> Result<Value, Failure> {
    let failed = |problem: String| Failure(format!("{}: {problem}", model.display()));
    let bytes = fs::read(model).map_err(|error| failed(error.to_string()))?;
    let (net, notes) =
        formats::read_net(bytes, &Limits::default()).map_err(|error| failed(error.to_string()))?;
    let traces = Traces::of(log);
    let limits = alignment::Limits {
        threads: threads(),
        ..alignment::Limits::default()
    };
    let found = align(&net, &traces, limits).map_err(|error| failed(error.to_string()))?;
    let mut block = Map::new();
    block.insert("model".into(), described(&net, model, &notes));
    // A model with too many states still has its alignments.
    if let Ok(footprint) = conformance::footprint(&net, STATES_MAX) {
        block.insert(
            "directly_follows_conformance".into(),
            neighbours(&traces, &footprint),
        );
    }
    block.insert("alignment".into(), aligned(&traces, &found));
    if let Ok(precision) = conformance::precision(&net, &traces, &found, STATES_MAX) {
        block.insert(
            "precision".into(),
            json!({
                "align_etc": rounded(precision.value),
                "allowed_continuations": precision.allowed,
                "seen_continuations": precision.seen,
            }),
        );
    }
    block.insert("token_replay".into(), tokens(&net, &traces));
    let deviations = conformance::deviations(&net, &traces, &found);
    block.insert(
        "deviations".into(),
        deviations.iter().map(deviation).collect(),
    );
    Ok(Value::Object(block))
}

fn described(net: &Net, model: &Path, notes: &[String]) -> Value {
    let file = model.file_name().unwrap_or_default().to_string_lossy();
    json!({
        "net": {
            "places": net.places.len(),
            "transitions": net.transitions.len(),
            "silent": net.silent(),
            "arcs": net.arcs(),
        },
        "pnml": file,
        "left_out": notes,
    })
}

fn neighbours(traces: &Traces, model: &Footprint) -> Value {
    let found = conformance::follows(traces, model);
    json!({
        "allowed_pairs": model.pairs,
        "allowed_start": model.starts,
        "allowed_end": model.ends,
        "transitions": found.transitions,
        "violating_transitions": found.violating_transitions,
        "violating_starts": found.violating_starts,
        "violating_ends": found.violating_ends,
        "df_fitness": rounded(found.fitness),
        "cases_without_violation": found.cases_without_violation,
        "log_pairs": found.log_pairs,
        "log_pairs_allowed": found.log_pairs_allowed,
        "df_precision": rounded(found.precision),
    })
}

fn aligned(traces: &Traces, found: &Alignments) -> Value {
    let figures: Fitness = conformance::fitness(traces, found);
    let histogram: Map<String, Value> = figures
        .cases_by_cost
        .iter()
        .map(|(cost, cases)| (cost.to_string(), json!(cases)))
        .collect();
    let top: Vec<Option<u32>> = found
        .traces
        .iter()
        .take(TOP)
        .map(|aligned| match aligned {
            Aligned::Optimal { cost, .. } => Some(*cost),
            Aligned::Unfinished { .. } => None,
        })
        .collect();
    json!({
        "cost_model": "log move 1, visible model move 1, silent 0, synchronous 0",
        "shortest_model_run_visible_moves": figures.shortest_run,
        "variants": traces.traces.len(),
        "total_cost": figures.total_cost,
        "fitting_cases": figures.fitting_cases,
        "fitting_variants": figures.fitting_traces,
        "unfinished_cases": figures.unfinished_cases,
        "average_case_fitness": rounded(figures.average_case_fitness),
        "log_fitness": rounded(figures.log_fitness),
        "cost_histogram_cases": histogram,
        "cost_of_top50_variants": top,
    })
}

fn tokens(net: &Net, traces: &Traces) -> Value {
    let found = replay(net, traces);
    json!({
        "fitting_cases": found.fitting_cases,
        "missing": found.tokens.missing,
        "consumed": found.tokens.consumed,
        "remaining": found.tokens.remaining,
        "produced": found.tokens.produced,
        "log_fitness": rounded(found.tokens.fitness()),
    })
}

fn deviation(row: &Deviation) -> Value {
    json!({
        "activity": row.activity,
        "extra": row.extra,
        "skipped": row.skipped,
        "agreed": row.agreed,
        "cases": row.cases,
    })
}

/// Nine decimals, as the reference figures have.
fn rounded(value: f64) -> f64 {
    (value * 1e9).round() / 1e9
}
