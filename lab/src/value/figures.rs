//! The figures of a study, as JSON and as a table.

use lifetime::rfm::{Bands, measure};
use lifetime::{
    Accuracy, Base, Candidate, Error, Fit, GammaGamma, Kind, Model, Period, accuracy_of_rates,
    calibration_table, chosen, cohorts, compare, gaps,
};
use serde_json::{Map, Value, json};

use super::{Args, Study};
use crate::table::{columns, digits};

/// Lines of the calibration table: 0 to 6 repeats, and 7 or more.
const REPEATS_MAX: u32 = 7;

/// What was found.
pub(super) struct Told {
    pub json: Value,
    /// The chosen model, as learnt up to the end of calibration.
    pub chosen: Model,
}

/// Fits the models and counts the rest.
pub(super) fn of(args: &Args, study: &Study) -> Result<Told, Error> {
    let (summary, t) = (&study.summary, study.window.holdout());
    let (customers, later) = (&summary.customers, &summary.later);
    let candidates = compare(&args.model.0, customers, later, t)?;
    let Some(best) = chosen(&candidates) else {
        let reason = candidates.into_iter().find_map(|one| one.fit.err());
        return Err(reason.unwrap_or(Error::Empty));
    };
    let best_model = best
        .fit
        .as_ref()
        .map(|fit| fit.model)
        .map_err(Clone::clone)?;
    let (mut models, mut refused) = (Map::new(), Map::new());
    for candidate in &candidates {
        let name = candidate.kind.name().to_owned();
        match &candidate.fit {
            Ok(fit) => models.insert(name, model(args, study, candidate, fit)?),
            Err(reason) => refused.insert(name, json!(reason.to_string())),
        };
    }
    let repeats: u64 = customers.iter().map(|one| u64::from(one.repeats)).sum();
    let mut json = json!({
        "n_customers": customers.len(),
        "repeaters": customers.iter().filter(|one| one.repeats > 0).count(),
        "sum_x": repeats,
        "unit": args.unit.name(),
        "calibration_end": study.window.calibration_end.to_string(),
        "observed_to": study.window.observed_to.to_string(),
        "T_star_weeks": t * study.window.unit_days / 7.0,
        "models": models,
        "chosen": best.kind.name(),
        "calibration": calibration(&best_model, study),
        "rfm": scores(study)?,
        "cohorts": retention(study),
        "days_between_visits": visits(study),
    });
    if !refused.is_empty() {
        json["refused"] = Value::Object(refused);
    }
    if t > 0.0 {
        let actual: u64 = later.iter().map(|one| u64::from(one.purchases)).sum();
        json["holdout_actual_total"] = json!(actual);
        let naive = accuracy_of_rates(customers, later, t);
        json["naive_rate"] = naive.map_or(Value::Null, |found| accuracy(&found));
    }
    if study.has_spend {
        json["gamma_gamma"] = spend(study);
    }
    Ok(Told {
        json,
        chosen: best_model,
    })
}

fn model(args: &Args, study: &Study, found: &Candidate, fit: &Fit) -> Result<Value, Error> {
    let customers = &study.summary.customers;
    let names = found.kind.parameter_names();
    let named = |values: &[f64]| -> Value {
        let pairs = names.iter().zip(values);
        Value::Object(
            pairs
                .map(|(name, value)| ((*name).to_owned(), json!(value)))
                .collect(),
        )
    };
    let alive: f64 = customers.iter().map(|one| fit.model.p_alive(one)).sum();
    let mut told = found
        .accuracy
        .map_or_else(|| json!({}), |found| accuracy(&found));
    told["params"] = named(&fit.model.parameters());
    told["se"] = named(&fit.standard_errors);
    told["log_likelihood"] = json!(fit.log_likelihood);
    told["aic"] = json!(fit.aic());
    if found.kind != Kind::Nbd {
        told["mean_p_alive"] = json!(alive / customers.len() as f64);
    }
    if args.bootstrap > 0 {
        let drawn = Base::new(customers)?.bootstrap(fit, args.bootstrap, args.seed);
        let interval = |index: usize| drawn.interval(index, 0.95).map(|(low, high)| [low, high]);
        let pairs = names.iter().enumerate();
        let pairs = pairs.map(|(index, name)| ((*name).to_owned(), json!(interval(index))));
        told["interval_95"] = Value::Object(pairs.collect());
        told["bootstrap_failed"] = json!(drawn.failed);
    }
    Ok(told)
}

fn accuracy(found: &Accuracy) -> Value {
    json!({
        "holdout_predicted_total": found.predicted_total,
        "rmse": found.rmse,
        "mae": found.mae,
        "corr": found.correlation,
    })
}

fn spend(study: &Study) -> Value {
    match GammaGamma::fit(&study.summary.customers) {
        Ok(fit) => {
            let [p, q, v] = fit.standard_errors;
            json!({
                "n": fit.customers,
                "params": { "p": fit.model.p, "q": fit.model.q, "v": fit.model.v },
                "se": { "p": p, "q": q, "v": v },
                "log_likelihood": fit.log_likelihood,
                "population_mean": fit.model.population_mean(),
            })
        }
        Err(reason) => json!({ "refused": reason.to_string() }),
    }
}

fn calibration(model: &Model, study: &Study) -> Value {
    let (summary, t) = (&study.summary, study.window.holdout());
    let lines = calibration_table(model, &summary.customers, &summary.later, t, REPEATS_MAX);
    let lines = lines.iter().map(|line| {
        json!({
            "repeats": line.repeats,
            "customers": line.customers,
            "expected_customers": line.expected_customers,
            "holdout_actual_mean": line.actual_mean,
            "holdout_predicted_mean": line.predicted_mean,
        })
    });
    Value::Array(lines.collect())
}

fn scores(study: &Study) -> Result<Value, Error> {
    let reference = study.window.observed_to;
    let measured = measure(&study.rows, reference)?;
    let bands = Bands::quintiles(&measured)?;
    let mut counts = [[0_u32; 5]; 3];
    for scores in measured.iter().map(|one| bands.scores(one)) {
        let each = [scores.recency, scores.frequency, scores.money];
        for (counts, score) in counts.iter_mut().zip(each) {
            counts[score as usize - 1] += 1;
        }
    }
    let by_score = |counts: [u32; 5]| -> Value {
        let pairs = (1..=5).zip(counts);
        Value::Object(
            pairs
                .map(|(score, n): (u32, u32)| (score.to_string(), json!(n)))
                .collect(),
        )
    };
    Ok(json!({
        "reference_date": reference.to_string(),
        "n": measured.len(),
        "cuts": { "R": bands.recency, "F": bands.frequency, "M": bands.money },
        "score_counts": {
            "R": by_score(counts[0]),
            "F": by_score(counts[1]),
            "M": by_score(counts[2]),
        },
    }))
}

fn retention(study: &Study) -> Value {
    let found = cohorts(&study.rows, Period::Month, study.window.observed_to);
    let cohorts = found.iter().map(|cohort| {
        json!({
            "begins": cohort.begins.to_string(),
            "customers": cohort.customers,
            "retention": cohort.retention(),
        })
    });
    Value::Array(cohorts.collect())
}

fn visits(study: &Study) -> Value {
    gaps(&study.rows).map_or(Value::Null, |found| {
        json!({
            "count": found.count,
            "p10": found.p10_days,
            "median": found.median_days,
            "p90": found.p90_days,
        })
    })
}

/// The same for eyes: what was looked at, the models, and the chosen one against what happened.
pub(super) fn table(told: &Value) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number.as_f64().map(digits).unwrap_or_default(),
        Value::Null => "–".to_owned(),
        other => other.to_string(),
    };
    let mut parts = vec![format!(
        "{} customers, {} came back, {} repeat purchases up to {}; observed to {}",
        text(&told["n_customers"]),
        text(&told["repeaters"]),
        text(&told["sum_x"]),
        text(&told["calibration_end"]),
        text(&told["observed_to"]),
    )];
    let keys = [
        "log_likelihood",
        "aic",
        "holdout_predicted_total",
        "rmse",
        "mae",
    ];
    let mut rows =
        vec![["model", "log-likelihood", "AIC", "holdout", "RMSE", "MAE"].map(String::from)];
    for (name, model) in told["models"].as_object().into_iter().flatten() {
        let [a, b, c, d, e] = keys.map(|key| text(&model[key]));
        rows.push([name.clone(), a, b, c, d, e]);
    }
    let actual = [
        "what happened",
        "",
        "",
        &text(&told["holdout_actual_total"]),
        "",
        "",
    ];
    rows.push(actual.map(String::from));
    parts.push(columns(&rows));
    let mut rows = vec![["model", "parameter", "value", "standard error"].map(String::from)];
    for (name, model) in told["models"].as_object().into_iter().flatten() {
        for (parameter, value) in model["params"].as_object().into_iter().flatten() {
            let error = text(&model["se"][parameter]);
            rows.push([name.clone(), parameter.clone(), text(value), error]);
        }
    }
    parts.push(columns(&rows));
    parts.push(format!("chosen: {}", text(&told["chosen"])));
    let names = [
        "repeats",
        "customers",
        "expected",
        "then bought",
        "foretold",
    ];
    let mut rows = vec![names.map(String::from)];
    for line in told["calibration"].as_array().into_iter().flatten() {
        let keys = ["repeats", "customers", "expected_customers"];
        let [repeats, customers, expected] = keys.map(|key| text(&line[key]));
        let keys = ["holdout_actual_mean", "holdout_predicted_mean"];
        let [actual, predicted] = keys.map(|key| text(&line[key]));
        rows.push([repeats, customers, expected, actual, predicted]);
    }
    parts.push(columns(&rows));
    for (name, reason) in told["refused"].as_object().into_iter().flatten() {
        parts.push(format!("{name}: {}", text(reason)));
    }
    parts.join("\n\n")
}
