//! Many series in one file, and sums of them that agree.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use ::forecast::{Calendar, Forecast, Hierarchy, Node, Series};
use serde_json::{Map, Value, json};

use super::demand::Demand;
use super::{Answer, Ask, ahead_figures, score_figures, series_figures};
use crate::table;

/// Widths of an 80 % interval of the normal law in standard deviations.
const WIDTH_80: f64 = 2.563_103;

/// A series of the file, or the sum of some of them.
struct Part<'a> {
    /// What it is called in the columns down to its level; the sum of all has no name.
    names: &'a [String],
    series: Series,
    calendar: Calendar,
}

/// Forecasts of every series and of every sum, which add up.
pub(super) fn figures(demand: &Demand, series: &[Series], ask: &Ask) -> Result<Value, String> {
    let parts = parts(demand, series);
    let mut answers = answers(&parts, ask)?;
    agree(&parts, &mut answers)?;
    let step = series.first().map(|series| series.step().to_string());
    let figures = |(part, answer): (&Part<'_>, &Answer)| {
        let of: Map<String, Value> = ask
            .levels
            .iter()
            .zip(part.names)
            .map(|(level, name)| (level.clone(), json!(name)))
            .collect();
        let mut figures = ahead_figures(&answer.made);
        figures.insert("of".into(), Value::Object(of));
        figures.extend(series_figures(&part.series));
        if answer.report.is_some() {
            figures.extend(score_figures(answer.report.as_ref()));
        }
        Value::Object(figures)
    };
    let all: Vec<Value> = parts.iter().zip(&answers).map(figures).collect();
    Ok(json!({"levels": ask.levels, "slot": step, "series": all}))
}

/// The sum of all, then each first name with what is below it, down to the series themselves.
fn parts<'a>(demand: &'a Demand, series: &[Series]) -> Vec<Part<'a>> {
    let mut below: BTreeMap<&[String], Vec<usize>> = BTreeMap::new();
    for (at, names) in demand.names.iter().enumerate() {
        for level in 0..=names.len() {
            below.entry(&names[..level]).or_default().push(at);
        }
    }
    let part = |(names, below): (&'a [String], Vec<usize>)| {
        let members: Vec<&Series> = below.iter().map(|&at| &series[at]).collect();
        Some(Part {
            names,
            series: Series::sum(&members)?,
            calendar: demand.calendar(&below),
        })
    };
    below.into_iter().filter_map(part).collect()
}

/// The forecast of each part, on as many threads as the machine has cores.
fn answers(parts: &[Part<'_>], ask: &Ask) -> Result<Vec<Answer>, String> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, part)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            parts.get(at).map(|part| (at, part))
        } {
            let answer = ask.answer(&part.series, part.calendar.clone());
            done.push((at, answer.map_err(|error| named(part, &error))));
        }
        done
    };
    let threads = thread::available_parallelism().map_or(1, usize::from);
    let mut done = thread::scope(|scope| {
        let running: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let joined = running.into_iter().map(|thread| thread.join());
        joined
            .flat_map(|done| done.expect("a forecast does not panic"))
            .collect::<Vec<_>>()
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, answer)| answer).collect()
}

fn named(part: &Part<'_>, error: &str) -> String {
    match part.names {
        [] => error.to_owned(),
        names => format!("{}: {error}", names.join(" / ")),
    }
}

/// Moves the forecasts so that they add up, the less the surer they are, and the intervals along.
fn agree(parts: &[Part<'_>], answers: &mut [Answer]) -> Result<(), String> {
    let places: BTreeMap<&[String], usize> = parts.iter().map(|part| part.names).zip(0..).collect();
    let node = |(at, part): (usize, &Part<'_>)| {
        let whole = part
            .names
            .split_last()
            .and_then(|(_, whole)| places.get(whole));
        Node {
            name: at.to_string(),
            parent: whole.map(ToString::to_string),
        }
    };
    let nodes: Vec<Node> = parts.iter().enumerate().map(node).collect();
    let of_each = |figure: fn(&::forecast::Point) -> f64| -> Vec<Vec<f64>> {
        let of_one = |answer: &Answer| answer.made.points.iter().map(figure).collect();
        answers.iter().map(of_one).collect()
    };
    let values = of_each(|point| point.value);
    let variances = of_each(|point| ((point.high - point.low) / WIDTH_80).powi(2));
    let agreed = Hierarchy::new(&nodes)
        .and_then(|tree| tree.reconcile(&values, &variances))
        .map_err(|error| error.to_string())?;
    for (answer, values) in answers.iter_mut().zip(agreed) {
        move_to(&mut answer.made, &values);
    }
    Ok(())
}

fn move_to(made: &mut Forecast, values: &[f64]) {
    for (point, &value) in made.points.iter_mut().zip(values) {
        let moved = value - point.value;
        point.value = value;
        point.low = (point.low + moved).max(0.0);
        point.high = (point.high + moved).max(value);
    }
}

/// A line a series and slot, then the scores of each series where there are any.
pub(super) fn page(figures: &Value) -> String {
    let number = |value: &Value| value.as_f64().map_or_else(String::new, table::digits);
    let mut rows = vec![["of", "from", "value", "low", "high"].map(str::to_owned)];
    let mut scores = vec![["of", "mase", "wape", "coverage_80", "bias"].map(str::to_owned)];
    for series in figures["series"].as_array().into_iter().flatten() {
        let name = name(&figures["levels"], series);
        for point in series["forecast"].as_array().into_iter().flatten() {
            rows.push([
                name.clone(),
                point["at"].as_str().unwrap_or_default().to_owned(),
                number(&point["value"]),
                number(&point["low_80"]),
                number(&point["high_80"]),
            ]);
        }
        if series.get("mase").is_some() {
            let score = |key: &str| number(&series[key]);
            let [mase, wape, coverage] = ["mase", "wape", "coverage_80"].map(score);
            scores.push([name, mase, wape, coverage, score("bias")]);
        }
    }
    match scores.len() {
        1 => table::columns(&rows),
        _ => format!("{}\n\n{}", table::columns(&rows), table::columns(&scores)),
    }
}

/// What a series is called from its widest level down.
fn name(levels: &Value, series: &Value) -> String {
    let levels = levels.as_array().into_iter().flatten();
    let names: Vec<&str> = levels
        .filter_map(|level| series["of"][level.as_str()?].as_str())
        .collect();
    match names[..] {
        [] => "all".to_owned(),
        _ => names.join(" / "),
    }
}
