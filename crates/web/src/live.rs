//! Live updates: a stream that tells open pages which kinds of things have changed.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::State,
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, StreamExt, stream};
use kernel::{Ctx, ids::OrganisationId};
use serde_json::json;
use store::Change;
use tokio_stream::wrappers::{BroadcastStream, WatchStream, errors::BroadcastStreamRecvError};

use crate::{App, Me, Reply};

const KEEP_ALIVE_SECONDS: u64 = 15;

/// `GET /live`: one unnamed event a change, its data `{"kinds": ["order", …], "site": …}`, its id
/// the change's place in the journal. A page that fell behind is told `{"kinds": ["*"]}`.
pub(crate) async fn live(State(app): State<App>, me: Me) -> Reply {
    let ctx = me.ctx;
    let changes = BroadcastStream::new(app.live.subscribe())
        .filter_map(move |change| std::future::ready(told(&ctx, change)));
    let hello = stream::once(std::future::ready(Event::default().comment("hello")));
    let events = hello.chain(changes).map(Ok::<_, Infallible>);
    let stopped =
        WatchStream::new(app.draining.subscribe()).filter(|draining| std::future::ready(*draining));
    let events = until(events, stopped);
    let keep_alive = KeepAlive::new().interval(Duration::from_secs(KEEP_ALIVE_SECONDS));
    Ok(Sse::new(events).keep_alive(keep_alive).into_response())
}

fn until<T: Send>(
    events: impl Stream<Item = T> + Send,
    stopped: impl Stream<Item = bool> + Send,
) -> impl Stream<Item = T> + Send {
    let stop = async move {
        let mut stopped = std::pin::pin!(stopped);
        stopped.next().await;
    };
    events.take_until(stop)
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

fn concerns(ctx: &Ctx, org: OrganisationId, change: &Change) -> bool {
    change.org == org && change.site.is_none_or(|site| ctx.sites.includes(site))
}
