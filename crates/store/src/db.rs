//! The one door to either database.

use std::{
    any::type_name,
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use kernel::Fault;

use crate::{
    Change, Migration, Tx, Work,
    live::Listeners,
    migrate,
    postgres::Postgres,
    sqlite::Sqlite,
    work::{Observer, work},
};

/// Where the data lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A folder of its own, with an embedded database.
    Folder(PathBuf),
    /// A PostgreSQL server: `postgres://user:password@host/database`.
    Postgres(String),
}

impl Target {
    /// Reads a database address; refuses what is no PostgreSQL URL.
    pub fn parse_url(url: &str) -> Result<Self, Fault> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            Ok(Self::Postgres(url.to_owned()))
        } else {
            Err(Fault::broken(
                "the database address must begin with postgres://; \
                 for an embedded database name a folder with --data",
            ))
        }
    }
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// A database. Clones share it.
#[derive(Clone)]
pub struct Db {
    engine: Arc<Engine>,
    listeners: Listeners,
    observer: Observer,
}

impl Db {
    /// Opens a database and brings its schema up to date.
    pub fn open(target: &Target, migrations: &[Migration]) -> Result<Self, Fault> {
        let (db, _) = Self::open_and_migrate(target, migrations)?;
        Ok(db)
    }

    /// As [`Db::open`]; answers the names of the migrations taken, too.
    pub fn open_and_migrate(
        target: &Target,
        migrations: &[Migration],
    ) -> Result<(Self, Vec<String>), Fault> {
        let db = Self::open_as_it_is(target)?;
        let steps = migrations.to_vec();
        let taken = db.write(move |tx| migrate::run(tx, &steps))?;
        Ok((db, taken))
    }

    /// Opens a database whose schema is known to be the one that is wanted.
    pub fn open_as_it_is(target: &Target) -> Result<Self, Fault> {
        let listeners = Listeners::default();
        let engine = match target {
            Target::Folder(path) => Engine::Sqlite(Sqlite::open(path, listeners.clone())?),
            Target::Postgres(url) => Engine::Postgres(Postgres::open(url, listeners.clone())?),
        };
        Ok(Self {
            engine: Arc::new(engine),
            listeners,
            observer: Observer::default(),
        })
    }

    /// Copies one consistent state of an embedded database to a file, while others may be using it.
    pub fn snapshot(target: &Target, to: &Path) -> Result<(), Fault> {
        match target {
            Target::Folder(folder) => crate::sqlite::snapshot(folder, to),
            Target::Postgres(_) => Err(Fault::broken(
                "a PostgreSQL database is backed up by its own tools: pg_dump --format=custom",
            )),
        }
    }

    /// Runs statements on a database as it is, past migrations and commands: tests make and drop
    /// schemas with it, and tamper with rows.
    pub fn administer(target: &Target, sql: &str) -> Result<(), Fault> {
        match target {
            Target::Folder(folder) => crate::sqlite::batch(folder, sql),
            Target::Postgres(url) => crate::postgres::batch(url, sql),
        }
    }

    /// Runs a command in a transaction of its own. When this answers `Ok`, it is durable.
    /// Blocks; call it from a blocking thread.
    pub fn write<T, F>(&self, command: F) -> Result<T, Fault>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx) -> Result<T, Fault> + Send + 'static,
    {
        let begun = Instant::now();
        let result = match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.write(command),
            Engine::Postgres(postgres) => postgres.write(command),
        };
        let fault = result.as_ref().err();
        self.observer
            .tell(|| work(true, type_name::<F>(), begun, fault));
        result
    }

    /// Runs queries on one consistent state of the database. Blocks.
    pub fn read<T, F>(&self, query: F) -> Result<T, Fault>
    where
        F: FnOnce(&mut Tx) -> Result<T, Fault>,
    {
        let begun = Instant::now();
        let result = match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(query),
            Engine::Postgres(postgres) => postgres.read(query),
        };
        let fault = result.as_ref().err();
        self.observer
            .tell(|| work(false, type_name::<F>(), begun, fault));
        result
    }

    /// What these queries answer where all of it is kept, without a statement and without waiting;
    /// `None` where the database must be asked. On PostgreSQL, where other processes write, it
    /// always must.
    pub fn known<T>(
        &self,
        query: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.known(query),
            Engine::Postgres(_) => Ok(None),
        }
    }

    /// Has somebody told of every transaction once it has ended; the first call wins.
    /// It must not block.
    pub fn observe(&self, observer: impl Fn(&Work) + Send + Sync + 'static) {
        self.observer.set(observer);
    }

    /// What kind of database it is, with its version.
    pub fn version(&self) -> Result<String, Fault> {
        self.read(crate::schema::version)
    }

    /// How many bytes the database takes.
    pub fn size_bytes(&self) -> Result<i64, Fault> {
        self.read(crate::schema::size_bytes)
    }

    /// Calls a listener after every commit, once an event, also for events of other processes.
    /// It must not block.
    pub fn listen(&self, listener: impl Fn(&Change) + Send + Sync + 'static) {
        self.listeners.add(listener);
    }

    /// Tells the listeners of every process of something that is no fact and is kept nowhere.
    /// Blocks.
    pub fn tell(&self, change: &Change) -> Result<(), Fault> {
        match &*self.engine {
            Engine::Sqlite(_) => self.listeners.tell(std::slice::from_ref(change)),
            Engine::Postgres(postgres) => postgres.tell(change)?,
        }
        Ok(())
    }
}
