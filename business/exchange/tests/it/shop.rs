//! The shop of these tests, and files put into it.

use exchange::{Job, Report, What, import, read_grid};
use kernel::{Fault, Locale};
use testing::World;
use web::Room;

/// Every room an import writes to.
pub fn rooms() -> Vec<Room> {
    vec![
        organisation::room(),
        fields::room(),
        people::room(),
        offers::room(),
        blueprints::room(),
        customers::room(),
        capacity::room(),
        orders::room(),
        exchange::room(),
    ]
}

pub fn job(what: What) -> Job {
    Job {
        what,
        site: None,
        dry_run: false,
        source: "test".to_owned(),
    }
}

/// Takes a file in.
pub fn take(world: &World, what: What, file: &str) -> Result<Report, Fault> {
    take_job(world, job(what), file.as_bytes())
}

pub fn take_job(world: &World, job: Job, file: &[u8]) -> Result<Report, Fault> {
    import(&world.db, &world.ctx(), job, read_grid(file.to_vec())?)
}

/// New, changed, skipped, failed.
pub fn counts(report: &Report) -> (u64, u64, u64, u64) {
    (report.new, report.changed, report.skipped, report.failed)
}

/// The complaints as the command line prints them.
pub fn lines(report: &Report) -> Vec<String> {
    let spoken = report.complaints.iter();
    spoken
        .map(|complaint| complaint.speak(Locale::En))
        .collect()
}
