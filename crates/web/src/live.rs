//! Live updates: a stream that tells open pages which kinds of things have changed.

use std::{convert::Infallible, future::Future, sync::Arc, time::Duration};

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
    Fault,
    ids::{OrganisationId, SiteId},
};
use serde_json::json;
use store::Change;
use tokio_stream::wrappers::{BroadcastStream, errors::BroadcastStreamRecvError};

use crate::{App, Me, Reply, listening::Rights, me};

/// What nginx, and others after it, look at.
const UNBUFFERED: HeaderName = HeaderName::from_static("x-accel-buffering");
const KEEP_ALIVE_SECONDS: u64 = 15;
/// Seconds after which a public stream ends, so that whoever lost the right to it loses it.
const PUBLIC_SECONDS: u64 = 600;

/// `GET /live`: one unnamed event a change, its data `{"kinds": ["order", …], "site": …}`, its id
/// the change's place in the journal. A page that fell behind is told `{"kinds": ["*"]}`.
pub(crate) async fn live(State(app): State<App>, headers: HeaderMap, me: Me) -> Reply {
    let token = me::credential(&headers).map(|(token, _)| token);
    let token = token.ok_or_else(Fault::sign_in)?;
    let rights = Rights::of(&me.ctx);
    let place = app.listening.join(&token, rights, me.shared.is_some());
    let changes = BroadcastStream::new(app.live.subscribe());
    let rights = place.rights.clone();
    let changes = changes.filter_map(move |change| std::future::ready(told(&rights, change)));
    let counted = app.vitals.live_begun();
    let mut draining = app.draining.subscribe();
    let end = async move {
        let _counted = counted;
        tokio::select! {
            // A sender that is gone means the program is going, too.
            _ = draining.wait_for(|draining| *draining) => {}
            () = place.ended() => {}
        }
    };
    Ok(stream_of(changes, end))
}

/// Events until an end, after a greeting. No proxy holds them back, and none takes silence for a
/// fault.
fn stream_of(
    changes: impl Stream<Item = Event> + Send + 'static,
    end: impl Future<Output = ()> + Send + 'static,
) -> Response {
    let hello = stream::once(std::future::ready(Event::default().comment("hello")));
    let events = hello.chain(changes).map(Ok::<_, Infallible>);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(KEEP_ALIVE_SECONDS));
    let events = Sse::new(events.take_until(Box::pin(end)));
    ([(UNBUFFERED, "no")], events.keep_alive(keep_alive)).into_response()
}

fn told(rights: &Rights, change: Result<Arc<Change>, BroadcastStreamRecvError>) -> Option<Event> {
    let Ok(change) = change else {
        return Some(Event::default().data(r#"{"kinds":["*"]}"#));
    };
    let here = change.site.is_none_or(|site| rights.sites.includes(site));
    if change.org != rights.org || !here {
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
    Ok(stream_of(changes, end))
}
