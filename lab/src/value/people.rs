//! The file with a line for each customer.

use std::path::Path;

use lifetime::{Base, GammaGamma, Horizon, Model, Summary, Window, lifetime_value, summarise};

use super::figures::Told;
use super::{Args, Study};
use crate::Failure;

/// Writes what is expected of every customer.
pub(super) fn write(args: &Args, study: &Study, told: &Told, path: &Path) -> Result<(), Failure> {
    let named = |what: String| Failure(format!("{}: {what}", path.display()));
    let (model, summary) = today(study, told)?;
    let units = horizon_units(args, study)?;
    let horizon = in_months(args, units)?;
    let spend = GammaGamma::fit(&summary.customers)
        .ok()
        .map(|fit| fit.model);
    let mut out = csv::Writer::from_writer(Vec::new());
    let broken = |error: csv::Error| named(error.to_string());
    out.write_record(["id", "p_alive", "expected_purchases", "clv"])
        .map_err(broken)?;
    for (number, customer) in summary.numbers.iter().zip(&summary.customers) {
        let value = spend
            .as_ref()
            .map(|spend| lifetime_value(&model, spend, customer, &horizon));
        let value = value
            .transpose()
            .map_err(|error| Failure(error.to_string()))?
            .flatten();
        let alive = format!("{:.6}", model.p_alive(customer));
        let expected = format!("{:.6}", model.expected(customer, units));
        let value = value.map_or(String::new(), |value| format!("{value:.4}"));
        let name = &study.names[*number as usize];
        out.write_record([name, &alive, &expected, &value])
            .map_err(broken)?;
    }
    let bytes = out.into_inner().map_err(|error| named(error.to_string()))?;
    std::fs::write(path, bytes).map_err(|error| named(error.to_string()))
}

/// The model and the histories that hold on the day the caller wants.
fn today(study: &Study, told: &Told) -> Result<(Model, Summary), Failure> {
    if study.split_is_given || study.window.holdout() == 0.0 {
        return Ok((told.chosen, study.summary.clone()));
    }
    let window = Window::up_to(study.window.observed_to, study.window.unit_days);
    let failed = |error: lifetime::Error| Failure(error.to_string());
    let summary = summarise(&study.rows, &window).map_err(failed)?;
    let base = Base::new(&summary.customers).map_err(failed)?;
    // Where the longer time has no peak, what was learnt from the first half still holds.
    let model = base
        .fit(told.chosen.kind())
        .map_or(told.chosen, |fit| fit.model);
    Ok((model, summary))
}

fn horizon_units(args: &Args, study: &Study) -> Result<f64, Failure> {
    let holdout = study.window.holdout();
    let usual = if study.split_is_given && holdout > 0.0 {
        holdout
    } else {
        (365.0 / args.unit.days()).floor()
    };
    let units = args.horizon.unwrap_or(usual);
    if units > 0.0 && units <= 1e5 {
        Ok(units)
    } else {
        let problem = format!("--horizon is {units}; it takes more than 0 and up to 100000");
        Err(Failure(problem))
    }
}

/// Steps of about a month that add up to the horizon.
fn in_months(args: &Args, units: f64) -> Result<Horizon, Failure> {
    if !(0.0..=10.0).contains(&args.discount) {
        let problem = format!("--discount is {}; it takes 0 to 10", args.discount);
        return Err(Failure(problem));
    }
    let years = units * args.unit.days() / 365.25;
    let steps = (years * 12.0).round().max(1.0);
    Ok(Horizon {
        steps: steps as u32,
        step: units / steps,
        rate: (1.0 + args.discount).powf(years / steps) - 1.0,
    })
}
