//! What moves somebody within the order, always by a stated rule and with a fact: priority with
//! its reason, another line, the rules themselves.

use kernel::ids::{SiteId, TicketId};
use kernel::{Ctx, Fault, Text};
use store::{Event, Tx, params};

use super::{fact, save};
use crate::model::{Rules, Stage};
use crate::queries::{self, Ticket};
use crate::{LINES, SERVE};

/// The longest reason that is kept.
const REASON_CHARS_MAX: usize = 120;

/// A reason as it is kept; refuses one that says nothing or too much.
pub fn reason_of(typed: &str) -> Result<String, Fault> {
    let reason = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match reason.chars().count() {
        0..2 => Err(Fault::invalid("reason", Text::key("queue-reason-needed"))),
        2..=REASON_CHARS_MAX => Ok(reason),
        _ => Err(Fault::invalid(
            "reason",
            Text::key("queue-reason-long").with("max", REASON_CHARS_MAX),
        )),
    }
}

/// Lets somebody in line count from earlier, for a reason that is written down.
pub fn prioritise(tx: &mut Tx, ctx: &Ctx, id: TicketId, reason: &str) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    let reason = reason_of(reason)?;
    if old.place.priority {
        return Err(Fault::conflict("queue-has-priority"));
    }
    if !old.stage.is_open() {
        return Err(Fault::conflict("queue-already-over"));
    }
    let (rules, _) = queries::rules(tx, ctx, old.site)?;
    let mut new = old.clone();
    new.place.priority = true;
    new.place.rank = rules.prioritised(old.place.rank);
    new.priority_reason = Some(reason.clone());
    save(tx, ctx, &old, &new, true)?;
    let event = fact("ticket.prioritised", &new).attr("reason", reason.as_str());
    tx.record(ctx, event);
    Ok(new)
}

/// Sends somebody into another line. The number stays, and of the time waited so far as much goes
/// along as the rules of the site say.
pub fn transfer(tx: &mut Tx, ctx: &Ctx, id: TicketId, line: &str) -> Result<Ticket, Fault> {
    let old = queries::ticket(tx, ctx, id)?;
    ctx.require_at(SERVE, old.site)?;
    let lines = queries::lines(tx, ctx, old.site)?;
    let known = lines.iter().any(|other| other.code == line);
    if !known || old.stands_in == line {
        return Err(Fault::invalid("line", Text::key("queue-transfer-where")));
    }
    let (rules, _) = queries::rules(tx, ctx, old.site)?;
    let mut new = old.clone();
    new.stage = old.stage.back_in_line()?;
    new.place.rank = rules.transferred(old.place.rank, ctx.now);
    line.clone_into(&mut new.stands_in);
    if matches!(old.stage, Stage::Called { .. }) {
        (new.called_staff, new.counter, new.by_turn) = (None, None, false);
    }
    save(tx, ctx, &old, &new, true)?;
    let event = fact("ticket.transferred", &new)
        .attr("from", old.stands_in.as_str())
        .attr("to", line);
    tx.record(ctx, event);
    Ok(new)
}

const ADD_RULES: &str = "
    insert into queue_rules (org, site, booked_head_minutes, booked_grace_minutes,
        priority_head_minutes, transfer_keeps_percent, break_minutes, desk_numbers, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, 1) on conflict (org, site) do nothing";
const CHANGE_RULES: &str = "
    update queue_rules set booked_head_minutes = $3, booked_grace_minutes = $4,
        priority_head_minutes = $5, transfer_keeps_percent = $6, break_minutes = $7,
        desk_numbers = $8, version = version + 1
    where org = $1 and site = $2 and version = $9";

/// Changes the rules of a site; refuses when somebody else changed them since `version`. Whoever
/// stands in line keeps the place they have.
pub fn change_rules(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    rules: &Rules,
    version: i64,
) -> Result<(), Fault> {
    ctx.require_at(LINES, site)?;
    let (old, _) = queries::rules(tx, ctx, site)?;
    let values = params![
        ctx.org,
        site,
        rules.booked_head_minutes,
        rules.booked_grace_minutes,
        rules.priority_head_minutes,
        rules.transfer_keeps_percent,
        rules.break_minutes,
        rules.desk_numbers,
        version
    ];
    let changed = match version {
        0 => tx.execute(ADD_RULES, &values[..8])?,
        _ => tx.execute(CHANGE_RULES, values)?,
    };
    if changed == 0 {
        return Err(Fault::stale());
    }
    let pairs = old.settings().into_iter().zip(rules.settings());
    let changed = pairs.filter(|(old, new)| old.1 != new.1);
    let event = Event::new("queue_rules.changed").site(site);
    let event = changed.fold(event, |event, (_, (name, value))| {
        event.setting(site, name).attr(name, value)
    });
    tx.record(ctx, event);
    Ok(())
}
