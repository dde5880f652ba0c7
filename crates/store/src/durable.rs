//! What is committed comes to the disk beside the writer, and only then is it answered.
//!
//! The log holds each commit whole or not at all, in order; so the writer may go on while the
//! log is brought to the disk, and several commits that wait come there at once.

use std::{
    fs::File,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use kernel::Fault;
use rusqlite::Connection;

use crate::{
    Change,
    live::Listeners,
    sqlite::{broken, connect},
    writer::Answer,
};

/// So many pages more in the log, and those before are copied into the database.
const COPY_PAGES: i32 = 6_000;
/// With so many pages in the log the writer copies the few that are left, so that the log begins
/// anew.
const LOG_PAGES: i32 = 12_000;
/// With so many pages in the log the writer copies them however many are left: commits that are
/// larger than what the copier is asked for would come faster than it copies, and the log would
/// grow for as long as they do.
const LOG_PAGES_MAX: i32 = 48_000;

/// What one commit leaves to be told.
#[derive(Default)]
pub(crate) struct Group {
    pub(crate) answers: Vec<Answer>,
    pub(crate) changes: Vec<Change>,
}

impl Group {
    pub(crate) fn refuse(self, fault: &Fault) {
        for answer in self.answers {
            answer(Err(fault.clone()));
        }
    }

    fn answer(self, listeners: &Listeners) {
        listeners.tell(&self.changes);
        for answer in self.answers {
            answer(Ok(()));
        }
    }
}

/// The way of a commit to the disk.
pub(crate) struct Disk {
    groups: mpsc::Sender<Group>,
    copies: mpsc::SyncSender<()>,
    is_copying: Arc<AtomicBool>,
    under_way: Arc<AtomicUsize>,
}

impl Disk {
    /// For the database at a path, taking over from the writer's connection what that would do by
    /// itself: it no longer waits for the disk; the log is copied into the database beside it, and
    /// by it where that is not enough. Where a disk bears no log, all stays as it is.
    pub(crate) fn new(
        path: &Path,
        writer: &mut Connection,
        listeners: Listeners,
    ) -> Result<Self, Fault> {
        let mode: String = writer
            .query_row("pragma journal_mode", [], |row| row.get(0))
            .map_err(broken)?;
        let has_log = mode == "wal";
        let (groups, committed) = mpsc::channel();
        let (copies, asked) = mpsc::sync_channel(1);
        let under_way = Arc::new(AtomicUsize::new(0));
        let log = Log {
            path: has_log.then(|| log_of(path)),
            file: None,
            under_way: Arc::clone(&under_way),
        };
        let named = |name: &str| thread::Builder::new().name(name.to_owned());
        named("log")
            .spawn(move || log.keep(&committed, &listeners))
            .map_err(Fault::broken)?;
        let copier = Copier {
            connection: connect(path, false)?,
            database: Box::leak(Box::new(File::open(path).map_err(Fault::broken)?)),
        };
        let is_copying = Arc::new(AtomicBool::new(false));
        named("copier")
            .spawn({
                let is_copying = Arc::clone(&is_copying);
                move || copier.copy(&asked, &is_copying)
            })
            .map_err(Fault::broken)?;
        let disk = Self {
            groups,
            copies,
            is_copying,
            under_way,
        };
        if has_log {
            disk.take_over(writer)?;
        }
        Ok(disk)
    }

    fn take_over(&self, writer: &mut Connection) -> Result<(), Fault> {
        let copies = self.copies.clone();
        let is_copying = Arc::clone(&self.is_copying);
        let mut copied = 0;
        let hook = move |log: &mut rusqlite::hooks::Wal, pages: i32| {
            copied = copied.min(pages);
            if is_copying.load(Ordering::Acquire) {
                return Ok(());
            }
            if pages - copied >= COPY_PAGES && pages < LOG_PAGES_MAX {
                copied = pages;
                // Said before it is asked for: the copier may be done at once.
                is_copying.store(true, Ordering::Release);
                if copies.try_send(()).is_err() {
                    is_copying.store(false, Ordering::Release);
                }
            } else if pages >= LOG_PAGES {
                // A reader or a full disk may stand in the way: the next commit tries again. This
                // one stands.
                let _ = log.checkpoint();
            }
            Ok(())
        };
        let asynchronous = "pragma synchronous = normal";
        writer.execute_batch(asynchronous).map_err(broken)?;
        writer.wal_hook(Some(hook)).map_err(broken)
    }

    /// Whether everything committed is on the disk.
    pub(crate) fn is_idle(&self) -> bool {
        self.under_way.load(Ordering::Acquire) == 0
    }

    /// Brings a commit to the disk and answers its commands.
    pub(crate) fn take(&self, group: Group) {
        self.under_way.fetch_add(1, Ordering::AcqRel);
        if let Err(mpsc::SendError(group)) = self.groups.send(group) {
            group.refuse(&Fault::broken("the log is no longer kept"));
        }
    }
}

fn log_of(database: &Path) -> PathBuf {
    let mut path = database.as_os_str().to_owned();
    path.push("-wal");
    path.into()
}

/// The log of the database, beside its file; without a path, commits wait for the disk themselves.
struct Log {
    path: Option<PathBuf>,
    file: Option<File>,
    under_way: Arc<AtomicUsize>,
}

impl Log {
    fn keep(mut self, committed: &mpsc::Receiver<Group>, listeners: &Listeners) {
        while let Ok(first) = committed.recv() {
            let mut groups = vec![first];
            groups.extend(committed.try_iter());
            let synced = self.sync();
            self.under_way.fetch_sub(groups.len(), Ordering::AcqRel);
            for group in groups {
                match &synced {
                    Ok(()) => group.answer(listeners),
                    Err(fault) => group.refuse(fault),
                }
            }
        }
    }

    fn sync(&mut self) -> Result<(), Fault> {
        let refused = |error: io::Error| Fault::unavailable("store-unavailable", error);
        if let (Some(path), None) = (&self.path, &self.file) {
            let folder = path.parent().map(File::open).transpose();
            self.file = Some(File::open(path).map_err(refused)?);
            // The name of a new log is to last, too.
            let folder = folder.map_err(refused)?;
            folder.map_or(Ok(()), |folder| folder.sync_all().map_err(refused))?;
        }
        let synced = self.file.as_ref().map_or(Ok(()), File::sync_data);
        synced.map_err(refused)
    }
}

/// Copies what is in the log into the database whenever it is asked to. What it cannot copy stays
/// in the log; the writer comes to it again.
struct Copier {
    connection: Connection,
    /// The database's file. It is never closed: that would let go of all locks that connections of
    /// this process hold on it, those of the same folder opened anew among them.
    database: &'static File,
}

impl Copier {
    fn copy(self, asked: &mpsc::Receiver<()>, is_copying: &AtomicBool) {
        while asked.recv().is_ok() {
            if let Err(error) = self.once() {
                tracing::warn!("the log could not be copied into the database: {error}");
            }
            is_copying.store(false, Ordering::Release);
        }
    }

    fn once(&self) -> Result<(), Fault> {
        let copied = "pragma wal_checkpoint(passive)";
        self.connection.execute_batch(copied).map_err(broken)?;
        // The writer waits for the disk before it begins the log anew: not for all of this, then.
        self.database.sync_data().map_err(Fault::broken)
    }
}
