//! Serving: the listener, the jobs, the signals.

use std::{net::SocketAddr, time::Duration};

use store::Db;
use tokio::{
    net::TcpListener,
    runtime::Builder,
    signal::unix::{Signal, SignalKind, signal},
    time::{MissedTickBehavior, interval},
};
use web::{App, Clock, Config, Errand, Job, Room};

use crate::{failure::Failure, rooms::HOOKS};

/// What to serve, and how.
pub struct Plan {
    /// Where to listen.
    pub address: SocketAddr,
    /// What the edge needs to know.
    pub config: Config,
    /// The time it shows.
    pub clock: Clock,
    /// Lines to print after the address.
    pub lines: Vec<String>,
}

/// Serves until told to stop, then finishes what is under way.
pub fn run(db: Db, rooms: &[Room], plan: Plan) -> Result<(), Failure> {
    let runtime = Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(plan.address)
            .await
            .map_err(|error| Failure(format!("{} cannot be listened on: {error}", plan.address)))?;
        let address = listener.local_addr()?;
        // Whoever reads the address may ask to stop at once: be ready for it first.
        let stop = told_to_stop(
            signal(SignalKind::terminate())?,
            signal(SignalKind::interrupt())?,
        );
        println!("address: http://{address}");
        let mut config = plan.config;
        if config.outside.public_url.is_empty() {
            config.outside.public_url = format!("http://{address}");
        }
        for line in &plan.lines {
            println!("{line}");
        }
        let app = App::new(db, rooms, HOOKS, config, plan.clock);
        for job in rooms.iter().flat_map(|room| room.jobs.clone()) {
            tokio::spawn(repeat(app.clone(), job));
        }
        for errand in rooms.iter().flat_map(|room| room.errands.clone()) {
            tokio::spawn(run_errands(app.clone(), errand));
        }
        web::serve(listener, app, rooms, stop).await?;
        Ok(())
    })
}

/// Runs an errand again and again, for every organisation; the next round waits for this one.
async fn run_errands(app: App, errand: Errand) {
    let mut ticks = interval(Duration::from_secs(errand.every_seconds.max(1)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let organisations = app.read(store::journal::organisations).await;
        for org in organisations.unwrap_or_default() {
            let (runner, ctx) = (app.clone(), app.system(org));
            let run = move || (errand.run)(&runner, &ctx);
            if let Err(fault) = app.blocking(run).await {
                tracing::error!(errand = errand.name, %fault, "an errand failed");
            }
        }
    }
}

/// Runs a job again and again, in every organisation.
async fn repeat(app: App, job: Job) {
    let mut ticks = interval(Duration::from_secs(job.every_seconds.max(1)));
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let organisations = app.read(store::journal::organisations).await;
        for org in organisations.unwrap_or_default() {
            let ctx = app.system(org);
            if let Err(fault) = app.write(move |tx| (job.run)(tx, &ctx)).await {
                tracing::error!(job = job.name, %fault, "a job failed");
            }
        }
    }
}

async fn told_to_stop(mut terminate: Signal, mut interrupt: Signal) {
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    tracing::info!("stopping: finishing what is under way");
}
