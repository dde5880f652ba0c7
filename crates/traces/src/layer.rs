//! Hears what the program says of a request, and makes spans of it.

use std::{
    fmt::Debug,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use kernel::IdSource;
use tracing::{
    Event, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    Layer,
    filter::{LevelFilter, Targets},
    layer::Context,
    registry::LookupSpan,
};

use crate::{
    parent::Parent,
    sender::Queue,
    wire::{Fact, Kind, Span},
};

/// The target of what becomes a span. At the level TRACE, so that no log shows it by itself.
pub const TARGET: &str = "traces";
/// The name of the span of a request. Its fields: `method`, `route`, `request`, `parent`, and once
/// they are known `status` and `organisation`.
pub const SPAN: &str = "served";

/// The layer that hears.
pub struct Spans {
    queue: Queue,
}

/// A request that is being served.
struct Open {
    trace: u128,
    id: u64,
    parent: Option<u64>,
    begun: SystemTime,
    said: Said,
}

/// What was said in the fields of a span or an event.
#[derive(Default)]
struct Said {
    texts: Vec<(&'static str, String)>,
    numbers: Vec<(&'static str, i64)>,
    flags: Vec<(&'static str, bool)>,
}

impl Said {
    fn text(&self, name: &str) -> Option<&str> {
        let mut texts = self.texts.iter();
        texts.find(|(known, _)| *known == name).map(|(_, t)| &**t)
    }

    fn number(&self, name: &str) -> Option<i64> {
        let mut numbers = self.numbers.iter();
        numbers.find(|(known, _)| *known == name).map(|(_, n)| *n)
    }

    fn is(&self, name: &str) -> bool {
        self.flags.iter().any(|(known, is)| *known == name && *is)
    }
}

impl Visit for Said {
    fn record_str(&mut self, field: &Field, value: &str) {
        self.texts.push((field.name(), value.to_owned()));
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.numbers.push((field.name(), value));
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        let value = i64::try_from(value).unwrap_or(i64::MAX);
        self.numbers.push((field.name(), value));
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.flags.push((field.name(), value));
    }

    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.texts.push((field.name(), format!("{value:?}")));
    }
}

impl Spans {
    pub(crate) const fn new(queue: Queue) -> Self {
        Self { queue }
    }

    /// The layer, deaf for everything but what becomes a span.
    pub fn filtered<S>(self) -> impl Layer<S> + Send + Sync + 'static
    where
        S: Subscriber + for<'span> LookupSpan<'span>,
    {
        self.with_filter(Targets::new().with_target(TARGET, LevelFilter::TRACE))
    }
}

fn nanoseconds(at: SystemTime) -> u64 {
    let since = at.duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::try_from(since.as_nanos()).unwrap_or(u64::MAX)
}

fn span_id() -> u64 {
    // Zero is no id.
    IdSource::system().bits().max(1)
}

impl Open {
    /// What a request is asked with; `None` where whoever asks keeps no trace.
    fn new(said: Said) -> Option<Self> {
        let parent = said.text("parent").and_then(Parent::read);
        if parent.is_some_and(|parent| !parent.is_kept) {
            return None;
        }
        let own = || u128::from(span_id()) << 64 | u128::from(span_id());
        Some(Self {
            trace: parent.map_or_else(own, |parent| parent.trace),
            id: span_id(),
            parent: parent.map(|parent| parent.span),
            begun: SystemTime::now(),
            said,
        })
    }

    fn done(&self) -> Span {
        let said = &self.said;
        let method = said.text("method").unwrap_or_default();
        let route = said.text("route").unwrap_or_default();
        let status = said.number("status");
        let mut facts = vec![
            ("http.request.method", Fact::Text(method.to_owned())),
            ("http.route", Fact::Text(route.to_owned())),
        ];
        facts.extend(status.map(|status| ("http.response.status_code", Fact::Number(status))));
        for (name, field) in [
            ("steward.request.id", "request"),
            ("steward.organisation.id", "organisation"),
        ] {
            let text = said.text(field);
            facts.extend(text.map(|text| (name, Fact::Text(text.to_owned()))));
        }
        Span {
            trace: self.trace,
            id: self.id,
            parent: self.parent,
            name: format!("{method} {route}"),
            kind: Kind::Server,
            begun: nanoseconds(self.begun),
            ended: nanoseconds(SystemTime::now()),
            failed: status.is_none_or(|status| status >= 500),
            facts,
        }
    }

    /// A transaction that has just ended within the request.
    fn transaction(&self, said: &Said) -> Span {
        let took = u64::try_from(said.number("microseconds").unwrap_or(0)).unwrap_or(0);
        let ended = SystemTime::now();
        let begun = ended.checked_sub(Duration::from_micros(took));
        Span {
            trace: self.trace,
            id: span_id(),
            parent: Some(self.id),
            name: said.text("name").unwrap_or_default().to_owned(),
            kind: Kind::Internal,
            begun: nanoseconds(begun.unwrap_or(ended)),
            ended: nanoseconds(ended),
            failed: said.is("failed"),
            facts: vec![("steward.transaction.writes", Fact::Flag(said.is("writes")))],
        }
    }
}

impl<S> Layer<S> for Spans
where
    S: Subscriber + for<'span> LookupSpan<'span>,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut said = Said::default();
        attributes.record(&mut said);
        if let (Some(span), Some(open)) = (context.span(id), Open::new(said)) {
            span.extensions_mut().insert(open);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(open) = span.extensions_mut().get_mut::<Open>()
        {
            values.record(&mut open.said);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if let Some(span) = context.event_span(event)
            && let Some(open) = span.extensions().get::<Open>()
        {
            let mut said = Said::default();
            event.record(&mut said);
            self.queue.give(open.transaction(&said));
        }
    }

    fn on_close(&self, id: Id, context: Context<'_, S>) {
        if let Some(span) = context.span(&id)
            && let Some(open) = span.extensions_mut().remove::<Open>()
        {
            self.queue.give(open.done());
        }
    }
}
