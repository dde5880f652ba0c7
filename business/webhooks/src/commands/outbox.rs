//! From the journal to what is on its way, and what became of it.

use kernel::{Ctx, Fault};
use serde_json::{Value, json};
use store::{Entry, Tx, journal, params};

use super::{event, later};
use crate::{
    MANAGE,
    model::{Answer, Delivery, DeliveryId, Stage, State, Webhook, WebhookId, back_off_seconds},
    queries,
};

/// Facts heard at once.
const BATCH: i64 = 200;
/// Deliveries taken out at once.
const TAKEN: i64 = 20;
/// How long whoever takes deliveries out has a webhook alone, longer than one may take.
const LEASE_SECONDS: i64 = 30;
/// How long what was delivered or given up is kept.
const KEPT_DAYS: i64 = 30;
/// The longest body; a fact that says more is sent without its attributes.
const BODY_BYTES_MAX: usize = 20_000;

const HEARD: &str = "
    update webhooks set heard_seq = $4
    where org = $1 and id = $2 and heard_seq = $3 and state = 'active'";
const ADD: &str = "
    insert into webhook_deliveries (org, id, webhook, place, activity, body, state, attempts,
        created_at)
    values ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7)
    on conflict do nothing";

pub(super) fn add(
    tx: &mut Tx,
    ctx: &Ctx,
    webhook: WebhookId,
    (place, activity): (i64, &str),
    body: &Value,
) -> Result<DeliveryId, Fault> {
    let id: DeliveryId = ctx.id();
    let row = params![
        ctx.org,
        id,
        webhook,
        place,
        activity,
        body.to_string(),
        ctx.now
    ];
    tx.execute(ADD, row)?;
    Ok(id)
}

/// Writes what happened since the last time for a webhook, and moves its place on; answers how
/// many facts it heard.
pub(crate) fn hear(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<usize, Fault> {
    let mut webhooks = queries::webhooks(tx, ctx)?.into_iter();
    let Some(webhook) = webhooks.find(|one| one.id == id) else {
        // Somebody removed it meanwhile.
        return Ok(0);
    };
    let entries = journal::after(tx, ctx.org, webhook.heard, BATCH)?;
    let Some(last) = entries.last() else {
        return Ok(0);
    };
    let values = params![ctx.org, id, webhook.heard, last.seq];
    if tx.execute(HEARD, values)? == 0 {
        // Another process heard them first, or somebody paused it.
        return Ok(0);
    }
    for entry in entries
        .iter()
        .filter(|entry| webhook.wants(&entry.activity))
    {
        let of = (entry.seq, entry.activity.as_str());
        add(tx, ctx, id, of, &body(entry))?;
    }
    Ok(entries.len())
}

/// A fact as a program is told it: what happened to which things, and no more about them.
fn body(entry: &Entry) -> Value {
    let objects = entry.objects.iter();
    let objects: Vec<Value> = objects
        .map(|(kind, id, qualifier)| json!({ "kind": kind, "id": id, "qualifier": qualifier }))
        .collect();
    let mut told = json!({
        "type": entry.activity,
        "timestamp": entry.at.to_string(),
        "data": {
            "seq": entry.seq,
            "id": entry.id,
            "actor": entry.actor,
            "site": entry.site,
            "channel": entry.channel,
            "objects": objects,
            "attributes": entry.attributes,
        },
    });
    if told.to_string().len() > BODY_BYTES_MAX {
        told["data"]["attributes"] = json!({});
    }
    told
}

const TAKE: &str = "
    update webhooks set busy_until = $4
    where org = $1 and id = $2 and (busy_until is null or busy_until <= $3)";
const LET_GO: &str = "update webhooks set busy_until = null where org = $1 and id = $2";

/// A webhook in hand, and what leaves to it next.
pub(crate) struct Work {
    /// Where to.
    pub webhook: Webhook,
    /// In order.
    pub due: Vec<Delivery>,
}

/// Takes a webhook in hand, so that no other process sends to it meanwhile; `None` where one has
/// it.
pub(crate) fn take(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Option<Work>, Fault> {
    ctx.require(MANAGE)?;
    let until = later(ctx.now, LEASE_SECONDS);
    if tx.execute(TAKE, params![ctx.org, id, ctx.now, until])? == 0 {
        return Ok(None);
    }
    let webhook = queries::webhook(tx, ctx, id)?;
    let due = queries::due(tx, ctx, &webhook, TAKEN)?;
    Ok(Some(Work { webhook, due }))
}

/// Lets others send to a webhook.
pub(crate) fn let_go(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<(), Fault> {
    ctx.require(MANAGE)?;
    tx.execute(LET_GO, params![ctx.org, id])?;
    Ok(())
}

const TRIED: &str = "
    update webhook_deliveries set state = $3, attempts = attempts + 1, tried_at = $4,
        ended_at = $5, status = $6, answer_ms = $7, reason = $8
    where org = $1 and id = $2 and ended_at is null";
const TOOK: &str = "
    update webhooks set busy_until = $3, failing_since = null, retry_at = null
    where org = $1 and id = $2";
const REFUSED: &str = "
    update webhooks set busy_until = $3, retry_at = $4,
        failing_since = case when failing_since is null then $5 else failing_since end
    where org = $1 and id = $2";
const HOLD: &str = "update webhooks set busy_until = $3 where org = $1 and id = $2";
const STOP: &str = "
    update webhooks set state = 'stopped', retry_at = null, version = version + 1
    where org = $1 and id = $2 and state = 'active'";

/// Notes what came of an attempt; answers whether the next one may follow.
pub(crate) fn settle(
    tx: &mut Tx,
    ctx: &Ctx,
    webhook: &Webhook,
    (delivery, answer): (&Delivery, &Answer),
) -> Result<bool, Fault> {
    ctx.require(MANAGE)?;
    let until = later(ctx.now, LEASE_SECONDS);
    let stage = delivery.after(answer);
    let held = if delivery.is_test() {
        tx.execute(HOLD, params![ctx.org, webhook.id, until])?
    } else if answer.is_taken() {
        tx.execute(TOOK, params![ctx.org, webhook.id, until])?
    } else {
        let retry = (stage == Stage::Failed).then(|| retry_at(ctx, delivery));
        let values = params![ctx.org, webhook.id, until, retry, ctx.now];
        tx.execute(REFUSED, values)?
    };
    let ended = matches!(stage, Stage::Delivered | Stage::Dead).then_some(ctx.now);
    let values = params![
        ctx.org,
        delivery.id,
        stage.as_str(),
        ctx.now,
        ended,
        answer.status.map(i64::from),
        answer.took_ms,
        answer.reason.as_deref()
    ];
    tx.execute(TRIED, values)?;
    if delivery.is_test() || answer.is_taken() {
        return Ok(held > 0);
    }
    let now = queries::webhooks(tx, ctx)?;
    let now = now.iter().find(|now| now.id == webhook.id);
    if let Some(now) = now.filter(|now| now.gives_up(ctx.now, answer)) {
        stop(tx, ctx, now)?;
    }
    Ok(false)
}

fn retry_at(ctx: &Ctx, delivery: &Delivery) -> kernel::Timestamp {
    let spread = i64::try_from(ctx.random_below(401)).unwrap_or(200);
    later(ctx.now, back_off_seconds(delivery.attempts + 1, spread))
}

/// Sends nothing more to a program that takes nothing: its owner is told on Today and Health.
fn stop(tx: &mut Tx, ctx: &Ctx, webhook: &Webhook) -> Result<(), Fault> {
    if webhook.state == State::Active && tx.execute(STOP, params![ctx.org, webhook.id])? > 0 {
        tx.record(ctx, event("webhook.stopped", webhook));
    }
    Ok(())
}

const FORGET: &str = "delete from webhook_deliveries where org = $1 and ended_at < $2";

/// Forgets what was delivered or given up long ago.
pub(crate) fn forget(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    ctx.require(MANAGE)?;
    tx.execute(
        FORGET,
        params![ctx.org, later(ctx.now, -KEPT_DAYS * 86_400)],
    )?;
    Ok(())
}
