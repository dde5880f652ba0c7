//! One thing a program may ask for: its address, who may, what goes in, what comes out.

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
};

use axum::http::{Method, StatusCode};
use kernel::{Ctx, Fault, Permission};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::Tx;

use super::{
    bytes::{Download, Upload},
    check,
};
use crate::{Access, App, RouteInfo};

/// No parameters, or nothing in the body.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// The schema of a type, into the definitions of a document.
pub(super) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;
/// Reads parameters and body before the transaction, which others may be waiting for.
type Run = Arc<dyn Fn(&App, Value, Value) -> Result<Command, Fault> + Send + Sync>;
/// What is done in the transaction.
pub(super) type Command = Box<dyn FnOnce(&mut Tx, &Ctx) -> Result<Answer, Fault> + Send>;
/// Writes the answer down as JSON, after the transaction where that is early enough.
pub(super) type Answer = Box<dyn FnOnce() -> Result<String, Fault> + Send>;
type Beside = Arc<dyn Fn(&mut Tx, &Ctx, Value) -> Result<Value, Fault> + Send + Sync>;

/// What a refusal because of a conflict tells besides.
#[derive(Clone)]
pub(super) struct More {
    /// Its member in the answer.
    pub(super) member: &'static str,
    /// What it holds.
    pub(super) schema: SchemaOf,
    /// Finds it, after what was tried has been taken back.
    pub(super) find: Beside,
}

/// The schemas one endpoint checks by, made when they are first needed.
#[derive(Default)]
pub(super) struct Checks {
    pub(super) params: OnceLock<Value>,
    pub(super) body: OnceLock<Value>,
    heads: OnceLock<Heads>,
}

/// Which members that the edge itself reads an answer may have.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heads {
    /// An address, which is made one to open from anywhere.
    pub(super) url: bool,
    /// An id or a version, for the headers.
    pub(super) id_or_version: bool,
}

impl Heads {
    fn of(answer: &Value) -> Self {
        let members = answer.get("properties").and_then(Value::as_object);
        let may = |name| members.is_some_and(|members| members.contains_key(name));
        // An answer of one shape or another is looked into.
        let is_open = ["anyOf", "oneOf", "allOf", "$ref"]
            .iter()
            .any(|word| answer.get(word).is_some());
        Self {
            url: is_open || may("url"),
            id_or_version: is_open || may("id") || may("version"),
        }
    }
}

/// One thing a program may ask for.
#[derive(Clone)]
pub struct Endpoint {
    pub(super) method: Method,
    pub(super) path: Cow<'static, str>,
    pub(super) permission: Permission,
    pub(super) words: &'static str,
    pub(super) tag: &'static str,
    pub(super) noun: Option<&'static str>,
    pub(super) status: StatusCode,
    pub(super) versioned: Option<&'static str>,
    pub(super) bulk: bool,
    pub(super) traced: bool,
    pub(super) secret: Option<&'static str>,
    pub(super) params: SchemaOf,
    pub(super) body: Option<SchemaOf>,
    pub(super) answer: SchemaOf,
    pub(super) example: Option<fn() -> Value>,
    pub(super) example_params: Option<fn() -> Value>,
    pub(super) named: &'static [(&'static str, &'static str)],
    pub(super) more: Option<More>,
    pub(super) upload: Option<Upload>,
    pub(super) download: Option<Download>,
    pub(super) run: Run,
    pub(super) checks: Arc<Checks>,
}

pub(super) fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Reads what the schema has let through.
pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Fault> {
    serde_json::from_value(value).map_err(|error| check::unreadable(&error))
}

impl Endpoint {
    /// Something to read: `params` are the parts of the path and what stands behind the question
    /// mark; `words` is the key of its title, with `-about` behind it of its description.
    pub fn get<P, A>(
        path: impl Into<Cow<'static, str>>,
        permission: Permission,
        words: &'static str,
        run: impl Fn(&mut Tx, &Ctx, P) -> Result<A, Fault> + Send + Sync + 'static,
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + Send + 'static,
        A: Serialize + JsonSchema + Send + 'static,
    {
        let run = Arc::new(run);
        let run: Run = Arc::new(move |_, params, _| {
            let (run, params) = (Arc::clone(&run), read(params)?);
            Ok(Box::new(move |tx, ctx| Ok(later(run(tx, ctx, params)?))))
        });
        Self {
            method: Method::GET,
            path: path.into(),
            permission,
            words,
            tag: "",
            noun: None,
            status: StatusCode::OK,
            versioned: None,
            bulk: false,
            traced: false,
            secret: None,
            params: schema_of::<P>,
            body: None,
            answer: schema_of::<A>,
            example: None,
            example_params: None,
            named: &[],
            more: None,
            upload: None,
            download: None,
            run,
            checks: Arc::default(),
        }
    }

    /// Something to do: it runs in one transaction, once for each key.
    pub fn post<P, B, A>(
        path: impl Into<Cow<'static, str>>,
        permission: Permission,
        words: &'static str,
        run: impl Fn(&mut Tx, &Ctx, P, B) -> Result<A, Fault> + Send + Sync + 'static,
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + Send + 'static,
        B: DeserializeOwned + JsonSchema + Send + 'static,
        A: Serialize + JsonSchema + Send + 'static,
    {
        let run = move |tx: &mut Tx, ctx: &Ctx, (): (), (params, body): (P, B)| {
            run(tx, ctx, params, body)
        };
        Self::post_knowing(path, permission, words, |_| (), run)
    }

    /// As [`Endpoint::post`], for a command that needs to know how the program runs, such as under
    /// which public address: `of` takes that from the program.
    pub fn post_knowing<P, B, A, K>(
        path: impl Into<Cow<'static, str>>,
        permission: Permission,
        words: &'static str,
        of: fn(&App) -> K,
        run: impl Fn(&mut Tx, &Ctx, K, (P, B)) -> Result<A, Fault> + Send + Sync + 'static,
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + Send + 'static,
        B: DeserializeOwned + JsonSchema + Send + 'static,
        A: Serialize + JsonSchema + Send + 'static,
        K: Send + 'static,
    {
        let nothing = |_: &mut Tx, _: &Ctx, _: P| Ok(Nothing {});
        let run = Arc::new(run);
        let run: Run = Arc::new(move |app, params, body| {
            let (run, known) = (Arc::clone(&run), of(app));
            let sent = (read(params)?, read(body)?);
            Ok(Box::new(move |tx, ctx| {
                Ok(later(run(tx, ctx, known, sent)?))
            }))
        });
        Self {
            method: Method::POST,
            body: Some(schema_of::<B>),
            answer: schema_of::<A>,
            run,
            ..Self::get(path, permission, words, nothing)
        }
    }

    /// As [`Endpoint::post`], for changing a thing that is there.
    #[must_use]
    pub fn patch(mut self) -> Self {
        self.method = Method::PATCH;
        self
    }

    /// As [`Endpoint::post`], for taking a thing away.
    #[must_use]
    pub fn delete(mut self) -> Self {
        self.method = Method::DELETE;
        self
    }

    /// It makes a thing, which is then found under its id below this path.
    #[must_use]
    pub const fn creates(mut self) -> Self {
        self.status = StatusCode::CREATED;
        self
    }

    /// It honours `If-Match`: the command locks the thing and says by [`Tx::seen`] which version
    /// it found.
    #[must_use]
    pub const fn versioned(self) -> Self {
        self.versioned_by("id")
    }

    /// As [`Endpoint::versioned`], for the thing whose id is another part of the path.
    #[must_use]
    pub const fn versioned_by(mut self, parameter: &'static str) -> Self {
        self.versioned = Some(parameter);
        self
    }

    /// Reading it is kept, since it shows personal data: it runs in a transaction that writes.
    #[must_use]
    pub const fn traced(mut self) -> Self {
        self.traced = true;
        self
    }

    /// What stands in this member of the answer is told once and kept nowhere: a repeated call
    /// finds it null.
    #[must_use]
    pub const fn told_once(mut self, member: &'static str) -> Self {
        self.secret = Some(member);
        self
    }

    /// Many at once under `/batch`, each with a result of its own.
    #[must_use]
    pub const fn bulk(mut self) -> Self {
        self.bulk = true;
        self
    }

    /// What may be sent, for the document; a test sends it.
    #[must_use]
    pub const fn example(mut self, body: fn() -> Value) -> Self {
        self.example = Some(body);
        self
    }

    /// Parameters that may be sent, for the document; a test sends them.
    #[must_use]
    pub const fn asks(mut self, params: fn() -> Value) -> Self {
        self.example_params = Some(params);
        self
    }

    /// Where in the body the fields stand that commands name otherwise: field, then pointer.
    #[must_use]
    pub const fn named(mut self, fields: &'static [(&'static str, &'static str)]) -> Self {
        self.named = fields;
        self
    }

    /// What a refusal because of a conflict tells besides.
    #[must_use]
    pub fn refuses_with<B, M>(
        mut self,
        member: &'static str,
        find: impl Fn(&mut Tx, &Ctx, B) -> Result<M, Fault> + Send + Sync + 'static,
    ) -> Self
    where
        B: DeserializeOwned + JsonSchema,
        M: Serialize + JsonSchema,
    {
        let find: Beside = Arc::new(move |tx, ctx, body| {
            let found = find(tx, ctx, read(body)?)?;
            serde_json::to_value(found).map_err(Fault::broken)
        });
        self.more = Some(More {
            member,
            schema: schema_of::<M>,
            find,
        });
        self
    }

    fn method_name(&self) -> &'static str {
        match self.method {
            Method::GET => "GET",
            Method::PATCH => "PATCH",
            Method::DELETE => "DELETE",
            _ => "POST",
        }
    }

    pub(super) fn heads(&self) -> Heads {
        let kept = &self.checks.heads;
        *kept.get_or_init(|| Heads::of(&check::schema(self.answer)))
    }

    pub(super) fn is_read(&self) -> bool {
        self.method == Method::GET
    }

    /// The name of the operation: `orders-api-create` is `ordersCreate`.
    pub(super) fn operation(&self) -> String {
        let words = self.words.split('-').filter(|word| *word != "api");
        let mut name = String::new();
        for (place, word) in self.noun.into_iter().chain(words).enumerate() {
            let (first, rest) = word.split_at(1);
            match place {
                0 => name.push_str(word),
                _ => name.push_str(&(first.to_uppercase() + rest)),
            }
        }
        name
    }
}

pub(super) fn later(answer: impl Serialize + Send + 'static) -> Answer {
    Box::new(move || serde_json::to_string(&answer).map_err(Fault::broken))
}

/// The endpoints of a room.
#[derive(Clone, Default)]
pub struct Endpoints(pub(super) Vec<Endpoint>);

impl Endpoints {
    /// These, under the name of a room.
    pub fn new(tag: &'static str, endpoints: impl IntoIterator<Item = Endpoint>) -> Self {
        let named = |endpoint| Endpoint { tag, ..endpoint };
        Self(endpoints.into_iter().map(named).collect())
    }

    /// What is done alike with several nouns, for one of them: it stands in the operations' names.
    #[must_use]
    pub fn of(mut self, noun: &'static str) -> Self {
        for endpoint in &mut self.0 {
            endpoint.noun = Some(noun);
        }
        self
    }

    /// Those of both.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Each as a route, for the tests that walk all routes.
    pub(crate) fn infos(&self) -> impl Iterator<Item = RouteInfo> + '_ {
        self.0.iter().flat_map(|endpoint| {
            let path = format!("{}{}", super::BASE, endpoint.path);
            let batch = endpoint.bulk.then(|| format!("{path}/batch"));
            let info = |path| RouteInfo {
                method: endpoint.method_name(),
                path,
                access: Access::Program(endpoint.permission),
            };
            [Some(path), batch].into_iter().flatten().map(info)
        })
    }
}
