//! Spans as OTLP/JSON: the protocol buffers of OpenTelemetry in JSON, with ids in hexadecimal.

use serde_json::{Value, json};

/// What kind of work a span tells of.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Internal = 1,
    Server = 2,
}

/// Something that is said of a span.
#[derive(Debug, Clone)]
pub(crate) enum Fact {
    Text(String),
    Number(i64),
    Flag(bool),
}

/// Work that has ended; times in nanoseconds since 1970.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    pub(crate) trace: u128,
    pub(crate) id: u64,
    pub(crate) parent: Option<u64>,
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) begun: u64,
    pub(crate) ended: u64,
    pub(crate) failed: bool,
    pub(crate) facts: Vec<(&'static str, Fact)>,
}

/// The status code of OpenTelemetry for what failed.
const ERROR: u8 = 2;

fn attribute(key: &str, fact: &Fact) -> Value {
    let value = match fact {
        Fact::Text(text) => json!({ "stringValue": text }),
        // JSON knows no integers of 64 bits: they travel as text.
        Fact::Number(number) => json!({ "intValue": number.to_string() }),
        Fact::Flag(flag) => json!({ "boolValue": flag }),
    };
    json!({ "key": key, "value": value })
}

fn span(span: &Span) -> Value {
    let facts = span.facts.iter();
    let mut told = json!({
        "traceId": format!("{:032x}", span.trace),
        "spanId": format!("{:016x}", span.id),
        "name": span.name,
        "kind": span.kind as u8,
        "startTimeUnixNano": span.begun.to_string(),
        "endTimeUnixNano": span.ended.to_string(),
        "attributes": facts.map(|(key, fact)| attribute(key, fact)).collect::<Vec<_>>(),
    });
    if let Some(parent) = span.parent {
        told["parentSpanId"] = json!(format!("{parent:016x}"));
    }
    if span.failed {
        told["status"] = json!({ "code": ERROR });
    }
    told
}

/// The body of one request to the collector.
pub(crate) fn body(service: &str, spans: &[Span]) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let resource = [
        ("service.name", Fact::Text(service.to_owned())),
        ("service.version", Fact::Text(version.to_owned())),
    ];
    let resource = resource.iter().map(|(key, fact)| attribute(key, fact));
    json!({
        "resourceSpans": [{
            "resource": { "attributes": resource.collect::<Vec<_>>() },
            "scopeSpans": [{
                "scope": { "name": "steward", "version": version },
                "spans": spans.iter().map(span).collect::<Vec<_>>(),
            }],
        }],
    })
    .to_string()
}
