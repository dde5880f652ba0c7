//! The one connection that writes: commands one after the other, several to a commit.

use std::{
    cell::RefCell,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
};

use kernel::Fault;
use rusqlite::Connection;

use crate::{
    Change, Tx,
    durable::{Disk, Group},
    kept::{Kept, Tables},
    sqlite::broken,
    tx::{Engine, Memory},
};

/// The most commands of one commit.
const GROUP_MAX: usize = 256;
/// As many commands are worth a commit of their own when the disk has nothing else to do.
const GROUP_MIN: usize = 32;

/// What a command leaves to be done once its group is durable, or has failed to become so.
pub(crate) type Answer = Box<dyn FnOnce(Result<(), Fault>) + Send>;
pub(crate) type Job = Box<dyn FnOnce(&Writer) -> (Answer, Vec<Change>) + Send>;

/// The one connection that writes.
pub(crate) struct Writer {
    connection: Connection,
    pub(crate) kept: Arc<Kept>,
    /// The tables that the commands of a group have changed.
    changed: RefCell<Tables>,
}

impl Writer {
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            connection,
            kept: Arc::default(),
            changed: RefCell::default(),
        }
    }

    /// Takes what waits, runs each command in a savepoint and commits them together; what they
    /// answer is told when the disk has it. While it writes one group down, the next is at work.
    pub(crate) fn write_groups(&self, queue: &mpsc::Receiver<Job>, disk: &Disk) {
        while let Ok(first) = queue.recv() {
            if let Err(error) = self.connection.execute_batch("begin immediate") {
                let (answer, _) = refuse(first);
                answer(Err(broken(error)));
                continue;
            }
            let mut group = Group::default();
            let mut next = Some(first);
            while let Some(job) = next {
                let (answer, changed) = job(self);
                group.answers.push(answer);
                group.changes.extend(changed);
                let count = group.answers.len();
                let is_enough = count >= GROUP_MAX || (count >= GROUP_MIN && disk.is_idle());
                next = (!is_enough).then(|| queue.try_recv().ok()).flatten();
            }
            match self.commit() {
                Ok(()) => disk.take(group),
                Err(fault) => group.refuse(&fault),
            }
        }
    }

    fn commit(&self) -> Result<(), Fault> {
        let changed = self.changed.take();
        self.kept.doubt(&changed);
        let committed = self.connection.execute_batch("commit").map_err(broken);
        if committed.is_err() {
            // Nothing of the group is durable: leave no half of it behind.
            let _ = self.connection.execute_batch("rollback");
        }
        self.kept.settle(&changed);
        committed
    }

    pub(crate) fn in_savepoint<T>(
        &self,
        command: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> (Result<T, Fault>, Vec<Change>) {
        let connection = &self.connection;
        if connection.is_autocommit() {
            // A full disk rolls back the whole group: a savepoint of its own would commit by
            // itself.
            let lost = "the disk refused what was written together with it";
            return (Err(Fault::unavailable("store-full", lost)), Vec::new());
        }
        if let Err(error) = connection.execute_batch("savepoint command") {
            return (Err(broken(error)), Vec::new());
        }
        let memory = Memory {
            kept: &self.kept,
            state: self.kept.state(),
            own: &self.changed,
            seldom: None,
        };
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut tx = Tx::new(Engine::Sqlite(connection), memory);
            let answer = command(&mut tx)?;
            let changes = tx.seal()?;
            Ok((answer, changes))
        }))
        .unwrap_or_else(|_| Err(Fault::broken("a command panicked")));
        let end = match outcome {
            Ok(_) => "release command",
            Err(_) => "rollback to command; release command",
        };
        match (connection.execute_batch(end), outcome) {
            (Ok(()), Ok((answer, changes))) => (Ok(answer), changes),
            (Ok(()), Err(fault)) => (Err(fault), Vec::new()),
            (Err(error), _) => (Err(broken(error)), Vec::new()),
        }
    }
}

/// A job that could not even begin still needs its answer, so it runs on an empty database that
/// is thrown away.
fn refuse(job: Job) -> (Answer, Vec<Change>) {
    let nowhere = Connection::open_in_memory().expect("memory holds an empty database");
    job(&Writer::new(nowhere))
}
