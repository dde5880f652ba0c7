//! One transaction: statements, and the facts it will leave in the journal.

use std::sync::OnceLock;

use kernel::{Ctx, Fault};

use crate::{Change, Event, Row, Value, journal, postgres::Client, sqlite};

pub(crate) enum Engine<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut Client),
}

/// Told every statement of business code with its parameters.
pub type Watch = fn(&str, &[Value]);

static WATCH: OnceLock<Watch> = OnceLock::new();

/// Has somebody told of every statement from now on, for tests that look at what is asked; the
/// first call wins.
pub fn watch_statements(watch: Watch) {
    let _ = WATCH.set(watch);
}

/// A transaction. It commits when the closure it was given to answers `Ok`.
pub struct Tx<'c> {
    pub(crate) engine: Engine<'c>,
    pub(crate) pending: Vec<journal::Pending>,
    expected: Option<(String, i64)>,
}

impl<'c> Tx<'c> {
    pub(crate) fn new(engine: Engine<'c>) -> Self {
        Self {
            engine,
            pending: Vec::new(),
            expected: None,
        }
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault> {
        told(sql, params);
        match &mut self.engine {
            Engine::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Engine::Postgres(client) => client.execute(sql, params),
        }
    }

    /// Every row of a query, each read by `read`.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut read: impl FnMut(&Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        told(sql, params);
        match &mut self.engine {
            Engine::Sqlite(connection) => sqlite::query(connection, sql, params, &mut read),
            Engine::Postgres(client) => client.query(sql, params, &mut read),
        }
    }

    /// The first row of a query, if there is one.
    pub fn one<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: impl FnMut(&Row) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        Ok(self.all(sql, params, read)?.into_iter().next())
    }

    /// The number in the first column of the first row; 0 without a row.
    pub fn count(&mut self, sql: &str, params: &[Value]) -> Result<i64, Fault> {
        Ok(self
            .one(sql, params, |row| row.opt_int(0))?
            .flatten()
            .unwrap_or(0))
    }

    /// Whoever sent this saw that version of a thing: the command that locks the thing says by
    /// [`Tx::seen`] which version it finds.
    pub fn expect(&mut self, id: impl ToString, version: i64) {
        self.expected = Some((id.to_string(), version));
    }

    /// Refuses when the sender expected another version of the thing that was locked. A command's
    /// own later changes are not looked at.
    pub fn seen(&mut self, id: impl ToString, version: i64) -> Result<(), Fault> {
        let Some((_, expected)) = self.expected.take_if(|(of, _)| *of == id.to_string()) else {
            return Ok(());
        };
        if expected == version {
            Ok(())
        } else {
            Err(Fault::stale())
        }
    }

    /// Whether an expectation is left that nobody has looked at.
    pub const fn expects(&self) -> bool {
        self.expected.is_some()
    }

    /// Leaves a fact in the journal; it is written when the transaction commits, and seen by
    /// every open page afterwards.
    pub fn record(&mut self, ctx: &Ctx, event: Event) {
        self.pending.push(journal::Pending::new(ctx, event));
    }

    /// Writes the facts; answers what listeners are to be told after the commit.
    pub(crate) fn seal(&mut self) -> Result<Vec<Change>, Fault> {
        let pending = std::mem::take(&mut self.pending);
        let changes = journal::append(self, pending)?;
        if let Engine::Postgres(client) = &mut self.engine {
            client.notify(&changes)?;
            return Ok(Vec::new());
        }
        Ok(changes)
    }
}

fn told(sql: &str, params: &[Value]) {
    if let Some(watch) = WATCH.get() {
        watch(sql, params);
    }
}
