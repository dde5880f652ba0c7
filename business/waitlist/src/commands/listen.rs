//! Listening to the journal for what may have freed a time.

use std::collections::BTreeSet;

use kernel::{Ctx, Fault, ids::SiteId};
use store::{Tx, journal, params};

use crate::{VIEW, queries};

/// Facts heard at once.
const BATCH: i64 = 500;

const CURSOR: &str = "select seq from waiting_cursors where org = $1";
const BEGIN: &str = "
    insert into waiting_cursors (org, seq) values ($1, $2) on conflict (org) do nothing";
const ADVANCE: &str = "update waiting_cursors set seq = $3 where org = $1 and seq = $2";

const OVERDUE: &str = "
    select distinct site from waiting_offers
    where org = $1 and state = 'open' and until_at <= $2 order by site limit 1000";

/// What may free a time, or put somebody new on the list.
fn frees(activity: &str) -> bool {
    match activity.split_once('.') {
        Some(("order", what)) => matches!(
            what,
            "cancelled" | "rescheduled" | "expired" | "no_show" | "changed" | "finished"
        ),
        Some(("waiting", what)) => matches!(what, "joined" | "declined" | "left" | "unanswered"),
        Some((noun, _)) => matches!(
            noun,
            "session"
                | "shift"
                | "time_off"
                | "staff"
                | "rota"
                | "site"
                | "hours"
                | "resource"
                | "service"
                | "roster"
                | "swap"
                | "request"
        ),
        None => false,
    }
}

/// The sites where something may have become free since the last time, or an offer is over. Facts
/// that name no site are about all of them.
pub fn hear(tx: &mut Tx, ctx: &Ctx) -> Result<BTreeSet<SiteId>, Fault> {
    ctx.require(VIEW)?;
    let overdue = tx.all(OVERDUE, params![ctx.org, ctx.now], |row| row.id(0))?;
    let mut sites: BTreeSet<SiteId> = overdue.into_iter().collect();
    let Some(seq) = tx.one(CURSOR, params![ctx.org], |row| row.int(0))? else {
        let head = journal::head(tx, ctx.org)?;
        tx.execute(BEGIN, params![ctx.org, head])?;
        sites.extend(queries::sites_waiting(tx, ctx)?);
        return Ok(sites);
    };
    let entries = journal::after(tx, ctx.org, seq, BATCH)?;
    let Some(last) = entries.last() else {
        return Ok(sites);
    };
    if tx.execute(ADVANCE, params![ctx.org, seq, last.seq])? == 0 {
        // Another process heard them first.
        return Ok(sites);
    }
    let waited: BTreeSet<SiteId> = queries::sites_waiting(tx, ctx)?.into_iter().collect();
    for entry in entries.iter().filter(|entry| frees(&entry.activity)) {
        match entry.site {
            Some(site) => sites.extend(waited.get(&site).copied()),
            None => sites.extend(waited.iter().copied()),
        }
    }
    Ok(sites)
}
