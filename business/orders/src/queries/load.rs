//! How much work lies in each hour.

use kernel::{Ctx, Fault, Span, Timestamp, ids::SiteId};
use store::{Tx, params};

use crate::VIEW;

const HOUR_MICROSECONDS: i64 = 3_600_000_000;

/// Minutes of booked and walked-in work by the hour in which each order is due, in order of time.
/// Hours are whole in UTC: good for the load of a day, not for the minute.
pub fn minutes_by_hour(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    span: Span,
) -> Result<Vec<(Timestamp, i64)>, Fault> {
    ctx.require_at(VIEW, site)?;
    let sql = "select due_at / $5, cast(sum(minutes) as bigint) from orders
         where org = $1 and site = $2 and due_at >= $3 and due_at < $4
             and state in ('booked', 'waiting', 'serving', 'finished')
         group by due_at / $5 order by due_at / $5";
    let values = params![ctx.org, site, span.start, span.end, HOUR_MICROSECONDS];
    let rows = tx.all(sql, values, |row| Ok((row.int(0)?, row.int(1)?)))?;
    let at = |hour: i64| Timestamp::from_microsecond(hour * HOUR_MICROSECONDS);
    Ok(rows
        .into_iter()
        .filter_map(|(hour, minutes)| Some((at(hour).ok()?, minutes)))
        .collect())
}
