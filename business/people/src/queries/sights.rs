//! Reading who saw what.

use crate::VIEW_AUDIT;
use crate::model::{Seen, SightKind};
use kernel::ids::{CustomerId, UserId};
use kernel::{Ctx, Fault, Timestamp};
use store::{Row, Tx, params};

/// Which sights to look for.
#[derive(Clone, Debug)]
pub struct SightFilter {
    /// Of this customer, lists that named them included.
    pub customer: Option<CustomerId>,
    /// By this user.
    pub user: Option<UserId>,
    /// Only of this kind.
    pub kind: Option<SightKind>,
    /// From when.
    pub from: Timestamp,
    /// Until before when.
    pub to: Timestamp,
}

const SIGHTS: &str = "
    select user_id, kind, noun, subject, last_at, times, count from sights
    where org = $1 and last_at >= $2 and last_at < $3
        and (cast($4 as text) is null or user_id = $4)
        and (cast($5 as text) is null or kind = $5)
        and (cast($6 as text) is null or subject = $6 or subjects like $7 or kind = 'export')
    order by last_at desc, user_id, subject limit $8";

/// Who saw what, latest first. Exports may hold anybody, so they are told for each customer.
pub fn sights(
    tx: &mut Tx,
    ctx: &Ctx,
    filter: &SightFilter,
    limit: i64,
) -> Result<Vec<Seen>, Fault> {
    ctx.require(VIEW_AUDIT)?;
    let customer = filter.customer.map(|id| id.to_string());
    let named = customer.as_deref().map(store::text_pattern);
    let values = params![
        ctx.org,
        filter.from,
        filter.to,
        filter.user,
        filter.kind.map(SightKind::as_str),
        customer,
        named,
        limit
    ];
    tx.all(SIGHTS, values, read_seen)
}

fn read_seen(row: &Row) -> Result<Seen, Fault> {
    let kind = row.text(1)?;
    Ok(Seen {
        user: row.id(0)?,
        kind: SightKind::parse(&kind).ok_or_else(|| Fault::broken(kind))?,
        noun: row.text(2)?,
        customer: CustomerId::parse(&row.text(3)?),
        last_at: row.instant(4)?,
        times: row.int(5)?,
        count: row.int(6)?,
    })
}
