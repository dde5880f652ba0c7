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
    // However many come to a group session, it is worked once.
    let sql = "select due_at / $5, cast(sum(minutes) as bigint) from (
             select o.id, o.due_at, o.minutes, row_number() over (
                 partition by coalesce(o.session, o.id) order by o.id) as nth
             from orders o
             where o.org = $1 and o.site = $2 and o.due_at >= $3 and o.due_at < $4
                 and o.state in ('booked', 'waiting', 'serving', 'finished')
         ) worked
         where nth = 1
         group by due_at / $5 order by due_at / $5";
    let values = params![ctx.org, site, span.start, span.end, HOUR_MICROSECONDS];
    let rows = tx.all(sql, values, |row| Ok((row.int(0)?, row.int(1)?)))?;
    let at = |hour: i64| Timestamp::from_microsecond(hour * HOUR_MICROSECONDS);
    Ok(rows
        .into_iter()
        .filter_map(|(hour, minutes)| Some((at(hour).ok()?, minutes)))
        .collect())
}
