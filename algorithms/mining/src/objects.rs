//! Object-centric logs (OCEL 2.0): events that belong to many objects, and the view of one type.
//!
//! Source of the shape: Berti et al., *OCEL (Object-Centric Event Log) 2.0 Specification*, 2023.

use crate::{Event, EventLog, LogBuilder, LogError, Micros, Names, Value};

/// One link of an event to an object, as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Number in [`ObjectLog::event_ids`]; without a row in the log if the file names none.
    pub event: u32,
    /// Number in [`ObjectLog::object_ids`]; without a type if the file does not define it.
    pub object: u32,
    /// Number in [`ObjectLog::qualifiers`].
    pub qualifier: u32,
}

/// One link of an object to another, as the file has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Relation {
    /// Number in [`ObjectLog::object_ids`].
    pub source: u32,
    /// Number in [`ObjectLog::object_ids`].
    pub target: u32,
    /// Number in [`ObjectLog::qualifiers`].
    pub qualifier: u32,
}

/// A value that an object or an event has, from an instant on.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribute {
    /// Number of the event or object in its table of ids.
    pub owner: u32,
    /// What it is called.
    pub name: String,
    /// Since when; events have the time of the event.
    pub since: Option<Micros>,
    /// The value as text.
    pub value: String,
}

/// One event of an object-centric log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ObjectEvent {
    /// Number in [`ObjectLog::event_ids`].
    pub id: u32,
    /// Number in [`ObjectLog::event_types`].
    pub kind: u32,
    /// When it happened, where the file says so.
    pub time: Option<Micros>,
}

/// One object of an object-centric log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Object {
    /// Number in [`ObjectLog::object_ids`].
    pub id: u32,
    /// Number in [`ObjectLog::object_types`].
    pub kind: u32,
}

/// An object-centric log as its file has it, dangling links and repeated ids included.
///
/// A reader fills the public tables; ids may be interned before their row comes.
#[derive(Debug, Clone, Default)]
pub struct ObjectLog {
    /// Event types: the declared ones, in file order, and those only used.
    pub event_types: Names,
    /// Object types: the declared ones, in file order, and those only used.
    pub object_types: Names,
    /// Ids of events, those that only links name included.
    pub event_ids: Names,
    /// Ids of objects, those that only links name included.
    pub object_ids: Names,
    /// Qualifiers of links and relations.
    pub qualifiers: Names,
    /// Events in file order.
    pub events: Vec<ObjectEvent>,
    /// Objects in file order.
    pub objects: Vec<Object>,
    /// Event to object, in file order.
    pub links: Vec<Link>,
    /// Object to object, in file order.
    pub relations: Vec<Relation>,
    /// Attributes of events.
    pub event_attributes: Vec<Attribute>,
    /// Attributes of objects.
    pub object_attributes: Vec<Attribute>,
}

impl ObjectLog {
    /// One case per object of `object_type` with at least one event: the distinct events linked to
    /// it, by time, ties by position in the file. Events without a time are left out.
    ///
    /// Attributes of an object (the last value of each) become attributes of the case, those of
    /// events attributes of the event.
    ///
    /// # Errors
    /// When the log has no such object type, or a time is out of range.
    pub fn flatten(&self, object_type: &str) -> Result<EventLog, LogError> {
        let kind = self
            .object_types
            .find(object_type)
            .ok_or(LogError::Unknown {
                what: "object type",
                name: object_type.to_owned(),
            })?;
        let mut builder = LogBuilder::new();
        let cases = self.linked_cases(kind, &mut builder);
        let pairs = self.distinct_links(&cases);
        let rows = self.push_events(&pairs, &mut builder)?;
        self.describe(&cases, &rows, &mut builder);
        Ok(builder.build())
    }

    /// Event ids by row; the last row wins where an id is repeated.
    pub fn event_rows(&self) -> Vec<Option<u32>> {
        let mut rows = vec![None; self.event_ids.len()];
        for (row, event) in self.events.iter().enumerate() {
            rows[event.id as usize] = Some(row as u32);
        }
        rows
    }

    /// The type of each object id, `None` where only links name it.
    pub fn object_kinds(&self) -> Vec<Option<u32>> {
        let mut kinds = vec![None; self.object_ids.len()];
        for object in &self.objects {
            kinds[object.id as usize] = Some(object.kind);
        }
        kinds
    }

    /// The case of each object id of the type, given only to objects with an event.
    fn linked_cases(&self, kind: u32, builder: &mut LogBuilder) -> Vec<Option<u32>> {
        let rows = self.event_rows();
        let mut linked = vec![false; self.object_ids.len()];
        for link in &self.links {
            let event = rows[link.event as usize].map(|row| self.events[row as usize]);
            linked[link.object as usize] |= event.is_some_and(|event| event.time.is_some());
        }
        let mut cases = vec![None; self.object_ids.len()];
        for object in &self.objects {
            let id = object.id as usize;
            if object.kind == kind && linked[id] && cases[id].is_none() {
                cases[id] = Some(builder.new_case(self.object_ids.name(object.id)));
            }
        }
        cases
    }

    /// Pairs of event row and case, each once, in the order of the events.
    fn distinct_links(&self, cases: &[Option<u32>]) -> Vec<(u32, u32)> {
        let rows = self.event_rows();
        let mut pairs: Vec<(u32, u32)> = self
            .links
            .iter()
            .filter_map(|link| Some((rows[link.event as usize]?, cases[link.object as usize]?)))
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    /// Pushes an event for each pair; returns the pairs as (event row, log row).
    fn push_events(
        &self,
        pairs: &[(u32, u32)],
        builder: &mut LogBuilder,
    ) -> Result<Vec<(u32, u32)>, LogError> {
        for name in self.event_types.iter() {
            builder.activity(name);
        }
        let mut rows = Vec::with_capacity(pairs.len());
        for &(row, case) in pairs {
            let event = self.events[row as usize];
            let Some(start) = event.time else { continue };
            let pushed = builder.push(Event {
                case,
                activity: event.kind,
                start,
                end: None,
            })?;
            rows.push((row, pushed));
        }
        Ok(rows)
    }

    fn describe(&self, cases: &[Option<u32>], rows: &[(u32, u32)], builder: &mut LogBuilder) {
        let mut order: Vec<&Attribute> = self.object_attributes.iter().collect();
        order.sort_by_key(|attribute| attribute.since);
        for attribute in order {
            if let Some(case) = cases[attribute.owner as usize] {
                builder.set_case(case, &attribute.name, Value::Text(&attribute.value));
            }
        }
        let event_rows = self.event_rows();
        for attribute in &self.event_attributes {
            let Some(row) = event_rows[attribute.owner as usize] else {
                continue;
            };
            let first = rows.partition_point(|&(event, _)| event < row);
            for &(_, pushed) in rows[first..].iter().take_while(|&&(event, _)| event == row) {
                builder.set(pushed, &attribute.name, Value::Text(&attribute.value));
            }
        }
    }
}
