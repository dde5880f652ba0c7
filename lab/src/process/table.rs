//! Figures as tables for a terminal.

use std::fmt::Write;

use serde_json::Value;

/// Lines of a list, the rest is in the JSON.
const LINES_MAX: usize = 20;

/// The analysis of a log.
pub fn analysis(figures: &Value) -> String {
    let mut text = String::new();
    for (name, view) in entries(&figures["views"]) {
        write_view(&mut text, name, view);
    }
    for (name, flat) in entries(&figures["flattened_by_object_type"]) {
        heading(&mut text, &format!("object type {name}"));
        line(&mut text, "cases", &flat["cases"]);
        line(&mut text, "events", &flat["case_event_rows"]);
        line(&mut text, "variants", &flat["variants"]);
        write_edges(&mut text, &flat["dfg"]);
    }
    text
}

fn write_view(text: &mut String, name: &str, view: &Value) {
    heading(text, &format!("view {name}"));
    for key in ["events", "cases", "activities", "variants"] {
        line(text, key, &view[key]);
    }
    line(text, "from", &view["time_range"]["first"]);
    line(text, "to", &view["time_range"]["last"]);
    let durations = &view["case_duration_s"];
    let quantiles = ["median", "p95", "max"].map(|key| duration(&durations[key]));
    let [median, p95, max] = quantiles;
    let _ = writeln!(
        text,
        "{:<28}median {median}, 95 % up to {p95}, longest {max}",
        "case takes"
    );
    heading(
        text,
        "activities: events, cases, repeated in cases, median wait before",
    );
    for activity in items(&view["per_activity"]).take(LINES_MAX) {
        let _ = writeln!(
            text,
            "{:<36}{:>9}{:>9}{:>9}{:>12}",
            plain(&activity["activity"]),
            plain(&activity["events"]),
            plain(&activity["cases"]),
            plain(&activity["rework_cases"]),
            duration(&activity["gap_before_s"]["median"]),
        );
    }
    write_edges(text, &view["dfg"]["edge_list"]);
    write_edges_of_time(text, &view["bottlenecks"]);
    heading(text, "most frequent variants");
    for variant in items(&view["top_variants"]) {
        let activities: Vec<String> = items(&variant["activities"]).map(plain).collect();
        let _ = writeln!(
            text,
            "{:>9}  {}",
            plain(&variant["count"]),
            activities.join(" → ")
        );
    }
    for (name, causes) in entries(&view["root_causes"]) {
        write_causes(text, name, causes);
    }
    if let Some(conformance) = view.get("conformance") {
        heading(text, "conformance");
        let _ = writeln!(text, "{conformance:#}");
    }
}

fn write_causes(text: &mut String, name: &str, causes: &Value) {
    if !causes.is_array() {
        return;
    }
    heading(
        text,
        &format!("{name}: share with and without, difference with 95 % interval, cases"),
    );
    for cause in items(causes) {
        let percent = |value: &Value| value.as_f64().unwrap_or_default() * 100.0;
        let value = format!(
            "{} = {}",
            plain(&cause["attribute"]),
            plain(&cause["value"])
        );
        let _ = writeln!(
            text,
            "{value:<60}{:>6.1} %{:>6.1} %{:>+7.1} ({:+.1} to {:+.1}){:>8}",
            percent(&cause["share_with"]),
            percent(&cause["share_without"]),
            percent(&cause["difference"]),
            percent(&cause["interval"][0]),
            percent(&cause["interval"][1]),
            plain(&cause["cases_with"]),
        );
    }
}

fn write_edges(text: &mut String, edges: &Value) {
    heading(text, "next step: count, median and mean time");
    for edge in items(edges).take(LINES_MAX) {
        let ends = format!("{} → {}", plain(&edge["from"]), plain(&edge["to"]));
        let _ = writeln!(
            text,
            "{ends:<60}{:>9}{:>12}{:>12}",
            plain(&edge["count"]),
            duration(&edge["median_s"]),
            duration(&edge["mean_s"]),
        );
    }
}

fn write_edges_of_time(text: &mut String, edges: &Value) {
    heading(text, "most time waited: total, part of all waiting, count");
    for edge in items(edges).take(LINES_MAX) {
        let ends = format!("{} → {}", plain(&edge["from"]), plain(&edge["to"]));
        let share = edge["share"].as_f64().unwrap_or_default() * 100.0;
        let _ = writeln!(
            text,
            "{ends:<60}{:>12}{share:>8.1} %{:>9}",
            duration(&edge["total_s"]),
            plain(&edge["count"]),
        );
    }
}

/// Writes a heading after an empty line.
pub fn heading(text: &mut String, heading: &str) {
    let _ = writeln!(text, "\n{heading}");
}

fn line(text: &mut String, key: &str, value: &Value) {
    let _ = writeln!(text, "{key:<28}{}", plain(value));
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

/// The elements of an array, none if it is not one.
pub fn items(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

/// A value without quotes.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "–".into(),
        other => other.to_string(),
    }
}

/// Seconds as a person reads them: two of days, hours, minutes and seconds.
pub fn duration(seconds: &Value) -> String {
    let Some(seconds) = seconds.as_f64() else {
        return "–".into();
    };
    let sign = if seconds < 0.0 { "-" } else { "" };
    let whole = seconds.abs().round() as u64;
    let (days, hours, minutes) = (whole / 86_400, whole / 3_600 % 24, whole / 60 % 60);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{sign}{:.1} s", seconds.abs()),
        (0, 0, _) => format!("{sign}{minutes} min {} s", whole % 60),
        (0, ..) => format!("{sign}{hours} h {minutes} min"),
        _ => format!("{sign}{days} d {hours} h"),
    }
}

/// Above this corrected probability a difference may well be chance, and is not listed.
const CHANCE_MAX: f64 = 0.05;

/// The comparison of two logs: what differs beyond chance.
pub fn comparison(figures: &Value) -> String {
    let mut text = String::new();
    for side in ["first", "second"] {
        let log = &figures[side];
        let [file, cases, events] = ["file", "cases", "events"].map(|key| plain(&log[key]));
        let _ = writeln!(text, "{side:<8}{file}: {cases} cases, {events} events");
    }
    let durations = ["first", "second"].map(|side| &figures["case_duration"][side]["median_s"]);
    let [first, second] = durations.map(duration);
    let chance = chance_of(&figures["case_duration"]["time"]);
    let _ = writeln!(text, "case takes (median)  {first} | {second}  p {chance}");
    heading(
        &mut text,
        "cases that have it, beyond chance: first, second, corrected p",
    );
    each_sure(figures, "frequency", |name, found| {
        let share = |side: &str| found[side]["share"].as_f64().unwrap_or_default() * 100.0;
        let chance = chance_of(&found["frequency"]);
        let (first, second) = (share("first"), share("second"));
        let _ = writeln!(text, "{name:<60}{first:>8.1} %{second:>8.1} %  {chance}");
    });
    heading(
        &mut text,
        "median time, beyond chance: first, second, corrected p",
    );
    each_sure(figures, "time", |name, found| {
        let median = |side: &str| duration(&found[side]["median_s"]);
        let chance = chance_of(&found["time"]);
        let (first, second) = (median("first"), median("second"));
        let _ = writeln!(text, "{name:<60}{first:>14}{second:>14}  {chance}");
    });
    text
}

/// The corrected probability of a test.
fn chance_of(test: &Value) -> String {
    match test["p_corrected"].as_f64() {
        Some(p) if p < 1e-4 => "< 0.0001".into(),
        Some(p) => format!("{p:.4}"),
        None => "–".into(),
    }
}

/// Calls `tell` for each activity and edge whose test is unlikely to be chance.
fn each_sure(figures: &Value, test: &str, mut tell: impl FnMut(&str, &Value)) {
    for found in items(&figures["activities"]).chain(items(&figures["edges"])) {
        if found[test]["p_corrected"]
            .as_f64()
            .is_some_and(|p| p <= CHANCE_MAX)
        {
            match found.get("activity") {
                Some(activity) => tell(&plain(activity), found),
                None => {
                    let ends = [&found["from"], &found["to"]].map(plain);
                    tell(&ends.join(" → "), found);
                }
            }
        }
    }
}
