//! The document that describes every endpoint, by OpenAPI 3.1.

use std::sync::OnceLock;

use axum::http::StatusCode;
use kernel::Locale;
use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::{
    BASE, check,
    endpoint::Endpoint,
    meanings::{self, Meanings},
    perform::BATCH_MAX,
};
use crate::Room;

/// Where it is found, below [`BASE`].
pub const PATH: &str = "/openapi.json";

/// Every endpoint, and what describes them in both languages.
pub(crate) struct Documents {
    endpoints: Vec<Endpoint>,
    /// Tags, and the keys of their names.
    parts: Vec<(&'static str, &'static str)>,
    meanings: Meanings,
    english: OnceLock<Value>,
    chinese: OnceLock<Value>,
}

impl Documents {
    pub(crate) fn new(rooms: &[Room]) -> Self {
        let of_rooms = rooms.iter().flat_map(|room| room.api.0.clone());
        let mut parts: Vec<_> = rooms.iter().flat_map(|room| room.parts.clone()).collect();
        parts.sort_unstable();
        let meanings = rooms.iter().flat_map(|room| room.meanings.clone());
        let meanings: Vec<_> = meanings.chain([meanings::OWN]).collect();
        Self {
            endpoints: of_rooms.collect(),
            parts,
            meanings: Meanings::read(&meanings),
            english: OnceLock::new(),
            chinese: OnceLock::new(),
        }
    }

    pub(crate) fn endpoints(&self) -> &[Endpoint] {
        &self.endpoints
    }

    /// The document in a language.
    pub(crate) fn document(&self, locale: Locale) -> &Value {
        let kept = match locale {
            Locale::En => &self.english,
            Locale::ZhCn => &self.chinese,
        };
        kept.get_or_init(|| {
            let mut document = write(&self.endpoints, &self.parts, locale);
            if locale == Locale::ZhCn {
                self.meanings.say(&mut document);
            }
            document
        })
    }
}

/// The generators of what is read and of what is written: a field that may be left out of the one
/// always stands in the other.
struct Schemas {
    read: SchemaGenerator,
    written: SchemaGenerator,
}

impl Schemas {
    fn new() -> Self {
        let settings = || {
            check::settings()
                .with(|settings| settings.definitions_path = "/components/schemas".into())
        };
        Self {
            read: settings().for_deserialize().into_generator(),
            written: settings().for_serialize().into_generator(),
        }
    }

    fn components(mut self) -> Value {
        let mut all = self.read.take_definitions(true);
        all.extend(self.written.take_definitions(true));
        all.insert("Problem".to_owned(), problem());
        Value::Object(all)
    }
}

fn write(endpoints: &[Endpoint], parts: &[(&str, &str)], locale: Locale) -> Value {
    let mut schemas = Schemas::new();
    let mut paths: Map<String, Value> = Map::new();
    let mut add = |path: String, method: &str, operation: Value| {
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    };
    for endpoint in endpoints {
        let method = endpoint.method.as_str().to_lowercase();
        let path = format!("{BASE}{}", endpoint.path);
        add(path.clone(), &method, one(endpoint, locale, &mut schemas));
        if endpoint.bulk {
            add(format!("{path}/batch"), &method, many(endpoint, locale));
        }
    }
    let tags = parts
        .iter()
        .map(|(tag, words)| json!({ "name": tag, "description": locale.t(words) }));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": locale.t("web-api-title"),
            "version": env!("CARGO_PKG_VERSION"),
            "description": locale.t("web-api-about"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
        },
        "servers": [{ "url": "/" }],
        "security": [{ "token": [] }],
        "tags": tags.collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas.components(),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
            "headers": headers(locale),
        },
    })
}

fn one(endpoint: &Endpoint, locale: Locale, schemas: &mut Schemas) -> Value {
    let answer = (endpoint.answer)(&mut schemas.written).to_value();
    let has_version = resolve(&answer, &schemas.written)
        .pointer("/properties/version")
        .is_some()
        || endpoint.download.is_some();
    let mut responses = refusals(endpoint, schemas);
    let mut headers = json!({
        "RateLimit": { "$ref": "#/components/headers/RateLimit" },
        "RateLimit-Policy": { "$ref": "#/components/headers/RateLimitPolicy" },
    });
    if has_version {
        headers["ETag"] = json!({ "$ref": "#/components/headers/ETag" });
    }
    if endpoint.status == StatusCode::CREATED {
        headers["Location"] = json!({ "$ref": "#/components/headers/Location" });
    }
    let content = match &endpoint.download {
        Some(download) => raw(download.media_types),
        None => json!({ "application/json": { "schema": answer } }),
    };
    responses[endpoint.status.as_str()] = json!({
        "description": endpoint.status.canonical_reason(),
        "headers": headers,
        "content": content,
    });
    let mut parameters = parameters(endpoint, schemas);
    if endpoint.is_read() && has_version {
        parameters.push(header("If-None-Match", &locale.t("web-api-if-none-match")));
        responses["304"] = json!({ "description": "Not Modified" });
    }
    if !endpoint.is_read() {
        parameters.push(key(locale));
    }
    if endpoint.versioned.is_some() {
        parameters.push(header("If-Match", &locale.t("web-api-if-match")));
    }
    let mut operation = json!({
        "operationId": endpoint.operation(),
        "tags": [endpoint.tag],
        "summary": locale.t(endpoint.words),
        "description": locale.tx("web-api-scope", &[("scope", endpoint.permission.name.into())]),
        "parameters": parameters,
        "responses": responses,
    });
    if let Some(of) = endpoint.body {
        let schema = of(&mut schemas.read).to_value();
        let needed = resolve(&schema, &schemas.read).get("required").is_some();
        let mut content = json!({ "schema": schema });
        if let Some(example) = endpoint.example {
            content["example"] = example();
        }
        operation["requestBody"] =
            json!({ "required": needed, "content": { "application/json": content } });
    }
    if let Some(upload) = &endpoint.upload {
        let most = [("max", (upload.takes.bytes_max >> 20).into())];
        operation["requestBody"] = json!({
            "required": true,
            "description": locale.tx("web-api-bytes", &most),
            "content": raw(upload.takes.media_types),
        });
    }
    operation
}

/// Bytes as they are: their kind says everything, so that no schema does.
fn raw(media_types: &[&str]) -> Value {
    let kinds = media_types.iter();
    let kinds = kinds.map(|kind| ((*kind).to_owned(), json!({ "schema": {} })));
    Value::Object(kinds.collect())
}

/// The same for up to so many things at once.
fn many(endpoint: &Endpoint, locale: Locale) -> Value {
    let mut responses = json!({});
    for status in [400, 401, 403, 406, 409, 413, 415, 422, 429] {
        responses[status.to_string()] = refusal(status, None);
    }
    responses["5XX"] = refusal(500, None);
    let result = json!({
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": { "type": "integer" },
            "value": { "type": "object" },
            "problem": { "$ref": "#/components/schemas/Problem" },
        },
    });
    responses["200"] = json!({ "description": "OK", "content": { "application/json": { "schema": {
        "type": "object",
        "required": ["results"],
        "properties": { "results": { "type": "array", "items": result } },
    } } } });
    let mut content = json!({ "schema": {
        "type": "object",
        "required": ["items"],
        "additionalProperties": false,
        "properties": { "items": {
            "type": "array", "minItems": 1, "maxItems": BATCH_MAX, "items": { "type": "object" },
        } },
    } });
    if let Some(example) = endpoint.example {
        content["example"] = json!({ "items": [example()] });
    }
    let words = [("of", endpoint.operation().into())];
    json!({
        "operationId": format!("{}Batch", endpoint.operation()),
        "tags": [endpoint.tag],
        "summary": locale.tx("web-api-batch-of", &words),
        "description": locale.tx("web-api-scope", &[("scope", endpoint.permission.name.into())]),
        "parameters": [key(locale)],
        "requestBody": { "required": true, "content": { "application/json": content } },
        "responses": responses,
    })
}

fn refusals(endpoint: &Endpoint, schemas: &mut Schemas) -> Value {
    let mut statuses = vec![400, 401, 403, 404, 406, 422, 429];
    if !endpoint.is_read() {
        statuses.extend([409, 413, 415]);
    }
    if endpoint.versioned.is_some() {
        statuses.push(412);
    }
    let mut responses = json!({ "5XX": refusal(500, None) });
    for status in statuses {
        let more = endpoint.more.as_ref().filter(|_| status == 409);
        let more = more.map(|more| (more.member, (more.schema)(&mut schemas.written)));
        responses[status.to_string()] = refusal(status, more);
    }
    responses
}

fn refusal(status: u16, more: Option<(&str, Schema)>) -> Value {
    let reason = StatusCode::from_u16(status).ok();
    let reason = reason.and_then(|status| status.canonical_reason());
    let problem = json!({ "$ref": "#/components/schemas/Problem" });
    let schema = match more {
        None => problem,
        Some((member, schema)) => json!({
            "allOf": [problem, { "type": "object", "properties": { member: schema } }],
        }),
    };
    json!({
        "description": reason.unwrap_or("Error"),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

/// What a `$ref` stands for.
fn resolve<'s>(schema: &'s Value, generator: &'s SchemaGenerator) -> &'s Value {
    let name = schema.get("$ref").and_then(Value::as_str);
    let name = name.and_then(|path| path.rsplit('/').next());
    name.and_then(|name| generator.definitions().get(name))
        .unwrap_or(schema)
}

fn parameters(endpoint: &Endpoint, schemas: &mut Schemas) -> Vec<Value> {
    // In a generator of its own: the object that they make up is sent by nobody.
    let mut generator = Schemas::new().read;
    let schema = (endpoint.params)(&mut generator).to_value();
    let schema = resolve(&schema, &generator).clone();
    let empty = Map::new();
    let properties = schema.get("properties").and_then(Value::as_object);
    let required = |name: &str| {
        let list = schema.get("required").and_then(Value::as_array);
        list.is_some_and(|list| list.iter().any(|one| one == name))
    };
    let examples = endpoint.example_params.map(|example| example());
    let mut found = Vec::new();
    for (name, schema) in properties.unwrap_or(&empty) {
        let in_path = endpoint.path.contains(&format!("{{{name}}}"));
        let mut schema = schema.clone();
        let described = schema
            .as_object_mut()
            .and_then(|members| members.remove("description"));
        without_null(&mut schema);
        let mut parameter = json!({
            "name": name,
            "in": if in_path { "path" } else { "query" },
            "required": in_path || required(name),
            "schema": schema,
        });
        if let Some(words) = described {
            parameter["description"] = words;
        }
        if let Some(example) = examples.as_ref().and_then(|all| all.get(name)) {
            parameter["example"] = example.clone();
        }
        found.push(parameter);
    }
    for (name, definition) in generator.take_definitions(true) {
        if definition.get("properties") != schema.get("properties") {
            schemas.read.definitions_mut().insert(name, definition);
        }
    }
    found
}

/// A parameter that is not wanted is left out: nothing in an address is null.
fn without_null(schema: &mut Value) {
    let Some(members) = schema.as_object_mut() else {
        return;
    };
    if members.get("default").is_some_and(Value::is_null) {
        members.remove("default");
    }
    if let Some(Value::Array(kinds)) = members.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            let only = only.clone();
            members.insert("type".to_owned(), only);
        }
    }
    if let Some(Value::Array(words)) = members.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    let choices = members.get_mut("anyOf").and_then(Value::as_array_mut);
    let Some(choices) = choices else {
        return;
    };
    choices.retain(|choice| choice.get("type").is_none_or(|kind| kind != "null"));
    if let [only] = choices.as_slice() {
        *schema = only.clone();
    }
}

fn header(name: &str, words: &str) -> Value {
    json!({
        "name": name,
        "in": "header",
        "required": false,
        "description": words,
        "schema": { "type": "string" },
    })
}

fn key(locale: Locale) -> Value {
    let mut key = header("Idempotency-Key", &locale.t("web-api-key-about"));
    key["schema"] = json!({ "type": "string", "pattern": "^[!-~]{1,255}$" });
    key
}

fn headers(locale: Locale) -> Value {
    let one = |key: &str| json!({ "description": locale.t(key), "schema": { "type": "string" } });
    json!({
        "RateLimit": one("web-api-header-limit"),
        "RateLimitPolicy": one("web-api-header-policy"),
        "ETag": one("web-api-header-etag"),
        "Location": one("web-api-header-location"),
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": { "type": "string" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string" },
            "code": { "type": "string" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["in", "pointer", "detail"],
                "properties": {
                    "in": { "type": "string", "enum": ["body", "query", "path", "header"] },
                    "pointer": { "type": "string" },
                    "detail": { "type": "string" },
                },
            } },
        },
    })
}
