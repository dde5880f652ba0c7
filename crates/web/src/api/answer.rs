//! What comes back: a thing, or a problem by RFC 9457.

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::Response,
};
use kernel::{Fault, FieldFault, Locale};
use serde_json::{Map, Value, json};

use super::limit::Left;
use crate::problem;

/// A call that is not answered with what it asked for.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) fault: Fault,
    /// What is told besides: member and value.
    pub(super) more: Option<Box<(&'static str, Value)>>,
}

impl Refusal {
    /// A status that only a call can have.
    pub(super) const fn new(status: StatusCode, fault: Fault) -> Self {
        Self {
            status,
            fault,
            more: None,
        }
    }

    /// Nobody, or no token that is known.
    pub(super) fn sign_in() -> Self {
        let fault = Fault {
            text: kernel::Text::key("web-api-token"),
            ..Fault::sign_in()
        };
        fault.into()
    }

    /// The problem in a language.
    pub(super) fn json(&self, locale: Locale, named: &[(&str, &str)]) -> Value {
        let mut problem = Map::new();
        let mut put = |name: &str, value: Value| problem.insert(name.to_owned(), value);
        put("type", "about:blank".into());
        put("title", self.status.canonical_reason().into());
        put("status", self.status.as_u16().into());
        put("detail", self.fault.speak(locale).into());
        put("code", self.fault.text.key.into());
        if !self.fault.fields.is_empty() {
            let errors = self.fault.fields.iter();
            let errors = errors.map(|field| error(field, locale, named)).collect();
            put("errors", Value::Array(errors));
        }
        if let Some(more) = &self.more {
            put(more.0, more.1.clone());
        }
        Value::Object(problem)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self::new(problem::status(fault.kind), fault)
    }
}

/// Where a wrong field may stand.
const PLACES: [&str; 4] = ["body", "query", "path", "header"];

/// A wrong field: where it stands, by the names of the document, and why.
fn error(fault: &FieldFault, locale: Locale, named: &[(&str, &str)]) -> Value {
    // A key that a program made up may have a colon of its own.
    let said = fault.field.split_once(':');
    let (place, pointer) = match said.filter(|(place, _)| PLACES.contains(place)) {
        Some((place, pointer)) => (place, pointer.to_owned()),
        None => {
            let known = named.iter().find(|(field, _)| *field == fault.field);
            let pointer = known.map_or_else(
                || format!("/{}", fault.field.replace('.', "/")),
                |(_, pointer)| (*pointer).to_owned(),
            );
            ("body", pointer)
        }
    };
    json!({ "in": place, "pointer": pointer, "detail": fault.text.speak(locale) })
}

/// A thing that was asked for.
pub(super) struct Found {
    pub(super) status: StatusCode,
    pub(super) body: Bytes,
    pub(super) media_type: &'static str,
    /// How bytes are to be taken, and what to call them.
    pub(super) disposition: Option<String>,
    pub(super) etag: Option<String>,
    pub(super) location: Option<String>,
    /// Whether this was done before and is only told again.
    pub(super) again: bool,
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

impl Found {
    /// A thing as JSON.
    pub(super) fn json(status: StatusCode, text: String) -> Self {
        Self {
            status,
            body: text.into(),
            media_type: "application/json",
            disposition: None,
            etag: None,
            location: None,
            again: false,
        }
    }

    pub(super) fn response(self, left: Option<Left>) -> Response {
        let is_news = self.status != StatusCode::NOT_MODIFIED;
        let body = if is_news { self.body } else { Bytes::new() };
        let mut response = Response::new(Body::from(body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if is_news {
            put(headers, header::CONTENT_TYPE, self.media_type);
        }
        if let Some(disposition) = self.disposition {
            put(headers, header::CONTENT_DISPOSITION, &disposition);
        }
        if let Some(etag) = self.etag {
            put(headers, header::ETAG, &etag);
        }
        if let Some(location) = self.location {
            put(headers, header::LOCATION, &location);
        }
        if self.again {
            put(
                headers,
                HeaderName::from_static("idempotent-replayed"),
                "true",
            );
        }
        told_left(headers, left);
        response
    }
}

/// How many calls are left.
fn told_left(headers: &mut HeaderMap, left: Option<Left>) {
    let Some(left) = left else {
        return;
    };
    let policy = format!("\"account\";q={};w=60", left.quota);
    put(
        headers,
        HeaderName::from_static("ratelimit-policy"),
        &policy,
    );
    let now = format!("\"account\";r={};t={}", left.calls, left.seconds);
    put(headers, HeaderName::from_static("ratelimit"), &now);
    if !left.allowed {
        put(
            headers,
            header::RETRY_AFTER,
            &left.seconds.max(1).to_string(),
        );
    }
}

/// A refusal in the language of who asked.
pub(super) fn refuse(
    refusal: &Refusal,
    locale: Locale,
    named: &[(&str, &str)],
    left: Option<Left>,
) -> Response {
    // What is our fault goes to the log, where the request's number in the headers finds it.
    problem::reference(&refusal.fault, None);
    let problem = refusal.json(locale, named);
    let mut response = Response::new(Body::from(problem.to_string()));
    *response.status_mut() = refusal.status;
    let headers = response.headers_mut();
    put(headers, header::CONTENT_TYPE, "application/problem+json");
    put(headers, header::CONTENT_LANGUAGE, locale.tag());
    if refusal.status == StatusCode::UNAUTHORIZED {
        put(headers, header::WWW_AUTHENTICATE, "Bearer");
    }
    told_left(headers, left);
    response
}
