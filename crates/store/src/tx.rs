//! One transaction: statements, and the facts it will leave in the journal.

use std::{
    any::{Any, TypeId},
    cell::{Cell, RefCell},
    collections::{BTreeMap, BTreeSet},
    mem,
    sync::{Arc, Mutex, OnceLock},
};

use kernel::{Ctx, Fault};

use crate::{
    Event, Row, Value, journal,
    kept::{self, Kept, Tables},
    postgres::Client,
    seldom::{self, Seldom},
    sqlite,
};

pub(crate) enum Engine<'c> {
    Sqlite(&'c rusqlite::Connection),
    Postgres(&'c mut Client),
    /// What is kept alone: a statement is refused, and noted here.
    Memory(&'c Cell<bool>),
}

/// The most rows one statement writes down: as many texts of a statement are kept ready.
const ROWS_AT_ONCE: usize = 16;

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
    memory: Memory<'c>,
    /// The tables read since an answer to be kept is looked for.
    looked_at: Option<Tables>,
    /// The number of seldom changes that this transaction found.
    seldom_changes: Option<i64>,
    /// The rows it has read.
    rows: usize,
    /// The locks it has waited for.
    passed: BTreeSet<String>,
}

/// What a transaction may be told without asking the database.
#[derive(Clone, Copy)]
pub(crate) struct Memory<'c> {
    pub(crate) kept: &'c Kept,
    /// The state of the database that the transaction sees.
    pub(crate) state: u64,
    /// What was changed and is not committed yet.
    pub(crate) own: &'c RefCell<Tables>,
    /// What is kept beyond the transaction, where other processes write as well.
    pub(crate) seldom: Option<&'c Seldom>,
    /// The facts of commands that are committed together with this one.
    pub(crate) waiting: Option<&'c journal::Waiting>,
}

impl<'c> Tx<'c> {
    pub(crate) const fn new(engine: Engine<'c>, memory: Memory<'c>) -> Self {
        Self {
            engine,
            pending: Vec::new(),
            expected: None,
            memory,
            looked_at: None,
            seldom_changes: None,
            rows: 0,
            passed: BTreeSet::new(),
        }
    }

    /// Runs a statement; answers how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault> {
        self.told(sql, params)?;
        match &mut self.engine {
            Engine::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Engine::Postgres(client) => client.execute(sql, params),
            Engine::Memory(_) => Err(no_database()),
        }
    }

    /// Writes rows down, many by one statement: `into` names the table and its columns, `after`
    /// stands behind the values.
    pub fn insert_all<const COLUMNS: usize>(
        &mut self,
        into: &'static str,
        rows: &[[Value; COLUMNS]],
        after: &'static str,
    ) -> Result<u64, Fault> {
        let mut written = 0;
        for some in rows.chunks(ROWS_AT_ONCE) {
            let sql = inserting(into, (some.len(), COLUMNS), after);
            written += self.execute(&sql, some.as_flattened())?;
        }
        Ok(written)
    }

    /// Every row of a query, each read by `read`.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut read: impl FnMut(&Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        self.told(sql, params)?;
        let found = match &mut self.engine {
            Engine::Sqlite(connection) => sqlite::query(connection, sql, params, &mut read),
            Engine::Postgres(client) => client.query(sql, params, &mut read),
            Engine::Memory(_) => Err(no_database()),
        }?;
        self.rows += found.len();
        Ok(found)
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

    /// What `load` reads from tables that change seldom. Whoever asks the same again is given the
    /// same, without a statement, until one of those tables changes; on PostgreSQL, where other
    /// processes write, until one that changes seldom does, or the transaction ends. The words of
    /// the question name the organisation and everything else the answer depends on.
    pub fn kept<T: Any + Send + Sync>(
        &mut self,
        question: String,
        load: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<Arc<T>, Fault> {
        self.kept_if(question, load, |_| true)
    }

    /// As [`Tx::kept`], for what may not be there: that it is not is found out each time, so that
    /// whoever makes names up fills nothing.
    pub fn kept_found<T: Any + Send + Sync>(
        &mut self,
        question: String,
        load: impl FnOnce(&mut Self) -> Result<Option<T>, Fault>,
    ) -> Result<Arc<Option<T>>, Fault> {
        self.kept_if(question, load, Option::is_some)
    }

    fn kept_if<T: Any + Send + Sync>(
        &mut self,
        question: String,
        load: impl FnOnce(&mut Self) -> Result<T, Fault>,
        stays: fn(&T) -> bool,
    ) -> Result<Arc<T>, Fault> {
        let question = (TypeId::of::<T>(), question);
        let known = match self.memory.answer(&question) {
            Some(known) => Some(known),
            None => self.seldom_answer(&question)?,
        };
        if let Some((tables, Ok(value))) = known.map(|(tables, value)| (tables, value.downcast())) {
            self.look_at(&tables);
            return Ok(value);
        }
        let (outer, before) = (self.looked_at.replace(Tables::new()), self.rows);
        let loaded = load(self).map(Arc::new);
        let tables = mem::replace(&mut self.looked_at, outer).unwrap_or_default();
        self.look_at(&tables);
        let value = loaded?;
        if !stays(&value) {
            return Ok(value);
        }
        let tables = Arc::new(tables);
        self.keep_seldom(&question, (Arc::clone(&tables), value.clone()))?;
        let rows = self.rows - before;
        self.memory.keep(question, (tables, value.clone()), rows);
        Ok(value)
    }

    /// What an earlier transaction of this process was answered, where that still holds.
    fn seldom_answer(&mut self, question: &kept::Question) -> Result<Option<kept::Known>, Fault> {
        let Some(seldom) = self.memory.seldom else {
            return Ok(None);
        };
        let changes = match self.seldom_changes {
            Some(changes) => changes,
            None => self.count_seldom_changes()?,
        };
        self.seldom_changes = Some(changes);
        let known = seldom.answer(question, changes);
        Ok(known.filter(|(tables, _)| tables.is_disjoint(&self.memory.own.borrow())))
    }

    /// Keeps an answer for later transactions, unless something changed while it was read.
    fn keep_seldom(&mut self, question: &kept::Question, known: kept::Known) -> Result<(), Fault> {
        let (Some(seldom), Some(changes)) = (self.memory.seldom, self.seldom_changes) else {
            return Ok(());
        };
        let is_own = !known.0.is_disjoint(&self.memory.own.borrow());
        if !is_own && seldom::all(&known.0) && self.count_seldom_changes()? == changes {
            seldom.keep(question.clone(), known, changes);
        }
        Ok(())
    }

    fn count_seldom_changes(&mut self) -> Result<i64, Fault> {
        let Engine::Postgres(client) = &mut self.engine else {
            return Ok(0);
        };
        let found = client.query(seldom::STATE, &[], &mut |row| row.int(0))?;
        Ok(found.first().copied().unwrap_or(0))
    }

    /// To be called after waiting for others: what was kept for this transaction may be from before
    /// they committed. An embedded database has one writer, and nothing to wait for.
    pub fn forget(&mut self) {
        if matches!(self.engine, Engine::Postgres(_)) {
            self.memory.kept.forget();
            self.seldom_changes = None;
        }
    }

    /// Whether this transaction comes to a lock for the first time. It keeps what it has locked
    /// until it ends, so that once is enough.
    pub fn is_first_at(&mut self, lock: String) -> bool {
        self.passed.insert(lock)
    }

    fn look_at(&mut self, tables: &Tables) {
        if let Some(outer) = &mut self.looked_at {
            outer.extend(tables.iter().cloned());
        }
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

    /// Writes the facts of a transaction that ends, and has every process told of them.
    pub(crate) fn seal(&mut self) -> Result<(), Fault> {
        if self.memory.seldom.is_some() && seldom::any(&self.memory.own.borrow()) {
            self.execute(seldom::MOVE_ON, &[])?;
        }
        let pending = mem::take(&mut self.pending);
        let changes = journal::append(self, &pending)?;
        match &mut self.engine {
            Engine::Postgres(client) => client.notify(&changes),
            Engine::Sqlite(_) | Engine::Memory(_) => Ok(()),
        }
    }

    fn told(&mut self, sql: &str, params: &[Value]) -> Result<(), Fault> {
        if let Engine::Memory(asked) = &self.engine {
            asked.set(true);
            return Err(no_database());
        }
        if let Some(waiting) = self.memory.waiting {
            waiting.append_before(self, sql)?;
        }
        if let Some(watch) = WATCH.get() {
            watch(sql, params);
        }
        if let Some(table) = kept::changed_by(sql)
            && !self.memory.own.borrow().contains(table)
        {
            self.memory.own.borrow_mut().insert(table.to_owned());
        }
        if let Some(tables) = &mut self.looked_at {
            tables.extend(kept::read_by(sql).map(str::to_owned));
        }
        Ok(())
    }
}

/// The statements that insert several rows, by their words and the count of rows.
type Inserts = BTreeMap<(&'static str, &'static str, usize), Arc<str>>;

/// The statement that inserts so many rows of so many columns, written once.
fn inserting(into: &'static str, (rows, columns): (usize, usize), after: &'static str) -> Arc<str> {
    static WRITTEN: Mutex<Inserts> = Mutex::new(BTreeMap::new());
    let write = || {
        let row = |number: usize| {
            let places = (1..=columns).map(|column| format!("${}", number * columns + column));
            format!("({})", places.collect::<Vec<_>>().join(", "))
        };
        let values: Vec<String> = (0..rows).map(row).collect();
        format!("{into} values {} {after}", values.join(", ")).into()
    };
    let mut written = WRITTEN.lock().expect("writing a text does not panic");
    let sql = written.entry((into, after, rows)).or_insert_with(write);
    Arc::clone(sql)
}

fn no_database() -> Fault {
    Fault::broken("a statement where only what is kept is asked")
}

impl Memory<'_> {
    fn answer(&self, question: &kept::Question) -> Option<kept::Known> {
        self.kept.answer(question, self.state, &self.own.borrow())
    }

    fn keep(&self, question: kept::Question, known: kept::Known, rows: usize) {
        let own = self.own.borrow();
        self.kept.keep(question, (known, rows), (self.state, &own));
    }
}
