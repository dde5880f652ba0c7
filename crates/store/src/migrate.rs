//! Migrations: forward only, one text for both databases, checked at every start.

use kernel::Fault;

use crate::{Tx, params, tx::Engine};

/// One step of a room's schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Whose tables.
    pub room: &'static str,
    /// Its place within the room, from 1.
    pub number: i64,
    /// The statements.
    pub sql: &'static str,
}

impl Migration {
    /// A step of a room.
    pub const fn new(room: &'static str, number: i64, sql: &'static str) -> Self {
        Self { room, number, sql }
    }

    fn digest(&self) -> String {
        blake3::hash(self.sql.as_bytes()).to_hex().to_string()
    }
}

/// How a step begins that is about the files of SQLite and not about what is kept in them.
const SQLITE_ONLY: &str = "-- SQLite only.";
/// The same of PostgreSQL.
const POSTGRES_ONLY: &str = "-- PostgreSQL only.";

const OWN: [Migration; 5] = [
    Migration::new("store", 1, include_str!("../migrations/0001_journal.sql")),
    Migration::new(
        "store",
        2,
        include_str!("../migrations/0002_request_keys.sql"),
    ),
    Migration::new(
        "store",
        3,
        include_str!("../migrations/0003_request_answers.sql"),
    ),
    Migration::new(
        "store",
        4,
        include_str!("../migrations/0004_rows_in_keys.sql"),
    ),
    Migration::new(
        "store",
        5,
        include_str!("../migrations/0005_seldom_changes.sql"),
    ),
];

const HISTORY: &str = "
    create table if not exists schema_migrations (
        room text not null,
        number bigint not null,
        digest text not null,
        primary key (room, number)
    )";

/// Brings the schema up to date; answers the names of the steps taken.
pub(crate) fn run(tx: &mut Tx, migrations: &[Migration]) -> Result<Vec<String>, Fault> {
    lock(tx)?;
    tx.execute(HISTORY, params![])?;
    let done = tx.all(
        "select room, number, digest from schema_migrations order by room, number",
        params![],
        |row| Ok((row.text(0)?, row.int(1)?, row.text(2)?)),
    )?;
    let mut steps = OWN.to_vec();
    steps.extend_from_slice(migrations);
    refuse_newer(&steps, &done)?;
    let mut taken = Vec::new();
    for step in steps {
        let known = done
            .iter()
            .any(|(room, number, _)| room == step.room && *number == step.number);
        if !known {
            batch(tx, step.sql)?;
            tx.execute(
                "insert into schema_migrations (room, number, digest) values ($1, $2, $3)",
                params![step.room, step.number, step.digest()],
            )?;
            taken.push(format!("{} {}", step.room, step.number));
        }
    }
    Ok(taken)
}

fn refuse_newer(steps: &[Migration], done: &[(String, i64, String)]) -> Result<(), Fault> {
    for (room, number, digest) in done {
        let Some(step) = steps.iter().find(|s| s.room == room && s.number == *number) else {
            return Err(Fault::broken(format!(
                "the database is newer than this program (it has {room} {number}); \
                 start the newer program, or restore a backup made before the upgrade"
            )));
        };
        if step.digest() != *digest {
            return Err(Fault::broken(format!(
                "the database was made by another build ({room} {number} differs); \
                 start the program that made it, or begin with an empty data folder"
            )));
        }
    }
    Ok(())
}

/// Two processes that start at once migrate one after the other.
fn lock(tx: &mut Tx) -> Result<(), Fault> {
    match &mut tx.engine {
        Engine::Sqlite(_) | Engine::Memory(_) => Ok(()),
        Engine::Postgres(client) => client.batch("select pg_advisory_xact_lock(7378697629)"),
    }
}

fn batch(tx: &mut Tx, sql: &str) -> Result<(), Fault> {
    match &mut tx.engine {
        Engine::Sqlite(_) if sql.starts_with(POSTGRES_ONLY) => Ok(()),
        Engine::Sqlite(connection) => connection.execute_batch(sql).map_err(Fault::broken),
        Engine::Postgres(_) if sql.starts_with(SQLITE_ONLY) => Ok(()),
        Engine::Postgres(client) => client.batch(sql),
        Engine::Memory(_) => Err(Fault::broken("a migration without a database")),
    }
}
