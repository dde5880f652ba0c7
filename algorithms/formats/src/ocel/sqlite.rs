//! OCEL 2.0 as a SQLite database.
//!
//! The database is held in memory; only tables are read, never views or triggers, so that nothing
//! that the file brings along is run.

mod stream;
mod write;

use std::collections::HashMap;

use mining::{Micros, ObjectLog};
use rusqlite::Connection;
use rusqlite::types::ValueRef;

use crate::{FormatError, Limits};

use super::gather::{Gather, instant};

pub use stream::SqliteStream;
pub use write::write;

/// Reads a log.
///
/// # Errors
/// Names the table or element, and what is allowed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<ObjectLog, FormatError> {
    let mut base = Connection::open_in_memory().map_err(broken)?;
    base.deserialize_read_exact("main", bytes, bytes.len(), true)
        .map_err(broken)?;
    base.execute_batch("pragma trusted_schema = off; pragma cell_size_check = on;")
        .map_err(broken)?;
    let tables = Tables::list(&base)?;
    let mut gather = Gather::new(limits);
    let event_kinds = kinds(&tables, "event_map_type")?;
    let object_kinds = kinds(&tables, "object_map_type")?;
    for (name, _) in &event_kinds {
        gather.event_type(name)?;
    }
    for (name, _) in &object_kinds {
        gather.object_type(name)?;
    }
    let mut times = HashMap::new();
    let mut described = Vec::new();
    for (_, suffix) in &event_kinds {
        events_of(
            &tables,
            &format!("event_{suffix}"),
            &mut times,
            &mut described,
        )?;
    }
    tables.rows("event", &["ocel_id", "ocel_type"], |row| {
        let [id, kind] = row else { return Ok(()) };
        let time = times.get(id.as_str()).copied();
        gather.event(id, kind, time).map(drop)
    })?;
    tables.rows("object", &["ocel_id", "ocel_type"], |row| {
        let [id, kind] = row else { return Ok(()) };
        gather.object(id, kind).map(drop)
    })?;
    for (id, name, value) in described {
        let owner = gather.log.event_ids.intern(&id);
        gather.event_attribute(owner, &name, value);
    }
    for (_, suffix) in &object_kinds {
        objects_of(&tables, &format!("object_{suffix}"), &mut gather)?;
    }
    let links = ["ocel_event_id", "ocel_object_id", "ocel_qualifier"];
    tables.rows("event_object", &links, |row| {
        let [event, object, qualifier] = row else {
            return Ok(());
        };
        let event = gather.log.event_ids.intern(event);
        gather.link(event, object, qualifier);
        Ok(())
    })?;
    let relations = ["ocel_source_id", "ocel_target_id", "ocel_qualifier"];
    tables.rows("object_object", &relations, |row| {
        let [source, target, qualifier] = row else {
            return Ok(());
        };
        let source = gather.log.object_ids.intern(source);
        gather.relation(source, target, qualifier);
        Ok(())
    })?;
    Ok(gather.log)
}

fn broken(error: rusqlite::Error) -> FormatError {
    FormatError::file(format!(
        "not a readable SQLite database ({error}); OCEL 2.0 is allowed"
    ))
}

/// Types with the ends of the names of their tables.
fn kinds(tables: &Tables<'_>, map: &str) -> Result<Vec<(String, String)>, FormatError> {
    let mut kinds = Vec::new();
    tables.rows(map, &["ocel_type", "ocel_type_map"], |row| {
        if let [kind, suffix] = row {
            kinds.push((kind.clone(), suffix.clone()));
        }
        Ok(())
    })?;
    Ok(kinds)
}

/// Times and attributes of the events of one type.
fn events_of(
    tables: &Tables<'_>,
    table: &str,
    times: &mut HashMap<String, Micros>,
    described: &mut Vec<(String, String, String)>,
) -> Result<(), FormatError> {
    let Some(names) = tables.columns(table)? else {
        return Ok(());
    };
    let columns: Vec<&str> = names.iter().map(String::as_str).collect();
    let id = place(&columns, "ocel_id", table)?;
    let time = place(&columns, "ocel_time", table)?;
    tables.rows(table, &columns, |row| {
        if let Some(instant) = instant(&row[time], &row[id])? {
            times.insert(row[id].clone(), instant);
        }
        for (place, value) in row.iter().enumerate() {
            if place != id && place != time && !value.is_empty() {
                described.push((row[id].clone(), names[place].clone(), value.clone()));
            }
        }
        Ok(())
    })
}

/// Attributes of the objects of one type, with the instants of their changes.
fn objects_of(
    tables: &Tables<'_>,
    table: &str,
    gather: &mut Gather<'_>,
) -> Result<(), FormatError> {
    let Some(names) = tables.columns(table)? else {
        return Ok(());
    };
    let columns: Vec<&str> = names.iter().map(String::as_str).collect();
    let id = place(&columns, "ocel_id", table)?;
    let time = columns.iter().position(|name| *name == "ocel_time");
    let changed = columns
        .iter()
        .position(|name| *name == "ocel_changed_field");
    tables.rows(table, &columns, |row| {
        let owner = gather.log.object_ids.intern(&row[id]);
        let since = time.map_or(Ok(None), |time| instant(&row[time], &row[id]))?;
        let only = changed
            .map(|place| row[place].as_str())
            .filter(|name| !name.is_empty());
        for (place, value) in row.iter().enumerate() {
            let own = [Some(id), time, changed].contains(&Some(place));
            if own || value.is_empty() || only.is_some_and(|name| name != names[place]) {
                continue;
            }
            gather.object_attribute(owner, &names[place], since, value.clone());
        }
        Ok(())
    })
}

fn place(columns: &[&str], name: &str, table: &str) -> Result<usize, FormatError> {
    columns
        .iter()
        .position(|column| *column == name)
        .ok_or_else(|| {
            FormatError::element(
                format!("table {table}"),
                format!("no column {name}; it needs one"),
            )
        })
}

/// The tables of the database by name.
struct Tables<'b> {
    base: &'b Connection,
    names: Vec<String>,
}

impl<'b> Tables<'b> {
    fn list(base: &'b Connection) -> Result<Self, FormatError> {
        let mut query = base
            .prepare("select name from sqlite_master where type = 'table' order by name")
            .map_err(broken)?;
        let rows = query.query_map([], |row| row.get(0)).map_err(broken)?;
        let names = rows.collect::<Result<_, _>>().map_err(broken)?;
        drop(query);
        Ok(Self { base, names })
    }

    /// The columns of a table, `None` where there is no such table.
    fn columns(&self, table: &str) -> Result<Option<Vec<String>>, FormatError> {
        if !self.names.iter().any(|name| name == table) {
            return Ok(None);
        }
        // Not the names of a prepared statement: those must be UTF-8, and a file may lie.
        let mut query = self
            .base
            .prepare("select name from pragma_table_info($1)")
            .map_err(broken)?;
        let rows = query.query_map([table], |row| row.get(0)).map_err(broken)?;
        let names: Vec<String> = rows.collect::<Result<_, _>>().map_err(broken)?;
        Ok(Some(names))
    }

    /// Calls `take` with each row of a table, as text, in the order of the table.
    fn rows(
        &self,
        table: &str,
        columns: &[&str],
        mut take: impl FnMut(&[String]) -> Result<(), FormatError>,
    ) -> Result<(), FormatError> {
        if !self.names.iter().any(|name| name == table) {
            let problem = "is not there; OCEL 2.0 needs it, a view does not serve";
            return Err(FormatError::element(format!("table {table}"), problem));
        }
        let list: Vec<String> = columns.iter().map(|column| quoted(column)).collect();
        // Without this an index that holds all columns would be read instead, in its own order.
        let text = format!(
            "select {} from {} not indexed",
            list.join(", "),
            quoted(table)
        );
        let mut query = self.base.prepare(&text).map_err(broken)?;
        let mut rows = query.query([]).map_err(broken)?;
        let mut cells = vec![String::new(); columns.len()];
        while let Some(row) = rows.next().map_err(broken)? {
            for (index, cell) in cells.iter_mut().enumerate() {
                cell.clear();
                match row.get_ref(index).map_err(broken)? {
                    ValueRef::Null => {}
                    ValueRef::Integer(number) => cell.push_str(&number.to_string()),
                    ValueRef::Real(number) => cell.push_str(&number.to_string()),
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => {
                        cell.push_str(&String::from_utf8_lossy(bytes));
                    }
                }
            }
            take(&cells)?;
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
