//! OCEL 2.0 written event after event: what was written is not held.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use mining::Micros;
use serde_json::{Value, json};

use crate::time;

/// An event as it is written.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// Its id, different from those of all other events.
    pub id: String,
    /// Its type.
    pub kind: &'a str,
    /// When it happened.
    pub at: Micros,
    /// Its attributes: texts, numbers, or yes and no; anything else is written as text.
    pub attributes: Vec<(&'a str, Value)>,
    /// The objects it touches, each with a qualifier.
    pub links: Vec<(String, &'a str)>,
}

/// OCEL 2.0 as JSON: all events, then all objects.
#[derive(Debug)]
pub struct JsonStream<W> {
    out: W,
    /// Whether an event, or an object, stands before the next one.
    follows: bool,
    is_at_objects: bool,
    /// The types of events with their attributes and the kinds of their values.
    event_types: BTreeMap<String, BTreeMap<String, BTreeSet<&'static str>>>,
    object_types: BTreeSet<String>,
}

impl<W: Write> JsonStream<W> {
    /// Begins a log.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        out.write_all(b"{\"events\":[")?;
        Ok(Self {
            out,
            follows: false,
            is_at_objects: false,
            event_types: BTreeMap::new(),
            object_types: BTreeSet::new(),
        })
    }

    /// Writes an event; all of them come before the first object.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn event(&mut self, event: &Told<'_>) -> io::Result<()> {
        let known = self.event_types.entry(event.kind.to_owned()).or_default();
        let mut attributes = Vec::with_capacity(event.attributes.len());
        for (name, value) in &event.attributes {
            let value = plain(value);
            let kinds = known.entry((*name).to_owned()).or_default();
            kinds.insert(kind_of(&value));
            attributes.push(json!({"name": name, "value": value}));
        }
        let links = event.links.iter();
        let links =
            links.map(|(object, as_what)| json!({"objectId": object, "qualifier": as_what}));
        let whole = json!({
            "id": event.id,
            "type": event.kind,
            "time": text(event.at),
            "attributes": attributes,
            "relationships": links.collect::<Vec<Value>>(),
        });
        self.item(&whole)
    }

    /// Writes an object, each once.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn object(&mut self, id: &str, kind: &str) -> io::Result<()> {
        self.turn_to_objects()?;
        if !self.object_types.contains(kind) {
            self.object_types.insert(kind.to_owned());
        }
        self.item(&json!({"id": id, "type": kind, "attributes": [], "relationships": []}))
    }

    /// Ends the log with its types.
    ///
    /// # Errors
    /// When nothing can be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.turn_to_objects()?;
        let attribute = |(name, kinds): (&String, &BTreeSet<&'static str>)| {
            let kind = match kinds.iter().copied().collect::<Vec<_>>()[..] {
                [only] => only,
                ["float", "integer"] => "float",
                _ => "string",
            };
            json!({"name": name, "type": kind})
        };
        let event_types: Vec<Value> = self
            .event_types
            .iter()
            .map(|(name, known)| {
                let attributes: Vec<Value> = known.iter().map(attribute).collect();
                json!({"name": name, "attributes": attributes})
            })
            .collect();
        let object_types = self.object_types.iter();
        let object_types = object_types.map(|name| json!({"name": name, "attributes": []}));
        let object_types: Vec<Value> = object_types.collect();
        let types = json!({"eventTypes": event_types, "objectTypes": object_types}).to_string();
        writeln!(self.out, "\n],{}", types.trim_start_matches('{'))?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn turn_to_objects(&mut self) -> io::Result<()> {
        if !self.is_at_objects {
            self.is_at_objects = true;
            self.follows = false;
            self.out.write_all(b"\n],\"objects\":[")?;
        }
        Ok(())
    }

    fn item(&mut self, item: &Value) -> io::Result<()> {
        let mark: &[u8] = if self.follows { b",\n" } else { b"\n" };
        self.follows = true;
        self.out.write_all(mark)?;
        serde_json::to_writer(&mut self.out, item).map_err(io::Error::from)
    }
}

/// A value that the format has a type for.
pub(super) fn plain(value: &Value) -> Value {
    match value {
        Value::String(_) | Value::Number(_) | Value::Bool(_) => value.clone(),
        Value::Null => Value::String(String::new()),
        other => Value::String(other.to_string()),
    }
}

/// The format's name for the kind of a plain value.
pub(super) fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "integer",
        _ => "string",
    }
}

pub(super) fn text(time: Micros) -> String {
    let mut out = String::new();
    time::write(time, &mut out);
    out
}
