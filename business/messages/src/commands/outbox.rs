//! From waiting to sent: taking what is due, noting what became of it, trying again.

use kernel::{
    Ctx, Fault, Text, Timestamp,
    ids::{MessageId, MessageNoun},
};
use store::{Event, Tx, params};

use super::hear::minutes_after;
use crate::{
    EDIT, House,
    model::{
        ATTEMPTS_MAX, Message, Occasion, Settings, Stage, Template, Values, Way, back_off_seconds,
    },
    queries,
};

/// Messages taken at once.
const BATCH: i64 = 20;
/// How long handing over a batch may take before it counts as lost.
const LEASE_MINUTES: i64 = 10;

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The other side has it.
    Accepted,
    /// Not now: try again later.
    Postponed(String),
    /// Never: the address or the message is refused.
    Refused(String),
}

const CLAIM: &str = "
    update messages set state = 'sending', attempts = attempts + 1, lease_until = $3
    where org = $1 and state = 'waiting' and id in (
        select id from messages where org = $1 and state = 'waiting' and due_at <= $2
        order by due_at, id limit $4)
    returning ";
const TOO_LATE: &str = "
    update messages set state = 'failed', reason = $3
    where org = $1 and state = 'waiting' and useful_until <= $2";

const PUT_OFF: &str = "
    update messages set state = 'waiting', due_at = $3, lease_until = null, attempts = attempts - 1
    where org = $1 and id = $2 and state = 'sending'";

/// Takes what is due, so that no other process does; what is too late is given up.
pub(crate) fn claim_due(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Message>, Fault> {
    ctx.require(EDIT)?;
    tx.execute(TOO_LATE, params![ctx.org, ctx.now, "too late to be of use"])?;
    let until = minutes_after(ctx.now, LEASE_MINUTES);
    let sql = format!("{CLAIM}{}", queries::COLUMNS);
    let key = params![ctx.org, ctx.now, until, BATCH];
    let claimed = tx.all(&sql, key, queries::read_message)?;
    let settings = queries::settings(tx, ctx)?;
    let mut due = Vec::with_capacity(claimed.len());
    for message in claimed {
        if is_unreachable(tx, ctx, &message)? {
            let refused = Outcome::Refused("mail to this address comes back".to_owned());
            settle(tx, ctx, &message, &refused)?;
        } else if let Some(morning) = quiet_until(tx, ctx, &settings, &message)? {
            tx.execute(PUT_OFF, params![ctx.org, message.id, morning])?;
        } else {
            due.push(message);
        }
    }
    Ok(due)
}

fn is_unreachable(tx: &mut Tx, ctx: &Ctx, message: &Message) -> Result<bool, Fault> {
    Ok(message.way == Way::Mail && customers::unreachable(tx, ctx, &message.recipient)?.is_some())
}

/// When a message that became due in quiet hours may leave: a server that was away, or a program
/// that stood still, is no reason to wake anybody.
fn quiet_until(
    tx: &mut Tx,
    ctx: &Ctx,
    settings: &Settings,
    message: &Message,
) -> Result<Option<Timestamp>, Fault> {
    let Some(site) = message.site.filter(|_| !message.at_once) else {
        return Ok(None);
    };
    let zone = organisation::site(tx, ctx, site)?.zone;
    let allowed = settings.quiet.first_allowed(ctx.now, &zone);
    Ok(Some(allowed).filter(|allowed| *allowed > ctx.now))
}

const SENT: &str = "
    update messages set state = 'sent', sent_at = $3, lease_until = null, reason = null
    where org = $1 and id = $2 and state = 'sending'";
const AGAIN: &str = "
    update messages set state = 'waiting', due_at = $3, lease_until = null, reason = $4
    where org = $1 and id = $2 and state = 'sending'";
const FAILED: &str = "
    update messages set state = $3, lease_until = null, reason = $4
    where org = $1 and id = $2 and state = 'sending'";

/// Notes what became of a message that was taken.
pub(crate) fn settle(
    tx: &mut Tx,
    ctx: &Ctx,
    message: &Message,
    outcome: &Outcome,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let (changed, activity) = match outcome {
        Outcome::Accepted => {
            let sent = tx.execute(SENT, params![ctx.org, message.id, ctx.now])?;
            (sent, Some("message.sent"))
        }
        Outcome::Postponed(reason) if message.attempts < ATTEMPTS_MAX => {
            let due = later(ctx.now, back_off_seconds(message.attempts));
            tx.execute(AGAIN, params![ctx.org, message.id, due, bounded(reason)])?;
            (0, None)
        }
        Outcome::Postponed(reason) | Outcome::Refused(reason) => {
            let key = params![ctx.org, message.id, Stage::Failed.as_str(), bounded(reason)];
            (tx.execute(FAILED, key)?, Some("message.failed"))
        }
    };
    if let (1, Some(activity)) = (changed, activity) {
        record(tx, ctx, activity, message);
    }
    Ok(())
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(at.as_microsecond() + seconds * 1_000_000).unwrap_or(at)
}

/// What another machine said, short enough to keep and without control characters.
fn bounded(reason: &str) -> String {
    let plain = reason.chars().map(|c| if c.is_control() { ' ' } else { c });
    plain.take(300).collect()
}

pub(super) fn record(tx: &mut Tx, ctx: &Ctx, activity: &'static str, message: &Message) {
    let event = Event::new(activity)
        .site(message.site)
        .object("message", message.id, "subject")
        .object_if("order", message.order, "about")
        .object_if("customer", message.customer, "to")
        .attr("occasion", message.occasion.as_str())
        .attr("way", message.way.as_str());
    tx.record(ctx, event);
}

const LOST: &str = "
    update messages set state = $3, lease_until = null, reason = $4
    where org = $1 and state = 'sending' and lease_until < $2 and way = $5";

/// Messages whose sender stopped in the middle: a gateway tells repetitions apart by their id, so
/// texts are sent again; mail may have left or not, and somebody has to look.
pub(crate) fn give_up_lost(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let reason = "the program stopped while it was being sent";
    for (way, stage) in [(Way::Mail, Stage::Unsure), (Way::Text, Stage::Waiting)] {
        let key = params![ctx.org, ctx.now, stage.as_str(), reason, way.as_str()];
        tx.execute(LOST, key)?;
    }
    Ok(())
}

const REVIVE: &str = "
    update messages set state = 'waiting', due_at = $3, attempts = 0, reason = null, at_once = 1,
        sent_at = null,
        useful_until = case when useful_until > $4 then useful_until else $4 end
    where org = $1 and id = $2 and state in ('bounced', 'failed', 'unsure')";

/// Sends a message that failed once more; doing so twice sends it once.
pub fn send_again(tx: &mut Tx, ctx: &Ctx, id: MessageId) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    let message = queries::message(tx, ctx, id)?;
    if is_unreachable(tx, ctx, &message)? {
        return Err(Fault::conflict("messages-address-unreachable"));
    }
    let until = minutes_after(ctx.now, 60);
    let revived = tx.execute(REVIVE, params![ctx.org, id, ctx.now, until])?;
    match (revived, message.stage) {
        (1, _) => record(tx, ctx, "message.revived", &message),
        (_, Stage::Waiting | Stage::Sending) => {}
        _ => return Err(Fault::conflict("messages-not-failed")),
    }
    Ok(())
}

const TEST: &str = "
    insert into messages (org, id, key, occasion, way, locale, recipient, subject, body, state,
        attempts, created_at, due_at, useful_until, at_once)
    values ($1, $2, $3, 'test', $4, $5, $6, $7, $8, 'waiting', 0, $9, $9, $10, 1)";

/// Writes to an address or number to try the way, on the way that customers' messages take.
pub fn send_test(
    tx: &mut Tx,
    ctx: &Ctx,
    house: &House,
    way: Way,
    recipient: &str,
) -> Result<MessageId, Fault> {
    ctx.require(EDIT)?;
    let settings = queries::settings(tx, ctx)?;
    if !is_open(house, &settings, way) {
        return Err(Fault::invalid(
            "recipient",
            Text::key("messages-way-closed"),
        ));
    }
    let business = organisation::organisation(tx, ctx.org)?.name;
    let values = Values::from([("business", business.get(ctx.locale).to_owned())]);
    let filled = Template::original(Occasion::Test, ctx.locale).filled(&values);
    let id = ctx.id::<MessageNoun>();
    let values = params![
        ctx.org,
        id,
        format!("test:{id}"),
        way.as_str(),
        ctx.locale,
        recipient,
        filled.subject,
        filled.body,
        ctx.now,
        minutes_after(ctx.now, 60),
    ];
    tx.execute(TEST, values)?;
    Ok(id)
}

/// Whether messages can leave by a way at all.
pub(crate) fn is_open(house: &House, settings: &Settings, way: Way) -> bool {
    match way {
        Way::Mail => house.sends_mail,
        Way::Text => settings.gateway.is_some(),
    }
}
