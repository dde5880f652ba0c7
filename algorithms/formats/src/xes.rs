//! Event logs as XES (IEEE 1849-2016), in and out.
//!
//! A `<trace>` is a case, even if another has the same name. Attributes of events and traces
//! become columns under their keys; attributes inside attributes and lists are passed over and
//! counted in the notes. An event without `concept:name` or `lifecycle:transition` takes the
//! default that the file declares for all events, where it declares one; a time is never made up.

mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;

use mining::{Event, EventLog, LIFECYCLE, LogBuilder, Value};

use crate::time::{self, Shape};
use crate::xml::{Node, Tag, Xml, decode};
use crate::{FormatError, Limits};

pub use write::{HEAD, TAIL, write, write_traces};

const NAME: &str = "concept:name";
const TIME: &str = "time:timestamp";
const START: &str = "start_timestamp";

/// Reads a log; the notes say what was passed over.
///
/// # Errors
/// Names the line or the trace and event, and what is allowed.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(EventLog, Vec<String>), FormatError> {
    let text = decode(bytes)?;
    let mut reader = Reader {
        xml: Xml::new(&text, limits).without_space(),
        limits,
        builder: LogBuilder::new(),
        defaults: BTreeMap::new(),
        traces: 0,
        passed_over: 0,
    };
    reader.log()?;
    let mut notes = Vec::new();
    if reader.passed_over > 0 {
        notes.push(format!(
            "{} attributes inside other attributes or lists were left out",
            reader.passed_over
        ));
    }
    Ok((reader.builder.build(), notes))
}

struct Reader<'a> {
    xml: Xml<'a>,
    limits: &'a Limits,
    builder: LogBuilder,
    /// Values that the file declares for events that lack them.
    defaults: BTreeMap<String, String>,
    traces: u32,
    passed_over: usize,
}

/// One attribute as it stands in the file.
struct Attribute<'t> {
    key: Cow<'t, str>,
    value: Cow<'t, str>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Time,
    Whole,
    Real,
    Flag,
    List,
}

impl Kind {
    fn of(element: &str) -> Option<Self> {
        Some(match element {
            "string" | "id" => Self::Text,
            "date" => Self::Time,
            "int" => Self::Whole,
            "float" => Self::Real,
            "boolean" => Self::Flag,
            "list" | "container" => Self::List,
            _ => return None,
        })
    }
}

impl<'a> Reader<'a> {
    fn log(&mut self) -> Result<(), FormatError> {
        let mut inside = false;
        while let Some(node) = self.xml.next()? {
            let Node::Open(tag) = node else { continue };
            match tag.name() {
                "log" if !inside => inside = true,
                name if !inside => {
                    let problem = format!("the file begins with <{name}>; XES begins with <log>");
                    return Err(FormatError::file(problem));
                }
                "trace" => self.trace()?,
                "event" => {
                    return Err(self
                        .xml
                        .error("an event outside of a trace; each needs a trace"));
                }
                "global" if is_event_scope(&tag) => self.global()?,
                _ => self.xml.skip()?,
            }
        }
        Ok(())
    }

    fn global(&mut self) -> Result<(), FormatError> {
        let outside = self.xml.depth() - 1;
        while self.xml.depth() > outside {
            if let Some(Node::Open(tag)) = self.xml.next()? {
                if let Some(attribute) = attribute(&tag, &self.xml)?
                    && [NAME, LIFECYCLE].contains(&&*attribute.key)
                {
                    let value = attribute.value.into_owned();
                    self.defaults.insert(attribute.key.into_owned(), value);
                }
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    fn trace(&mut self) -> Result<(), FormatError> {
        self.traces += 1;
        let outside = self.xml.depth() - 1;
        let mut row = Row::default();
        let mut named: Option<String> = None;
        let mut values: Vec<(String, String, Kind)> = Vec::new();
        let mut case = None;
        let mut events = 0_usize;
        while self.xml.depth() > outside {
            let Some(Node::Open(tag)) = self.xml.next()? else {
                continue;
            };
            if tag.name() == "event" {
                // The name may stand behind the events; the case gets its number at the first.
                let number = *case.get_or_insert_with(|| {
                    let fallback = || Cow::Owned(self.traces.to_string());
                    let name = named.as_deref().map_or_else(fallback, Cow::Borrowed);
                    self.builder.new_case(&name)
                });
                events += 1;
                self.event(number, events, &mut row)?;
                continue;
            }
            if let Some(found) = attribute(&tag, &self.xml)? {
                match (&*found.key, found.kind) {
                    (_, Kind::List) => self.passed_over += 1,
                    (NAME, _) if named.is_none() => named = Some(found.value.into_owned()),
                    _ => {
                        let (key, value) = (found.key.into_owned(), found.value.into_owned());
                        values.push((key, value, found.kind));
                    }
                }
            }
            self.inner()?;
        }
        let fallback = self.traces.to_string();
        let case = match case {
            Some(case) => case,
            None => self.builder.new_case(named.as_deref().unwrap_or(&fallback)),
        };
        for (key, value, kind) in &values {
            let place = || format!("trace {}", self.traces);
            let value = typed(value, *kind).map_err(|problem| problem.of(place(), key))?;
            self.builder.set_case(case, key, value);
        }
        Ok(())
    }

    fn event(&mut self, case: u32, number: usize, row: &mut Row<'a>) -> Result<(), FormatError> {
        let outside = self.xml.depth() - 1;
        row.clear();
        while self.xml.depth() > outside {
            self.plain_attributes(row);
            let Some(Node::Open(tag)) = self.xml.next()? else {
                continue;
            };
            if let Some(found) = attribute(&tag, &self.xml)? {
                if found.kind == Kind::List {
                    self.passed_over += 1;
                } else {
                    let (key, value) = (found.key.into_owned(), found.value.into_owned());
                    row.push(Cow::Owned(key), Cow::Owned(value), found.kind);
                }
            }
            self.inner()?;
        }
        let place = || format!("trace {}, event {number}", self.traces);
        let default = |key: &str| self.defaults.get(key).map(String::as_str);
        let Some(activity) = row.get(Role::Name).or_else(|| default(NAME)) else {
            return Err(FormatError::element(
                place(),
                format!("no {NAME}; each event needs one"),
            ));
        };
        let activity = self.builder.activity(activity);
        self.limits.activities(activity as usize + 1)?;
        let instant = |role: Role, key: &str| -> Result<Option<i64>, FormatError> {
            let Some(text) = row.get(role) else {
                return Ok(None);
            };
            match typed(text, Kind::Time) {
                Ok(Value::Time(time)) => Ok(Some(time)),
                Ok(_) => Ok(None),
                Err(problem) => Err(problem.of(place(), key)),
            }
        };
        let Some(time) = instant(Role::Time, TIME)? else {
            return Err(FormatError::element(
                place(),
                format!("no {TIME}; each event needs one"),
            ));
        };
        let start = instant(Role::Start, START)?;
        let event = Event {
            case,
            activity,
            start: start.unwrap_or(time),
            end: start.map(|_| time),
        };
        let pushed = self.builder.push(event);
        let pushed = pushed.map_err(|error| FormatError::element(place(), error.to_string()))?;
        for (key, value, kind) in row.others() {
            let value = typed(value, kind).map_err(|problem| problem.of(place(), key))?;
            self.builder.set(pushed, key, value);
        }
        if row.get(Role::Lifecycle).is_none()
            && let Some(value) = default(LIFECYCLE)
        {
            self.builder.set(pushed, LIFECYCLE, Value::Text(value));
        }
        Ok(())
    }

    /// The attributes that come next, up to the first that is not plain.
    fn plain_attributes(&mut self, row: &mut Row<'a>) {
        while let Some((element, [key, value])) = self.xml.plain_child(["key", "value"]) {
            match Kind::of(element) {
                Some(Kind::List) => self.passed_over += 1,
                Some(kind) => row.push(Cow::Borrowed(key), Cow::Borrowed(value), kind),
                None => {}
            }
        }
    }

    /// Passes over what is inside the attribute that was just opened, and counts it.
    fn inner(&mut self) -> Result<(), FormatError> {
        if self.xml.close_empty() {
            return Ok(());
        }
        let outside = self.xml.depth() - 1;
        while self.xml.depth() > outside {
            if let Some(Node::Open(tag)) = self.xml.next()?
                && Kind::of(tag.name()).is_some()
            {
                self.passed_over += 1;
            }
        }
        Ok(())
    }
}

fn is_event_scope(tag: &Tag<'_>) -> bool {
    matches!(tag.get("scope"), Ok(scope) if scope.as_deref().unwrap_or("event") == "event")
}

fn attribute<'t>(tag: &'t Tag<'_>, xml: &Xml<'_>) -> Result<Option<Attribute<'t>>, FormatError> {
    let Some(kind) = Kind::of(tag.name()) else {
        return Ok(None);
    };
    let (mut key, mut value) = (None, Cow::Borrowed(""));
    tag.each(|name, text| match name {
        "key" => key = Some(text),
        "value" => value = text,
        _ => {}
    })
    .map_err(|error| xml.error(error))?;
    let key = key.ok_or_else(|| xml.error("an attribute without a key; each needs one"))?;
    Ok(Some(Attribute { key, value, kind }))
}

/// A value that is not of its kind.
struct Mistyped<'t>(&'t str, &'static str);

impl Mistyped<'_> {
    fn of(&self, place: String, key: &str) -> FormatError {
        let problem = format!("{key} is {:?}; allowed is {}", self.0, self.1);
        FormatError::element(place, problem)
    }
}

fn typed(text: &str, kind: Kind) -> Result<Value<'_>, Mistyped<'_>> {
    let wrong = |allowed| Mistyped(text, allowed);
    Ok(match kind {
        Kind::Text | Kind::List => Value::Text(text),
        Kind::Time => Value::Time(
            time::parse(text, Shape::YearFirst)
                .ok_or(wrong("a time like 2026-11-22T08:30:00.000+01:00"))?,
        ),
        Kind::Whole => Value::Integer(text.trim().parse().map_err(|_| wrong("a whole number"))?),
        Kind::Real => Value::Real(text.trim().parse().map_err(|_| wrong("a number"))?),
        Kind::Flag => match text.trim() {
            "true" | "1" => Value::Flag(true),
            "false" | "0" => Value::Flag(false),
            _ => return Err(wrong("true or false")),
        },
    })
}

/// What a key says of the event itself.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Name,
    Time,
    Start,
    Lifecycle,
    Other,
}

impl Role {
    fn of(key: &str) -> Self {
        match key {
            NAME => Self::Name,
            TIME => Self::Time,
            START => Self::Start,
            LIFECYCLE => Self::Lifecycle,
            _ => Self::Other,
        }
    }
}

/// An attribute of the event.
struct Part<'a> {
    key: Cow<'a, str>,
    value: Cow<'a, str>,
    kind: Kind,
    role: Role,
}

/// The attributes of one event; used again for the next.
#[derive(Default)]
struct Row<'a> {
    parts: Vec<Part<'a>>,
}

impl<'a> Row<'a> {
    fn clear(&mut self) {
        self.parts.clear();
    }

    fn push(&mut self, key: Cow<'a, str>, value: Cow<'a, str>, kind: Kind) {
        let role = Role::of(&key);
        self.parts.push(Part {
            key,
            value,
            kind,
            role,
        });
    }

    /// The attributes that are not the name or a time of the event.
    fn others(&self) -> impl Iterator<Item = (&str, &str, Kind)> {
        let others = self.parts.iter();
        others
            .filter(|part| matches!(part.role, Role::Other | Role::Lifecycle))
            .map(|part| (&*part.key, &*part.value, part.kind))
    }

    fn get(&self, role: Role) -> Option<&str> {
        let part = self.parts.iter().find(|part| part.role == role)?;
        Some(&part.value)
    }
}
