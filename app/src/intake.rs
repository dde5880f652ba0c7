//! `steward import` and `steward export`.

use std::path::Path;

use exchange::{Job, LogFormat, What, Written};
use kernel::{Ctx, Date, Locale};
use organisation::instant_clipped;
use store::{Db, journal::Filter};
use web::{Clock, Room};

use crate::{
    admin,
    cli::{Export, Import},
    config::Settings,
    failure::Failure,
    rooms,
};

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

/// Writes the journal as a log; says how much of it.
pub fn export(settings: &Settings, export: &Export, rooms: &[Room]) -> Result<(), Failure> {
    let format = LogFormat::of(&export.what, &export.file).map_err(Failure)?;
    let db = rooms::open_existing(&settings.target(&export.at)?, rooms)?;
    let org = admin::organisation_named(&db, export.organisation.as_deref())?;
    let ctx = admin::system(org, Clock::system().now());
    let filter = filter(&db, &ctx, export)?;
    let Written {
        events,
        objects,
        relations,
    } = exchange::leave(&db, &ctx, (format, &filter), &export.file)?;
    println!("{events} events, {objects} objects, {relations} relations");
    Ok(())
}

/// Days are those of the site that is named, else of the first one.
fn filter(db: &Db, ctx: &Ctx, export: &Export) -> Result<Filter, Failure> {
    let sites = db.read(|tx| organisation::sites(tx, ctx))?;
    let site = match &export.site {
        Some(slug) => Some(
            sites
                .iter()
                .find(|site| site.slug == *slug)
                .ok_or_else(|| {
                    let slugs: Vec<&str> = sites.iter().map(|site| site.slug.as_str()).collect();
                    Failure(format!(
                        "there is no site {slug}; choose {}",
                        slugs.join(", ")
                    ))
                })?,
        ),
        None => None,
    };
    if let (Some(from), Some(to)) = (export.from, export.to)
        && to < from
    {
        return Err(Failure(format!("--to {to} lies before --from {from}")));
    }
    let zone = site.or(sites.first()).map(|site| site.zone.clone());
    let begin = |day: Option<Date>| Some(instant_clipped(zone.as_ref()?, day?, 0));
    Ok(Filter {
        from: begin(export.from),
        to: begin(export.to.and_then(|day| day.tomorrow().ok())),
        site: site.map(|site| site.id),
        ..Filter::default()
    })
}

/// The name of a file without folder and endings.
fn source(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split('.').next().unwrap_or_default();
    stem.chars().take(40).collect()
}
