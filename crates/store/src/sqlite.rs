//! SQLite: one writer thread that commits in groups, and readers with connections of their own.

use std::{
    cell::{Cell, RefCell},
    fs::{DirBuilder, File, create_dir_all},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
    sync::{Arc, Condvar, Mutex, mpsc},
    thread,
    time::{Duration, Instant},
};

use kernel::Fault;
use rusqlite::{
    CachedStatement, Connection, OpenFlags, ToSql,
    backup::{Backup, StepResult},
    config::DbConfig,
    types::ToSqlOutput,
    types::ValueRef,
};

use crate::{
    Row, Tx, Value,
    durable::Disk,
    kept::{Kept, Tables},
    live::Listeners,
    tx::{Engine, Memory},
    writer::{Job, Writer},
};

/// Reading connections at once; they stay open, since a new one reads the whole schema first.
const READERS_MAX: usize = 16;
/// How long a query waits for one of them.
const READER_TURN_MAX: Duration = Duration::from_secs(10);
const STATEMENTS_KEPT: usize = 512;
/// How long a copy waits for the database to be free.
const SNAPSHOT_TURN_MAX: Duration = Duration::from_secs(10);
/// Beginning alone takes no snapshot; the first page that is read does.
const SNAPSHOT: &str = "select 1 from sqlite_schema limit 1";
/// The file of the database in its folder.
const DATABASE: &str = "steward.db";

/// A data folder.
pub(crate) struct Sqlite {
    jobs: Mutex<mpsc::Sender<Job>>,
    readers: Mutex<Readers>,
    returned: Condvar,
    kept: Arc<Kept>,
    path: PathBuf,
    /// Held for as long as the folder is in use, so that a second process is refused.
    _lock: File,
}

pub(crate) fn broken(error: rusqlite::Error) -> Fault {
    use rusqlite::ErrorCode;
    match error.sqlite_error().map(|e| (e.code, e.extended_code)) {
        Some((ErrorCode::ConstraintViolation, 1555 | 2067)) => Fault::conflict("store-duplicate"),
        Some((ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked, _)) => {
            Fault::conflict("store-busy")
        }
        Some((ErrorCode::DiskFull, _)) => Fault::unavailable("store-full", error),
        Some((ErrorCode::ReadOnly | ErrorCode::SystemIoFailure, _)) => {
            Fault::unavailable("store-unavailable", error)
        }
        _ => Fault::broken(error),
    }
}

/// Makes a folder that only this user may look into, where there is none: who else signs in to the
/// machine does not read the customers. One that is there keeps its rights.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    if let Some(parent) = folder.parent() {
        create_dir_all(parent)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        made => made,
    }
}

impl Sqlite {
    pub(crate) fn open(folder: &Path, listeners: Listeners) -> Result<Self, Fault> {
        let shown = folder.display();
        let unusable = |error: std::io::Error| {
            Fault::broken(format!("{shown} cannot be used as a data folder: {error}"))
        };
        private_folder(folder).map_err(unusable)?;
        let lock = File::create(folder.join("steward.lock")).map_err(unusable)?;
        lock.try_lock().map_err(|_| {
            Fault::broken(format!(
                "{shown} is in use by another steward; stop that one first"
            ))
        })?;
        let path = folder.join(DATABASE);
        let mut writer = connect(&path, false).map_err(|fault| {
            let cause = fault.detail.unwrap_or_default();
            Fault::broken(format!("{} cannot be opened: {cause}", path.display()))
        })?;
        let disk = Disk::new(&path, &mut writer, listeners)?;
        let writer = Writer::new(writer);
        let kept = Arc::clone(&writer.kept);
        let (jobs, queue) = mpsc::channel();
        thread::Builder::new()
            .name("writer".to_owned())
            .spawn(move || writer.write_groups(&queue, &disk))
            .map_err(Fault::broken)?;
        Ok(Self {
            jobs: Mutex::new(jobs),
            readers: Mutex::default(),
            returned: Condvar::new(),
            kept,
            path,
            _lock: lock,
        })
    }

    pub(crate) fn write<T, F>(&self, command: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, Fault> + Send + 'static,
    {
        let (sender, answer) = mpsc::sync_channel(1);
        let job: Job = Box::new(move |writer| {
            let result = writer.in_savepoint(command);
            Box::new(move |committed| {
                // A caller that no longer waits has given up; the command stands all the same.
                let _ = sender.send(committed.and(result));
            })
        });
        let gone = |_| Fault::broken("the writer has stopped");
        self.jobs
            .lock()
            .expect("sending does not panic")
            .send(job)
            .map_err(|_| gone(()))?;
        answer.recv().map_err(|_| gone(()))?
    }

    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let reader = self.reader()?;
        let connection = reader.connection();
        let own = RefCell::default();
        // Told before the snapshot is taken: no later state is taken for this one.
        let memory = self.memory(&own);
        connection.execute_batch("begin").map_err(broken)?;
        execute(connection, SNAPSHOT, &[])?;
        let result = query(&mut Tx::new(Engine::Sqlite(connection), memory));
        connection.execute_batch("rollback").map_err(broken)?;
        result
    }

    /// What is kept of the database as it is, where that is all these queries ask for.
    pub(crate) fn known<T>(
        &self,
        query: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let (asked, own) = (Cell::new(false), RefCell::default());
        let result = query(&mut Tx::new(Engine::Memory(&asked), self.memory(&own)));
        match asked.get() {
            true => Ok(None),
            false => result.map(Some),
        }
    }

    /// What whoever reads now may be told without asking.
    fn memory<'s>(&'s self, own: &'s RefCell<Tables>) -> Memory<'s> {
        Memory {
            kept: &self.kept,
            state: self.kept.state(),
            own,
            seldom: None,
            waiting: None,
        }
    }

    /// A turn at reading: so many connections at once hold so much memory, and no more.
    fn reader(&self) -> Result<Reader<'_>, Fault> {
        let begun = Instant::now();
        let mut readers = self
            .readers
            .lock()
            .expect("keeping a reader does not panic");
        while readers.idle.is_empty() && readers.open_count >= READERS_MAX {
            let left = READER_TURN_MAX.saturating_sub(begun.elapsed());
            if left.is_zero() {
                let waited = "no reader came back in time";
                return Err(Fault::unavailable("store-unavailable", waited));
            }
            let woken = self.returned.wait_timeout(readers, left);
            (readers, _) = woken.expect("keeping a reader does not panic");
        }
        if let Some(connection) = readers.idle.pop() {
            return Ok(Reader(self, Some(connection)));
        }
        readers.open_count += 1;
        drop(readers);
        let mut reader = Reader(self, None);
        reader.1 = Some(connect(&self.path, true)?);
        Ok(reader)
    }
}

/// Reading connections: those at rest, and how many there are.
#[derive(Default)]
struct Readers {
    idle: Vec<Connection>,
    open_count: usize,
}

/// A reading connection on loan; it goes back by itself, whatever happens.
struct Reader<'s>(&'s Sqlite, Option<Connection>);

impl Reader<'_> {
    const fn connection(&self) -> &Connection {
        self.1.as_ref().expect("a reader on loan has a connection")
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let connection = self.1.take().filter(Connection::is_autocommit);
        let mut readers = self
            .0
            .readers
            .lock()
            .expect("keeping a reader does not panic");
        match connection {
            Some(connection) => readers.idle.push(connection),
            None => readers.open_count -= 1,
        }
        drop(readers);
        self.0.returned.notify_one();
    }
}

/// Runs statements on a connection of their own.
pub(crate) fn batch(folder: &Path, sql: &str) -> Result<(), Fault> {
    let connection = connect(&folder.join(DATABASE), false)?;
    connection.execute_batch(sql).map_err(broken)
}

/// Copies what is committed now, by SQLite's own backup: writers go on meanwhile.
pub(crate) fn snapshot(folder: &Path, to: &Path) -> Result<(), Fault> {
    let path = folder.join(DATABASE);
    let shown = path.display();
    let unread = |error: rusqlite::Error| Fault::broken(format!("{shown}: {error}"));
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(&path, flags).map_err(unread)?;
    source.busy_timeout(SNAPSHOT_TURN_MAX).map_err(unread)?;
    let written = |error: rusqlite::Error| Fault::broken(format!("{}: {error}", to.display()));
    let mut copy = Connection::open(to).map_err(written)?;
    let backup = Backup::new(&source, &mut copy).map_err(written)?;
    // All pages in one step: they are of one state, and no commit starts the copy anew.
    let ended = backup.step(-1).map_err(written)?;
    if ended != StepResult::Done {
        return Err(Fault::broken(format!(
            "{shown}: the database was busy; try again"
        )));
    }
    drop(backup);
    // The copy is one file, without a log of its own beside it.
    copy.execute_batch("pragma journal_mode = delete")
        .map_err(written)?;
    drop(copy);
    let synced = File::open(to).and_then(|file| file.sync_all());
    synced.map_err(Fault::broken)
}

pub(crate) fn connect(path: &Path, read_only: bool) -> Result<Connection, Fault> {
    let access = if read_only {
        OpenFlags::SQLITE_OPEN_READ_ONLY
    } else {
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE
    };
    let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(broken)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
    let pragmas = if read_only {
        "pragma query_only = on; pragma cache_size = -4000; pragma mmap_size = 2147418112;
         pragma busy_timeout = 5000;"
    } else {
        "pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;
         pragma cache_size = -64000; pragma mmap_size = 2147418112; pragma busy_timeout = 5000;
         pragma journal_size_limit = 67108864; pragma temp_store = memory;"
    };
    connection.execute_batch(pragmas).map_err(broken)?;
    // Else a statement that could use a partial index is planned anew for each value it is given.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(broken)?;
    Ok(connection)
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Bytes(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// A statement in SQLite's own words.
///
/// It numbers `$2` by where it first stands, but `?2` by its digit. And a statement that fails ends
/// its command, whose savepoint takes back all it did: that the statement alone could be taken
/// back, which copies each page it touches once more, is not needed.
fn own_words(sql: &str) -> String {
    let numbered = sql.replace('$', "?");
    match numbered.trim_start().strip_prefix("insert into") {
        Some(rest) => format!("insert or fail into{rest}"),
        None => numbered,
    }
}

fn prepare<'c>(
    connection: &'c Connection,
    sql: &str,
    params: &[Value],
) -> Result<CachedStatement<'c>, Fault> {
    let mut statement = connection.prepare_cached(&own_words(sql)).map_err(broken)?;
    for index in 1..=statement.parameter_count() {
        let value = params
            .get(index - 1)
            .ok_or_else(|| Fault::broken(format!("parameter {index} has no value")))?;
        statement.raw_bind_parameter(index, value).map_err(broken)?;
    }
    Ok(statement)
}

pub(crate) fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64, Fault> {
    let mut statement = prepare(connection, sql, params)?;
    if statement.column_count() > 0 {
        let mut rows = statement.raw_query();
        let mut count = 0;
        while rows.next().map_err(broken)?.is_some() {
            count += 1;
        }
        return Ok(count);
    }
    statement
        .raw_execute()
        .map(|count| count as u64)
        .map_err(broken)
}

pub(crate) fn query<T>(
    connection: &Connection,
    sql: &str,
    params: &[Value],
    read: &mut dyn FnMut(&Row) -> Result<T, Fault>,
) -> Result<Vec<T>, Fault> {
    let mut statement = prepare(connection, sql, params)?;
    let columns = statement.column_count();
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(broken)? {
        let mut values = Vec::with_capacity(columns);
        for column in 0..columns {
            values.push(value(row.get_ref(column).map_err(broken)?)?);
        }
        found.push(read(&Row { values })?);
    }
    Ok(found)
}

fn value(column: ValueRef) -> Result<Value, Fault> {
    Ok(match column {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(bytes) => Value::Text(
            std::str::from_utf8(bytes)
                .map_err(Fault::broken)?
                .to_owned(),
        ),
        ValueRef::Blob(bytes) => Value::Bytes(bytes.to_vec()),
    })
}
