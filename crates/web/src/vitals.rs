//! The program's own signs of life: what it counts for metrics, and what it remembers of itself.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use kernel::Timestamp;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram, info::Info},
    registry::{Registry, Unit},
};
use store::Work;

/// Slow commands that are remembered.
const SLOW_KEPT: usize = 20;
const REQUEST_SECONDS: [f64; 9] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
const COMMAND_SECONDS: [f64; 9] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 2.5];

/// A request as metrics know it. The route is its template, so that the set stays bounded.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
pub(crate) struct Asked {
    pub(crate) method: &'static str,
    pub(crate) route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Kind {
    kind: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct JobRun {
    job: &'static str,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct QueueName {
    queue: &'static str,
}

/// A command that took long.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slow {
    /// Where in the program it was asked for.
    pub name: &'static str,
    /// From asking to answer.
    pub took: Duration,
    /// When it ended.
    pub at: Timestamp,
}

/// How a job went the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobState {
    /// When it last ended, well or not.
    pub at: Timestamp,
    /// How long it took for all organisations together.
    pub took: Duration,
    /// Whether it ended well.
    pub is_well: bool,
}

/// What waits somewhere, and what was given up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Backlog {
    /// How much is still to be done.
    pub waiting: i64,
    /// Since when the oldest of it is overdue.
    pub overdue_since: Option<Timestamp>,
    /// How much was given up within the last week.
    pub failed: i64,
}

/// What is known of the place the program runs in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Surroundings {
    /// Bytes the database takes.
    pub database_bytes: i64,
    /// Bytes left where the data lies; none for a database on a server.
    pub disk_free_bytes: Option<i64>,
    /// Spans that no collector of traces took.
    pub traces_dropped: u64,
    /// The last backup that went well.
    pub backup_at: Option<Timestamp>,
}

/// What the program counts and remembers of itself.
pub struct Vitals {
    registry: Registry,
    requests: Family<Answered, Counter>,
    request_seconds: Family<Asked, Histogram, fn() -> Histogram>,
    in_flight: Gauge,
    turned_away: Counter,
    live: Gauge,
    transactions: Family<Kind, Counter>,
    transactions_failed: Family<Kind, Counter>,
    transaction_seconds: Family<Kind, Histogram, fn() -> Histogram>,
    slow_count: Counter,
    jobs_run: Family<JobRun, Counter>,
    queue_waiting: Family<QueueName, Gauge>,
    queue_failed: Family<QueueName, Gauge>,
    queue_overdue_seconds: Family<QueueName, Gauge>,
    database_bytes: Gauge,
    disk_free_bytes: Gauge,
    backup_at: Gauge<f64, AtomicU64>,
    resident_bytes: Gauge,
    traces_dropped: Counter,
    slow: Mutex<VecDeque<Slow>>,
    jobs: Mutex<BTreeMap<&'static str, JobState>>,
    began: Instant,
}

impl Default for Vitals {
    fn default() -> Self {
        let of_requests: fn() -> Histogram = || Histogram::new(REQUEST_SECONDS);
        let of_commands: fn() -> Histogram = || Histogram::new(COMMAND_SECONDS);
        let mut vitals = Self {
            registry: Registry::with_prefix("steward"),
            requests: Family::default(),
            request_seconds: Family::new_with_constructor(of_requests),
            in_flight: Gauge::default(),
            turned_away: Counter::default(),
            live: Gauge::default(),
            transactions: Family::default(),
            transactions_failed: Family::default(),
            transaction_seconds: Family::new_with_constructor(of_commands),
            slow_count: Counter::default(),
            jobs_run: Family::default(),
            queue_waiting: Family::default(),
            queue_failed: Family::default(),
            queue_overdue_seconds: Family::default(),
            database_bytes: Gauge::default(),
            disk_free_bytes: Gauge::default(),
            backup_at: Gauge::default(),
            resident_bytes: Gauge::default(),
            traces_dropped: Counter::default(),
            slow: Mutex::default(),
            jobs: Mutex::default(),
            began: Instant::now(),
        };
        vitals.register_edge();
        vitals.register_store();
        vitals.register_work();
        vitals
    }
}

impl Vitals {
    fn register_edge(&mut self) {
        let registry = &mut self.registry;
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program's version", build);
        registry.register(
            "http_requests",
            "Requests answered, by route template and class of status",
            self.requests.clone(),
        );
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request to its answer's head",
            Unit::Seconds,
            self.request_seconds.clone(),
        );
        registry.register(
            "http_requests_in_flight",
            "Requests being answered",
            self.in_flight.clone(),
        );
        registry.register(
            "http_requests_turned_away",
            "Requests refused at once because too many waited already",
            self.turned_away.clone(),
        );
        registry.register(
            "live_connections",
            "Open pages that listen to live changes",
            self.live.clone(),
        );
        registry.register(
            "traces_dropped",
            "Spans that the collector of traces did not take in time",
            self.traces_dropped.clone(),
        );
        registry.register_with_unit(
            "process_resident_memory",
            "Memory the program takes",
            Unit::Bytes,
            self.resident_bytes.clone(),
        );
    }

    fn register_store(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "store_transactions",
            "Transactions ended, by kind",
            self.transactions.clone(),
        );
        registry.register(
            "store_transactions_failed",
            "Transactions that failed by no fault of whoever asked",
            self.transactions_failed.clone(),
        );
        registry.register_with_unit(
            "store_transaction_duration",
            "Time from asking for a transaction to its answer, waits included",
            Unit::Seconds,
            self.transaction_seconds.clone(),
        );
        registry.register(
            "store_slow_transactions",
            "Transactions over the threshold of the slow-command log",
            self.slow_count.clone(),
        );
        registry.register_with_unit(
            "database_size",
            "What the database takes",
            Unit::Bytes,
            self.database_bytes.clone(),
        );
        registry.register_with_unit(
            "disk_free",
            "Room left where the data lies",
            Unit::Bytes,
            self.disk_free_bytes.clone(),
        );
        registry.register_with_unit(
            "backup_last_success_timestamp",
            "When the last backup went well, in seconds since 1970",
            Unit::Seconds,
            self.backup_at.clone(),
        );
    }

    fn register_work(&mut self) {
        let registry = &mut self.registry;
        registry.register(
            "job_runs",
            "Rounds of recurring jobs, by outcome",
            self.jobs_run.clone(),
        );
        registry.register(
            "queue_waiting",
            "What waits to be done, such as messages to send",
            self.queue_waiting.clone(),
        );
        registry.register(
            "queue_failed",
            "What was given up within a week",
            self.queue_failed.clone(),
        );
        registry.register_with_unit(
            "queue_overdue",
            "For how long the oldest of what waits is overdue",
            Unit::Seconds,
            self.queue_overdue_seconds.clone(),
        );
    }

    /// A request came in; it counts as being answered until the guard is dropped.
    pub(crate) fn request_begun(&self) -> Counted {
        Counted::of(&self.in_flight)
    }

    pub(crate) fn request_done(&self, asked: &Asked, status: u16, took: Duration) {
        let answered = Answered {
            method: asked.method,
            route: asked.route.clone(),
            status: class(status),
        };
        self.requests.get_or_create(&answered).inc();
        let seconds = self.request_seconds.get_or_create(asked);
        seconds.observe(took.as_secs_f64());
    }

    pub(crate) fn turned_away(&self) {
        self.turned_away.inc();
    }

    /// A page listens to live changes until the guard is dropped.
    pub(crate) fn live_begun(&self) -> Counted {
        Counted::of(&self.live)
    }

    pub(crate) fn work_done(&self, work: &Work) {
        let kind = match work.write {
            true => Kind { kind: "write" },
            false => Kind { kind: "read" },
        };
        self.transactions.get_or_create(&kind).inc();
        if work.failed {
            self.transactions_failed.get_or_create(&kind).inc();
        }
        let seconds = self.transaction_seconds.get_or_create(&kind);
        seconds.observe(work.took.as_secs_f64());
    }

    pub(crate) fn slow(&self, work: &Work, at: Timestamp) {
        self.slow_count.inc();
        let mut slow = held(&self.slow);
        if slow.len() == SLOW_KEPT {
            slow.pop_front();
        }
        slow.push_back(Slow {
            name: work.name,
            took: work.took,
            at,
        });
    }

    /// A round of a job ended.
    pub fn job_done(&self, job: &'static str, state: JobState) {
        let outcome = if state.is_well { "ok" } else { "failed" };
        self.jobs_run.get_or_create(&JobRun { job, outcome }).inc();
        held(&self.jobs).insert(job, state);
    }

    /// The jobs that have run since the program began, by name.
    pub fn jobs(&self) -> Vec<(&'static str, JobState)> {
        let jobs = held(&self.jobs);
        jobs.iter()
            .map(|(job, state)| (*job, state.clone()))
            .collect()
    }

    /// The last slow commands, the latest first.
    pub fn slow_commands(&self) -> Vec<Slow> {
        held(&self.slow).iter().rev().cloned().collect()
    }

    /// How many pages listen to live changes.
    pub fn live_connections(&self) -> i64 {
        self.live.get()
    }

    /// For how long the program has been running.
    pub fn running(&self) -> Duration {
        self.began.elapsed()
    }

    /// Everything as OpenMetrics text.
    pub fn text(
        &self,
        now: Timestamp,
        around: &Surroundings,
        queues: &[(&'static str, Backlog)],
    ) -> String {
        self.database_bytes.set(around.database_bytes);
        self.disk_free_bytes
            .set(around.disk_free_bytes.unwrap_or(-1));
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit exactly")]
        let backup_at = around.backup_at.map_or(0.0, |at| at.as_second() as f64);
        self.backup_at.set(backup_at);
        let dropped = self.traces_dropped.inner();
        dropped.store(around.traces_dropped, Ordering::Relaxed);
        self.resident_bytes.set(resident_bytes().unwrap_or(-1));
        for (queue, backlog) in queues {
            let name = QueueName { queue };
            self.queue_waiting.get_or_create(&name).set(backlog.waiting);
            self.queue_failed.get_or_create(&name).set(backlog.failed);
            let since = backlog.overdue_since.unwrap_or(now);
            let seconds = (now.as_second() - since.as_second()).max(0);
            self.queue_overdue_seconds.get_or_create(&name).set(seconds);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry).expect("a string takes everything");
        text
    }
}

/// What is counted for as long as this lives.
pub(crate) struct Counted(Gauge);

impl Counted {
    fn of(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.dec();
    }
}

const fn class(status: u16) -> &'static str {
    match status {
        0..=199 => "1xx",
        200..=299 => "2xx",
        300..=399 => "3xx",
        400..=499 => "4xx",
        _ => "5xx",
    }
}

/// Nothing in here can be left half changed by a panic.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Memory the program takes, where the system tells.
pub fn resident_bytes() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kibibytes: i64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}
