//! What programs may ask of the desk: the journal, the day's figures, the search, addresses of
//! calendars.

mod feeds;
mod looks;

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, SiteScope,
    ids::{EventId, SiteId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Tx, journal};
use web::api::{Endpoint, Endpoints, Moment};

use crate::JOURNAL;

/// Every endpoint.
pub(crate) fn endpoints() -> Endpoints {
    let after = Endpoint::get("/journal", JOURNAL, "desk-api-journal", after);
    Endpoints::new("journal", [after])
        .merge(feeds::endpoints())
        .merge(looks::endpoints())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// The place of the last event that is known; from the first one on, if not said.
    #[schemars(range(min = 0, max = 9007199254740991_i64))]
    after: Option<i64>,
    /// The most events of this page; 100 if not said.
    #[schemars(range(min = 1, max = 1000))]
    limit: Option<i64>,
}

/// A thing an event touched.
#[derive(Serialize, JsonSchema)]
struct Touched {
    /// Its kind, such as `order`.
    kind: String,
    id: String,
    /// What it was in the event, such as `subject`.
    qualifier: String,
}

/// Something that happened.
#[derive(Serialize, JsonSchema)]
struct Told {
    /// Its place in the journal, from 1 without gaps.
    seq: i64,
    id: EventId,
    /// What happened, such as `order.started`.
    activity: String,
    at: Moment,
    recorded_at: Moment,
    /// `user:…`, `guest` or `system`.
    actor: String,
    site: Option<SiteId>,
    channel: String,
    objects: Vec<Touched>,
    attributes: Map<String, Value>,
}

/// Events, oldest first.
#[derive(Serialize, JsonSchema)]
struct Events {
    events: Vec<Told>,
    /// What to ask for next: the place of the last event of this page, or of the one before it.
    next_after: i64,
    /// The place of the newest event.
    head: i64,
}

fn after(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<Events, Fault> {
    ctx.require(JOURNAL)?;
    let after = asked.after.unwrap_or(0);
    let head = journal::head(tx, ctx.org)?;
    let entries = journal::after(tx, ctx.org, after, asked.limit.unwrap_or(100))?;
    let next_after = entries.last().map_or(after, |entry| entry.seq);
    let zones: BTreeMap<SiteId, kernel::TimeZone> = organisation::sites(tx, ctx)?
        .into_iter()
        .map(|site| (site.id, site.zone))
        .collect();
    // Somebody of some sites reads what happened there, and what happened nowhere in particular.
    let seen = entries
        .into_iter()
        .filter(|entry| match (&ctx.sites, entry.site) {
            (SiteScope::All, _) | (_, None) => true,
            (sites, Some(site)) => sites.includes(site),
        });
    let events = seen.map(|entry| {
        let zone = entry.site.and_then(|site| zones.get(&site));
        let moment = |at| zone.map_or_else(|| Moment::utc(at), |zone| Moment::new(at, zone));
        let objects = entry.objects.into_iter();
        Told {
            seq: entry.seq,
            id: entry.id,
            activity: entry.activity,
            at: moment(entry.at),
            recorded_at: moment(entry.recorded_at),
            actor: entry.actor,
            site: entry.site,
            channel: entry.channel,
            objects: objects
                .map(|(kind, id, qualifier)| Touched {
                    kind,
                    id,
                    qualifier,
                })
                .collect(),
            attributes: entry.attributes,
        }
    });
    Ok(Events {
        events: events.collect(),
        next_after,
        head,
    })
}
