//! Figures of one log as JSON, by the definitions of the reference results.

use mining::{Activity, Cases, Edge, EventLog, Follows, Micros, Names, Summary, Variants};
use mining::{activities, bottlenecks, loops, rework};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

/// Threads for the measures: figures do not depend on it.
pub fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The variants listed by name, and how long one may be in an object-centric log.
const TOP_VARIANTS: usize = 10;
const LISTED_EVENTS_MAX: usize = 200;

/// Figures of a view. `spans` says whether activities have a start and an end.
pub fn view(log: &EventLog, variants: &Variants<'_>, spans: bool) -> Value {
    let follows = Follows::timed(log, threads());
    let mut figures = Map::new();
    if let Some(cases) = Cases::of(log) {
        figures.extend(of_cases(&cases));
    }
    figures.extend(of_variants(log, variants));
    let per_activity = activities(log);
    figures.insert("events".into(), json!(log.event_count()));
    figures.insert("activities".into(), json!(per_activity.len()));
    let per_activity = per_activity
        .iter()
        .map(|activity| of_activity(activity, log.activity_names(), spans));
    figures.insert("per_activity".into(), per_activity.collect());
    let rework = rework(log);
    figures.insert(
        "rework".into(),
        json!({
            "cases_with_any_repeated_activity": rework.cases,
            "extra_events_total": rework.events,
            "immediate_repeats_total": rework.immediate_repeats,
        }),
    );
    let edges = follows
        .edges
        .iter()
        .map(|edge| of_edge(edge, log.activity_names(), spans));
    figures.insert(
        "dfg".into(),
        json!({
            "edges": follows.edges.len(),
            "transitions": follows.transitions(),
            "edge_list": edges.collect::<Vec<_>>(),
        }),
    );
    figures.insert(
        "bottlenecks".into(),
        of_bottlenecks(&follows, log.activity_names()),
    );
    figures.insert("loops".into(), of_loops(log));
    Value::Object(figures)
}

fn of_bottlenecks(follows: &Follows, names: &Names) -> Value {
    let ranked = bottlenecks(follows).into_iter().map(|bottleneck| {
        json!({
            "from": names.name(bottleneck.from),
            "to": names.name(bottleneck.to),
            "count": bottleneck.count,
            "cases": bottleneck.cases,
            "total_s": rounded(bottleneck.total as f64 / 1e6),
            "mean_s": rounded(bottleneck.mean / 1e6),
            "share": rounded(bottleneck.share),
        })
    });
    ranked.collect()
}

fn of_loops(log: &EventLog) -> Value {
    let names = log.activity_names();
    let found = loops(log).into_iter().map(|found| {
        json!({
            "activity": names.name(found.activity),
            "back_from": names.name(found.back_from),
            "count": found.count,
            "cases": found.cases,
            "mean_events_between": rounded(found.events_between as f64 / found.count as f64),
            "mean_s": rounded(found.total as f64 / found.count as f64 / 1e6),
        })
    });
    found.collect()
}

/// Figures of the log of one object type.
pub fn flattened(log: &EventLog) -> Value {
    let follows = Follows::timed(log, threads());
    let variants = Variants::of(log, threads());
    let names = log.activity_names();
    let listed = |counts: &[u64]| -> Map<String, Value> {
        let some = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        some.map(|(id, count)| (names.name(id as u32).to_owned(), json!(count)))
            .collect()
    };
    let edges = follows.edges.iter().map(|edge| {
        let mut edge = of_edge(edge, names, false);
        edge.as_object_mut().and_then(|edge| edge.remove("cases"));
        edge
    });
    let short = |variant: &usize| variants.activities(*variant).len() <= LISTED_EVENTS_MAX;
    let top = (0..variants.len()).take(TOP_VARIANTS).filter(short);
    json!({
        "cases": log.case_count(),
        "case_event_rows": log.event_count(),
        "variants": variants.len(),
        "variants_sha256": sha256(&variants, names),
        "top_variants": top.map(|v| of_variant(&variants, v, names)).collect::<Vec<_>>(),
        "start": listed(&follows.starts),
        "end": listed(&follows.ends),
        "case_duration_s": seconds(Cases::of(log).map(|cases| cases.duration).as_ref()),
        "edges": follows.edges.len(),
        "dfg": edges.collect::<Vec<_>>(),
    })
}

fn of_cases(cases: &Cases) -> Map<String, Value> {
    let figures = json!({
        "cases": cases.count,
        "time_range": time_range(cases.first, cases.last),
        "case_duration_s": seconds(Some(&cases.duration)),
        "case_length_events": summary(Some(&cases.length), 1.0),
        "case_arrival": {"mean_gap_s": cases.arrival_gap_mean.map(|gap| rounded(gap / 1e6))},
        "max_open_cases": cases.open_max,
    });
    match figures {
        Value::Object(figures) => figures,
        _ => Map::new(),
    }
}

fn of_variants(log: &EventLog, variants: &Variants<'_>) -> Map<String, Value> {
    let names = log.activity_names();
    let top = (0..variants.len().min(TOP_VARIANTS)).map(|v| of_variant(variants, v, names));
    [
        ("variants", json!(variants.len())),
        (
            "variants_with_one_case",
            json!(variants.counts.iter().filter(|&&count| count == 1).count()),
        ),
        ("variants_sha256", json!(sha256(variants, names))),
        (
            "variants_needed_for_80pct_cases",
            json!(variants.needed_for(0.8)),
        ),
        ("top_variants", top.collect()),
    ]
    .map(|(key, value)| (key.to_owned(), value))
    .into_iter()
    .collect()
}

fn of_variant(variants: &Variants<'_>, variant: usize, names: &Names) -> Value {
    let activities = variants.activities(variant).iter();
    json!({
        "count": variants.counts[variant],
        "activities": activities.map(|&a| names.name(a)).collect::<Vec<_>>(),
    })
}

/// Over all variants in order: count, tab, activities with unit separators, line feed.
fn sha256(variants: &Variants<'_>, names: &Names) -> String {
    let mut hash = Sha256::new();
    for (variant, count) in variants.counts.iter().enumerate() {
        hash.update(count.to_string());
        for (place, &activity) in variants.activities(variant).iter().enumerate() {
            hash.update(if place == 0 { b"\t" } else { b"\x1f" });
            hash.update(names.name(activity));
        }
        hash.update(b"\n");
    }
    let digest = hash.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn of_activity(activity: &Activity, names: &Names, spans: bool) -> Value {
    let mut figures = json!({
        "activity": names.name(activity.activity),
        "events": activity.events,
        "cases": activity.cases,
        "start": activity.starts,
        "end": activity.ends,
        "rework_cases": activity.rework_cases,
        "rework_extra_events": activity.rework_events,
        "immediate_repeats": activity.immediate_repeats,
        "mean_position": rounded(activity.position.mean()),
        "gap_before_s": seconds(activity.waiting.as_ref()),
    });
    if spans {
        figures["gap_before_clamped_s"] = seconds(activity.waiting_clamped.as_ref());
        figures["service_s"] = seconds(activity.working.as_ref());
    }
    figures
}

fn of_edge(edge: &Edge, names: &Names, spans: bool) -> Value {
    let times = edge.times.as_ref();
    let mut figures = json!({
        "from": names.name(edge.from),
        "to": names.name(edge.to),
        "count": edge.count,
        "cases": edge.cases,
        "mean_s": rounded(edge.mean() / 1e6),
        "median_s": times.map(|times| rounded(times.median / 1e6)),
        "p90_s": times.map(|times| rounded(times.p90 / 1e6)),
        "p95_s": times.map(|times| rounded(times.p95 / 1e6)),
        "min_s": edge.min as f64 / 1e6,
        "max_s": edge.max as f64 / 1e6,
        "total_s": rounded(edge.total as f64 / 1e6),
    });
    if spans {
        figures["clamped_mean_s"] = json!(rounded(edge.mean_clamped() / 1e6));
        figures["negative_gaps"] = json!(edge.negative);
    }
    figures
}

/// A summary of times, in seconds.
fn seconds(summary_of_times: Option<&Summary>) -> Value {
    summary(summary_of_times, 1e6)
}

fn summary(summary: Option<&Summary>, unit: f64) -> Value {
    let Some(summary) = summary else {
        return json!({"n": 0});
    };
    json!({
        "n": summary.count,
        "mean": rounded(summary.mean() / unit),
        "median": rounded(summary.median / unit),
        "p95": rounded(summary.p95 / unit),
        "p95_nearest_rank": rounded(summary.p95_nearest_rank as f64 / unit),
        "min": rounded(summary.min as f64 / unit),
        "max": rounded(summary.max as f64 / unit),
        "total": rounded(summary.total as f64 / unit),
    })
}

/// First and last instant, as ISO 8601 in UTC.
pub fn time_range(first: Micros, last: Micros) -> Value {
    json!({"first": instant(first), "last": instant(last)})
}

/// An instant as ISO 8601 in UTC, with microseconds only where there are any.
pub fn instant(time: Micros) -> String {
    let format = match time.rem_euclid(1_000_000) {
        0 => "%Y-%m-%dT%H:%M:%S+00:00",
        _ => "%Y-%m-%dT%H:%M:%S.%6f+00:00",
    };
    jiff::Timestamp::from_microsecond(time).map_or_else(
        |_| format!("{time} µs since 1970"),
        |time| time.strftime(format).to_string(),
    )
}

/// Six decimals, rounded as written out: multiplying first would turn near ties into ties.
pub fn rounded(value: f64) -> f64 {
    format!("{value:.6}").parse().unwrap_or(value)
}
