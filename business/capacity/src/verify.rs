//! Whether claims and their quanta agree.

use kernel::{Ctx, Fault};
use store::{Tx, params};

// A live claim holds, of its person and of each of its things, every quantum it touches; of
// somebody who was booked over knowingly, none.
const SHORT: &str = "
    select c.id from claims c
    where c.org = $1 and c.state in ('firm', 'held') and (
            select cast(count(*) as bigint) from claim_quanta q
            where q.org = c.org and q.resource = c.staff and q.claim = c.id
                and q.quantum >= c.busy_from / 300000000
                and q.quantum < (c.busy_to + 299999999) / 300000000
                and c.overbooked is null
        ) + (
            select cast(count(*) as bigint) from claim_resources r
            join claim_quanta q on q.org = r.org and q.resource = r.resource and q.claim = c.id
                and q.quantum >= c.busy_from / 300000000
                and q.quantum < (c.busy_to + 299999999) / 300000000
            where r.org = c.org and r.claim = c.id
        ) <> ((c.busy_to + 299999999) / 300000000 - c.busy_from / 300000000)
            * (case when c.overbooked is null then 1 else 0 end + (
            select cast(count(*) as bigint) from claim_resources r
            where r.org = c.org and r.claim = c.id))
    order by c.id limit 1";

const EXTRA: &str = "
    select q.claim from claim_quanta q
    left join claims c on c.org = q.org and c.id = q.claim
    where q.org = $1 and (c.id is null or c.state = 'lapsed'
        or (c.overbooked is not null and q.resource = c.staff)
        or q.quantum < c.busy_from / 300000000
        or q.quantum >= (c.busy_to + 299999999) / 300000000
        or (q.resource <> c.staff and not exists (
            select 1 from claim_resources r
            where r.org = q.org and r.claim = q.claim and r.resource = q.resource)))
    order by q.claim limit 1";

const OVERLAP: &str = "
    select later.id from (
        select id, staff, busy_from / 300000000 as first_quantum,
            lag((busy_to + 299999999) / 300000000)
                over (partition by staff order by busy_from, id) as free_quantum
        from claims where org = $1 and state in ('firm', 'held') and overbooked is null
    ) later
    where later.first_quantum < later.free_quantum
    order by later.id limit 1";

const PARTS: &str = "
    select later.id from (
        select id, part, starts_at,
            lag(part) over (partition by order_id order by part) as part_before,
            lag(ends_at) over (partition by order_id order by part) as end_before
        from claims where org = $1
    ) later
    where later.part <> coalesce(later.part_before, 0) + 1
        or later.starts_at < later.end_before
    order by later.id limit 1";

/// The first claim that does not hold exactly its quanta, or that overlaps another.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let checks = [
        (SHORT, "does not hold all of its time"),
        (EXTRA, "holds time that is not its own"),
        (OVERLAP, "overlaps another claim on the same person"),
        (PARTS, "is out of order among the parts of its visit"),
    ];
    for (sql, what) in checks {
        if let Some(claim) = tx.one(sql, params![ctx.org], |row| row.text(0))? {
            return Ok(Some(format!("claim {claim} {what}")));
        }
    }
    Ok(None)
}
