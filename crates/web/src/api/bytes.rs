//! A way for bytes: what is sent or fetched as it is, and not as JSON.

use std::{borrow::Cow, pin::Pin, sync::Arc};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, Method},
};
use kernel::{Ctx, Fault, Permission};
use schemars::JsonSchema;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::Tx;

use super::{
    Endpoint, Nothing,
    answer::Refusal,
    call::{Call, bounded},
    endpoint::{Answer, later, read, schema_of},
    limit::Limiter,
    perform::{Admitted, Asked, Done, Outcome, admit},
};
use crate::App;

/// What bytes are taken.
#[derive(Debug, Clone, Copy)]
pub struct Takes {
    /// What their `Content-Type` may be.
    pub media_types: &'static [&'static str],
    /// The most of them.
    pub bytes_max: usize,
}

/// What is left to be done in the transaction of the call once its bytes are ready.
pub type Rest<A> = Box<dyn FnOnce(&mut Tx, &Ctx) -> Result<A, Fault> + Send>;
/// Bytes being made ready.
pub type Readying<A> = Pin<Box<dyn Future<Output = Result<Rest<A>, Fault>> + Send>>;

/// Bytes that are there to be fetched.
pub struct Fetched {
    /// What they are.
    pub media_type: &'static str,
    /// What tells them from any others, for the `ETag`.
    pub hash: String,
    /// How they are to be taken, and what to call them when they are saved.
    pub disposition: String,
    /// Reads them. Blocks.
    pub read: Box<dyn FnOnce() -> Result<Vec<u8>, Fault> + Send>,
}

type May = Arc<dyn Fn(&mut Tx, &Ctx, Value) -> Result<(), Fault> + Send + Sync>;
type Ready = Arc<dyn Fn(App, Ctx, Value, Bytes) -> Readying<Answer> + Send + Sync>;
type Find = Arc<dyn Fn(&App, &mut Tx, &Ctx, Value) -> Result<Fetched, Fault> + Send + Sync>;

/// How an endpoint takes bytes.
#[derive(Clone)]
pub(super) struct Upload {
    pub(super) takes: Takes,
    may: May,
    ready: Ready,
}

/// How an endpoint gives bytes.
#[derive(Clone)]
pub(super) struct Download {
    pub(super) media_types: &'static [&'static str],
    pub(super) find: Find,
}

impl Endpoint {
    /// Bytes to be kept: `may` refuses who may not send them before one is read, `ready` makes
    /// them ready, and what that answers runs in the transaction of the call, once for each key.
    pub fn upload<P, A>(
        path: impl Into<Cow<'static, str>>,
        permission: Permission,
        words: &'static str,
        takes: Takes,
        (may, ready): (
            impl Fn(&mut Tx, &Ctx, P) -> Result<(), Fault> + Send + Sync + 'static,
            impl Fn(App, Ctx, P, Bytes) -> Readying<A> + Send + Sync + 'static,
        ),
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + Send + 'static,
        A: Serialize + JsonSchema + Send + 'static,
    {
        let may: May = Arc::new(move |tx, ctx, params| may(tx, ctx, read(params)?));
        let ready: Ready = Arc::new(move |app, ctx, params, bytes| {
            let readying = read(params).map(|params| ready(app, ctx, params, bytes));
            Box::pin(async move {
                let rest = readying?.await?;
                let rest: Rest<Answer> = Box::new(move |tx, ctx| Ok(later(rest(tx, ctx)?)));
                Ok(rest)
            })
        });
        Self {
            method: Method::POST,
            answer: schema_of::<A>,
            upload: Some(Upload { takes, may, ready }),
            ..Self::get(path, permission, words, |_, _, _: P| Ok(Nothing {}))
        }
    }

    /// Bytes to be fetched: `find` finds them, and they are read unless they are known already.
    pub fn download<P>(
        path: impl Into<Cow<'static, str>>,
        permission: Permission,
        words: &'static str,
        media_types: &'static [&'static str],
        find: impl Fn(&App, &mut Tx, &Ctx, P) -> Result<Fetched, Fault> + Send + Sync + 'static,
    ) -> Self
    where
        P: DeserializeOwned + JsonSchema + Send + 'static,
    {
        let find: Find = Arc::new(move |app, tx, ctx, params| find(app, tx, ctx, read(params)?));
        Self {
            download: Some(Download { media_types, find }),
            ..Self::get(path, permission, words, |_, _, _: P| Ok(Nothing {}))
        }
    }
}

/// A call whose bytes may come.
struct Begun {
    call: Call,
    admitted: Admitted,
    params: Value,
}

/// Takes bytes: who sends them is known, counted and allowed to before the first is read.
pub(super) async fn take(
    app: &App,
    limiter: Arc<Limiter>,
    (endpoint, upload): (Endpoint, Upload),
    (call, headers, body): (Call, &HeaderMap, Body),
) -> Result<Outcome, Fault> {
    let (at_work, asked, may) = (app.clone(), endpoint.clone(), upload.may.clone());
    let begun = move || Ok(begin(&at_work, &limiter, (&asked, &may), call));
    let mut begun = match app.blocking(begun).await? {
        Ok(begun) => begun,
        Err(outcome) => return Ok(*outcome),
    };
    let rest = match bounded(headers, body, upload.takes).await {
        Ok(bytes) => {
            begun.call.body = bytes;
            make_ready(app, (&endpoint, &upload), &begun).await
        }
        Err(refusal) => Err(refusal),
    };
    let rest = match rest {
        Ok(rest) => rest,
        Err(refusal) => return Ok(begun.admitted.outcome(Err(refusal))),
    };
    let at_work = app.clone();
    app.blocking(move || Ok(finish(&at_work, &endpoint, begun, rest)))
        .await
}

fn begin(
    app: &App,
    limiter: &Limiter,
    (endpoint, may): (&Endpoint, &May),
    call: Call,
) -> Result<Begun, Box<Outcome>> {
    let admitted = admit(app, limiter, &call)?;
    let params = Asked::new(app, endpoint, &call, &admitted)
        .allowed()
        .and_then(|params| {
            app.db.read(|tx| may(tx, &admitted.ctx, params.clone()))?;
            Ok(params)
        });
    match params {
        Ok(params) => Ok(Begun {
            call,
            admitted,
            params,
        }),
        Err(refusal) => Err(Box::new(admitted.outcome(Err(refusal)))),
    }
}

/// Makes bytes ready, unless this was done before and is only to be told again.
async fn make_ready(
    app: &App,
    (endpoint, upload): (&Endpoint, &Upload),
    begun: &Begun,
) -> Result<Option<Rest<Answer>>, Refusal> {
    let Begun {
        call,
        admitted,
        params,
    } = begun;
    let once = Asked::new(app, endpoint, call, admitted).once(&call.body)?;
    if let Some(once) = once {
        let ctx = admitted.ctx.clone();
        if app.read(move |tx| once.is_known(tx, &ctx)).await? {
            return Ok(None);
        }
    }
    let (ctx, bytes) = (admitted.ctx.clone(), call.body.clone());
    let rest = (upload.ready)(app.clone(), ctx, params.clone(), bytes).await?;
    Ok(Some(rest))
}

fn finish(app: &App, endpoint: &Endpoint, begun: Begun, rest: Option<Rest<Answer>>) -> Outcome {
    let Begun { call, admitted, .. } = begun;
    let asked = Asked::new(app, endpoint, &call, &admitted);
    let result = asked.once(&call.body).and_then(|once| {
        let forgotten = || Fault::broken("a key was forgotten while its bytes came");
        let rest = rest.unwrap_or_else(|| Box::new(move |_, _| Err(forgotten())));
        let done = asked.write(None, once, rest).and_then(Done::told);
        let (text, again) = done.map_err(|fault| asked.refusal(fault, None))?;
        Ok(asked.found(text, again)?)
    });
    admitted.outcome(result)
}
