//! Reading a log from the disk, with what the user said about its columns.

use std::fs;
use std::path::{Path, PathBuf};

use formats::{Columns, Log, Options};
use mining::EventLog;

use crate::Failure;

/// An event log, and which of its columns is which.
#[derive(Debug, clap::Args)]
pub struct Input {
    /// XES, CSV or OCEL 2.0 (JSON, XML, SQLite), also packed with gzip.
    file: PathBuf,
    #[command(flatten)]
    columns: Named,
}

/// Columns of a CSV file by the names in its header.
#[derive(Debug, Clone, clap::Args)]
pub struct Named {
    /// CSV column with the case.
    #[arg(long, value_name = "COLUMN")]
    case: Option<String>,
    /// CSV column with the activity.
    #[arg(long, value_name = "COLUMN")]
    activity: Option<String>,
    /// CSV column with the time, or with the start.
    #[arg(long, value_name = "COLUMN")]
    start: Option<String>,
    /// CSV column with the end.
    #[arg(long, value_name = "COLUMN")]
    end: Option<String>,
}

impl Input {
    /// The log, either of cases or of objects.
    pub fn read(&self) -> Result<Log, Failure> {
        read(&self.file, &self.columns)
    }
}

/// Reads a log whose events each belong to one case.
pub fn read_cases(file: &Path, columns: &Named) -> Result<EventLog, Failure> {
    match read(file, columns)? {
        Log::Cases(log) => Ok(log),
        Log::Objects(_) => Err(Failure(format!(
            "{}: events belong to several objects; a log with one case per event is needed",
            file.display()
        ))),
    }
}

/// Reads a log; what was passed over or assumed goes to the error stream.
fn read(file: &Path, columns: &Named) -> Result<Log, Failure> {
    let failed = |problem: String| Failure(format!("{}: {problem}", file.display()));
    let options = Options {
        columns: Columns {
            case: columns.case.clone(),
            activity: columns.activity.clone(),
            start: columns.start.clone(),
            end: columns.end.clone(),
        },
        ..Options::default()
    };
    let bytes = fs::read(file).map_err(|error| failed(error.to_string()))?;
    let read = formats::read_log(bytes, &options).map_err(|error| failed(error.to_string()))?;
    for note in &read.notes {
        eprintln!("{}: {note}", file.display());
    }
    let events = match &read.log {
        Log::Cases(log) => log.event_count(),
        Log::Objects(log) => log.events.len(),
    };
    match events {
        0 => Err(failed(mining::LogError::NoEvents.to_string())),
        _ => Ok(read.log),
    }
}
