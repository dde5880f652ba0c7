//! What must hold of tickets at any time.

use kernel::{Ctx, Fault, ids::TicketId};
use store::{Tx, journal::PAGE_MAX, params};

const BEYOND_COUNTER: &str = "
    select cast(count(*) as bigint) from tickets t
    where t.org = $1 and not exists (
        select 1 from ticket_numbers n
        where n.org = t.org and n.site = t.site and n.line = t.line and n.day = t.day
            and n.last_number >= t.number)";

const NEEDLESS: &str = "
    select cast(count(*) as bigint) from tickets
    where org = $1 and priority = 0 and priority_reason is not null";

const NOWHERE: &str = "
    select cast(count(*) as bigint) from tickets t
    where t.org = $1 and not exists (
        select 1 from lines l where l.org = t.org and l.site = t.site and l.code = t.stands_in)";

const LATEST: &str = "
    select id, state from tickets where org = $1 order by id desc limit 1000";

/// No number beyond its counter; each of the latest thousand tickets is where the journal left it.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let beyond = tx.count(BEYOND_COUNTER, params![ctx.org])?;
    let needless = tx.count(NEEDLESS, params![ctx.org])?;
    if needless > 0 {
        return Ok(Some(format!(
            "{needless} tickets keep a reason for a priority they do not have"
        )));
    }
    let nowhere = tx.count(NOWHERE, params![ctx.org])?;
    if nowhere > 0 {
        return Ok(Some(format!(
            "{nowhere} tickets stand in a line that there is not"
        )));
    }
    if beyond > 0 {
        return Ok(Some(format!(
            "{beyond} tickets have numbers that were never given out"
        )));
    }
    let latest: Vec<(TicketId, String)> = tx.all(LATEST, params![ctx.org], |row| {
        Ok((row.id(0)?, row.text(1)?))
    })?;
    for (id, state) in latest {
        let entries = store::journal::about(tx, ctx.org, "ticket", &id.to_string(), PAGE_MAX)?;
        let told: Vec<&str> = entries
            .iter()
            .map(|entry| entry.activity.as_str())
            .collect();
        if told.first() != Some(&"ticket.issued") {
            return Ok(Some(format!("ticket {id} was never issued")));
        }
        if !agrees(&told, &state) {
            return Ok(Some(format!(
                "ticket {id} is {state}, but the journal does not tell of that"
            )));
        }
    }
    Ok(None)
}

/// Whether what was last told of a ticket leaves it in this state.
fn agrees(told: &[&str], state: &str) -> bool {
    let stands = ["waiting", "called", "away"].contains(&state);
    let mut known = told.iter().rev().filter_map(|activity| match *activity {
        "ticket.issued" | "ticket.skipped" | "ticket.returned" | "ticket.transferred" => {
            Some(state == "waiting")
        }
        "ticket.called" | "ticket.recalled" | "ticket.answered" => Some(state == "called"),
        "ticket.stepped_out" | "ticket.return_reserved" => Some(state == "away"),
        "ticket.restored" => Some(stands),
        "ticket.served" => Some(state == "serving"),
        "ticket.closed" => Some(state == "done"),
        "ticket.left" => Some(state == "left"),
        "ticket.no_show" => Some(state == "no_show"),
        _ => None,
    });
    known.next().unwrap_or(false)
}
