//! What is known about messages.

use kernel::{
    Ctx, Fault, Locale, Timestamp,
    ids::{MessageId, OrderId, SiteId},
};
use store::{Row, Tx, params};
use web::Backlog;

use crate::{
    EDIT, VIEW,
    model::{Gateway, Message, Occasion, QuietHours, Settings, Stage, Template, Way},
};

/// Messages on one page.
pub const PAGE_SIZE: i64 = 50;

pub(crate) const COLUMNS: &str = "id, occasion, way, site, order_id, customer, locale, recipient,
    subject, body, calendar, state, attempts, created_at, due_at, useful_until, sent_at, reason,
    at_once";

pub(crate) fn read_message(row: &Row) -> Result<Message, Fault> {
    let odd = |what: &str| Fault::broken(format!("a message has an unknown {what}"));
    Ok(Message {
        id: row.id(0)?,
        occasion: Occasion::parse(&row.text(1)?).ok_or_else(|| odd("occasion"))?,
        way: Way::parse(&row.text(2)?).ok_or_else(|| odd("way"))?,
        site: row.opt_id(3)?,
        order: row.opt_id(4)?,
        customer: row.opt_id(5)?,
        locale: Locale::parse(&row.text(6)?).ok_or_else(|| odd("language"))?,
        recipient: row.text(7)?,
        subject: row.text(8)?,
        body: row.text(9)?,
        calendar: row.opt_text(10)?,
        stage: Stage::parse(&row.text(11)?).ok_or_else(|| odd("state"))?,
        attempts: row.int(12)?,
        created: row.instant(13)?,
        due: row.instant(14)?,
        useful_until: row.instant(15)?,
        sent: row.opt_instant(16)?,
        reason: row.opt_text(17)?,
        at_once: row.int(18)? == 1,
    })
}

const SETTINGS: &str = "
    select sender, reply_to, reminder_hours, thanks_minutes, quiet_from, quiet_to, silent,
        gateway_url, gateway_secret, version, report_secret
    from message_settings where org = $1";

/// How the business writes to its customers.
pub fn settings(tx: &mut Tx, ctx: &Ctx) -> Result<Settings, Fault> {
    ctx.require(VIEW)?;
    let found = tx.one(SETTINGS, params![ctx.org], |row| {
        let gateway = row.opt_text(7)?.zip(row.opt_text(8)?);
        Ok(Settings {
            sender: row.text(0)?,
            reply_to: row.opt_text(1)?,
            reminder_hours: row.int(2)?,
            thanks_minutes: row.int(3)?,
            quiet: QuietHours {
                from_minute: row.int(4)?,
                to_minute: row.int(5)?,
            },
            silent: Settings::read_silent(&row.text(6)?),
            gateway: gateway.map(|(url, secret)| Gateway { url, secret }),
            version: row.int(9)?,
            report_secret: row.opt_text(10)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

const TEMPLATE: &str = "
    select subject, body, version from message_templates
    where org = $1 and occasion = $2 and locale = $3";

/// The wording of an occasion and the version of the business's own; 0 for the original.
pub fn template(
    tx: &mut Tx,
    ctx: &Ctx,
    occasion: Occasion,
    locale: Locale,
) -> Result<(Template, i64), Fault> {
    ctx.require(VIEW)?;
    let key = params![ctx.org, occasion.as_str(), locale.tag()];
    let own = tx.one(TEMPLATE, key, |row| {
        let template = Template {
            subject: row.text(0)?,
            body: row.text(1)?,
        };
        Ok((template, row.int(2)?))
    })?;
    Ok(own.unwrap_or_else(|| (Template::original(occasion, locale), 0)))
}

/// A message.
pub fn message(tx: &mut Tx, ctx: &Ctx, id: MessageId) -> Result<Message, Fault> {
    known(tx, ctx, id)?.ok_or_else(|| Fault::missing("messages-missing"))
}

/// A message, if there is one.
pub(crate) fn known(tx: &mut Tx, ctx: &Ctx, id: MessageId) -> Result<Option<Message>, Fault> {
    ctx.require(VIEW)?;
    let sql = format!("select {COLUMNS} from messages where org = $1 and id = $2");
    tx.one(&sql, params![ctx.org, id], read_message)
}

/// The last letter that went to an address, however it is capitalised there.
pub(crate) fn last_to(tx: &mut Tx, ctx: &Ctx, address: &str) -> Result<Option<Message>, Fault> {
    ctx.require(VIEW)?;
    let sql = format!(
        "select {COLUMNS} from messages
        where org = $1 and recipient in ($2, $3) and way = 'mail' and sent_at is not null
        order by created_at desc, id desc limit 1"
    );
    tx.one(
        &sql,
        params![ctx.org, address, address.to_lowercase()],
        read_message,
    )
}

/// Messages, newest first: in a state, before a message of the last page.
pub fn messages(
    tx: &mut Tx,
    ctx: &Ctx,
    stage: Option<Stage>,
    before: Option<(Timestamp, MessageId)>,
) -> Result<Vec<Message>, Fault> {
    messages_page(tx, ctx, (stage, before), PAGE_SIZE + 1)
}

/// [`messages`], so many at most.
pub(crate) fn messages_page(
    tx: &mut Tx,
    ctx: &Ctx,
    (stage, before): (Option<Stage>, Option<(Timestamp, MessageId)>),
    limit: i64,
) -> Result<Vec<Message>, Fault> {
    ctx.require(VIEW)?;
    let sql = format!(
        "select {COLUMNS} from messages
        where org = $1 and (cast($2 as text) is null or state = $2)
            and (cast($3 as bigint) is null or created_at < $3 or (created_at = $3 and id < $4))
        order by created_at desc, id desc limit $5"
    );
    let (at, id) = before.unzip();
    tx.all(
        &sql,
        params![
            ctx.org,
            stage.map(Stage::as_str),
            at,
            id.map(|id| id.to_string()),
            limit
        ],
        read_message,
    )
}

const UNREACHED_SECONDS: i64 = 14 * 86_400;
const UNREACHED_MAX: i64 = 50;

/// Messages about visits to a site that came back or were given up lately, newest first.
pub fn unreached(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Message>, Fault> {
    ctx.require_at(VIEW, site)?;
    let sql = format!(
        "select {COLUMNS} from messages
        where org = $1 and state in ('bounced', 'failed') and site = $2
            and order_id is not null and created_at > $3
        order by created_at desc, id desc limit $4"
    );
    let since = Timestamp::from_second(ctx.now.as_second() - UNREACHED_SECONDS);
    tx.all(
        &sql,
        params![ctx.org, site, since.unwrap_or(ctx.now), UNREACHED_MAX],
        read_message,
    )
}

const COUNTS: &str = "
    select state, count(*) from messages where org = $1 group by state order by state limit 10";

/// How many messages stand where.
pub fn counts(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<(Stage, i64)>, Fault> {
    ctx.require(VIEW)?;
    let rows = tx.all(COUNTS, params![ctx.org], |row| {
        Ok((Stage::parse(&row.text(0)?), row.int(1)?))
    })?;
    let known = rows.into_iter().filter_map(|(stage, n)| Some((stage?, n)));
    Ok(known.collect())
}

const TOLD_SINCE: &str = "
    select count(*) from messages
    where org = $1 and order_id = $2 and occasion in ('booked', 'moved') and created_at >= $3";

/// Whether the customer has been told of a visit since an instant.
pub(crate) fn told_since(
    tx: &mut Tx,
    ctx: &Ctx,
    order: OrderId,
    since: Timestamp,
) -> Result<bool, Fault> {
    ctx.require(EDIT)?;
    Ok(tx.count(TOLD_SINCE, params![ctx.org, order, since])? > 0)
}

const BACKLOG: &str = "
    select cast(coalesce(sum(case when state in ('waiting', 'sending') then 1 else 0 end), 0)
            as bigint),
        min(case when state in ('waiting', 'sending') and due_at < $2 then due_at end),
        cast(coalesce(sum(case when state in ('failed', 'unsure') and created_at > $3 then 1
            else 0 end), 0) as bigint)
    from messages where org = $1 and state in ('waiting', 'sending', 'failed', 'unsure')";
const WEEK_SECONDS: i64 = 7 * 86_400;

/// What waits to be sent, and what was given up within a week.
pub(crate) fn backlog(tx: &mut Tx, ctx: &Ctx) -> Result<Backlog, Fault> {
    let week_ago = Timestamp::from_second(ctx.now.as_second() - WEEK_SECONDS);
    let asked = params![ctx.org, ctx.now, week_ago.unwrap_or(ctx.now)];
    let read = |row: &Row| {
        Ok(Backlog {
            waiting: row.int(0)?,
            overdue_since: row.opt_instant(1)?,
            failed: row.int(2)?,
        })
    };
    Ok(tx.one(BACKLOG, asked, read)?.unwrap_or_default())
}
