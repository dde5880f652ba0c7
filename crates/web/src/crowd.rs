//! How many requests are worked on at once; the others wait a moment, and are then told to come
//! back. Requests with a body have places of their own, so that slow senders hold up no reader.

use std::time::Duration;

use axum::{
    extract::{MatchedPath, Request, State},
    http::Method,
    middleware::Next,
    response::{IntoResponse, Response},
};
use kernel::Fault;
use tokio::{sync::Semaphore, time::timeout};

use crate::{App, Problem};

/// Requests of each sort at once.
const AT_ONCE: usize = 256;
/// How long one waits for its place: longer, and whoever asked has pressed again.
pub(crate) const WAIT_MAX: Duration = Duration::from_millis(1500);

/// The places for requests.
pub(crate) struct Places {
    reading: Semaphore,
    writing: Semaphore,
}

impl Default for Places {
    fn default() -> Self {
        Self {
            reading: Semaphore::new(AT_ONCE),
            writing: Semaphore::new(AT_ONCE),
        }
    }
}

/// Lets a request in once there is a place; whether the program lives is told without one.
pub(crate) async fn admit(State(app): State<App>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>();
    if route.is_some_and(|route| route.as_str() == "/healthz") {
        return next.run(request).await;
    }
    let places = match *request.method() {
        Method::GET | Method::HEAD => &app.places.reading,
        _ => &app.places.writing,
    };
    match timeout(WAIT_MAX, places.acquire()).await {
        Ok(_place) => next.run(request).await,
        Err(_) => {
            app.vitals.turned_away();
            let waited = "no place was free in time";
            Problem::from(Fault::unavailable("web-busy", waited)).into_response()
        }
    }
}
