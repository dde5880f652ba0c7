//! Why cases go wrong and who hands over to whom, as JSON.

use mining::causes::{Cause, Properties, causes, reworked, slowest_tenth};
use mining::{EventLog, RESOURCE};
use serde_json::{Value, json};

use super::figures::rounded;

/// Attributes with more values than this are names or ids, which explain nothing.
const VALUES_MAX: usize = 50;
/// Values of fewer cases than this are not tried.
const SUPPORT_MIN: u64 = 10;
/// Above this corrected probability a difference may well be chance, and is not told.
const CHANCE_MAX: f64 = 0.05;
/// The strongest ones are told.
const TOLD: usize = 20;

/// The attribute values that separate the slowest tenth and the reworked cases from the others.
pub fn root_causes(log: &EventLog) -> Value {
    let mut properties = Properties::of(log, VALUES_MAX);
    properties.add("weekday of the start (UTC)", |case| {
        let (start, _) = log.case_span(case)?;
        let start = jiff::Timestamp::from_microsecond(start).ok()?;
        Some(start.strftime("%A").to_string())
    });
    properties.add("first activity", |case| {
        let first = log.activities()[log.case_events(case)].first()?;
        Some(log.activity_names().name(*first).to_owned())
    });
    let told = |wrong: &[Option<bool>]| -> Value {
        let found = causes(&properties, wrong, SUPPORT_MIN);
        let sure = found.iter().filter(|cause| cause.corrected <= CHANCE_MAX);
        sure.take(TOLD).map(of_cause).collect()
    };
    json!({
        "slowest_tenth": told(&slowest_tenth(log)),
        "reworked": told(&reworked(log)),
        "definitions": {
            "values_tried": format!(
                "attributes with up to {VALUES_MAX} values, values of at least {SUPPORT_MIN} cases"
            ),
            "p_corrected": "Benjamini and Hochberg over all values tried",
            "event_attributes": "a case has each value of its events, so long cases have more",
            "interval": "95 % interval of the difference (Newcombe 1998, method 10)",
        },
    })
}

fn of_cause(cause: &Cause) -> Value {
    json!({
        "attribute": cause.attribute,
        "value": cause.value,
        "cases_with": cause.with.of,
        "wrong_with": cause.with.hits,
        "share_with": rounded(cause.with.ratio()),
        "cases_without": cause.without.of,
        "wrong_without": cause.without.hits,
        "share_without": rounded(cause.without.ratio()),
        "difference": rounded(cause.test.difference),
        "interval": [rounded(cause.test.interval.0), rounded(cause.test.interval.1)],
        "p": cause.test.p,
        "p_corrected": cause.corrected,
        "attributable_share": rounded(cause.attributable),
    })
}

/// How often work goes from one to another, the most frequent first; `None` if no event says who
/// worked.
pub fn hand_overs(log: &EventLog) -> Option<Value> {
    let found = mining::hand_overs(log, RESOURCE).ok()?;
    let mut pairs: Vec<_> = found.counts.iter().collect();
    pairs.sort_by_key(|&(pair, count)| (std::cmp::Reverse(*count), *pair));
    let pairs = pairs.into_iter().map(|(&(from, to), count)| {
        json!({
            "from": found.workers.name(from),
            "to": found.workers.name(to),
            "count": count,
        })
    });
    Some(json!({
        "pairs": pairs.collect::<Vec<_>>(),
        "unknown": found.unknown,
    }))
}
