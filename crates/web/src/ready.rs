//! Whether the program lives, and whether it can do its work.

use std::time::Duration;

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::App;

/// How long the database may take to answer.
const ANSWER_WITHIN: Duration = Duration::from_secs(2);
/// Less room than this, and the next hours are in danger.
pub const DISK_BYTES_LEAST: u64 = 64 << 20;

/// `GET /healthz`: the program lives, whatever the database does.
pub(crate) async fn lives() -> &'static str {
    "ok"
}

/// `GET /readyz`: whether requests are well sent here, and else what is not ready.
pub(crate) async fn ready(State(app): State<App>) -> Response {
    let missing = not_ready(&app).await;
    let status = match missing.is_empty() {
        true => StatusCode::OK,
        false => StatusCode::SERVICE_UNAVAILABLE,
    };
    let body = json!({ "ready": missing.is_empty(), "not_ready": missing });
    (status, Json(body)).into_response()
}

async fn not_ready(app: &App) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if *app.draining.borrow() {
        missing.push("stopping");
    }
    let reads = app.read(|tx| tx.count("select 1", &[]));
    let writes = app.write(|tx| tx.count("select 1", &[]));
    let both = async { reads.await.is_ok() && writes.await.is_ok() };
    if tokio::time::timeout(ANSWER_WITHIN, both).await != Ok(true) {
        missing.push("database");
    }
    if app
        .disk_free_bytes()
        .is_some_and(|free| free < DISK_BYTES_LEAST)
    {
        missing.push("disk");
    }
    missing
}

impl App {
    /// Bytes left where the embedded database lies; none where it is elsewhere.
    pub fn disk_free_bytes(&self) -> Option<u64> {
        let folder = self.config.data.as_ref()?;
        let told = rustix::fs::statvfs(folder).ok()?;
        Some(told.f_bavail * told.f_frsize)
    }
}
