//! The one connection that writes: commands one after the other, several to a commit.

use std::{
    cell::RefCell,
    mem,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, mpsc},
};

use kernel::Fault;
use rusqlite::Connection;

use crate::{
    Change, Tx,
    durable::{Disk, Group},
    journal::{TABLES, Waiting},
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
pub(crate) type Job = Box<dyn FnOnce(&Writer) -> Answer + Send>;

/// The one connection that writes.
pub(crate) struct Writer {
    connection: Connection,
    pub(crate) kept: Arc<Kept>,
    /// The tables that the commands of a group have changed.
    changed: RefCell<Tables>,
    /// Their facts.
    waiting: Waiting,
}

impl Writer {
    pub(crate) fn new(connection: Connection) -> Self {
        Self {
            connection,
            kept: Arc::default(),
            changed: RefCell::default(),
            waiting: Waiting::default(),
        }
    }

    /// Takes what waits, runs each command in a savepoint and commits them together; what they
    /// answer is told when the disk has it. While it writes one group down, the next is at work.
    pub(crate) fn write_groups(&self, queue: &mpsc::Receiver<Job>, disk: &Disk) {
        while let Ok(first) = queue.recv() {
            if let Err(error) = self.connection.execute_batch("begin immediate") {
                refuse(first)(Err(broken(error)));
                continue;
            }
            let mut group = Group::default();
            let mut next = Some(first);
            while let Some(job) = next {
                group.answers.push(job(self));
                group.changes.extend(self.waiting.settle());
                let count = group.answers.len();
                let is_enough = count >= GROUP_MAX || (count >= GROUP_MIN && disk.is_idle());
                next = (!is_enough).then(|| queue.try_recv().ok()).flatten();
            }
            match self
                .append_facts()
                .and_then(|told| self.commit().map(|()| told))
            {
                Ok(told) => {
                    group.changes.extend(told);
                    disk.take(group);
                }
                Err(fault) => {
                    self.undo();
                    group.refuse(&fault);
                }
            }
        }
    }

    /// Appends what the commands of the group left to the journal; answers what is to be told.
    fn append_facts(&self) -> Result<Vec<Change>, Fault> {
        self.is_open()?;
        let mut tx = Tx::new(Engine::Sqlite(&self.connection), self.memory());
        self.waiting.append(&mut tx)?;
        Ok(self.waiting.settle())
    }

    fn commit(&self) -> Result<(), Fault> {
        let changed = self.changed.take();
        self.kept.doubt(&changed);
        let committed = self.connection.execute_batch("commit").map_err(broken);
        self.kept.settle(&changed);
        committed
    }

    /// Nothing of the group is durable: leaves no half of it behind.
    fn undo(&self) {
        let _ = self.connection.execute_batch("rollback");
        self.changed.take();
        self.waiting.forget();
    }

    /// Whether the transaction of the group is still open. A full disk takes the whole group back:
    /// what came after it would be committed by itself.
    fn is_open(&self) -> Result<(), Fault> {
        if self.connection.is_autocommit() {
            let lost = "the disk refused what was written together with it";
            return Err(Fault::unavailable("store-full", lost));
        }
        Ok(())
    }

    fn memory(&self) -> Memory<'_> {
        Memory {
            kept: &self.kept,
            state: self.kept.state(),
            own: &self.changed,
            seldom: None,
            waiting: Some(&self.waiting),
        }
    }

    pub(crate) fn in_savepoint<T>(
        &self,
        command: impl FnOnce(&mut Tx) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        self.is_open()?;
        let connection = &self.connection;
        connection
            .execute_batch("savepoint command")
            .map_err(broken)?;
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let mut tx = Tx::new(Engine::Sqlite(connection), self.memory());
            let answer = command(&mut tx)?;
            Ok((answer, mem::take(&mut tx.pending)))
        }))
        .unwrap_or_else(|_| Err(Fault::broken("a command panicked")));
        let end = match outcome {
            Ok(_) => "release command",
            Err(_) => "rollback to command; release command",
        };
        let ended = connection.execute_batch(end).map_err(broken);
        match ended.and(outcome) {
            Ok((answer, facts)) => {
                if !facts.is_empty() {
                    let mut changed = self.changed.borrow_mut();
                    changed.extend(TABLES.map(str::to_owned));
                }
                self.waiting.add(facts);
                Ok(answer)
            }
            Err(fault) => {
                self.waiting.take_back();
                Err(fault)
            }
        }
    }
}

/// A job that could not even begin still needs its answer, so it runs on an empty database that
/// is thrown away.
fn refuse(job: Job) -> Answer {
    let nowhere = Connection::open_in_memory().expect("memory holds an empty database");
    job(&Writer::new(nowhere))
}
