//! Sending: a bounded queue, and a thread that empties it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
        mpsc::{Receiver, SyncSender, TrySendError, sync_channel},
    },
    thread,
    time::{Duration, Instant},
};

use ureq::Agent;

use crate::{
    Spans,
    wire::{Span, body},
};

/// Spans that may wait; the next one is dropped.
const WAITING_MAX: usize = 4096;
/// Spans that are sent at once.
const AT_ONCE_MAX: usize = 512;
/// How long a span waits for others.
const GATHER: Duration = Duration::from_secs(1);
/// How long the collector may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where traces go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collector {
    /// The whole address, such as `http://127.0.0.1:4318/v1/traces`.
    pub url: String,
    /// What it is asked with, such as a key.
    pub headers: Vec<(String, String)>,
    /// What this program is called there.
    pub service: String,
}

enum Told {
    Span(Box<Span>),
    /// Send what is there, then say so.
    Stop(SyncSender<()>),
}

/// Where the layer leaves spans.
#[derive(Clone)]
pub(crate) struct Queue {
    sender: SyncSender<Told>,
    dropped: Arc<AtomicU64>,
}

impl Queue {
    /// Leaves a span there, or drops it: never waits.
    pub(crate) fn give(&self, span: Span) {
        if self.sender.try_send(Told::Span(Box::new(span))).is_err() {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// What sends spans to the collector.
pub struct Exporter {
    queue: Queue,
}

impl Exporter {
    /// Begins to send to a collector; the layer is what hears of spans.
    ///
    /// # Errors
    /// When there is no thread to be had.
    pub fn start(collector: Collector) -> std::io::Result<(Self, Spans)> {
        Self::waiting(collector, WAITING_MAX)
    }

    fn waiting(collector: Collector, waiting_max: usize) -> std::io::Result<(Self, Spans)> {
        let (sender, receiver) = sync_channel(waiting_max);
        let dropped = Arc::<AtomicU64>::default();
        let queue = Queue {
            sender,
            dropped: dropped.clone(),
        };
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent("Steward");
        let sender = Sender {
            agent: config.build().into(),
            collector,
            dropped,
            is_well: true,
        };
        thread::Builder::new()
            .name("traces".to_owned())
            .spawn(move || sender.run(&receiver))?;
        let spans = Spans::new(queue.clone());
        Ok((Self { queue }, spans))
    }

    /// Counts the spans that were dropped.
    pub fn dropped(&self) -> Arc<AtomicU64> {
        self.queue.dropped.clone()
    }

    /// Sends what waits, as far as that takes no longer than `patience`.
    pub fn finish(self, patience: Duration) {
        let (sender, done) = sync_channel(1);
        let until = Instant::now() + patience;
        while let Err(TrySendError::Full(_)) =
            self.queue.sender.try_send(Told::Stop(sender.clone()))
        {
            if Instant::now() > until {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        // Whoever does not answer in time is not waited for.
        let _ = done.recv_timeout(until.saturating_duration_since(Instant::now()));
    }
}

struct Sender {
    agent: Agent,
    collector: Collector,
    dropped: Arc<AtomicU64>,
    is_well: bool,
}

impl Sender {
    fn run(mut self, receiver: &Receiver<Told>) {
        while let Ok(told) = receiver.recv() {
            let mut spans = Vec::new();
            let mut stop = None;
            let mut next = Some(told);
            let until = Instant::now() + GATHER;
            while let Some(told) = next.take() {
                match told {
                    Told::Span(span) => spans.push(*span),
                    Told::Stop(done) => stop = Some(done),
                }
                if spans.len() < AT_ONCE_MAX && stop.is_none() {
                    let rest = until.saturating_duration_since(Instant::now());
                    next = receiver.recv_timeout(rest).ok();
                }
            }
            if !spans.is_empty() {
                self.send(&spans);
            }
            if let Some(done) = stop {
                // Whoever asked may have given up.
                let _ = done.try_send(());
                return;
            }
        }
    }

    fn send(&mut self, spans: &[Span]) {
        let mut request = self
            .agent
            .post(&self.collector.url)
            .header("content-type", "application/json");
        for (name, value) in &self.collector.headers {
            request = request.header(name, value);
        }
        let why = match request.send(body(&self.collector.service, spans)) {
            Ok(answer) if answer.status().is_success() => None,
            Ok(answer) => Some(format!("it answered {}", answer.status())),
            Err(error) => Some(error.to_string()),
        };
        if let Some(why) = &why {
            let lost = u64::try_from(spans.len()).unwrap_or(u64::MAX);
            self.dropped.fetch_add(lost, Ordering::Relaxed);
            if self.is_well {
                tracing::warn!(%why, "the collector takes no traces; they are dropped");
            }
        } else if !self.is_well {
            tracing::info!("the collector takes traces again");
        }
        self.is_well = why.is_none();
    }
}
