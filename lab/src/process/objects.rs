//! Figures of an object-centric log as JSON, by the definitions of the reference results.

use std::collections::BTreeMap;

use mining::{Names, ObjectLog};
use serde_json::{Value, json};

use super::figures::{flattened, time_range};
use crate::Failure;

/// Counts of the tables, links by type, and the log of each object type (or only of `only`).
pub fn figures(log: &ObjectLog, only: Option<&str>) -> Result<Value, Failure> {
    let times = || log.events.iter().filter_map(|event| event.time);
    let types: Vec<&str> = match only {
        Some(name) => vec![name],
        None => log.object_types.iter().collect(),
    };
    let mut by_type = serde_json::Map::new();
    for name in types {
        let flat = log.flatten(name).map_err(|error| {
            let known: Vec<&str> = log.object_types.iter().collect();
            Failure(format!("{error}; it has {}", known.join(", ")))
        })?;
        by_type.insert(name.to_owned(), flattened(&flat));
    }
    let mut figures = counts(log);
    if let (Some(first), Some(last)) = (times().min(), times().max()) {
        figures["time_range"] = time_range(first, last);
    }
    figures["event_type_x_object_type"] = by_types(log);
    figures["flattened_by_object_type"] = Value::Object(by_type);
    Ok(figures)
}

fn counts(log: &ObjectLog) -> Value {
    let rows = log.event_rows();
    let kinds = log.object_kinds();
    let known_event = |event: u32| rows[event as usize].is_some();
    let known_object = |object: u32| kinds[object as usize].is_some();
    let mut touched_events = vec![false; rows.len()];
    let mut touched_objects = vec![false; kinds.len()];
    for link in &log.links {
        if known_event(link.event) && known_object(link.object) {
            touched_events[link.event as usize] = true;
            touched_objects[link.object as usize] = true;
        }
    }
    let distinct_objects = kinds.iter().filter(|kind| kind.is_some()).count();
    let event_kinds = log.events.iter().map(|event| event.kind);
    let object_kinds = kinds.iter().flatten().copied();
    json!({
        "events": log.events.len(),
        "objects": log.objects.len(),
        "declared_event_types": sorted(&log.event_types),
        "declared_object_types": sorted(&log.object_types),
        "events_per_type": per_name(event_kinds, &log.event_types),
        "objects_per_type": per_name(object_kinds, &log.object_types),
        "duplicate_object_ids": log.objects.len() - distinct_objects,
        "events_without_time": log.events.iter().filter(|e| e.time.is_none()).count(),
        "e2o_rows": log.links.len(),
        "e2o_rows_dangling_object":
            log.links.iter().filter(|link| !known_object(link.object)).count(),
        "e2o_rows_dangling_event":
            log.links.iter().filter(|link| !known_event(link.event)).count(),
        "e2o_distinct_event_object": distinct_links(log).len(),
        "o2o_rows": log.relations.len(),
        "o2o_rows_dangling": log
            .relations
            .iter()
            .filter(|r| !known_object(r.source) || !known_object(r.target))
            .count(),
        "e2o_qualifiers": per_name(log.links.iter().map(|l| l.qualifier), &log.qualifiers),
        "o2o_qualifiers": per_name(log.relations.iter().map(|r| r.qualifier), &log.qualifiers),
        "events_without_valid_object":
            log.events.iter().filter(|event| !touched_events[event.id as usize]).count(),
        "objects_without_event":
            log.objects.iter().filter(|object| !touched_objects[object.id as usize]).count(),
    })
}

/// Distinct pairs of event and object.
fn distinct_links(log: &ObjectLog) -> Vec<(u32, u32)> {
    let mut pairs: Vec<(u32, u32)> = log.links.iter().map(|l| (l.event, l.object)).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn sorted(names: &Names) -> Vec<&str> {
    let mut sorted: Vec<&str> = names.iter().collect();
    sorted.sort_unstable();
    sorted
}

fn per_name(ids: impl Iterator<Item = u32>, names: &Names) -> Value {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for id in ids {
        *counts.entry(names.name(id)).or_default() += 1;
    }
    json!(counts)
}

/// For each pair of event type and object type: events, links, and most objects on one event.
fn by_types(log: &ObjectLog) -> Value {
    let rows = log.event_rows();
    let kinds = log.object_kinds();
    // Objects of one type on one event.
    let mut on_event: BTreeMap<(&str, &str, u32), u64> = BTreeMap::new();
    for (event, object) in distinct_links(log) {
        if let (Some(row), Some(kind)) = (rows[event as usize], kinds[object as usize]) {
            let event_type = log.event_types.name(log.events[row as usize].kind);
            let key = (event_type, log.object_types.name(kind), event);
            *on_event.entry(key).or_default() += 1;
        }
    }
    let mut pairs: BTreeMap<(&str, &str), (u64, u64, u64)> = BTreeMap::new();
    for ((event_type, object_type, _), links) in on_event {
        let pair = pairs.entry((event_type, object_type)).or_default();
        *pair = (pair.0 + 1, pair.1 + links, pair.2.max(links));
    }
    pairs
        .into_iter()
        .map(|((event_type, object_type), (events, links, most))| {
            json!({
                "event_type": event_type,
                "object_type": object_type,
                "events": events,
                "links": links,
                "max_objects_per_event": most,
            })
        })
        .collect()
}
