//! What is wrong with what was sent: by the schema of the document, each place named.

use kernel::{Date, Fault, FieldFault, Text, Timestamp};
use schemars::{Schema, generate::SchemaSettings, transform::RecursiveTransform};
use serde_json::{Map, Value};

use super::endpoint::SchemaOf;

/// The most places named in one answer.
const FAULTS_MAX: usize = 20;

/// How schemas are written. What may be left out has no default: it is left out.
pub(super) fn settings() -> SchemaSettings {
    let no_default = |schema: &mut Schema| {
        if schema.get("default").is_some_and(Value::is_null) {
            schema.remove("default");
        }
    };
    SchemaSettings::draft2020_12().with_transform(RecursiveTransform(no_default))
}

/// The schema of what is sent, on its own.
pub(super) fn schema(of: SchemaOf) -> Value {
    let mut generator = settings().into_generator();
    let root = of(&mut generator).to_value();
    let mut whole = match root {
        Value::Object(whole) => whole,
        _ => Map::new(),
    };
    let definitions = generator.take_definitions(true);
    let own = whole.remove("$ref");
    let own = own
        .as_ref()
        .and_then(Value::as_str)
        .and_then(|path| path.rsplit('/').next());
    if let Some(Value::Object(own)) = own.and_then(|name| definitions.get(name)) {
        whole.extend(own.clone());
    }
    whole.insert("$defs".to_owned(), Value::Object(definitions));
    Value::Object(whole)
}

/// Refuses what breaks a schema that stands on its own, with its definitions in `$defs` or as
/// components. `place` says of a pointer where it points: `body`, `query` or `path`.
pub(super) fn check(
    schema: &Value,
    value: &Value,
    place: impl Fn(&str) -> &'static str,
) -> Result<(), Fault> {
    let mut found = Found {
        root: schema,
        faults: Vec::new(),
    };
    found.check(schema, value, "");
    if found.faults.is_empty() {
        return Ok(());
    }
    found.faults.truncate(FAULTS_MAX);
    let named = found.faults.into_iter().map(|(pointer, text)| FieldFault {
        field: format!("{}:{pointer}", place(&pointer)),
        text,
    });
    Err(Fault::fields(named.collect()))
}

/// Why an answer is not what a document says; for tests.
pub fn refuted(document: &Value, schema: &Value, value: &Value) -> Option<String> {
    let mut found = Found {
        root: document,
        faults: Vec::new(),
    };
    found.check(schema, value, "");
    let (pointer, text) = found.faults.into_iter().next()?;
    Some(format!("{pointer}: {}", text.speak(kernel::Locale::En)))
}

/// The name a `$ref` ends with.
fn name_of(schema: &Value) -> Option<String> {
    let path = schema.get("$ref")?.as_str()?;
    path.rsplit('/').next().map(str::to_owned)
}

struct Found<'s> {
    root: &'s Value,
    faults: Vec<(String, Text)>,
}

impl Found<'_> {
    fn wrong(&mut self, pointer: &str, text: Text) {
        self.faults.push((pointer.to_owned(), text));
    }

    fn holds(&self, schema: &Value, value: &Value) -> bool {
        let mut tried = Found {
            root: self.root,
            faults: Vec::new(),
        };
        tried.check(schema, value, "");
        tried.faults.is_empty()
    }

    fn check(&mut self, schema: &Value, value: &Value, at: &str) {
        if let Some(name) = name_of(schema) {
            let root = self.root;
            let known = ["$defs", "components/schemas"]
                .iter()
                .find_map(|place| root.pointer(&format!("/{place}/{name}")));
            if let Some(known) = known {
                self.check(known, value, at);
            }
        }
        for each in schema["allOf"].as_array().into_iter().flatten() {
            self.check(each, value, at);
        }
        if let Some(shapes) = schema["anyOf"].as_array() {
            self.one_of(shapes, value, at);
        }
        if let Some(options) = schema["enum"].as_array()
            && !options.contains(value)
        {
            let words: Vec<&str> = options.iter().filter_map(Value::as_str).collect();
            let text = Text::key("web-api-choice").with("options", words.join(", "));
            return self.wrong(at, text);
        }
        if let Some(kinds) = kinds(schema)
            && !kinds.iter().any(|kind| is_of(value, kind))
        {
            let text = Text::key("web-api-type").with("kind", kinds.join(", "));
            return self.wrong(at, text);
        }
        match value {
            Value::String(text) => self.text(schema, text, at),
            Value::Number(number) => self.number(schema, number.as_f64(), at),
            Value::Array(items) => self.items(schema, items, at),
            Value::Object(members) => self.members(schema, members, at),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Where the shapes are told apart by their members, the nearest one says what is wrong.
    fn one_of(&mut self, shapes: &[Value], value: &Value, at: &str) {
        if shapes.iter().any(|shape| self.holds(shape, value)) {
            return;
        }
        let others: Vec<&Value> = shapes.iter().filter(|shape| !is_of_null(shape)).collect();
        match others.as_slice() {
            [only] => self.check(only, value, at),
            _ => self.wrong(at, Text::key("web-api-shape")),
        }
    }

    fn text(&mut self, schema: &Value, text: &str, at: &str) {
        if text.contains('\0') {
            return self.wrong(at, Text::key("web-control-characters"));
        }
        let length = text.chars().count() as u64;
        if let Some(min) = schema["minLength"].as_u64()
            && length < min
        {
            self.wrong(at, Text::key("web-too-short").with("min", min.to_string()));
        }
        if let Some(max) = schema["maxLength"].as_u64()
            && length > max
        {
            self.wrong(at, Text::key("web-too-long").with("max", max.to_string()));
        }
        if let Some(format) = schema["format"].as_str()
            && !is_written_as(text, format)
        {
            self.wrong(at, Text::key("web-api-format").with("format", format));
        }
    }

    fn number(&mut self, schema: &Value, number: Option<f64>, at: &str) {
        let bounds = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
        let told = |limit: &Value| limit.to_string();
        if bounds
            .0
            .is_some_and(|min| number.is_none_or(|number| number < min))
        {
            let text = Text::key("web-api-least").with("min", told(&schema["minimum"]));
            self.wrong(at, text);
        }
        if bounds
            .1
            .is_some_and(|max| number.is_none_or(|number| number > max))
        {
            let text = Text::key("web-api-most").with("max", told(&schema["maximum"]));
            self.wrong(at, text);
        }
    }

    fn items(&mut self, schema: &Value, items: &[Value], at: &str) {
        let count = items.len() as u64;
        if let Some(min) = schema["minItems"].as_u64()
            && count < min
        {
            self.wrong(
                at,
                Text::key("web-api-items-few").with("min", min.to_string()),
            );
        }
        if let Some(max) = schema["maxItems"].as_u64()
            && count > max
        {
            return self.wrong(
                at,
                Text::key("web-api-items-many").with("max", max.to_string()),
            );
        }
        let Some(each) = schema.get("items") else {
            return;
        };
        for (place, item) in items.iter().enumerate() {
            self.check(each, item, &format!("{at}/{place}"));
        }
    }

    fn members(&mut self, schema: &Value, members: &Map<String, Value>, at: &str) {
        let below = |name: &str| format!("{at}/{}", name.replace('~', "~0").replace('/', "~1"));
        let needed = schema["required"].as_array().into_iter().flatten();
        for name in needed.filter_map(Value::as_str) {
            if !members.contains_key(name) {
                self.wrong(&below(name), Text::key("web-required"));
            }
        }
        let known = schema["properties"].as_object();
        for (name, value) in members {
            match known.and_then(|known| known.get(name)) {
                Some(inner) => self.check(inner, value, &below(name)),
                None if schema["additionalProperties"] == false => {
                    self.wrong(&below(name), Text::key("web-api-unknown"));
                }
                None => {}
            }
        }
    }
}

fn kinds(schema: &Value) -> Option<Vec<&str>> {
    match &schema["type"] {
        Value::String(kind) => Some(vec![kind]),
        Value::Array(kinds) => Some(kinds.iter().filter_map(Value::as_str).collect()),
        _ => None,
    }
}

fn is_of_null(schema: &Value) -> bool {
    schema["type"] == "null"
}

fn is_of(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => true,
    }
}

fn is_written_as(text: &str, format: &str) -> bool {
    match format {
        "uuid" => kernel::Id::<()>::parse(text).is_some(),
        "date" => text.len() == 10 && text.parse::<Date>().is_ok(),
        "date-time" => is_instant(text),
        _ => true,
    }
}

/// RFC 3339 is narrower than what is read: `2026-11-23T14:00:00+08:00`.
fn is_instant(text: &str) -> bool {
    let bytes = text.as_bytes();
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    let shaped = bytes.len() >= 20
        && marks
            .iter()
            .all(|(place, mark)| bytes[*place].eq_ignore_ascii_case(mark));
    shaped && !text.contains('[') && text.parse::<Timestamp>().is_ok()
}

/// What passed the schema and still could not be read.
pub(super) fn unreadable(error: &serde_json::Error) -> Fault {
    let text = Text::key("web-api-unreadable").with("reason", error.to_string());
    Fault::invalid("body:", text)
}
