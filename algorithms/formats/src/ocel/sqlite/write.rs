//! Writing OCEL 2.0 as a SQLite database.

use std::collections::{BTreeMap, BTreeSet};

use mining::{Attribute, Micros, Names, ObjectLog};
use rusqlite::{Connection, params, params_from_iter};

use crate::FormatError;

use super::{broken, quoted};
use crate::ocel::stream::text;

pub(super) const TABLES: &str = "
    create table event_map_type (ocel_type text primary key, ocel_type_map text);
    create table object_map_type (ocel_type text primary key, ocel_type_map text);
    create table event (ocel_id text, ocel_type text);
    create table object (ocel_id text, ocel_type text);
    create table event_object (ocel_event_id text, ocel_object_id text, ocel_qualifier text);
    create table object_object (ocel_source_id text, ocel_target_id text, ocel_qualifier text);";

/// Writes a log as the bytes of a database.
///
/// # Errors
/// When the database cannot be built in memory, or has more attributes than SQLite has columns.
pub fn write(log: &ObjectLog) -> Result<Vec<u8>, FormatError> {
    let mut base = Connection::open_in_memory().map_err(broken)?;
    let whole = base.transaction().map_err(broken)?;
    whole.execute_batch(TABLES).map_err(broken)?;
    fill(&whole, log).map_err(broken)?;
    whole.commit().map_err(broken)?;
    let bytes = base.serialize("main").map_err(broken)?;
    Ok(bytes.to_vec())
}

fn fill(base: &Connection, log: &ObjectLog) -> rusqlite::Result<()> {
    let events: Vec<Thing<'_>> = log
        .events
        .iter()
        .map(|event| Thing {
            owner: event.id,
            id: log.event_ids.name(event.id),
            kind: event.kind,
            time: event.time,
        })
        .collect();
    let objects: Vec<Thing<'_>> = log
        .objects
        .iter()
        .map(|object| Thing {
            owner: object.id,
            id: log.object_ids.name(object.id),
            kind: object.kind,
            time: None,
        })
        .collect();
    let event_rows = Rows {
        side: "event",
        types: &log.event_types,
        things: events,
    };
    event_rows.write(base, &log.event_attributes)?;
    let object_rows = Rows {
        side: "object",
        types: &log.object_types,
        things: objects,
    };
    object_rows.write(base, &log.object_attributes)?;
    let mut link = base.prepare("insert into event_object values ($1, $2, $3)")?;
    for row in &log.links {
        let (event, object) = (
            log.event_ids.name(row.event),
            log.object_ids.name(row.object),
        );
        link.execute(params![event, object, log.qualifiers.name(row.qualifier)])?;
    }
    let mut relation = base.prepare("insert into object_object values ($1, $2, $3)")?;
    for row in &log.relations {
        let (source, target) = (
            log.object_ids.name(row.source),
            log.object_ids.name(row.target),
        );
        relation.execute(params![source, target, log.qualifiers.name(row.qualifier)])?;
    }
    Ok(())
}

/// An event or an object.
struct Thing<'a> {
    owner: u32,
    id: &'a str,
    kind: u32,
    time: Option<Micros>,
}

/// The events or the objects, with their types.
struct Rows<'a> {
    side: &'static str,
    types: &'a Names,
    things: Vec<Thing<'a>>,
}

impl Rows<'_> {
    fn write(&self, base: &Connection, attributes: &[Attribute]) -> rusqlite::Result<()> {
        let side = self.side;
        let suffixes = suffixes(self.types);
        let insert = format!("insert into {side}_map_type values ($1, $2)");
        for (name, suffix) in self.types.iter().zip(&suffixes) {
            base.execute(&insert, params![name, suffix])?;
        }
        let mut insert = base.prepare(&format!("insert into {side} values ($1, $2)"))?;
        for thing in &self.things {
            insert.execute(params![thing.id, self.types.name(thing.kind)])?;
        }
        let mut by_owner: BTreeMap<u32, Vec<&Attribute>> = BTreeMap::new();
        for attribute in attributes {
            by_owner.entry(attribute.owner).or_default().push(attribute);
        }
        for (kind, suffix) in suffixes.iter().enumerate() {
            let things = || {
                self.things
                    .iter()
                    .filter(move |thing| thing.kind as usize == kind)
            };
            let of = |thing: &Thing<'_>| by_owner.get(&thing.owner).into_iter().flatten().copied();
            let names: BTreeSet<&str> = things()
                .flat_map(of)
                .map(|attribute| attribute.name.as_str())
                .collect();
            let table = quoted(&format!("{side}_{suffix}"));
            create(base, side, &table, &names)?;
            for thing in things() {
                self.describe(base, &table, thing, &of(thing).collect::<Vec<_>>())?;
            }
        }
        Ok(())
    }

    /// One row for an event; for an object one row for each instant at which something changed.
    fn describe(
        &self,
        base: &Connection,
        table: &str,
        thing: &Thing<'_>,
        attributes: &[&Attribute],
    ) -> rusqlite::Result<()> {
        let row = |time: Option<Micros>, changed: Option<&str>, part: &[&Attribute]| {
            let mut columns = vec!["\"ocel_id\"".to_owned(), "\"ocel_time\"".to_owned()];
            let mut values = vec![Some(thing.id.to_owned()), time.map(text)];
            if let Some(changed) = changed {
                columns.push("\"ocel_changed_field\"".to_owned());
                values.push(Some(changed.to_owned()));
            }
            for attribute in part {
                columns.push(quoted(&attribute.name));
                values.push(Some(attribute.value.clone()));
            }
            let marks: Vec<String> = (1..=values.len()).map(|n| format!("${n}")).collect();
            let text = format!(
                "insert into {table} ({}) values ({})",
                columns.join(", "),
                marks.join(", ")
            );
            base.prepare_cached(&text)?
                .execute(params_from_iter(values))
                .map(drop)
        };
        if self.side == "event" {
            return row(thing.time, None, attributes);
        }
        for attribute in attributes {
            // A value without an instant holds from the beginning: SQLite's files say 1970.
            let since = Some(attribute.since.unwrap_or_default());
            row(
                since,
                Some(&attribute.name),
                std::slice::from_ref(attribute),
            )?;
        }
        Ok(())
    }
}

fn create(
    base: &Connection,
    side: &str,
    table: &str,
    names: &BTreeSet<&str>,
) -> rusqlite::Result<()> {
    let mut columns = String::from("ocel_id text, ocel_time text");
    if side == "object" {
        columns.push_str(", ocel_changed_field text");
    }
    for name in names {
        columns.push_str(", ");
        columns.push_str(&quoted(name));
        columns.push_str(" text");
    }
    base.execute_batch(&format!("create table {table} ({columns})"))
}

/// Ends of table names, one for each type.
fn suffixes(types: &Names) -> Vec<String> {
    let mut taken = BTreeSet::new();
    types.iter().map(|name| suffix(name, &mut taken)).collect()
}

/// The letters and digits of a type, with a number where another type has the same.
pub(super) fn suffix(name: &str, taken: &mut BTreeSet<String>) -> String {
    let plain: String = name.chars().filter(|mark| mark.is_alphanumeric()).collect();
    let mut suffix = plain.clone();
    let mut number = 2;
    // SQLite compares names of tables without regard to case.
    while !taken.insert(suffix.to_lowercase()) {
        suffix = format!("{plain}{number}");
        number += 1;
    }
    suffix
}
