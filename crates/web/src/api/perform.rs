//! Carrying a call out: who asks, how often, whether they may, what is wrong, and then the command
//! in one transaction with the key that makes a repetition harmless.

use axum::http::StatusCode;
use kernel::{Channel, Ctx, Fault, FaultKind, Locale};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use store::{Once, Tx};

use super::{
    BASE,
    answer::{Found, Refusal},
    bytes::Download,
    call::{Call, IfMatch},
    check,
    endpoint::{Answer, Command, Endpoint},
    limit::{Left, Limiter},
};
use crate::{App, Look, SignedIn, me};

/// The most things of one batch.
pub(super) const BATCH_MAX: usize = 100;

/// An answer, the language to refuse in, and how many calls are left.
pub(super) struct Outcome {
    pub(super) result: Result<Found, Refusal>,
    pub(super) locale: Locale,
    pub(super) left: Option<Left>,
}

/// Who asks, and how many calls are left to them.
pub(super) struct Admitted {
    pub(super) ctx: Ctx,
    left: Left,
}

impl Admitted {
    /// What came of the call.
    pub(super) fn outcome(&self, result: Result<Found, Refusal>) -> Outcome {
        Outcome {
            result,
            locale: self.ctx.locale,
            left: Some(self.left),
        }
    }
}

/// Lets somebody in who is known and does not call too often.
pub(super) fn admit(app: &App, limiter: &Limiter, call: &Call) -> Result<Admitted, Box<Outcome>> {
    let who = known(app, call).map_err(|refusal| {
        Box::new(Outcome {
            result: Err(refusal),
            locale: call.locale.unwrap_or(Locale::En),
            left: None,
        })
    })?;
    let left = limiter.call(who.user, app.clock.now());
    let look = Look::of_program(call.locale.or(who.locale).unwrap_or(Locale::En));
    let ctx = Ctx {
        channel: Channel::Api,
        ..me::context(&who, &look, app, true)
    };
    let admitted = Admitted { ctx, left };
    match left.allowed {
        true => Ok(admitted),
        false => {
            let refusal = Fault::too_many("web-api-limit").into();
            Err(Box::new(admitted.outcome(Err(refusal))))
        }
    }
}

/// Carries a call out, on a thread that may wait for the database.
pub(super) fn perform(
    app: &App,
    limiter: &Limiter,
    (endpoint, many): (&Endpoint, bool),
    call: &Call,
) -> Outcome {
    let admitted = match admit(app, limiter, call) {
        Ok(admitted) => admitted,
        Err(outcome) => return *outcome,
    };
    let asked = Asked::new(app, endpoint, call, &admitted);
    admitted.outcome(if many { asked.many() } else { asked.one() })
}

/// Who holds the token; a browser's session opens pages, not this.
fn known(app: &App, call: &Call) -> Result<SignedIn, Refusal> {
    let (now, authenticate) = (app.clock.now(), app.hooks.authenticate);
    let ask = |tx: &mut Tx| authenticate(tx, &call.bearer, now);
    let found = match app.db.known(ask)? {
        Some(found) => found,
        None => app.db.read(ask)?,
    };
    let who = found.filter(|who| who.session.is_none() && who.shared.is_none());
    let who = who.ok_or_else(Refusal::sign_in)?;
    if who.use_is_due {
        let (token, note_use) = (call.bearer.clone(), app.hooks.note_use);
        app.db.write(move |tx| note_use(tx, &token, now))?;
    }
    Ok(who)
}

/// What became of a call that writes.
pub(super) enum Done {
    /// Done; the answer is yet to be written down.
    Now(Answer),
    /// Done, and the answer is kept under the call's key.
    Kept(String),
    /// Done before: what was answered then.
    Before(String),
}

impl Done {
    /// The answer, and whether it is only told again.
    pub(super) fn told(self) -> Result<(String, bool), Fault> {
        match self {
            Self::Now(answer) => Ok((answer()?, false)),
            Self::Kept(text) => Ok((text, false)),
            Self::Before(text) => Ok((text, true)),
        }
    }
}

/// A call of somebody known.
pub(super) struct Asked<'a> {
    app: &'a App,
    endpoint: &'a Endpoint,
    call: &'a Call,
    ctx: &'a Ctx,
}

impl<'a> Asked<'a> {
    pub(super) const fn new(
        app: &'a App,
        endpoint: &'a Endpoint,
        call: &'a Call,
        admitted: &'a Admitted,
    ) -> Self {
        Self {
            app,
            endpoint,
            call,
            ctx: &admitted.ctx,
        }
    }

    /// The parameters of a call that its scope and role allow.
    pub(super) fn allowed(&self) -> Result<Value, Refusal> {
        self.ctx.require(self.endpoint.permission)?;
        self.params()
    }

    fn one(&self) -> Result<Found, Refusal> {
        let params = self.allowed()?;
        if let Some(download) = &self.endpoint.download {
            return self.fetch(download, params);
        }
        let body = self.call.json()?;
        let once = self.once(&self.call.body)?;
        self.run(params, body, once)
    }

    /// Each thing of a batch as if it had come alone: one that is refused leaves the others be.
    fn many(&self) -> Result<Found, Refusal> {
        let params = self.allowed()?;
        let items = items(self.call.json()?)?;
        if let Some(once) = self.once(&self.call.body)? {
            let ctx = self.ctx.clone();
            self.app
                .db
                .write(move |tx| once.is_first(tx, &ctx).map(drop))?;
        }
        let mut results = Vec::new();
        for (place, item) in items.into_iter().enumerate() {
            let key = self.call.key.as_ref().map(|key| format!("{key}#{place}"));
            let once = key.and_then(|key| {
                let (sender, text) = (self.sender(), item.to_string());
                Once::of_call(&sender, &key, &self.call.asked, text.as_bytes())
            });
            results.push(match self.run(params.clone(), item, once) {
                Ok(found) => {
                    let value: Value =
                        serde_json::from_slice(&found.body).map_err(Fault::broken)?;
                    json!({ "status": found.status.as_u16(), "value": value })
                }
                Err(refusal) => {
                    let problem = refusal.json(self.ctx.locale, self.endpoint.named);
                    json!({ "status": refusal.status.as_u16(), "problem": problem })
                }
            });
        }
        let results = json!({ "results": results }).to_string();
        Ok(Found::json(StatusCode::OK, results))
    }

    /// Finds bytes, and reads them where the program does not know them already.
    fn fetch(&self, download: &Download, params: Value) -> Result<Found, Refusal> {
        let (find, app, ctx) = (download.find.clone(), self.app.clone(), self.ctx.clone());
        let find = move |tx: &mut Tx| find(&app, tx, &ctx, params);
        let fetched = match self.endpoint.traced {
            true => self.app.db.write(find)?,
            false => self.app.db.read(find)?,
        };
        let etag = format!("\"{}\"", fetched.hash);
        let is_known = self.call.if_none_match.as_ref() == Some(&etag);
        let (status, body) = match is_known {
            true => (StatusCode::NOT_MODIFIED, Vec::new()),
            false => (StatusCode::OK, (fetched.read)()?),
        };
        Ok(Found {
            status,
            body: body.into(),
            media_type: fetched.media_type,
            disposition: Some(fetched.disposition),
            etag: Some(etag),
            location: None,
            again: false,
        })
    }

    fn sender(&self) -> String {
        match &self.ctx.actor {
            kernel::Actor::User { id, .. } => id.to_string(),
            kernel::Actor::Guest | kernel::Actor::System => String::new(),
        }
    }

    pub(super) fn once(&self, body: &[u8]) -> Result<Option<Once>, Refusal> {
        let Some(key) = &self.call.key else {
            return Ok(None);
        };
        let once = Once::of_call(&self.sender(), key, &self.call.asked, body);
        let refuse = || {
            let text = kernel::Text::key("web-api-key");
            Fault::invalid("header:/Idempotency-Key", text)
        };
        Ok(Some(once.ok_or_else(refuse)?))
    }

    /// The parts of the path and what stands behind the question mark, as one object.
    fn params(&self) -> Result<Value, Refusal> {
        let kept = &self.endpoint.checks.params;
        let schema = kept.get_or_init(|| check::schema(self.endpoint.params));
        let mut params = Map::new();
        for (name, value) in self.call.parameters.iter().chain(&self.call.query) {
            let kind = schema.pointer(&format!("/properties/{name}/type"));
            params.insert(name.clone(), typed(kind, value));
        }
        let params = Value::Object(params);
        let of_path = |pointer: &str| {
            let name = pointer.trim_start_matches('/');
            self.call.parameters.iter().any(|(known, _)| known == name)
        };
        let place = |pointer: &str| if of_path(pointer) { "path" } else { "query" };
        let Err(fault) = check::check(schema, &params, place) else {
            return Ok(params);
        };
        // Nothing has such an address.
        if fault
            .fields
            .iter()
            .any(|field| field.field.starts_with("path:"))
        {
            return Err(Fault::missing("web-api-no-thing").into());
        }
        Err(fault.into())
    }

    fn run(&self, params: Value, body: Value, once: Option<Once>) -> Result<Found, Refusal> {
        if let Some(of) = self.endpoint.body {
            let kept = &self.endpoint.checks.body;
            check::check(kept.get_or_init(|| check::schema(of)), &body, |_| "body")?;
        }
        // Where a refusal tells more, that is found by the body.
        let asked = self.endpoint.more.as_ref().map(|_| body.clone());
        match self.done(params, body, once) {
            Ok((text, again)) => Ok(self.found(text, again)?),
            Err(fault) => Err(self.refusal(fault, asked)),
        }
    }

    /// What was asked for, and whether it had been done before.
    fn done(
        &self,
        params: Value,
        body: Value,
        once: Option<Once>,
    ) -> Result<(String, bool), Fault> {
        let id = self.endpoint.versioned.map(|name| {
            let id = params.get(name).and_then(Value::as_str);
            // What has no id in its address is the business itself.
            id.map_or_else(|| self.ctx.org.to_string(), str::to_owned)
        });
        let command = (self.endpoint.run)(self.app, params, body)?;
        if self.endpoint.is_read() && !self.endpoint.traced {
            let answer = self.app.db.read(|tx| command(tx, self.ctx))?;
            return Ok((answer()?, false));
        }
        self.write(id, once, command)?.told()
    }

    /// Runs the command and keeps its answer under the key, all in one transaction. A refused
    /// command gives its key back. `id` is that of the thing whose version may be expected.
    pub(super) fn write(
        &self,
        id: Option<String>,
        once: Option<Once>,
        command: Command,
    ) -> Result<Done, Fault> {
        let (ctx, if_match) = (self.ctx.clone(), self.call.if_match);
        let secret = self.endpoint.secret;
        self.app.db.write(move |tx| {
            if let Some(once) = &once
                && !once.is_first(tx, &ctx)?
            {
                let kept = once.answer(tx, &ctx)?;
                let kept = kept.ok_or_else(|| Fault::broken("a key without its answer"))?;
                return Ok(Done::Before(kept));
            }
            if let (Some(IfMatch::Version(version)), Some(id)) = (if_match, id) {
                tx.expect(id, version);
            }
            let answer = command(tx, &ctx)?;
            if tx.expects() {
                return Err(Fault::broken(
                    "a command did not say which version it found",
                ));
            }
            let Some(once) = once else {
                return Ok(Done::Now(answer));
            };
            let text = answer()?;
            match secret {
                Some(member) => once.keep(tx, &ctx, &without(&text, member)?)?,
                None => once.keep(tx, &ctx, &text)?,
            }
            Ok(Done::Kept(text))
        })
    }

    /// The answer with its headers. An address that stands in it is one to open from anywhere.
    pub(super) fn found(&self, text: String, again: bool) -> Result<Found, Fault> {
        let heads = self.endpoint.heads();
        let text = match heads.url {
            true => self.with_address(text)?,
            false => text,
        };
        let head: Head = match heads.id_or_version {
            true => serde_json::from_str(&text).map_err(Fault::broken)?,
            false => Head::default(),
        };
        let version = head.version.as_ref().and_then(Value::as_i64);
        let etag = version.map(|version| format!("\"{version}\""));
        let is_known = etag.is_some() && etag == self.call.if_none_match;
        let id = head.id.as_ref().and_then(Value::as_str);
        let is_new = self.endpoint.status == StatusCode::CREATED;
        let location = id
            .filter(|_| is_new)
            .map(|id| format!("{BASE}{}/{id}", self.call.path));
        let status = match self.endpoint.is_read() && is_known {
            true => StatusCode::NOT_MODIFIED,
            false => self.endpoint.status,
        };
        Ok(Found {
            etag,
            location,
            again,
            ..Found::json(status, text)
        })
    }

    fn with_address(&self, text: String) -> Result<String, Fault> {
        let mut value: Value = serde_json::from_str(&text).map_err(Fault::broken)?;
        let Some(Value::String(url)) = value.get_mut("url").filter(|url| is_of_the_house(url))
        else {
            return Ok(text);
        };
        url.insert_str(0, &self.app.config.outside.public_url);
        Ok(value.to_string())
    }

    pub(super) fn refusal(&self, fault: Fault, asked: Option<Value>) -> Refusal {
        let is_stale = fault.text.key == "kernel-stale" && self.call.if_match.is_some();
        if is_stale {
            return Refusal::new(StatusCode::PRECONDITION_FAILED, fault);
        }
        let more = self.endpoint.more.as_ref().zip(asked);
        let more = more.filter(|_| fault.kind == FaultKind::Conflict);
        let told = more.and_then(|(more, asked)| {
            let found = self.app.db.read(|tx| (more.find)(tx, self.ctx, asked));
            Some(Box::new((more.member, found.ok()?)))
        });
        Refusal {
            more: told,
            ..fault.into()
        }
    }
}

/// What the edge reads of an answer.
#[derive(Default, Deserialize)]
struct Head {
    id: Option<Value>,
    version: Option<Value>,
}

fn is_of_the_house(url: &Value) -> bool {
    url.as_str().is_some_and(|url| url.starts_with('/'))
}

/// An answer as it is kept: without what is told once.
fn without(text: &str, secret: &str) -> Result<String, Fault> {
    let mut value: Value = serde_json::from_str(text).map_err(Fault::broken)?;
    if let Some(told) = value.get_mut(secret) {
        *told = Value::Null;
    }
    Ok(value.to_string())
}

/// A parameter by the type that the document gives it; one that is none stays text, and the check
/// says so.
fn typed(kind: Option<&Value>, text: &str) -> Value {
    let is = |name: &str| {
        kind.is_some_and(|kind| {
            let among = |many: &Vec<Value>| many.iter().any(|one| one == name);
            kind == name || kind.as_array().is_some_and(among)
        })
    };
    if is("integer") {
        return text.parse::<i64>().map_or(Value::from(text), Value::from);
    }
    match text {
        "true" | "false" if is("boolean") => Value::from(text == "true"),
        text => Value::from(text),
    }
}

fn items(body: Value) -> Result<Vec<Value>, Refusal> {
    let refuse = |key| {
        let text = kernel::Text::key(key).with("max", BATCH_MAX);
        Refusal::from(Fault::invalid("body:/items", text))
    };
    let Value::Object(mut members) = body else {
        return Err(refuse("web-api-shape"));
    };
    let items = members.remove("items");
    match items {
        Some(Value::Array(items)) if members.is_empty() => {
            let fits = (1..=BATCH_MAX).contains(&items.len()) && items.iter().all(Value::is_object);
            fits.then_some(items).ok_or_else(|| refuse("web-api-batch"))
        }
        _ => Err(refuse("web-api-batch")),
    }
}
