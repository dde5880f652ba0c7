//! Serving: the listener, the jobs, the signals.

use std::{
    io::{self, Write},
    net::SocketAddr,
    sync::atomic::Ordering,
    time::{Duration, Instant},
};

use kernel::{Fault, ids::OrganisationId};
use store::Db;
use tokio::{
    net::TcpListener,
    runtime::Builder,
    signal::unix::{Signal, SignalKind, signal},
    time::{MissedTickBehavior, interval},
};
use tracing::Instrument;
use web::{App, Clock, Config, Errand, Job, JobState, Room, Surroundings};

use crate::{failure::Failure, rooms::HOOKS};

/// Threads that do the work of requests; the next ones wait their turn.
const WORKERS_MAX: usize = 128;
/// Seconds between two looks whether a backup is due.
const BACKUP_LOOK_SECONDS: u64 = 60;

/// What to serve, and how.
pub struct Plan {
    /// Where to listen.
    pub address: SocketAddr,
    /// Where to tell metrics, if anywhere.
    pub metrics: Option<SocketAddr>,
    /// What the edge needs to know.
    pub config: Config,
    /// The time it shows.
    pub clock: Clock,
    /// Lines to print after the address.
    pub lines: Vec<String>,
}

/// Serves until told to stop, then finishes what is under way.
pub fn run(db: Db, rooms: &[Room], plan: Plan) -> Result<(), Failure> {
    // The connections of PostgreSQL end outside the runtime: this one outlives it.
    let _last = db.clone();
    let runtime = Builder::new_multi_thread()
        .enable_all()
        .max_blocking_threads(WORKERS_MAX)
        .build()?;
    runtime.block_on(async {
        let listener = listen(plan.address).await?;
        let meter = match plan.metrics {
            Some(address) => Some(listen(address).await?),
            None => None,
        };
        let address = listener.local_addr()?;
        // Whoever reads the address may ask to stop at once: be ready for it first.
        let stop = told_to_stop(
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        );
        tell(&format!("address: http://{address}"));
        let mut config = plan.config;
        if config.outside.public_url.is_empty() {
            config.outside.public_url = format!("http://{address}");
        }
        for line in &plan.lines {
            tell(line);
        }
        let app = App::new(db, rooms, HOOKS, config, plan.clock);
        if let Some(meter) = meter {
            tell(&format!("metrics: http://{}/metrics", meter.local_addr()?));
            tokio::spawn(tell_metrics(meter, app.clone()));
        }
        if app.config.backups.is_some() {
            tokio::spawn(repeat(app.clone(), Recurring::Backups));
        }
        for job in rooms.iter().flat_map(|room| room.jobs.clone()) {
            tokio::spawn(repeat(app.clone(), Recurring::Job(job)));
        }
        for errand in rooms.iter().flat_map(|room| room.errands.clone()) {
            tokio::spawn(repeat(app.clone(), Recurring::Errand(errand)));
        }
        web::serve(listener, app, rooms, stop).await?;
        Ok(())
    })
}

/// A line for whoever started it. They may have gone away, which stops nobody from serving.
fn tell(line: &str) {
    let _ = writeln!(io::stdout(), "{line}");
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let listener = TcpListener::bind(address).await;
    listener.map_err(|error| Failure(format!("{address} cannot be listened on: {error}")))
}

async fn tell_metrics(listener: TcpListener, app: App) {
    let router = web::metrics(app, surroundings);
    if let Err(error) = web::axum::serve(listener, router).await {
        tracing::error!(%error, "metrics are no longer told");
    }
}

fn surroundings(app: &App) -> Result<Surroundings, Fault> {
    Ok(Surroundings {
        database_bytes: app.db.size_bytes()?,
        disk_free_bytes: app
            .disk_free_bytes()
            .and_then(|free| i64::try_from(free).ok()),
        traces_dropped: match &app.config.traces_dropped {
            Some(dropped) => dropped.load(Ordering::Relaxed),
            None => 0,
        },
        backup_at: operation::backup_at(app),
    })
}

/// What is done again and again, in every organisation.
#[derive(Clone, Copy)]
enum Recurring {
    Job(Job),
    Errand(Errand),
    /// Backups by plan: of everything at once.
    Backups,
}

impl Recurring {
    const fn named(self) -> (&'static str, u64) {
        match self {
            Self::Job(job) => (job.name, job.every_seconds),
            Self::Errand(errand) => (errand.name, errand.every_seconds),
            Self::Backups => ("back up", BACKUP_LOOK_SECONDS),
        }
    }

    /// Does it everywhere; answers whether all went well.
    async fn round(self, app: &App) -> bool {
        if let Self::Backups = self {
            let keeper = app.clone();
            let kept = app.blocking(move || operation::backup::keep_to_plan(&keeper));
            return is_well(self, kept.await);
        }
        let organisations = app.read(store::journal::organisations).await;
        let mut all_well = organisations.is_ok();
        for org in organisations.unwrap_or_default() {
            let span = tracing::info_span!("job", %org);
            let ended = self.run(app.clone(), org).instrument(span).await;
            all_well &= is_well(self, ended);
        }
        all_well
    }

    async fn run(self, app: App, org: OrganisationId) -> Result<(), Fault> {
        let ctx = app.system(org);
        match self {
            Self::Job(job) => app.write(move |tx| (job.run)(tx, &ctx)).await,
            Self::Errand(errand) => {
                let runner = app.clone();
                app.blocking(move || (errand.run)(&runner, &ctx)).await
            }
            Self::Backups => Ok(()),
        }
    }
}

fn is_well(what: Recurring, ended: Result<(), Fault>) -> bool {
    if let Err(fault) = &ended {
        tracing::error!(job = what.named().0, %fault, "a job failed");
    }
    ended.is_ok()
}

/// Does something again and again; the next round waits for this one.
async fn repeat(app: App, what: Recurring) {
    let (name, every_seconds) = what.named();
    let mut ticks = interval(Duration::from_secs(every_seconds.max(1)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let begun = Instant::now();
        let is_well = what.round(&app).await;
        let state = JobState {
            at: app.clock.now(),
            took: begun.elapsed(),
            is_well,
        };
        app.vitals.job_done(name, state);
    }
}

async fn told_to_stop(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping: finishing what is under way");
}
