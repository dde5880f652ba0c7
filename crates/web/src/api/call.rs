//! One call as it came, read before anything is asked of the database.

use axum::{
    body::{Body, Bytes},
    extract::RawPathParams,
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use kernel::{Fault, Locale, Text};
use serde_json::{Map, Value};

use super::{answer::Refusal, bytes::Takes, endpoint::Endpoint};
use crate::{fields::percent_decode, look::by_browser};

/// What a body is that is not bytes.
pub(super) const JSON: Takes = Takes {
    media_types: &["application/json"],
    bytes_max: 1 << 20,
};
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
    /// The path with what stands behind the question mark.
    pub(super) asked: String,
    pub(super) parameters: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Bytes,
    pub(super) key: Option<String>,
    pub(super) if_match: Option<IfMatch>,
    pub(super) if_none_match: Option<String>,
}

impl Call {
    /// Reads a call for an endpoint but for its body; refuses what cannot be one.
    pub(super) fn read(
        endpoint: &Endpoint,
        parts: &Parts,
        params: &RawPathParams,
    ) -> Result<Self, Refusal> {
        let headers = &parts.headers;
        let bearer = bearer(headers).ok_or_else(Refusal::sign_in)?;
        let given = endpoint.download.as_ref();
        let given = given.map_or(JSON.media_types, |download| download.media_types);
        if !accepts(headers, given) {
            let kinds = given.join(", ");
            let fault = Fault::conflict("web-api-not-acceptable").with("kinds", kinds);
            return Err(Refusal::new(StatusCode::NOT_ACCEPTABLE, fault));
        }
        let text = |name: &str| text_of(headers, name).map(str::to_owned);
        Ok(Self {
            bearer,
            locale: by_browser(headers),
            path: parts.uri.path().to_owned(),
            asked: parts.uri.to_string(),
            parameters: params
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            query: query(parts.uri.query().unwrap_or_default())?,
            body: Bytes::new(),
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

/// Whether an answer of one of these kinds is taken.
fn accepts(headers: &HeaderMap, given: &[&str]) -> bool {
    let Some(accept) = headers.get(header::ACCEPT) else {
        return true;
    };
    let takes = |asked: &str| {
        given.iter().any(|kind| {
            let family = kind.split('/').next().unwrap_or_default();
            asked.eq_ignore_ascii_case(kind) || asked.eq_ignore_ascii_case(&format!("{family}/*"))
        })
    };
    accept.to_str().is_ok_and(|accept| {
        accept.split(',').any(|asked| {
            let asked = asked.split(';').next().unwrap_or_default().trim();
            asked.is_empty() || asked == "*/*" || takes(asked)
        })
    })
}

/// Reads a body of a kind that is taken, as far as it may be long.
pub(super) async fn bounded(
    headers: &HeaderMap,
    body: Body,
    takes: Takes,
) -> Result<Bytes, Refusal> {
    let too_large = || {
        let fault = Fault::conflict("web-too-large").with("max", takes.bytes_max >> 20);
        Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, fault)
    };
    let announced = text_of(headers, "content-length").and_then(|length| length.parse().ok());
    if announced.is_some_and(|length: usize| length > takes.bytes_max) {
        return Err(too_large());
    }
    let kind = text_of(headers, "content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let is_taken = takes
        .media_types
        .iter()
        .any(|taken| kind.eq_ignore_ascii_case(taken));
    let another_kind = || {
        let fault = Fault::conflict("web-api-media").with("kinds", takes.media_types.join(", "));
        Refusal::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, fault)
    };
    // A call without a body needs no kind; one that announces a body is told before it is read.
    if !is_taken && announced.is_some_and(|length| length > 0) {
        return Err(another_kind());
    }
    let bytes = axum::body::to_bytes(body, takes.bytes_max).await;
    let bytes = bytes.map_err(|_| too_large())?;
    match is_taken || bytes.is_empty() {
        true => Ok(bytes),
        false => Err(another_kind()),
    }
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
