//! How the program is doing, and what of it wants a hand.

use kernel::{Ctx, Fault, Timestamp};
use ui::Tone;
use web::{App, Backlog, BackupPlan, DISK_BYTES_LEAST, JobState, Queue, Slow};

use crate::backup::{self, Last};

/// Below this the owner is told that room runs out.
const DISK_BYTES_AMPLE: u64 = 1 << 30;
/// Work that is overdue for longer is stuck.
const STUCK_SECONDS: i64 = 15 * 60;

/// Everything the page shows.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Health {
    pub(crate) database: String,
    pub(crate) database_bytes: i64,
    pub(crate) disk_free_bytes: Option<u64>,
    pub(crate) resident_bytes: Option<i64>,
    pub(crate) running_minutes: i64,
    pub(crate) live_connections: i64,
    pub(crate) keeping: Keeping,
    pub(crate) queues: Vec<(Name, Backlog)>,
    pub(crate) jobs: Vec<(&'static str, JobState)>,
    pub(crate) slow: Vec<Slow>,
}

/// The words and the page of a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Name {
    pub(crate) label_key: &'static str,
    pub(crate) path: &'static str,
}

/// How backups are kept.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Keeping {
    /// By the tools of the server that holds the database.
    Elsewhere,
    /// By the program, if there is a plan; how the last ones went.
    Here {
        plan: Option<BackupPlan>,
        last: Last,
    },
}

/// Something that wants a hand: the key of its words, and a name or number in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Trouble {
    pub(crate) tone: Tone,
    pub(crate) key: &'static str,
    pub(crate) name: String,
}

/// Gathers it. Blocks.
pub(crate) fn gather(app: &App, ctx: &Ctx) -> Result<Health, Fault> {
    ctx.require(crate::VIEW)?;
    let keeping = match &app.config.data {
        Some(data) => Keeping::Here {
            plan: app.config.backups.clone(),
            last: backup::last(data),
        },
        None => Keeping::Elsewhere,
    };
    let name = |queue: Queue| Name {
        label_key: queue.label_key,
        path: queue.path,
    };
    let queues = app.backlogs(ctx)?.into_iter();
    let running = app.vitals.running().as_secs() / 60;
    Ok(Health {
        database: app.db.version()?,
        database_bytes: app.db.size_bytes()?,
        disk_free_bytes: app.disk_free_bytes(),
        resident_bytes: web::resident_bytes(),
        running_minutes: i64::try_from(running).unwrap_or(i64::MAX),
        live_connections: app.vitals.live_connections(),
        keeping,
        queues: queues
            .map(|(queue, backlog)| (name(queue), backlog))
            .collect(),
        jobs: app.vitals.jobs(),
        slow: app.vitals.slow_commands(),
    })
}

impl Health {
    /// What wants a hand, the worst first.
    pub(crate) fn troubles(&self, now: Timestamp) -> Vec<Trouble> {
        let mut found: Vec<Trouble> = self.keeping.trouble(now).into_iter().collect();
        let mut add = |tone, key, name: &str| {
            found.push(Trouble {
                tone,
                key,
                name: name.to_owned(),
            });
        };
        match self.disk_free_bytes {
            Some(free) if free < DISK_BYTES_LEAST => add(Tone::Danger, "operation-disk-full", ""),
            Some(free) if free < DISK_BYTES_AMPLE => add(Tone::Warn, "operation-disk-short", ""),
            _ => {}
        }
        for (name, backlog) in &self.queues {
            let stuck = |since: Timestamp| now.as_second() - since.as_second() > STUCK_SECONDS;
            if backlog.overdue_since.is_some_and(stuck) {
                add(Tone::Danger, "operation-queue-stuck", name.label_key);
            } else if backlog.failed > 0 {
                add(Tone::Warn, "operation-queue-failed", name.label_key);
            }
        }
        for (job, _) in self.jobs.iter().filter(|(_, state)| !state.is_well) {
            add(Tone::Danger, "operation-job-failed", job);
        }
        found.sort_by_key(|trouble| trouble.tone != Tone::Danger);
        found
    }
}

impl Keeping {
    fn trouble(&self, now: Timestamp) -> Option<Trouble> {
        let Self::Here { plan, last } = self else {
            return None;
        };
        let (tone, key) = match (plan, last) {
            (
                _,
                Last {
                    failed: Some(_), ..
                },
            ) => (Tone::Danger, "operation-backup-failed"),
            (Some(plan), last) if last.is_late(plan, now) => (Tone::Warn, "operation-backup-late"),
            (None, Last { good: None, .. }) => (Tone::Warn, "operation-backup-never"),
            _ => return None,
        };
        Some(Trouble {
            tone,
            key,
            name: String::new(),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{DISK_BYTES_AMPLE, Health, Keeping, Last, Timestamp, Tone};
    use crate::backup::Failed;
    use web::JobState;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn house(last: Last, disk_free_bytes: u64, is_well: bool) -> Health {
        let job = JobState {
            at: NOW,
            took: Duration::from_millis(2),
            is_well,
        };
        Health {
            database: "SQLite 3".to_owned(),
            database_bytes: 1,
            disk_free_bytes: Some(disk_free_bytes),
            resident_bytes: None,
            running_minutes: 1,
            live_connections: 0,
            keeping: Keeping::Here { plan: None, last },
            queues: Vec::new(),
            jobs: vec![("prune claims", job)],
            slow: Vec::new(),
        }
    }

    #[test]
    fn a_job_and_a_backup_that_failed_and_room_that_runs_out_want_a_hand_the_worst_first() {
        let failed = Last {
            good: None,
            failed: Some(Failed {
                at: NOW,
                reason: "the folder is gone".to_owned(),
            }),
        };
        let troubles = house(failed, DISK_BYTES_AMPLE - 1, false).troubles(NOW);
        let told: Vec<_> = troubles.iter().map(|one| (one.tone, one.key)).collect();
        assert_eq!(
            told,
            [
                (Tone::Danger, "operation-backup-failed"),
                (Tone::Danger, "operation-job-failed"),
                (Tone::Warn, "operation-disk-short"),
            ]
        );
        assert_eq!(troubles[1].name, "prune claims");
        let full = house(Last::default(), 0, true).troubles(NOW);
        assert_eq!(full[0].key, "operation-disk-full");
        assert_eq!(full[1].key, "operation-backup-never");
        assert_eq!(full.len(), 2);
    }
}
