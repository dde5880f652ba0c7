//! Each request by a number of its own: in the log, in the answer, on the page of a failure.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, Method},
    middleware::Next,
    response::Response,
};
use kernel::{IdSource, ids::OrganisationId};
use tracing::{
    Instrument, Span,
    field::{Empty, display},
};

use crate::{App, vitals::Asked};

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const TRACE_PARENT: HeaderName = HeaderName::from_static("traceparent");
const ID_LETTERS_MAX: usize = 64;

/// The number of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct RequestId(pub(crate) String);

impl RequestId {
    /// The one the caller or a proxy gave it, the trace it belongs to, or a new one.
    fn of(headers: &HeaderMap) -> Self {
        let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
        let given = text(&REQUEST_ID).filter(|id| is_plain(id));
        let id = given.or_else(|| text(&TRACE_PARENT).and_then(trace_of));
        Self(id.map_or_else(
            || format!("{:016x}", IdSource::system().bits()),
            str::to_owned,
        ))
    }
}

/// What may stand in a log without being mistaken for anything else.
fn is_plain(id: &str) -> bool {
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    (1..=ID_LETTERS_MAX).contains(&id.len()) && id.bytes().all(letters)
}

/// The trace of a W3C `traceparent`: `00-TRACE-SPAN-FLAGS`.
fn trace_of(parent: &str) -> Option<&str> {
    let mut parts = parent.split('-');
    let (version, trace) = (parts.next()?, parts.next()?);
    let is_hex = |text: &str| text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let is_trace = trace.len() == 32 && is_hex(trace) && trace.bytes().any(|byte| byte != b'0');
    (version.len() == 2 && version != "ff" && is_trace).then_some(trace)
}

/// Gives a request its number, measures it, and says in the answer which it was.
pub(crate) async fn request(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let id = RequestId::of(request.headers());
    let asked = asked(&request);
    let span = tracing::info_span!(
        "request",
        id = id.0,
        method = asked.method,
        route = asked.route
    );
    let served = span.in_scope(|| served(&request, &asked, &id));
    request.extensions_mut().insert(id.clone());
    let counted = app.vitals.request_begun();
    let begun = Instant::now();
    let within = next.run(request).instrument(served.clone());
    let mut response = within.instrument(span.clone()).await;
    drop(counted);
    let (status, took) = (response.status().as_u16(), begun.elapsed());
    served.record("status", status);
    app.vitals.request_done(&asked, status, took);
    let _within = span.entered();
    tracing::debug!(target: "access", status, milliseconds = took.as_millis(), "answered");
    let shown = HeaderValue::from_str(&id.0).expect("an id is plain");
    response.headers_mut().insert(REQUEST_ID, shown);
    response
}

/// The request as a collector of traces is told of it; nothing where there is none.
fn served(request: &Request, asked: &Asked, id: &RequestId) -> Span {
    let parent = request.headers().get(&TRACE_PARENT);
    let parent = parent.and_then(|parent| parent.to_str().ok());
    tracing::trace_span!(
        target: traces::TARGET,
        traces::SPAN,
        method = asked.method,
        route = asked.route,
        request = id.0,
        parent,
        status = Empty,
        organisation = Empty
    )
}

/// Tells the traces whose business a request is about.
pub(crate) fn about(org: OrganisationId) {
    Span::current().record("organisation", display(org));
}

fn asked(request: &Request) -> Asked {
    let route = request.extensions().get::<MatchedPath>();
    Asked {
        method: match *request.method() {
            Method::GET => "GET",
            Method::POST => "POST",
            Method::PUT => "PUT",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            Method::HEAD => "HEAD",
            _ => "other",
        },
        route: route.map_or("none", MatchedPath::as_str).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &'static str, value: &'static str) -> String {
        let mut headers = HeaderMap::new();
        headers.insert(name, HeaderValue::from_static(value));
        RequestId::of(&headers).0
    }

    #[test]
    fn a_request_keeps_the_number_it_came_with_when_that_is_plain() {
        assert_eq!(id("x-request-id", "shop-7.a_b"), "shop-7.a_b");
        for odd in ["", "two words", "a\"b", "<b>"] {
            assert_eq!(id("x-request-id", odd).len(), 16, "{odd}");
        }
    }

    #[test]
    fn a_request_of_a_trace_is_called_after_it() {
        let trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        let parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(id("traceparent", parent), trace);
        let none = "00-00000000000000000000000000000000-00f067aa0ba902b7-01";
        assert_eq!(id("traceparent", none).len(), 16);
    }
}
