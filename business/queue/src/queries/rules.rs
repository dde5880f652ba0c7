//! The rules of a site.

use kernel::ids::SiteId;
use kernel::{Ctx, Fault};
use store::{Tx, params};

use crate::model::Rules;

const RULES: &str = "
    select booked_head_minutes, booked_grace_minutes, priority_head_minutes,
           transfer_keeps_percent, break_minutes, desk_numbers, version
    from queue_rules where org = $1 and site = $2";

/// The rules of a site, and how often they were changed: 0 for the ones every site begins with.
pub fn rules(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<(Rules, i64), Fault> {
    let kept = tx.one(RULES, params![ctx.org, site], |row| {
        let rules = Rules {
            booked_head_minutes: row.int(0)?,
            booked_grace_minutes: row.int(1)?,
            priority_head_minutes: row.int(2)?,
            transfer_keeps_percent: row.int(3)?,
            break_minutes: row.int(4)?,
            desk_numbers: row.flag(5)?,
        };
        Ok((rules, row.int(6)?))
    })?;
    Ok(kept.unwrap_or_default())
}
