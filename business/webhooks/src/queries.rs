//! Reading webhooks and what is on its way to them.

use kernel::{Ctx, Fault, Timestamp};
use store::{Row, Tx, Value, params};
use web::Backlog;

use crate::{
    MANAGE,
    model::{Delivery, DeliveryId, Stage, State, WEBHOOKS_MAX, Webhook, WebhookId},
};

const WEBHOOKS: &str = "
    select id, url, secret, former_secret, former_until, kinds, state, heard_seq, failing_since,
        retry_at, created_at, version
    from webhooks where org = $1 order by created_at, id limit $2";

fn read_webhook(row: &Row) -> Result<Webhook, Fault> {
    let state = row.text(6)?;
    Ok(Webhook {
        id: row.id(0)?,
        url: row.text(1)?,
        secret: row.text(2)?,
        former: row.opt_text(3)?.zip(row.opt_instant(4)?),
        kinds: row.json(5)?,
        state: State::parse(&state).ok_or_else(|| Fault::broken(format!("no state {state}")))?,
        heard: row.int(7)?,
        failing_since: row.opt_instant(8)?,
        retry_at: row.opt_instant(9)?,
        created: row.instant(10)?,
        version: row.int(11)?,
    })
}

/// Every webhook, oldest first.
pub(crate) fn webhooks(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Webhook>, Fault> {
    ctx.require(MANAGE)?;
    tx.all(WEBHOOKS, params![ctx.org, WEBHOOKS_MAX], read_webhook)
}

/// Those that were stopped, for whoever may do something about it.
pub fn stopped(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Webhook>, Fault> {
    if !ctx.may(MANAGE) {
        return Ok(Vec::new());
    }
    let mut all = webhooks(tx, ctx)?;
    all.retain(|webhook| webhook.state == State::Stopped);
    Ok(all)
}

/// One webhook.
pub(crate) fn webhook(tx: &mut Tx, ctx: &Ctx, id: WebhookId) -> Result<Webhook, Fault> {
    let found = webhooks(tx, ctx)?.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| Fault::missing("webhooks-missing"))
}

const COLUMNS: &str = "id, place, activity, body, state, attempts, created_at, tried_at, status,
    answer_ms, reason";

fn read_delivery(row: &Row) -> Result<Delivery, Fault> {
    let stage = row.text(4)?;
    Ok(Delivery {
        id: row.id(0)?,
        place: row.int(1)?,
        activity: row.text(2)?,
        body: row.text(3)?,
        stage: Stage::parse(&stage).ok_or_else(|| Fault::broken(format!("no stage {stage}")))?,
        attempts: row.int(5)?,
        created: row.instant(6)?,
        tried: row.opt_instant(7)?,
        status: row.opt_int(8)?,
        answer_ms: row.opt_int(9)?,
        reason: row.opt_text(10)?,
    })
}

/// One delivery of a webhook.
pub(crate) fn delivery(
    tx: &mut Tx,
    ctx: &Ctx,
    of: WebhookId,
    id: DeliveryId,
) -> Result<Delivery, Fault> {
    ctx.require(MANAGE)?;
    let sql = format!(
        "select {COLUMNS} from webhook_deliveries where org = $1 and webhook = $2 and id = $3"
    );
    let found = tx.one(&sql, params![ctx.org, of, id], read_delivery)?;
    found.ok_or_else(|| Fault::missing("webhooks-delivery-missing"))
}

/// A place in the list of deliveries.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cursor {
    created: Timestamp,
    place: i64,
    id: DeliveryId,
}

impl Cursor {
    /// Behind this one.
    pub fn behind(last: &Delivery) -> Self {
        Self {
            created: last.created,
            place: last.place,
            id: last.id,
        }
    }

    /// As it stands in an address.
    pub fn encode(self) -> String {
        let created = self.created.as_microsecond();
        format!("{created}.{}.{}", self.place, self.id)
    }

    /// Reads it back.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '.');
        Some(Self {
            created: Timestamp::from_microsecond(parts.next()?.parse().ok()?).ok()?,
            place: parts.next()?.parse().ok()?,
            id: DeliveryId::parse(parts.next()?)?,
        })
    }
}

/// Which deliveries a list shows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Asked {
    /// Of this webhook.
    pub webhook: WebhookId,
    /// Standing there alone.
    pub stage: Option<Stage>,
    /// Behind this one, the last of the page before.
    pub after: Option<Cursor>,
    /// At most so many.
    pub limit: i64,
}

/// What was sent to a webhook, newest first.
pub(crate) fn deliveries(tx: &mut Tx, ctx: &Ctx, asked: &Asked) -> Result<Vec<Delivery>, Fault> {
    self::webhook(tx, ctx, asked.webhook)?;
    let mut values = vec![
        Value::from(ctx.org),
        asked.webhook.into(),
        asked.limit.into(),
    ];
    let mut further = String::new();
    if let Some(stage) = asked.stage {
        values.push(stage.as_str().into());
        further.push_str("and state = $4");
    }
    if let Some(last) = asked.after {
        let first = values.len() + 1;
        values.extend([last.created.into(), last.place.into(), last.id.into()]);
        further.push_str(&format!(
            " and (created_at, place, id) < (${first}, ${}, ${})",
            first + 1,
            first + 2
        ));
    }
    let sql = format!(
        "select {COLUMNS} from webhook_deliveries where org = $1 and webhook = $2 {further}
         order by created_at desc, place desc, id desc limit $3"
    );
    tx.all(&sql, &values, read_delivery)
}

const COUNTS: &str = "
    select state, cast(count(*) as bigint) from webhook_deliveries
    where org = $1 and webhook = $2 group by state order by state limit 9";

/// How many deliveries of a webhook stand where.
pub(crate) fn counts(
    tx: &mut Tx,
    ctx: &Ctx,
    webhook: WebhookId,
) -> Result<Vec<(Stage, i64)>, Fault> {
    ctx.require(MANAGE)?;
    let read = |row: &Row| Ok((Stage::parse(&row.text(0)?), row.int(1)?));
    let counts = tx.all(COUNTS, params![ctx.org, webhook], read)?;
    let known = |(stage, count): (Option<Stage>, i64)| Some((stage?, count));
    Ok(counts.into_iter().filter_map(known).collect())
}

/// What leaves next, in order: tests, and facts where they may leave now.
pub(crate) fn due(
    tx: &mut Tx,
    ctx: &Ctx,
    webhook: &Webhook,
    limit: i64,
) -> Result<Vec<Delivery>, Fault> {
    let places_max = if webhook.is_open(ctx.now) {
        i64::MAX
    } else {
        0
    };
    let sql = format!(
        "select {COLUMNS} from webhook_deliveries
         where org = $1 and webhook = $2 and ended_at is null and place <= $3
         order by place, id limit $4"
    );
    tx.all(
        &sql,
        params![ctx.org, webhook.id, places_max, limit],
        read_delivery,
    )
}

const READY: &str = "
    select w.id from webhooks w
    where w.org = $1 and (w.busy_until is null or w.busy_until <= $2) and (
        exists (select 1 from webhook_deliveries d where d.org = $1 and d.webhook = w.id
            and d.ended_at is null and d.place = 0)
        or w.state = 'active' and (w.retry_at is null or w.retry_at <= $2)
            and exists (select 1 from webhook_deliveries d where d.org = $1 and d.webhook = w.id
                and d.ended_at is null and d.place > 0))
    order by w.id limit $3";

/// Webhooks that something can leave to now, and that nobody has in hand.
pub(crate) fn ready(tx: &mut Tx, ctx: &Ctx, limit: i64) -> Result<Vec<WebhookId>, Fault> {
    ctx.require(MANAGE)?;
    tx.all(READY, params![ctx.org, ctx.now, limit], |row| row.id(0))
}

const BEHIND: &str = "
    select id from webhooks where org = $1 and state = 'active' and heard_seq < $2
    order by id limit $3";

/// Webhooks that were not told of everything yet.
pub(crate) fn behind(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<WebhookId>, Fault> {
    ctx.require(MANAGE)?;
    let head = store::journal::head(tx, ctx.org)?;
    tx.all(BEHIND, params![ctx.org, head, WEBHOOKS_MAX], |row| {
        row.id(0)
    })
}

const BACKLOG: &str = "
    select
        cast(coalesce(sum(case when d.ended_at is null and w.state = 'active'
            then 1 else 0 end), 0) as bigint),
        min(case when d.ended_at is null and w.state = 'active' and w.failing_since is null
            then d.created_at end),
        cast(coalesce(sum(case when d.state = 'dead' and d.place > 0 and d.ended_at >= $2
            then 1 else 0 end), 0) as bigint)
    from webhook_deliveries d join webhooks w on w.org = d.org and w.id = d.webhook
    where d.org = $1 and (d.ended_at is null or d.ended_at >= $2)";
const STOPPED: &str = "
    select cast(count(*) as bigint) from webhooks where org = $1 and state = 'stopped'";
const WEEK_SECONDS: i64 = 7 * 86_400;

/// What is on its way; what was given up within a week, and webhooks that were stopped.
pub(crate) fn backlog(tx: &mut Tx, ctx: &Ctx) -> Result<Backlog, Fault> {
    let week_ago = Timestamp::from_second(ctx.now.as_second() - WEEK_SECONDS);
    let asked = params![ctx.org, week_ago.unwrap_or(ctx.now)];
    let stopped = tx.count(STOPPED, params![ctx.org])?;
    let read = |row: &Row| {
        Ok(Backlog {
            waiting: row.int(0)?,
            overdue_since: row.opt_instant(1)?,
            failed: row.int(2)? + stopped,
        })
    };
    Ok(tx.one(BACKLOG, asked, read)?.unwrap_or_default())
}
