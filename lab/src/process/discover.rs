//! `steward lab process discover`.

use std::fs;
use std::path::PathBuf;

use formats::Log;
use mining::alignment::{Limits, align};
use mining::bpmn::Diagram;
use mining::conformance::{fitness, precision};
use mining::discovery::discover;
use mining::{EventLog, Outline, Traces, Tree};
use serde_json::{Value, json};

use super::figures::threads;
use super::input::Input;
use crate::Failure;

/// States of the model that are listed for its precision.
const STATES_MAX: usize = 500_000;

/// `steward lab process discover`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// Where to write the model as BPMN 2.0.
    #[arg(long, value_name = "FILE.bpmn")]
    out: Option<PathBuf>,
    /// Where to write the model as a Petri net.
    #[arg(long, value_name = "FILE.pnml")]
    pnml: Option<PathBuf>,
    /// Share below which a neighbour counts as an exception, from 0 (keep all) to 1.
    #[arg(long, default_value_t = 0.2, value_name = "SHARE")]
    noise: f64,
    /// For object-centric logs: the type of object that a case is.
    #[arg(long, value_name = "TYPE")]
    object_type: Option<String>,
    /// Print JSON instead of text.
    #[arg(long)]
    json: bool,
}

/// A first blueprint from a log: written where asked, and told as text or JSON.
pub fn answer(args: &Args) -> Result<String, Failure> {
    if !(0.0..=1.0).contains(&args.noise) {
        return Err(Failure(format!(
            "--noise {}: from 0 to 1 is allowed",
            args.noise
        )));
    }
    let log = match (args.input.read()?, &args.object_type) {
        (Log::Cases(log), None) => log,
        (Log::Objects(log), Some(kind)) => log
            .flatten(kind)
            .map_err(|error| Failure(error.to_string()))?,
        (Log::Cases(_), Some(_)) => {
            return Err(Failure(
                "--object-type is for object-centric logs (OCEL)".into(),
            ));
        }
        (Log::Objects(log), None) => {
            let types: Vec<&str> = log.object_types.iter().collect();
            let types = types.join(", ");
            return Err(Failure(format!(
                "name the type of object with --object-type: {types}"
            )));
        }
    };
    let tree = discover(&Traces::of(&log), args.noise);
    if let Some(path) = &args.out {
        let diagram = Diagram::from_tree(&tree, "discovered");
        write(path, &formats::bpmn::write(&diagram))?;
    }
    if let Some(path) = &args.pnml {
        write(path, &formats::pnml::write(&tree.net()))?;
    }
    if args.json {
        return figures(&log, &tree).map(|figures| figures.to_string());
    }
    Ok(tree.to_string())
}

fn write(path: &PathBuf, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|error| Failure(format!("{}: {error}", path.display())))
}

/// The model in its three shapes, and how well it tells the log.
fn figures(log: &EventLog, tree: &Tree) -> Result<Value, Failure> {
    let failed = |error: mining::petri::ModelError| Failure(error.to_string());
    let (net, traces) = (tree.net(), Traces::of(log));
    let limits = Limits {
        threads: threads(),
        ..Limits::default()
    };
    let found = align(&net, &traces, limits).map_err(failed)?;
    let fit = fitness(&traces, &found);
    // A model with too many states has no precision: null says so.
    let precise = precision(&net, &traces, &found, STATES_MAX)
        .ok()
        .map(|found| found.value);
    Ok(json!({
        "process_tree": tree.to_string(),
        "blueprint": blueprint(&tree.outline()),
        "net": {
            "places": net.places.len(),
            "transitions": net.transitions.len(),
            "silent": net.silent(),
            "arcs": net.arcs(),
        },
        "log_fitness": fit.log_fitness,
        "average_case_fitness": fit.average_case_fitness,
        "fitting_cases": fit.fitting_cases,
        "unfinished_cases": fit.unfinished_cases,
        "precision": precise,
    }))
}

fn blueprint(outline: &Outline) -> Value {
    let steps: Vec<Value> = outline
        .steps
        .iter()
        .map(|step| {
            json!({
                "name": step.name,
                "phase": step.phase,
                "optional": step.optional,
                "repeats": step.repeats,
                "next": step.next,
            })
        })
        .collect();
    json!({
        "phases": outline.phases,
        "steps": steps,
        "starts": outline.starts,
        "ends": outline.ends,
    })
}
