//! One call as it came, read before anything is asked of the database.

use axum::{
    body::{Body, Bytes},
    extract::RawPathParams,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use kernel::{Fault, Locale, Text};
use serde_json::{Map, Value};

use super::{answer::Refusal, endpoint::Endpoint};
use crate::{fields::percent_decode, look::by_browser};

/// The most bytes of a body.
pub(super) const BODY_BYTES_MAX: usize = 1 << 20;
/// The most parameters behind the question mark.
const PARAMETERS_MAX: usize = 100;

/// What a change must find unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum IfMatch {
    /// Whatever is there.
    Anything,
    /// This version; -1 for a tag that no version has.
    Version(i64),
}

/// One call.
pub(super) struct Call {
    pub(super) bearer: String,
    pub(super) locale: Option<Locale>,
    pub(super) path: String,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) key: Option<String>,
    pub(super) if_match: Option<IfMatch>,
    pub(super) if_none_match: Option<String>,
}

impl Call {
    /// Reads a call for an endpoint; refuses what cannot be one.
    pub(super) async fn read(
        endpoint: &Endpoint,
        parts: &Parts,
        params: &RawPathParams,
        body: Body,
    ) -> Result<Self, Refusal> {
        let headers = &parts.headers;
        let bearer = bearer(headers).ok_or_else(Refusal::sign_in)?;
        if !accepts_json(headers) {
            let fault = Fault::conflict("web-api-not-acceptable");
            return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, fault));
        }
        let body = match endpoint.body {
            Some(_) => bounded(headers, body).await?,
            None => Bytes::new(),
        };
        let text = |name: &str| text_of(headers, name).map(str::to_owned);
        Ok(Self {
            bearer,
            locale: by_browser(headers),
            path: parts.uri.path().to_owned(),
            parameters: params
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            query: query(parts.uri.query().unwrap_or_default())?,
            body,
            key: text("idempotency-key").filter(|_| !endpoint.is_read()),
            if_match: text("if-match").map(|tag| if_match(&tag)),
            if_none_match: text("if-none-match"),
        })
    }

    /// The body as JSON; nothing at all is an empty object.
    pub(super) fn json(&self) -> Result<Value, Refusal> {
        if self.body.is_empty() {
            return Ok(Value::Object(Map::new()));
        }
        serde_json::from_slice(&self.body).map_err(|error| {
            let fault = Fault::conflict("web-api-not-json").with("reason", error.to_string());
            Refusal::new(StatusCode::BAD_REQUEST, fault)
        })
    }
}

fn text_of<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

fn bearer(headers: &HeaderMap) -> Option<String> {
    let (scheme, token) = text_of(headers, "authorization")?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("bearer")).then(|| token.trim().to_owned())
}

fn accepts_json(headers: &HeaderMap) -> bool {
    let Some(accept) = headers.get(header::ACCEPT) else {
        return true;
    };
    let taken = ["*/*", "application/*", "application/json"];
    accept.to_str().is_ok_and(|accept| {
        accept.split(',').any(|kind| {
            let kind = kind.split(';').next().unwrap_or_default().trim();
            kind.is_empty() || taken.iter().any(|taken| kind.eq_ignore_ascii_case(taken))
        })
    })
}

async fn bounded(headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    let bytes = axum::body::to_bytes(body, BODY_BYTES_MAX).await;
    let bytes = bytes.map_err(|_| {
        let fault = Fault::conflict("web-too-large");
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, fault)
    })?;
    let kind = text_of(headers, "content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if bytes.is_empty() || kind.eq_ignore_ascii_case("application/json") {
        return Ok(bytes);
    }
    let fault = Fault::conflict("web-api-media");
    Err(Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, fault))
}

fn query(encoded: &str) -> Result<Vec<(String, String)>, Refusal> {
    let unreadable = || {
        Refusal::new(
            StatusCode::BAD_REQUEST,
            Fault::conflict("web-api-not-query"),
        )
    };
    let mut found: Vec<(String, String)> = Vec::new();
    for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let name = percent_decode(name, true).ok_or_else(unreadable)?;
        let value = percent_decode(value, true).ok_or_else(unreadable)?;
        if found.iter().any(|(known, _)| *known == name) {
            let field = format!("query:/{name}");
            return Err(Fault::invalid(field, Text::key("web-api-twice")).into());
        }
        found.push((name, value));
        if found.len() > PARAMETERS_MAX {
            return Err(unreadable());
        }
    }
    Ok(found)
}

fn if_match(tag: &str) -> IfMatch {
    let tag = tag.trim();
    if tag == "*" {
        return IfMatch::Anything;
    }
    let inner = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"'));
    IfMatch::Version(inner.and_then(|tag| tag.parse().ok()).unwrap_or(-1))
}
