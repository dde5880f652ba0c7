//! `steward lab waits`.

mod tickets;

use std::io::Write;
use std::path::PathBuf;

use queueing::quote::backtest;
use serde_json::json;

use crate::{Failure, table};

/// `steward lab waits`.
///
/// The file has a row per ticket, days in ascending order and arrivals in order within a day,
/// with the columns `day` (whole number), `arrive_s` (seconds from the start of the day),
/// `staff`, `wait_s`, `outcome` (`served` or `left`) and `service_s` (empty for those who left);
/// other columns are not read.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// The tickets (CSV).
    pub tickets: PathBuf,
    /// How many days, from the first on, to learn from; the others are scored.
    #[arg(long, value_name = "N")]
    pub train_days: usize,
    /// Which random paths are played; the figures hardly depend on it.
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Wait quotes trained on past tickets and scored on later ones.
pub fn run(args: &Args) -> Result<(), Failure> {
    let answer = answer(args)?;
    // Whoever reads may have seen enough (`| head`): that is no failure.
    let _ = writeln!(std::io::stdout(), "{answer}");
    Ok(())
}

/// How many days of tickets a file's bytes hold.
///
/// # Errors
/// A line that names the row and the column, and what is allowed.
pub fn days(bytes: &[u8]) -> Result<usize, String> {
    tickets::read(bytes).map(|days| days.len())
}

/// What the command prints.
///
/// # Errors
/// A line that names the file, the row and the column, and what is allowed.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let named = |what: String| Failure(format!("{}: {what}", args.tickets.display()));
    let bytes = std::fs::read(&args.tickets).map_err(|error| named(error.to_string()))?;
    let days = tickets::read(&bytes).map_err(named)?;
    if args.train_days == 0 || args.train_days >= days.len() {
        return Err(Failure(format!(
            "--train-days is {}; the file holds {} days: give a number of days from 1 to one \
             less, so that some are left to score",
            args.train_days,
            days.len(),
        )));
    }
    let nobody = "on the days to score nobody waited and was served: nothing can be scored";
    let score = backtest(&days, args.train_days, args.seed).ok_or_else(|| named(nobody.into()))?;
    let figures = json!({
        "mae_s": score.mae_s,
        "rmse_s": score.rmse_s,
        "bias_s": score.bias_s,
        "coverage_80": score.coverage,
        "width_80_s": score.width_s,
        "scored": score.count,
        "train_days": args.train_days,
        "weights": {
            "formula": score.weights.formula,
            "empirical": score.weights.empirical,
            "mean": score.weights.mean,
            "median": score.weights.median,
        },
    });
    Ok(if args.json {
        format!("{figures:#}")
    } else {
        table::nested(&figures)
    })
}
