//! Live updates: a stream that tells open pages which kinds of things have changed.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::{HeaderMap, HeaderName},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, StreamExt, stream};
use kernel::{
    Actor, Ctx,
    ids::{OrganisationId, SiteId},
};
use serde_json::json;
use store::Change;
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use crate::{App, Me, Reply, SignedIn, me};

/// What nginx, and others after it, look at.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");
const KEEP_ALIVE_SECONDS: u64 = 15;
/// Seconds after which a stream whose session was ended, or whose rights changed, ends too.
const STILL_IN_SECONDS: u64 = 3;
/// Seconds after which a public stream ends, so that whoever lost the right to it loses it.
const PUBLIC_SECONDS: u64 = 600;

/// `GET /live`: one unnamed event a change, its data `{"kinds": ["order", …], "site": …}`, its id
/// the change's place in the journal. A page that fell behind is told `{"kinds": ["*"]}`.
pub(crate) async fn live(State(app): State<App>, headers: HeaderMap, me: Me) -> Reply {
    let changes = BroadcastStream::new(app.live.subscribe());
    let ctx = me.ctx.clone();
    let changes = changes.filter_map(move |change| std::future::ready(told(&ctx, change)));
    let hello = stream::once(std::future::ready(Event::default().comment("hello")));
    let counted = app.vitals.live_begun();
    let end = async move {
        let _counted = counted;
        let mut draining = app.draining.subscribe();
        tokio::select! {
            // A sender that is gone means the program is going, too.
            _ = draining.wait_for(|draining| *draining) => {}
            () = shut_out(&app, &headers, &me.ctx) => {}
        }
    };
    Ok(streamed(hello.chain(changes).take_until(Box::pin(end))))
}

/// Events as they come. No proxy holds them back, and none takes silence for a fault.
fn streamed(events: impl Stream<Item = Event> + Send + 'static) -> Response {
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(KEEP_ALIVE_SECONDS));
    let events = Sse::new(events.map(Ok::<_, Infallible>)).keep_alive(keep_alive);
    ([(UNBUFFERED, "no")], events).into_response()
}

/// Resolves when the session or token no longer opens what it opened when the stream began.
async fn shut_out(app: &App, headers: &HeaderMap, begun: &Ctx) {
    loop {
        tokio::time::sleep(Duration::from_secs(STILL_IN_SECONDS)).await;
        match me::holder(headers, app).await {
            Ok(Some(who)) if is_same(&who, begun) => {}
            // A database that does not answer for a moment shuts nobody out.
            Err(fault) => tracing::warn!(%fault, "a live stream could not be checked"),
            Ok(_) => return,
        }
    }
}

/// Whether somebody is still who they were when the stream began, with the same rights.
fn is_same(who: &SignedIn, begun: &Ctx) -> bool {
    let grants = who.own_role.as_ref().map(|(_, grants)| grants);
    let same_user = matches!(&begun.actor, Actor::User { id, .. } if *id == who.user);
    let same_rights = who.role == begun.role && grants == begun.grants.as_ref();
    same_user && same_rights && who.sites == begun.sites
}

fn told(ctx: &Ctx, change: Result<Arc<Change>, BroadcastStreamRecvError>) -> Option<Event> {
    let Ok(change) = change else {
        return Some(Event::default().data(r#"{"kinds":["*"]}"#));
    };
    if !concerns(ctx, ctx.org, &change) {
        return None;
    }
    let mut kinds: Vec<&str> = change
        .objects
        .iter()
        .map(|(kind, _)| kind.as_str())
        .collect();
    kinds.extend(change.activity.split_once('.').map(|(noun, _)| noun));
    kinds.sort_unstable();
    kinds.dedup();
    let data = json!({ "kinds": kinds, "site": change.site, "activity": change.activity });
    Some(
        Event::default()
            .id(change.seq.to_string())
            .data(data.to_string()),
    )
}

/// A stream for a public page of a site: which of some kinds of things change there, and nothing
/// else. It ends after ten minutes; the page asks again, and is let in again or not.
pub fn live_at(
    app: &App,
    (org, site): (OrganisationId, SiteId),
    kinds: &'static [&'static str],
) -> Reply {
    let changes = BroadcastStream::new(app.live.subscribe()).filter_map(move |change| {
        let found = match change {
            Ok(change) if change.org != org || change.site.is_some_and(|at| at != site) => {
                Vec::new()
            }
            Ok(change) => {
                let of_kind =
                    |kind: &&&str| change.objects.iter().any(|(known, _)| known == **kind);
                kinds.iter().filter(of_kind).copied().collect()
            }
            Err(BroadcastStreamRecvError::Lagged(_)) => vec!["*"],
        };
        let data = json!({ "kinds": found }).to_string();
        std::future::ready((!found.is_empty()).then(|| Event::default().data(data)))
    });
    let mut draining = app.draining.subscribe();
    let end = async move {
        tokio::select! {
            _ = draining.wait_for(|draining| *draining) => {}
            () = tokio::time::sleep(Duration::from_secs(PUBLIC_SECONDS)) => {}
        }
    };
    let hello = stream::once(std::future::ready(Event::default().comment("hello")));
    Ok(streamed(hello.chain(changes).take_until(Box::pin(end))))
}

fn concerns(ctx: &Ctx, org: OrganisationId, change: &Change) -> bool {
    change.org == org && change.site.is_none_or(|site| ctx.sites.includes(site))
}
