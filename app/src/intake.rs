//! `steward import`.

use std::path::Path;

use exchange::{Job, What};
use kernel::Locale;
use web::{Clock, Room};

use crate::{admin, cli::Import, config::Settings, failure::Failure, rooms};

/// Takes a file in: one line for each row that was not taken, then the counts.
pub fn import(settings: &Settings, import: Import, rooms: &[Room]) -> Result<(), Failure> {
    let what = What::parse(&import.what).ok_or_else(|| {
        let allowed = What::ALL.map(What::as_str).join(", ");
        Failure(format!(
            "{} cannot be imported; choose {allowed}",
            import.what
        ))
    })?;
    let grid = exchange::read_file(&import.file)?;
    let db = rooms::open_existing(&settings.target(&import.at)?, rooms)?;
    let org = admin::organisation_named(&db, import.organisation.as_deref())?;
    let ctx = admin::system(org, Clock::system().now());
    let job = Job {
        what,
        site: import.site,
        dry_run: import.dry_run,
        source: source(&import.file),
    };
    let report = exchange::import(&db, &ctx, job, grid)?;
    for complaint in &report.complaints {
        println!("{}", complaint.speak(Locale::En));
    }
    if !report.ignored.is_empty() {
        println!("columns not used: {}", report.ignored.join(", "));
    }
    println!("{}", report.speak(Locale::En));
    if import.dry_run {
        println!("{}", Locale::En.t("exchange-dry-run"));
    }
    match report.failed {
        0 => Ok(()),
        failed => Err(Failure(format!("{failed} were not taken in"))),
    }
}

/// The name of a file without folder and endings.
fn source(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    stem.chars().take(40).collect()
}
