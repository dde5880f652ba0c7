//! Metrics for Prometheus, on an address of their own: what they tell is nobody else's business.

use axum::{
    Router,
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};
use kernel::Fault;

use crate::{App, Backlog, Surroundings, problem};

const OPEN_METRICS: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// What is known of the place the program runs in.
pub type Around = fn(&App) -> Result<Surroundings, Fault>;

/// `GET /metrics`, for a listener that only the own network reaches.
pub fn metrics(app: App, around: Around) -> Router {
    Router::new()
        .route("/metrics", get(show))
        .with_state((app, around))
}

async fn show(State((app, around)): State<(App, Around)>) -> Response {
    let asked = app.clone();
    let text = app.blocking(move || text(&asked, around)).await;
    match text {
        Ok(text) => {
            let kind = HeaderValue::from_static(OPEN_METRICS);
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(fault) => {
            tracing::warn!(%fault, "metrics could not be read");
            problem::status(fault.kind).into_response()
        }
    }
}

fn text(app: &App, around: Around) -> Result<String, Fault> {
    let around = around(app)?;
    let mut queues: Vec<(&'static str, Backlog)> = Vec::new();
    for org in app.db.read(store::journal::organisations)? {
        for (queue, backlog) in app.backlogs(&app.system(org))? {
            match queues.iter_mut().find(|(name, _)| *name == queue.name) {
                Some((_, sum)) => sum.add(backlog),
                None => queues.push((queue.name, backlog)),
            }
        }
    }
    Ok(app.vitals.text(app.clock.now(), &around, &queues))
}

impl Backlog {
    fn add(&mut self, other: Self) {
        self.waiting += other.waiting;
        self.failed += other.failed;
        let both = [self.overdue_since, other.overdue_since];
        self.overdue_since = both.into_iter().flatten().min();
    }
}
