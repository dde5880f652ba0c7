//! What may happen to webhooks and to what is sent to them.

mod outbox;
mod setup;

pub(crate) use outbox::{Work, forget, hear, let_go, settle, take};
pub use setup::{Wish, create};
pub(crate) use setup::{change, change_key, pause, remove, resume};

use kernel::{Ctx, Fault, Timestamp};
use serde_json::json;
use store::{Event, Tx, params};

use crate::{
    MANAGE,
    model::{Delivery, DeliveryId, Webhook, WebhookId},
    queries,
};

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond() + seconds * 1_000_000).unwrap_or(at)
}

fn event(activity: &'static str, webhook: &Webhook) -> Event {
    let event = Event::new(activity).object("webhook", webhook.id, "subject");
    event.attr("url", webhook.url.as_str())
}

/// Sends a test by the way that every fact goes, whether or not facts are sent.
pub(crate) fn test(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<DeliveryId, Fault> {
    let webhook = queries::webhook(tx, ctx, id)?;
    let body = json!({
        "type": "webhook.test",
        "timestamp": ctx.now.to_string(),
        "data": { "webhook": webhook.id },
    });
    outbox::add(tx, ctx, webhook.id, (0, "webhook.test"), &body)
}

const REVIVE: &str = "
    update webhook_deliveries set state = 'waiting', attempts = 0, ended_at = null, reason = null
    where org = $1 and webhook = $2 and id = $3 and state <> 'waiting'";
const AT_ONCE: &str = "update webhooks set retry_at = null where org = $1 and id = $2";

/// Sends one delivery once more, at once and under the same id; one that is on its way already
/// does not wait any longer.
pub(crate) fn replay(
    tx: &mut Tx,
    ctx: &Ctx,
    of: WebhookId,
    id: DeliveryId,
) -> Result<Delivery, Fault> {
    let webhook = queries::webhook(tx, ctx, of)?;
    tx.execute(AT_ONCE, params![ctx.org, of])?;
    if tx.execute(REVIVE, params![ctx.org, of, id])? > 0 {
        tx.record(ctx, event("webhook.replayed", &webhook).attr("count", 1));
    }
    queries::delivery(tx, ctx, of, id)
}

/// Which deliveries are sent once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    /// Written from here on.
    pub from: Timestamp,
    /// Written before here.
    pub until: Timestamp,
    /// Those that arrived, too.
    pub delivered: bool,
}

const REVIVE_RANGE: &str = "
    update webhook_deliveries set state = 'waiting', attempts = 0, ended_at = null, reason = null
    where org = $1 and webhook = $2 and created_at >= $3 and created_at < $4
        and place > 0 and (state = 'dead' or $5 = 1 and state = 'delivered')";

/// Sends the deliveries of a time once more, in their order; answers how many.
pub(crate) fn replay_range(
    tx: &mut Tx,
    ctx: &Ctx,
    of: WebhookId,
    range: &Range,
) -> Result<i64, Fault> {
    ctx.require(MANAGE)?;
    let webhook = queries::webhook(tx, ctx, of)?;
    if range.until <= range.from {
        let text = kernel::Text::key("webhooks-range-backwards");
        return Err(Fault::invalid("until", text));
    }
    let asked = params![
        ctx.org,
        of,
        range.from,
        range.until,
        i64::from(range.delivered)
    ];
    let revived = tx.execute(REVIVE_RANGE, asked)?;
    let revived = i64::try_from(revived).map_err(Fault::broken)?;
    if revived > 0 {
        tx.execute(AT_ONCE, params![ctx.org, of])?;
        let replayed = event("webhook.replayed", &webhook).attr("count", revived);
        tx.record(ctx, replayed);
    }
    Ok(revived)
}
