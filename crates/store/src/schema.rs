//! What tables there are: for taking everything of an organisation along.

use kernel::{Fault, ids::OrganisationId};

use crate::{Row, Tx, Value, tx::Engine};

/// A table with an organisation in its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<String>,
    /// The columns of its key, the organisation first.
    pub key: Vec<String>,
}

const SQLITE: &str = "
    select m.name, c.name, c.pk from sqlite_master m join pragma_table_info(m.name) c
    where m.type = 'table' order by m.name, c.cid limit 10000";
const POSTGRES: &str = "
    select cast(c.table_name as text), cast(c.column_name as text),
        cast(coalesce(k.ordinal_position, 0) as bigint)
    from information_schema.columns c
    left join information_schema.table_constraints t on t.table_schema = c.table_schema
        and t.table_name = c.table_name and t.constraint_type = 'PRIMARY KEY'
    left join information_schema.key_column_usage k on k.constraint_schema = t.constraint_schema
        and k.constraint_name = t.constraint_name and k.table_name = c.table_name
        and k.column_name = c.column_name
    where c.table_schema = current_schema()
    order by c.table_name, c.ordinal_position limit 10000";

/// Every table whose key begins with the organisation, by name.
pub fn tables(tx: &mut Tx) -> Result<Vec<Table>, Fault> {
    let sql = match tx.engine {
        Engine::Sqlite(_) | Engine::Memory(_) => SQLITE,
        Engine::Postgres(_) => POSTGRES,
    };
    let read = |row: &Row| Ok((row.text(0)?, row.text(1)?, row.int(2)?));
    let mut tables: Vec<Table> = Vec::new();
    let mut places: Vec<(i64, String)> = Vec::new();
    for (name, column, place) in tx.all(sql, &[], read)? {
        if tables.last().is_none_or(|table| table.name != name) {
            keyed(&mut tables, &mut places);
            tables.push(Table {
                name,
                columns: Vec::new(),
                key: Vec::new(),
            });
        }
        if place > 0 {
            places.push((place, column.clone()));
        }
        if let Some(table) = tables.last_mut() {
            table.columns.push(column);
        }
    }
    keyed(&mut tables, &mut places);
    tables.retain(|table| table.key.first().is_some_and(|column| column == "org"));
    Ok(tables)
}

/// What kind of database it is, with its version.
pub(crate) fn version(tx: &mut Tx) -> Result<String, Fault> {
    let (name, sql) = match tx.engine {
        Engine::Sqlite(_) | Engine::Memory(_) => ("SQLite", "select sqlite_version()"),
        Engine::Postgres(_) => ("PostgreSQL", "select current_setting('server_version')"),
    };
    let version = tx.one(sql, &[], |row| row.text(0))?.unwrap_or_default();
    Ok(format!("{name} {version}"))
}

/// How many bytes the database takes; on a server, all that is in the same database.
pub(crate) fn size_bytes(tx: &mut Tx) -> Result<i64, Fault> {
    let sql = match tx.engine {
        Engine::Sqlite(_) | Engine::Memory(_) => {
            "select c.page_count * s.page_size from pragma_page_count() c, pragma_page_size() s"
        }
        Engine::Postgres(_) => "select pg_database_size(current_database())",
    };
    tx.count(sql, &[])
}

fn keyed(tables: &mut [Table], places: &mut Vec<(i64, String)>) {
    places.sort();
    if let Some(table) = tables.last_mut() {
        table.key = places.drain(..).map(|(_, column)| column).collect();
    }
}

impl Table {
    /// Some rows of an organisation by key, after the key of the row before; each has every column
    /// in order.
    pub fn rows(
        &self,
        tx: &mut Tx,
        org: OrganisationId,
        after: Option<&[Value]>,
        limit: i64,
    ) -> Result<Vec<Vec<Value>>, Fault> {
        let mut values = vec![Value::from(org)];
        let rest = &self.key[1..];
        let beyond = match after {
            Some(after) if !rest.is_empty() => {
                let marker = |at: usize| format!("${}", at + 2);
                let markers: Vec<String> = (0..rest.len()).map(marker).collect();
                values.extend(self.key_of(after).into_iter().skip(1));
                format!("and ({}) > ({})", rest.join(", "), markers.join(", "))
            }
            // A key that is the organisation alone has one row.
            Some(_) => return Ok(Vec::new()),
            None => String::new(),
        };
        values.push(Value::from(limit));
        let sql = format!(
            "select {} from {} where org = $1 {beyond} order by {} limit ${}",
            self.columns.join(", "),
            self.name,
            self.key.join(", "),
            values.len()
        );
        tx.all(&sql, &values, |row| Ok(row.values.clone()))
    }

    /// The key of a row that has every column in order.
    fn key_of(&self, row: &[Value]) -> Vec<Value> {
        let place = |name: &String| self.columns.iter().position(|column| column == name);
        let key = self.key.iter().filter_map(place);
        key.filter_map(|at| row.get(at).cloned()).collect()
    }
}
