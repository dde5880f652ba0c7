//! PostgreSQL: a pool of connections, one transaction a request, notifications to every process.

use std::{
    cell::RefCell,
    collections::HashMap,
    error::Error,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Condvar, Mutex},
    thread,
    time::{Duration, Instant},
};

use fallible_iterator::FallibleIterator;
use kernel::Fault;
use postgres::{
    NoTls, Statement,
    types::{Format, IsNull, ToSql, Type, private::BytesMut, to_sql_checked},
};

use crate::{
    Change, Row, Tx, Value,
    kept::Kept,
    live::Listeners,
    seldom::Seldom,
    tx::{Engine, Memory},
};

const CONNECTIONS_MAX: usize = 16;
/// How long a transaction waits for a connection.
const TURN_MAX: Duration = Duration::from_secs(10);
const CHANNEL: &str = "steward_live";
/// PostgreSQL refuses payloads of 8,000 bytes and more.
const PAYLOAD_BYTES_MAX: usize = 7_900;

/// One connection with its prepared statements.
pub(crate) struct Client {
    inner: postgres::Client,
    statements: HashMap<String, Statement>,
}

#[derive(Default)]
struct Pool {
    idle: Vec<Client>,
    open_count: usize,
}

/// A database on a server.
pub(crate) struct Postgres {
    url: String,
    pool: Mutex<Pool>,
    returned: Condvar,
    seldom: Seldom,
}

fn broken(error: postgres::Error) -> Fault {
    let code = error.code().map(postgres::error::SqlState::code);
    match code {
        Some("23505") => Fault::conflict("store-duplicate"),
        Some("40P01" | "40001" | "55P03") => Fault::conflict("store-busy"),
        Some("53100") => Fault::unavailable("store-full", error),
        Some("57P01" | "57P02" | "57P03" | "53300") => {
            Fault::unavailable("store-unavailable", error)
        }
        None if error.is_closed() => Fault::unavailable("store-unavailable", error),
        _ => match error.as_db_error() {
            Some(cause) => Fault::broken(cause),
            None => Fault::broken(error),
        },
    }
}

impl Postgres {
    pub(crate) fn open(url: &str, listeners: Listeners) -> Result<Self, Fault> {
        let store = Self {
            url: url.to_owned(),
            pool: Mutex::default(),
            returned: Condvar::new(),
            seldom: Seldom::default(),
        };
        store.read(|_| Ok(()))?;
        let url = url.to_owned();
        thread::Builder::new()
            .name("listener".to_owned())
            .spawn(move || {
                loop {
                    // A lost connection is made anew; pages poll in the meantime.
                    if let Err(fault) = listen(&url, &listeners) {
                        tracing::warn!(%fault, "listening to the database failed");
                    }
                    thread::sleep(Duration::from_secs(1));
                }
            })
            .map_err(Fault::broken)?;
        Ok(store)
    }

    pub(crate) fn write<T>(
        &self,
        command: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.transaction("begin isolation level read committed", |tx| {
            let answer = command(tx)?;
            tx.seal()?;
            Ok(answer)
        })
    }

    pub(crate) fn read<T>(
        &self,
        query: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.transaction("begin isolation level repeatable read read only", query)
    }

    pub(crate) fn tell(&self, change: &Change) -> Result<(), Fault> {
        let mut client = self.begun("begin")?;
        let told = client.notify(std::slice::from_ref(change));
        let ended = client.batch("commit");
        self.give_back(client);
        told.and(ended)
    }

    fn transaction<T>(
        &self,
        begin: &str,
        body: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        let mut client = self.begun(begin)?;
        // Other processes write as well: only what seldom changes is kept for the next transaction.
        let (kept, own) = (Kept::default(), RefCell::default());
        let memory = Memory {
            kept: &kept,
            state: kept.state(),
            own: &own,
            seldom: Some(&self.seldom),
            waiting: None,
        };
        let mut tx = Tx::new(Engine::Postgres(&mut client), memory);
        let result = catch_unwind(AssertUnwindSafe(|| body(&mut tx)))
            .unwrap_or_else(|_| Err(Fault::broken("a command panicked")));
        let ended = client.batch(if result.is_ok() { "commit" } else { "rollback" });
        self.give_back(client);
        match (result, ended) {
            (Ok(_), Err(fault)) => Err(fault),
            (result, _) => result,
        }
    }

    /// A connection with a transaction begun on it.
    fn begun(&self, begin: &str) -> Result<Client, Fault> {
        loop {
            let (mut client, is_new) = self.take()?;
            match client.batch(begin) {
                Ok(()) => return Ok(client),
                // What lay idle was cut off when the server was restarted: try the next one.
                Err(_) if !is_new => self.lost(),
                Err(fault) => {
                    self.lost();
                    return Err(fault);
                }
            }
        }
    }

    /// A connection, and whether it was made just now.
    fn take(&self) -> Result<(Client, bool), Fault> {
        let mut pool = self.pool.lock().expect("the pool does not panic");
        let begun = Instant::now();
        loop {
            if let Some(client) = pool.idle.pop() {
                return Ok((client, false));
            }
            if pool.open_count < CONNECTIONS_MAX {
                pool.open_count += 1;
                drop(pool);
                let made = Client::connect(&self.url).inspect_err(|_| self.lost());
                return made.map(|client| (client, true));
            }
            let left = TURN_MAX.saturating_sub(begun.elapsed());
            if left.is_zero() {
                let waited = "no connection came back in time";
                return Err(Fault::unavailable("store-unavailable", waited));
            }
            let woken = self.returned.wait_timeout(pool, left);
            (pool, _) = woken.expect("the pool does not panic");
        }
    }

    fn give_back(&self, client: Client) {
        if client.inner.is_closed() {
            self.lost();
            return;
        }
        self.pool
            .lock()
            .expect("the pool does not panic")
            .idle
            .push(client);
        self.returned.notify_one();
    }

    fn lost(&self) {
        self.pool
            .lock()
            .expect("the pool does not panic")
            .open_count -= 1;
        self.returned.notify_one();
    }
}

/// Runs statements on a connection of their own.
pub(crate) fn batch(url: &str, sql: &str) -> Result<(), Fault> {
    Client::connect(url)?.batch(sql)
}

fn listen(url: &str, listeners: &Listeners) -> Result<(), Fault> {
    let mut client = Client::connect(url)?;
    client.batch(&format!("listen {CHANNEL}"))?;
    let mut notifications = client.inner.notifications();
    let mut heard = notifications.blocking_iter();
    while let Some(notification) = heard.next().map_err(broken)? {
        match serde_json::from_str::<Change>(notification.payload()) {
            Ok(change) => listeners.tell(&[change]),
            Err(error) => tracing::warn!(%error, "a notification could not be read"),
        }
    }
    Ok(())
}

impl Client {
    fn connect(url: &str) -> Result<Self, Fault> {
        let told = |what: &str, error: postgres::Error| {
            // The cause says which part of the address is wrong, or what the server answered.
            let cause = error
                .source()
                .map_or_else(|| error.to_string(), ToString::to_string);
            Fault::unavailable("store-unavailable", format!("{what}: {cause}"))
        };
        let settings: postgres::Config = url
            .parse()
            .map_err(|error| told("the database address cannot be read", error))?;
        let inner = settings
            .connect(NoTls)
            .map_err(|error| told("the database does not answer", error))?;
        Ok(Self {
            inner,
            statements: HashMap::new(),
        })
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<(), Fault> {
        self.inner.batch_execute(sql).map_err(broken)
    }

    fn prepared(&mut self, sql: &str) -> Result<Statement, Fault> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.inner.prepare(sql).map_err(broken)?;
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(crate) fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, Fault> {
        let statement = self.prepared(sql)?;
        let values = used(params, &statement);
        self.inner.execute(&statement, &values).map_err(broken)
    }

    pub(crate) fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        read: &mut dyn FnMut(&Row) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let statement = self.prepared(sql)?;
        let values = used(params, &statement);
        let rows = self.inner.query(&statement, &values).map_err(broken)?;
        rows.iter()
            .map(|row| {
                read(&Row {
                    values: columns(row)?,
                })
            })
            .collect()
    }

    pub(crate) fn notify(&mut self, changes: &[Change]) -> Result<(), Fault> {
        const NOTIFY: &str = "
            select pg_notify($1, payload) from unnest(string_to_array($2, chr(1))) payload";
        let payload = |change: &Change| {
            let payload = serde_json::to_string(change).map_err(Fault::broken)?;
            if payload.len() <= PAYLOAD_BYTES_MAX {
                return Ok(payload);
            }
            let short = Change {
                objects: Vec::new(),
                ..change.clone()
            };
            serde_json::to_string(&short).map_err(Fault::broken)
        };
        let payloads: Vec<String> = changes.iter().map(payload).collect::<Result<_, Fault>>()?;
        if payloads.is_empty() {
            return Ok(());
        }
        // JSON has no such letter outside its escapes.
        let all = payloads.join("\u{1}");
        self.query(NOTIFY, &[CHANNEL.into(), all.into()], &mut |_| Ok(()))
            .map(drop)
    }
}

/// The values a statement names; SQLite forgives surplus values, so both do.
fn used<'v>(params: &'v [Value], statement: &Statement) -> Vec<&'v (dyn ToSql + Sync)> {
    params
        .iter()
        .take(statement.params().len())
        .map(|value| value as &(dyn ToSql + Sync))
        .collect()
}

fn columns(row: &postgres::Row) -> Result<Vec<Value>, Fault> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let value = match *column.type_() {
                Type::INT8 => row.try_get::<_, Option<i64>>(index).map(|v| v.into()),
                Type::INT4 => row.try_get::<_, Option<i32>>(index).map(|v| v.into()),
                Type::BOOL => row.try_get::<_, Option<bool>>(index).map(|v| v.into()),
                Type::FLOAT8 => row.try_get::<_, Option<f64>>(index).map(|v| v.into()),
                Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(index).map(|v| v.into()),
                Type::VOID => Ok(Value::Null),
                _ => row.try_get::<_, Option<String>>(index).map(|v| v.into()),
            };
            value.map_err(|error| Fault::broken(format!("column {}: {error}", column.name())))
        })
        .collect()
}

impl ToSql for Value {
    fn to_sql(
        &self,
        wanted: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => match *wanted {
                Type::INT4 => i32::try_from(*number)?.to_sql(wanted, out),
                #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
                Type::FLOAT8 => (*number as f64).to_sql(wanted, out),
                Type::TEXT => number.to_string().to_sql(wanted, out),
                _ => number.to_sql(&Type::INT8, out),
            },
            Self::Real(number) => number.to_sql(&Type::FLOAT8, out),
            Self::Text(text) => text.to_sql(&Type::TEXT, out),
            Self::Bytes(bytes) => bytes.to_sql(&Type::BYTEA, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn encode_format(&self, _: &Type) -> Format {
        Format::Binary
    }

    to_sql_checked!();
}
