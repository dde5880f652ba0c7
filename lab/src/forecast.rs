//! `steward lab forecast`.

mod demand;
mod many;

use std::path::PathBuf;

use ::forecast::{
    Ahead, Calendar, Country, Forecast, Plan, Report, Series, Step, backtest, forecast,
};
use jiff::civil::DateTime;
use serde_json::{Map, Value, json};

use crate::{Failure, table};

/// Origins of the backtest that is made when none is asked for, as far as the past allows.
const ORIGINS_DEFAULT: usize = 4;

/// `steward lab forecast`.
///
/// The file (CSV with a header) has a row per slot in any order: a time (`2026-11-22T09:00`,
/// `2026-11-22 09:00`, `2026-11-22`, `2026/11/22 9:00`, `2026-11`) and a demand of zero or more.
/// A slot without a row had no demand. Columns named `holiday`, `workingday` and `closed` (0 or 1)
/// are read as the calendar; rows after the last demand with an empty value give the calendar of
/// the days ahead. With `--series` the file holds many series: each is forecast, so are their sums,
/// and what is printed adds up.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Args {
    /// The demand (CSV).
    pub file: PathBuf,
    /// The column with the time; else the first one that holds times.
    #[arg(long, value_name = "COL")]
    pub time: Option<String>,
    /// The column with the demand; else `count`, `value`, `demand`, `quantity` or the first number.
    #[arg(long, value_name = "COL")]
    pub value: Option<String>,
    /// Columns that tell series apart, the widest first, such as `site,service`: forecasts of
    /// each, of each site and of all of it, which add up.
    #[arg(long, value_name = "COL", value_delimiter = ',')]
    pub series: Vec<String>,
    /// How many slots to forecast.
    #[arg(long, value_name = "N")]
    pub horizon: usize,
    /// From how many earlier points to forecast the past and compare.
    #[arg(long, value_name = "ORIGINS")]
    pub backtest: Option<usize>,
    /// Slots from one of these points to the next; else the horizon.
    #[arg(long, value_name = "N")]
    pub step: Option<usize>,
    /// Add rows up by `hour`, `day`, `week`, `month` or minutes such as `30min`; else each slot
    /// has one row and its length is read from the times.
    #[arg(long, value_name = "SLOT")]
    pub slot: Option<String>,
    /// Public holidays that are known without a column: `cn`, `us`, `pt`.
    #[arg(long, value_name = "COUNTRY")]
    pub calendar: Option<String>,
    /// Print JSON.
    #[arg(long)]
    pub json: bool,
}

/// Demand ahead with intervals, and how well that would have worked.
pub fn run(args: &Args) -> Result<(), Failure> {
    println!("{}", answer(args)?);
    Ok(())
}

/// What the command prints.
///
/// # Errors
/// A line that names the file, the row and the column, and what is allowed.
pub fn answer(args: &Args) -> Result<String, Failure> {
    let named = |what: String| Failure(format!("{}: {what}", args.file.display()));
    let bytes = std::fs::read(&args.file).map_err(|error| named(error.to_string()))?;
    let figures = figures(args, &bytes)?;
    Ok(match (args.json, args.series.is_empty()) {
        (true, _) => format!("{figures:#}"),
        (false, true) => page(&figures),
        (false, false) => many::page(&figures),
    })
}

/// How many slots of demand a file's bytes hold.
///
/// # Errors
/// A line that names the row and the column, and what is allowed.
pub fn slots(bytes: &[u8]) -> Result<usize, String> {
    let demand = demand::read(bytes, demand::Columns::default())?;
    let series = demand.series(None)?;
    Ok(series.iter().map(|series| series.values().len()).sum())
}

/// The figures of a file's bytes.
///
/// # Errors
/// A line that names the file, the row and the column, and what is allowed.
pub fn figures(args: &Args, bytes: &[u8]) -> Result<Value, Failure> {
    let named = |what: String| Failure(format!("{}: {what}", args.file.display()));
    if args.horizon == 0 || args.horizon > 100_000 {
        return Err(Failure(format!(
            "--horizon is {}; give 1 to 100000 slots",
            args.horizon
        )));
    }
    let slot = args.slot.as_deref().map(slot).transpose()?;
    let country = args.calendar.as_deref().map(country).transpose()?;
    let columns = demand::Columns {
        time: args.time.as_deref(),
        value: args.value.as_deref(),
        series: &args.series,
    };
    let demand = demand::read(bytes, columns).map_err(named)?;
    let series = demand.series(slot).map_err(named)?;
    let ask = Ask::new(args, country);
    if !args.series.is_empty() {
        return many::figures(&demand, &series, &ask).map_err(named);
    }
    let one = ask
        .answer(&series[0], demand.calendar(&[0]))
        .map_err(named)?;
    let mut figures = ahead_figures(&one.made);
    figures.insert("slot".into(), json!(series[0].step().to_string()));
    figures.extend(series_figures(&series[0]));
    figures.extend(score_figures(one.report.as_ref()));
    Ok(Value::Object(figures))
}

/// What is asked of each series.
struct Ask {
    ahead: Ahead,
    step: usize,
    origins: Option<usize>,
    /// Whether to look back as far as the past allows where no number of origins is given.
    looks_back: bool,
    country: Option<Country>,
    /// The columns that tell series apart.
    levels: Vec<String>,
}

/// A forecast, and how well it would have worked where that was tried.
struct Answer {
    made: Forecast,
    report: Option<Report>,
}

impl Ask {
    fn new(args: &Args, country: Option<Country>) -> Self {
        Self {
            ahead: Ahead::slots(args.horizon),
            step: args.step.unwrap_or(args.horizon),
            origins: args.backtest,
            looks_back: args.series.is_empty(),
            country,
            levels: args.series.clone(),
        }
    }

    fn answer(&self, series: &Series, mut calendar: Calendar) -> Result<Answer, String> {
        if let Some(country) = self.country {
            let last = series.at(series.values().len() + self.ahead.horizon);
            country.add_to(&mut calendar, series.start().year(), last.year());
        }
        let made = forecast(series, &calendar, self.ahead).map_err(|error| error.to_string())?;
        let score = |origins| {
            let (step, ahead) = (self.step, self.ahead);
            let plan = Plan {
                origins,
                step,
                ahead,
            };
            backtest(series, &calendar, plan)
        };
        let report = match self.origins {
            Some(origins) => Some(score(origins).map_err(|error| format!("--backtest: {error}"))?),
            None if self.looks_back => {
                let mut origins = (1..=ORIGINS_DEFAULT).rev();
                origins.find_map(|origins| score(origins).ok())
            }
            None => None,
        };
        Ok(Answer { made, report })
    }
}

fn series_figures(series: &Series) -> Map<String, Value> {
    let mut figures = Map::new();
    figures.insert("slots".into(), json!(series.values().len()));
    figures.insert("slots_without_row".into(), json!(series.filled()));
    figures
}

fn slot(text: &str) -> Result<Step, Failure> {
    let allowed = "give hour, day, week, month, or minutes that divide a day, such as 30min";
    Step::parse(text).ok_or_else(|| Failure(format!("--slot is {text}; {allowed}")))
}

fn country(text: &str) -> Result<Country, Failure> {
    Country::parse(text).ok_or_else(|| Failure(format!("--calendar is {text}; give cn, us or pt")))
}

fn time(at: DateTime) -> String {
    at.strftime("%Y-%m-%dT%H:%M").to_string()
}

fn ahead_figures(made: &Forecast) -> Map<String, Value> {
    let points: Vec<Value> = made
        .points
        .iter()
        .map(|point| {
            let at = time(point.at);
            json!({"at": at, "value": point.value, "low_80": point.low, "high_80": point.high})
        })
        .collect();
    let members: Map<String, Value> = made
        .members
        .iter()
        .map(|&(name, weight)| (name.to_owned(), json!(weight)))
        .collect();
    let shifts: Vec<String> = made.shifts.iter().map(|&at| time(at)).collect();
    let mut figures = Map::new();
    figures.insert("forecast".into(), json!(points));
    figures.insert("members".into(), Value::Object(members));
    figures.insert("level_shifts".into(), json!(shifts));
    figures
}

/// The backtest; without one (the past is too short) the figures are null.
fn score_figures(report: Option<&Report>) -> Map<String, Value> {
    let score = report.map(|report| report.pooled);
    let figures = json!({
        "mase": score.and_then(|s| s.mase),
        "wape": score.and_then(|s| s.wape),
        "coverage_80": score.map(|s| s.coverage),
        "width_80": score.map(|s| s.width),
        "bias": score.map(|s| s.bias),
        "mase_denominator": report.map(|r| r.naive_error),
        "origins": report.map_or_else(Vec::new, |r| r.by_origin.iter().map(|(at, s)| json!({
            "from": time(*at), "mase": s.mase, "wape": s.wape, "coverage_80": s.coverage,
        })).collect()),
    });
    match figures {
        Value::Object(figures) => figures,
        _ => Map::new(),
    }
}

/// A line a slot, then the figures.
fn page(figures: &Value) -> String {
    let mut rest = figures.clone();
    let points = rest
        .as_object_mut()
        .and_then(|fields| fields.remove("forecast"));
    let mut lines = vec![format!(
        "{:<16}  {:>10}  {:>10}  {:>10}",
        "from", "value", "low", "high"
    )];
    for point in points.iter().filter_map(Value::as_array).flatten() {
        let at = point["at"].as_str().unwrap_or_default();
        let number = |key: &str| point[key].as_f64().unwrap_or_default();
        lines.push(format!(
            "{at:<16}  {:>10.1}  {:>10.1}  {:>10.1}",
            number("value"),
            number("low_80"),
            number("high_80")
        ));
    }
    format!("{}\n\n{}", lines.join("\n"), table::nested(&rest))
}
