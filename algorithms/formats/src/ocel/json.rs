//! OCEL 2.0 as JSON.

use std::borrow::Cow;
use std::collections::BTreeMap;

use mining::{Attribute, ObjectLog};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{FormatError, Limits};

use super::gather::{Gather, instant};
use super::stream::text;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct File<'a> {
    #[serde(borrow, default)]
    object_types: Vec<Kind<'a>>,
    #[serde(borrow, default)]
    event_types: Vec<Kind<'a>>,
    #[serde(borrow)]
    objects: Vec<Thing<'a>>,
    #[serde(borrow)]
    events: Vec<Thing<'a>>,
}

#[derive(Deserialize, Serialize)]
struct Kind<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default)]
    attributes: Vec<Declared<'a>>,
}

#[derive(Deserialize, Serialize)]
struct Declared<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, rename = "type", default)]
    kind: Cow<'a, str>,
}

/// An event or an object.
#[derive(Deserialize, Serialize)]
struct Thing<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow, rename = "type")]
    kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    time: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    attributes: Vec<Given<'a>>,
    #[serde(borrow, default)]
    relationships: Vec<Related<'a>>,
}

#[derive(Deserialize, Serialize)]
struct Given<'a> {
    #[serde(borrow)]
    name: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    time: Option<Cow<'a, str>>,
    #[serde(default)]
    value: Value,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Related<'a> {
    #[serde(borrow)]
    object_id: Cow<'a, str>,
    #[serde(borrow, default)]
    qualifier: Cow<'a, str>,
}

/// Reads a log.
///
/// # Errors
/// Names the line or element, and what is allowed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<ObjectLog, FormatError> {
    let bytes = bytes.strip_prefix(&[0xef, 0xbb, 0xbf]).unwrap_or(bytes);
    let file: File<'_> = serde_json::from_slice(bytes).map_err(|error| {
        let problem = format!(
            "{error}; OCEL 2.0 has objectTypes, eventTypes, objects and events, each with id and \
             type"
        );
        FormatError::line(error.line(), problem)
    })?;
    let mut gather = Gather::new(limits);
    for kind in &file.event_types {
        gather.event_type(&kind.name)?;
    }
    for kind in &file.object_types {
        gather.object_type(&kind.name)?;
    }
    for object in file.objects {
        let owner = gather.object(&object.id, &object.kind)?;
        for given in object.attributes {
            let since = instant(given.time.as_deref().unwrap_or_default(), &object.id)?;
            gather.object_attribute(owner, &given.name, since, plain(given.value));
        }
        for related in object.relationships {
            gather.relation(owner, &related.object_id, &related.qualifier);
        }
    }
    for event in file.events {
        let at = instant(event.time.as_deref().unwrap_or_default(), &event.id)?;
        let owner = gather.event(&event.id, &event.kind, at)?;
        for given in event.attributes {
            gather.event_attribute(owner, &given.name, plain(given.value));
        }
        for related in event.relationships {
            gather.link(owner, &related.object_id, &related.qualifier);
        }
    }
    Ok(gather.log)
}

fn plain(value: Value) -> String {
    match value {
        Value::String(text) => text,
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

/// Writes a log. Links of events that the log does not have are left out, as JSON has no place for
/// them; the second of two events or objects with one id keeps its row, not its attributes.
///
/// # Panics
/// Never: every part of a log can be written as JSON.
pub fn write(log: &ObjectLog) -> Vec<u8> {
    let (events, objects) = (log.event_ids.len(), log.object_ids.len());
    let mut links = grouped(events, log.links.iter().map(|link| (link.event, link)));
    let mut relations = grouped(
        objects,
        log.relations.iter().map(|link| (link.source, link)),
    );
    let mut of_event = grouped(events, log.event_attributes.iter().map(|a| (a.owner, a)));
    let mut of_object = grouped(objects, log.object_attributes.iter().map(|a| (a.owner, a)));
    let event_kinds = log.events.iter().map(|event| (event.id, event.kind));
    let object_kinds = log.objects.iter().map(|object| (object.id, object.kind));
    let related = |object: u32, qualifier: u32| Related {
        object_id: log.object_ids.name(object).into(),
        qualifier: log.qualifiers.name(qualifier).into(),
    };
    let file = File {
        object_types: declared(&log.object_types, object_kinds, &of_object),
        event_types: declared(&log.event_types, event_kinds, &of_event),
        objects: log
            .objects
            .iter()
            .map(|object| Thing {
                id: log.object_ids.name(object.id).into(),
                kind: log.object_types.name(object.kind).into(),
                time: None,
                attributes: given(std::mem::take(&mut of_object[object.id as usize])),
                relationships: std::mem::take(&mut relations[object.id as usize])
                    .into_iter()
                    .map(|relation| related(relation.target, relation.qualifier))
                    .collect(),
            })
            .collect(),
        events: log
            .events
            .iter()
            .map(|event| Thing {
                id: log.event_ids.name(event.id).into(),
                kind: log.event_types.name(event.kind).into(),
                time: event.time.map(|time| text(time).into()),
                attributes: given(std::mem::take(&mut of_event[event.id as usize])),
                relationships: std::mem::take(&mut links[event.id as usize])
                    .into_iter()
                    .map(|link| related(link.object, link.qualifier))
                    .collect(),
            })
            .collect(),
    };
    serde_json::to_vec_pretty(&file).expect("texts and lists of texts are JSON")
}

fn grouped<T>(owners: usize, rows: impl Iterator<Item = (u32, T)>) -> Vec<Vec<T>> {
    let mut groups: Vec<Vec<T>> = (0..owners).map(|_| Vec::new()).collect();
    for (owner, row) in rows {
        groups[owner as usize].push(row);
    }
    groups
}

fn given<'a>(attributes: Vec<&'a Attribute>) -> Vec<Given<'a>> {
    attributes
        .into_iter()
        .map(|attribute| Given {
            name: attribute.name.as_str().into(),
            time: attribute.since.map(|time| text(time).into()),
            value: Value::String(attribute.value.clone()),
        })
        .collect()
}

/// Types with the attributes that their events or objects have.
fn declared<'a>(
    types: &'a mining::Names,
    kinds: impl Iterator<Item = (u32, u32)>,
    attributes: &[Vec<&'a Attribute>],
) -> Vec<Kind<'a>> {
    let mut names: BTreeMap<u32, Vec<&'a str>> = BTreeMap::new();
    for (owner, kind) in kinds {
        let seen = names.entry(kind).or_default();
        for attribute in &attributes[owner as usize] {
            if !seen.contains(&attribute.name.as_str()) {
                seen.push(&attribute.name);
            }
        }
    }
    let column = |name: &&'a str| Declared {
        name: (*name).into(),
        kind: "string".into(),
    };
    (0_u32..)
        .zip(types.iter())
        .map(|(number, name)| Kind {
            name: name.into(),
            attributes: names
                .get(&number)
                .into_iter()
                .flatten()
                .map(column)
                .collect(),
        })
        .collect()
}
