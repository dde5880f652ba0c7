//! Backups by plan, and how the last ones went.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Instant,
};

use kernel::{Fault, Timestamp};
use serde::{Deserialize, Serialize};
use web::{App, BackupPlan};

use super::{Backup, archive};

const RECORD: &str = "backups.json";
const ENDING: &str = ".backup";
/// After a backup that failed the next one is tried so many seconds later.
const RETRY_SECONDS: i64 = 600;
const PASSPHRASE_LETTERS_MIN: usize = 12;
const HOUR_SECONDS: i64 = 3600;

/// A backup that went well.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Good {
    /// When it began: all that was acknowledged before is in it.
    pub at: Timestamp,
    /// The file.
    pub file: PathBuf,
    /// Its size.
    pub bytes: u64,
    /// How long it took.
    pub milliseconds: u64,
    /// Whether a passphrase seals it.
    pub is_sealed: bool,
}

/// A backup that failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failed {
    /// When it began.
    pub at: Timestamp,
    /// Why, for whoever runs the program.
    pub reason: String,
}

/// How the last backups went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Last {
    /// The last that went well.
    pub good: Option<Good>,
    /// The last that failed, if none went well since.
    pub failed: Option<Failed>,
}

/// How the last backups of a data folder went; nothing of one that never had any.
pub fn last(data: &Path) -> Last {
    let text = fs::read(data.join(RECORD)).unwrap_or_default();
    serde_json::from_slice(&text).unwrap_or_default()
}

fn write_down(data: &Path, last: &Last) -> io::Result<()> {
    let draft = super::beside(&data.join(RECORD), "part");
    fs::write(&draft, serde_json::to_vec_pretty(last)?)?;
    fs::rename(&draft, data.join(RECORD))
}

impl Backup<'_> {
    /// Makes it, and writes down beside the database how it went.
    ///
    /// # Errors
    /// As [`Backup::make`].
    pub fn make_and_note(&self, now: Timestamp) -> Result<super::Made, Fault> {
        let begun = Instant::now();
        let made = self.make(now);
        let last = match &made {
            Ok(made) => Last {
                good: Some(Good {
                    at: now,
                    file: self.to.to_owned(),
                    bytes: made.bytes,
                    milliseconds: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
                    is_sealed: self.passphrase.is_some(),
                }),
                failed: None,
            },
            Err(fault) => Last {
                good: last(self.data).good,
                failed: Some(Failed {
                    at: now,
                    reason: fault.detail.clone().unwrap_or_default(),
                }),
            },
        };
        if let Err(error) = write_down(self.data, &last) {
            tracing::warn!(%error, "how the backup went could not be written down");
        }
        made
    }
}

/// Reads a passphrase from the first line of a file.
///
/// # Errors
/// When it cannot be read, or is too short to protect anything.
pub fn passphrase(file: &Path) -> Result<String, Fault> {
    let shown = file.display();
    let text = fs::read_to_string(file);
    let text = text.map_err(|error| Fault::broken(format!("{shown}: {error}")))?;
    let line = text.lines().next().unwrap_or_default().trim();
    if line.chars().count() < PASSPHRASE_LETTERS_MIN {
        return Err(Fault::broken(format!(
            "{shown}: a passphrase has at least {PASSPHRASE_LETTERS_MIN} characters"
        )));
    }
    Ok(line.to_owned())
}

/// Makes the backup that is due by the plan, if one is, and lets go of the oldest ones beyond
/// those to keep.
///
/// # Errors
/// When one is due and fails; the next call waits a while before it tries again.
pub fn keep_to_plan(app: &App) -> Result<(), Fault> {
    let (Some(plan), Some(data)) = (&app.config.backups, &app.config.data) else {
        return Ok(());
    };
    let now = app.clock.now();
    let unread = |error: io::Error| Fault::broken(format!("{}: {error}", plan.folder.display()));
    fs::create_dir_all(&plan.folder).map_err(unread)?;
    let known = kept(&plan.folder).map_err(unread)?;
    if !is_due(plan, &known, &last(data), now) {
        return Ok(());
    }
    let sealed_by = plan
        .passphrase_file
        .as_deref()
        .map(passphrase)
        .transpose()?;
    let made = Backup {
        data,
        files: folder_of(app.config.outside.files.as_deref()),
        to: &plan.folder.join(name_at(now)),
        passphrase: sealed_by.as_deref(),
    }
    .make_and_note(now)?;
    tracing::info!(bytes = made.bytes, files = made.files, "a backup was made");
    let known = kept(&plan.folder).map_err(unread)?;
    let beyond = known.len().saturating_sub(plan.keep.max(1));
    for (_, old) in &known[..beyond] {
        fs::remove_file(old).map_err(unread)?;
    }
    Ok(())
}

fn is_due(plan: &BackupPlan, known: &[(Timestamp, PathBuf)], last: &Last, now: Timestamp) -> bool {
    let since = |at: Timestamp| now.as_second() - at.as_second();
    let every = i64::try_from(plan.every_hours.max(1)).unwrap_or(i64::MAX / HOUR_SECONDS);
    let failed_just_now = last
        .failed
        .as_ref()
        .is_some_and(|failed| (0..RETRY_SECONDS).contains(&since(failed.at)));
    // One from the future was made before the clock was set back: it says nothing of today.
    let newest = known.iter().rev().find(|(at, _)| since(*at) >= 0);
    !failed_just_now && newest.is_none_or(|(at, _)| since(*at) >= every * HOUR_SECONDS)
}

fn name_at(now: Timestamp) -> String {
    let seconds = Timestamp::from_second(now.as_second()).unwrap_or(now);
    let plain: String = seconds.to_string().split(['-', ':']).collect();
    format!("steward-{plain}{ENDING}")
}

/// The backups by plan in a folder, the oldest first.
fn kept(folder: &Path) -> io::Result<Vec<(Timestamp, PathBuf)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let time = name
            .strip_prefix("steward-")
            .and_then(|rest| rest.strip_suffix(ENDING));
        if let Some(at) = time.and_then(|time| time.parse().ok()) {
            found.push((at, entry.path()));
        }
    }
    found.sort();
    Ok(found)
}

impl Last {
    /// Whether backups by plan are late: none went well for twice the time between two.
    pub fn is_late(&self, plan: &BackupPlan, now: Timestamp) -> bool {
        let hours = i64::try_from(plan.every_hours).unwrap_or(i64::MAX / (2 * HOUR_SECONDS));
        let late = |good: &Good| now.as_second() - good.at.as_second() > 2 * hours * HOUR_SECONDS;
        self.good.as_ref().is_none_or(late)
    }
}

/// Where photos and files lie, when that is a folder of this machine.
pub fn folder_of(place: Option<&str>) -> Option<&Path> {
    place.filter(|place| !place.contains("://")).map(Path::new)
}

/// The database of a data folder.
pub fn database_of(data: &Path) -> PathBuf {
    data.join(archive::DATABASE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().expect("a test names a valid instant")
    }

    fn plan() -> BackupPlan {
        BackupPlan {
            folder: PathBuf::from("kept"),
            every_hours: 24,
            keep: 3,
            passphrase_file: None,
        }
    }

    #[test]
    fn a_backup_is_due_when_the_last_is_a_day_old_and_not_right_after_a_failure() {
        let now = at("2026-11-22T14:00:00Z");
        let of = |time: &str| vec![(at(time), PathBuf::new())];
        let never = Last::default();
        assert!(is_due(&plan(), &[], &never, now));
        assert!(is_due(&plan(), &of("2026-11-21T14:00:00Z"), &never, now));
        assert!(!is_due(&plan(), &of("2026-11-21T14:00:01Z"), &never, now));
        assert!(
            is_due(&plan(), &of("2026-11-23T00:00:00Z"), &never, now),
            "the clock went back"
        );
        let failed = |time: &str| Last {
            good: None,
            failed: Some(Failed {
                at: at(time),
                reason: String::new(),
            }),
        };
        assert!(!is_due(&plan(), &[], &failed("2026-11-22T13:51:00Z"), now));
        assert!(is_due(&plan(), &[], &failed("2026-11-22T13:49:00Z"), now));
    }

    #[test]
    fn a_file_is_called_by_its_time_and_known_by_its_name() {
        let name = name_at(at("2026-11-22T14:00:00.5Z"));
        assert_eq!(name, "steward-20261122T140000Z.backup");
        let time = "20261122T140000Z".parse::<Timestamp>();
        assert_eq!(time.expect("it is read back"), at("2026-11-22T14:00:00Z"));
    }
}
