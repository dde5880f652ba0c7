//! Whether deliveries and the places of their webhooks agree.

use kernel::{Ctx, Fault};
use store::{Tx, journal, params};

const AHEAD: &str = "
    select id from webhooks where org = $1 and heard_seq > $2 order by id limit 1";
const STRAY: &str = "
    select d.id from webhook_deliveries d
    left join webhooks w on w.org = d.org and w.id = d.webhook
    where d.org = $1 and (w.id is null or d.place > w.heard_seq)
    order by d.id limit 1";

/// The first webhook that heard what did not happen, or the first delivery without a webhook that
/// heard of it.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let head = journal::head(tx, ctx.org)?;
    if let Some(id) = tx.one(AHEAD, params![ctx.org, head], |row| row.text(0))? {
        return Ok(Some(format!("webhook {id} is ahead of the journal")));
    }
    let stray = tx.one(STRAY, params![ctx.org], |row| row.text(0))?;
    Ok(stray.map(|id| format!("delivery {id} is of no webhook that heard of it")))
}
