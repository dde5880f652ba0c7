//! What the program says of itself: a log for people and programs, traces for a collector.

use std::time::Duration;

use traces::{Collector, Exporter};
use tracing_subscriber::{
    EnvFilter, Layer, fmt, layer::SubscriberExt as _, util::SubscriberInitExt as _,
};

use crate::failure::Failure;

/// How long the last traces may take to leave.
const FAREWELL: Duration = Duration::from_secs(2);

/// The log, and what sends traces if there is somewhere to send them to.
pub struct Log {
    exporter: Option<Exporter>,
}

impl Log {
    /// The log goes to standard error: as lines to read, or as JSON for a program that gathers
    /// logs.
    pub fn begin(collector: Option<Collector>) -> Result<Self, Failure> {
        let filter =
            EnvFilter::try_from_env("STEWARD_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
        let lines = fmt::layer().with_writer(std::io::stderr);
        let lines = match std::env::var("STEWARD_LOG_FORMAT").as_deref() {
            Ok("json") => lines.json().flatten_event(true).boxed(),
            _ => lines.boxed(),
        };
        let (exporter, spans) = match collector {
            Some(collector) => {
                let (exporter, spans) = Exporter::start(collector)?;
                (Some(exporter), Some(spans.filtered()))
            }
            None => (None, None),
        };
        let said = tracing_subscriber::registry()
            .with(lines.with_filter(filter))
            .with(spans);
        said.init();
        Ok(Self { exporter })
    }

    /// The settings of the edge, with the count of what was dropped.
    pub fn told_of(&self, config: web::Config) -> web::Config {
        web::Config {
            traces_dropped: self.exporter.as_ref().map(Exporter::dropped),
            ..config
        }
    }

    /// Sends what waits.
    pub fn end(self) {
        if let Some(exporter) = self.exporter {
            exporter.finish(FAREWELL);
        }
    }
}

fn said(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|said| !said.is_empty())
}

/// The collector that is named, or that OpenTelemetry's own variables name.
pub fn collector(named: Option<&str>) -> Result<Option<Collector>, Failure> {
    let whole = said("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT");
    let base = said("OTEL_EXPORTER_OTLP_ENDPOINT");
    let under = |base: &str| format!("{}/v1/traces", base.trim_end_matches('/'));
    let Some(url) = named.map(under).or(whole).or(base.as_deref().map(under)) else {
        return Ok(None);
    };
    if !(url.starts_with("http://") || url.starts_with("https://")) {
        let text = format!("the collector {url:?} must begin with https:// or http://");
        return Err(Failure(text));
    }
    let headers = said("OTEL_EXPORTER_OTLP_TRACES_HEADERS");
    let headers = headers.or(said("OTEL_EXPORTER_OTLP_HEADERS"));
    Ok(Some(Collector {
        url,
        headers: headers.map_or_else(Vec::new, |headers| pairs(&headers)),
        service: said("OTEL_SERVICE_NAME").unwrap_or_else(|| "steward".to_owned()),
    }))
}

/// `key=value,key=value`, with what is no letter written `%2C`.
fn pairs(text: &str) -> Vec<(String, String)> {
    let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
    pairs
        .map(|(key, value)| (key.trim().to_owned(), plain(value.trim())))
        .collect()
}

fn plain(text: &str) -> String {
    let mut pieces = text.split('%');
    let mut bytes = pieces.next().unwrap_or_default().as_bytes().to_vec();
    for piece in pieces {
        let code = piece
            .get(..2)
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        match code {
            Some(byte) => {
                bytes.push(byte);
                bytes.extend_from_slice(&piece.as_bytes()[2..]);
            }
            None => bytes.extend([b"%", piece.as_bytes()].concat()),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_as_opentelemetry_writes_them() {
        let read = pairs("authorization=Bearer%20a%2Cb, x-scope-orgid = 7,odd,share=100%");
        let wanted = [
            ("authorization", "Bearer a,b"),
            ("x-scope-orgid", "7"),
            ("share", "100%"),
        ];
        let wanted = wanted.map(|(key, value)| (key.to_owned(), value.to_owned()));
        assert_eq!(read, wanted);
    }
}
