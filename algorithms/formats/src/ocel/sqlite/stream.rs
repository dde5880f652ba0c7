//! OCEL 2.0 written into a SQLite file event after event.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rusqlite::types::Value as Cell;
use rusqlite::{Connection, params, params_from_iter};
use serde_json::Value;

use super::write::{TABLES, suffix};
use super::{broken, quoted};
use crate::FormatError;
use crate::ocel::stream::{Told, kind_of, plain, text};

/// Statements kept ready: one or two for each type of event.
const STATEMENTS: usize = 512;

/// OCEL 2.0 as a SQLite database: tables and columns come with the first event that needs them.
#[derive(Debug)]
pub struct SqliteStream {
    base: Connection,
    event_tables: BTreeMap<String, Table>,
    object_tables: BTreeMap<String, Table>,
    /// Ends of names of tables that are taken, without regard to case.
    taken: BTreeSet<String>,
}

/// The table of a type, and the columns it has by now.
#[derive(Debug)]
struct Table {
    name: String,
    columns: BTreeSet<String>,
}

impl SqliteStream {
    /// Begins a log in a file that is empty or not there.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn create(path: &Path) -> Result<Self, FormatError> {
        let base = Connection::open(path).map_err(broken)?;
        base.set_prepared_statement_cache_capacity(STATEMENTS);
        // Nobody reads it before it is whole, so nothing has to be taken back after a crash.
        base.execute_batch("pragma journal_mode = off; pragma synchronous = off; begin;")
            .and_then(|()| base.execute_batch(TABLES))
            .map_err(broken)?;
        Ok(Self {
            base,
            event_tables: BTreeMap::new(),
            object_tables: BTreeMap::new(),
            taken: BTreeSet::new(),
        })
    }

    /// Writes an event.
    ///
    /// # Errors
    /// When the file cannot be written, or a type has more attributes than SQLite has columns.
    pub fn event(&mut self, event: &Told<'_>) -> Result<(), FormatError> {
        self.put_event(event).map_err(broken)
    }

    fn put_event(&mut self, event: &Told<'_>) -> rusqlite::Result<()> {
        if !self.event_tables.contains_key(event.kind) {
            let table = self.declare("event", event.kind, "")?;
            self.event_tables.insert(event.kind.to_owned(), table);
        }
        let mut names = vec!["\"ocel_id\"".to_owned(), "\"ocel_time\"".to_owned()];
        let mut cells = vec![Cell::from(event.id.clone()), Cell::from(text(event.at))];
        if let Some(table) = self.event_tables.get_mut(event.kind) {
            for (name, value) in &event.attributes {
                let value = plain(value);
                if !table.columns.contains(&name.to_lowercase()) {
                    let (table, column) = (quoted(&table.name), quoted(name));
                    let kind = column_type(&value);
                    let add = format!("alter table {table} add column {column} {kind}");
                    self.base.execute_batch(&add)?;
                }
                table.columns.insert(name.to_lowercase());
                names.push(quoted(name));
                cells.push(cell(value));
            }
            let marks: Vec<String> = (1..=cells.len()).map(|at| format!("${at}")).collect();
            let insert = format!(
                "insert into {} ({}) values ({})",
                quoted(&table.name),
                names.join(", "),
                marks.join(", ")
            );
            let mut insert = self.base.prepare_cached(&insert)?;
            insert.execute(params_from_iter(cells))?;
        }
        let mut insert = self
            .base
            .prepare_cached("insert into event values ($1, $2)")?;
        insert.execute(params![event.id, event.kind])?;
        let mut link = self
            .base
            .prepare_cached("insert into event_object values ($1, $2, $3)")?;
        for (object, as_what) in &event.links {
            link.execute(params![event.id, object, as_what])?;
        }
        Ok(())
    }

    /// Writes an object, each once.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn object(&mut self, id: &str, kind: &str) -> Result<(), FormatError> {
        self.put_object(id, kind).map_err(broken)
    }

    fn put_object(&mut self, id: &str, kind: &str) -> rusqlite::Result<()> {
        if !self.object_tables.contains_key(kind) {
            let table = self.declare("object", kind, ", ocel_changed_field text")?;
            self.object_tables.insert(kind.to_owned(), table);
        }
        let mut insert = self
            .base
            .prepare_cached("insert into object values ($1, $2)")?;
        insert.execute(params![id, kind])?;
        // What holds from the beginning has the instant zero and no changed field.
        let table = quoted(&self.object_tables[kind].name);
        let insert = format!("insert into {table} values ($1, $2, null)");
        let mut insert = self.base.prepare_cached(&insert)?;
        insert.execute(params![id, text(0)]).map(drop)
    }

    /// The table of a type that comes for the first time.
    fn declare(&mut self, side: &str, kind: &str, more: &str) -> rusqlite::Result<Table> {
        let suffix = suffix(kind, &mut self.taken);
        let name = format!("{side}_{suffix}");
        let map = format!("insert into {side}_map_type values ($1, $2)");
        self.base.execute(&map, params![kind, suffix])?;
        let table = quoted(&name);
        let create = format!("create table {table} (ocel_id text, ocel_time timestamp{more})");
        self.base.execute_batch(&create)?;
        Ok(Table {
            name,
            columns: BTreeSet::from(["ocel_id".to_owned(), "ocel_time".to_owned()]),
        })
    }

    /// Ends the log.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn finish(self) -> Result<(), FormatError> {
        self.base.execute_batch("commit").map_err(broken)?;
        self.base.close().map_err(|(_, error)| broken(error))
    }
}

fn column_type(value: &Value) -> &'static str {
    match kind_of(value) {
        "boolean" => "boolean",
        "float" => "real",
        "integer" => "integer",
        _ => "text",
    }
}

fn cell(value: Value) -> Cell {
    match value {
        Value::Bool(flag) => Cell::from(flag),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(whole), _) => Cell::from(whole),
            (None, Some(part)) => Cell::from(part),
            (None, None) => Cell::from(number.to_string()),
        },
        Value::String(text) => Cell::from(text),
        other => Cell::from(other.to_string()),
    }
}
