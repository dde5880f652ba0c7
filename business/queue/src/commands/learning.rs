//! Learning from past errors: a job that looks at what became of the latest quotes.

use kernel::ids::SiteId;
use kernel::{Ctx, Fault, Timestamp};
use store::{Tx, params};

use super::later;
use crate::model::Lessons;
use crate::queries;

/// How far back a site looks.
const DAYS: i64 = 28;
/// New waits that are worth learning anew.
const NEW_MIN: i64 = 25;
/// Models that are kept to be looked at.
const KEPT: i64 = 50;

const ADD: &str = "
    insert into quote_models (org, site, number, learned_at, pairs, lessons)
    values ($1, $2, $3, $4, $5, $6) on conflict (org, site, number) do nothing";
const FORGET: &str = "delete from quote_models where org = $1 and site = $2 and number <= $3";

/// Learns at every site that has enough new waits.
pub fn learn(tx: &mut Tx, ctx: &Ctx) -> Result<(), Fault> {
    for site in organisation::sites(tx, ctx)? {
        learn_at(tx, ctx, site.id)?;
    }
    Ok(())
}

fn learn_at(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<(), Fault> {
    let last = queries::model(tx, ctx, site)?;
    let since = last.learned_at.unwrap_or(Timestamp::UNIX_EPOCH);
    if queries::unlearnt(tx, ctx, site, since)? < NEW_MIN {
        return Ok(());
    }
    let pasts = queries::pasts(tx, ctx, site, later(ctx.now, -DAYS * 24 * 60))?;
    let lessons = Lessons::learn(&pasts);
    let number = last.number + 1;
    let lessons = serde_json::to_string(&lessons).map_err(Fault::broken)?;
    let pairs = pasts.pairs.len() + pasts.free.len();
    tx.execute(ADD, params![ctx.org, site, number, ctx.now, pairs, lessons])?;
    tx.execute(FORGET, params![ctx.org, site, number - KEPT])?;
    Ok(())
}
