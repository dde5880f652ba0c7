//! `steward lab process analyse`.

use std::path::PathBuf;

use formats::Log;
use mining::{EventLog, Variants};
use serde_json::{Map, Value, json};

use super::figures::{self, threads};
use super::input::Input;
use super::views::View;
use super::{conformance, explain, objects, table};
use crate::Failure;

/// `steward lab process analyse`.
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    input: Input,
    /// What counts as an event; without it, each view that the file supports.
    #[arg(long)]
    view: Option<View>,
    /// A model (PNML or BPMN) to hold the log against.
    #[arg(long, value_name = "MODEL")]
    model: Option<PathBuf>,
    /// For object-centric logs: only this type of object.
    #[arg(long, value_name = "TYPE")]
    object_type: Option<String>,
    /// Also say which attribute values separate the slow and the reworked cases.
    #[arg(long)]
    causes: bool,
    /// Print JSON instead of tables.
    #[arg(long)]
    json: bool,
}

/// The figures of an event log, as JSON or as tables.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let figures = match args.input.read()? {
        Log::Cases(log) => cases(&log, args)?,
        Log::Objects(log) => objects::figures(&log, args.object_type.as_deref())?,
    };
    Ok(match args.json {
        true => figures.to_string(),
        false => table::analysis(&figures),
    })
}

fn cases(log: &EventLog, args: &Args) -> Result<Value, Failure> {
    if args.object_type.is_some() {
        let problem = "--object-type is for object-centric logs (OCEL); this log has cases";
        return Err(Failure(problem.into()));
    }
    let views = match args.view {
        Some(view) => vec![view],
        None => View::supported(log),
    };
    let mut figures = Map::new();
    for view in views {
        figures.insert(view.name().into(), of_view(log, view, args)?);
    }
    Ok(json!({ "views": figures }))
}

fn of_view(log: &EventLog, view: View, args: &Args) -> Result<Value, Failure> {
    let (derived, pairing) = view.of(log)?;
    let variants = Variants::of(&derived, threads());
    let mut figures = figures::view(&derived, &variants, view == View::Intervals);
    if let Some(pairing) = pairing {
        figures["interval_pairing"] = json!({
            "starts": pairing.starts,
            "completes": pairing.completes,
            "unpaired_starts_dropped": pairing.unpaired_starts,
            "completes_without_start_zero_length": pairing.completes_without_start,
        });
    }
    if args.causes {
        figures["root_causes"] = explain::root_causes(&derived);
    }
    if let Some(hand_overs) = explain::hand_overs(&derived) {
        figures["hand_overs"] = hand_overs;
    }
    if let Some(model) = &args.model {
        figures["conformance"] = conformance::block(&derived, model)?;
    }
    Ok(figures)
}
