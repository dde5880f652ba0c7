//! What must hold of tickets at any time.

use kernel::{Ctx, Fault};
use store::{Tx, params};

const BEYOND_COUNTER: &str = "
    select cast(count(*) as bigint) from tickets t
    where t.org = $1 and not exists (
        select 1 from ticket_numbers n
        where n.org = t.org and n.site = t.site and n.line = t.line and n.day = t.day
            and n.last_number >= t.number)";

const WITHOUT_EVENT: &str = "
    select id from tickets where org = $1 order by id desc limit 1000";

/// No number beyond its counter; each of the latest thousand tickets has its fact in the journal.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let beyond = tx.count(BEYOND_COUNTER, params![ctx.org])?;
    if beyond > 0 {
        return Ok(Some(format!(
            "queue: {beyond} tickets have numbers that were never given out"
        )));
    }
    let ids: Vec<kernel::ids::TicketId> =
        tx.all(WITHOUT_EVENT, params![ctx.org], |row| row.id(0))?;
    for id in ids {
        let entries = store::journal::about(tx, ctx.org, "ticket", &id.to_string(), 1)?;
        if entries
            .first()
            .is_none_or(|entry| entry.activity != "ticket.issued")
        {
            return Ok(Some(format!("queue: ticket {id} was never issued")));
        }
    }
    Ok(None)
}
