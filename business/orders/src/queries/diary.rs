//! The bookings of one person, or of one room.

use customers::beside;
use kernel::{
    Ctx, Fault, Span,
    ids::{ResourceId, SiteId, StaffId},
};
use store::{Tx, params};

use super::{
    Card,
    parts::parts_among,
    rows::{COLUMN_COUNT, COLUMNS, read_order},
};
use crate::VIEW;

/// The most bookings a diary holds.
const DIARY_MAX: i64 = 2000;

const SERVED_BY: &str = "(o.slot_staff = $2 or exists (
    select 1 from order_parts p
    where p.org = o.org and p.order_id = o.id and p.staff = $2))";

/// Whose bookings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Diary {
    /// Those a member of staff is to serve.
    Staff(StaffId),
    /// Those that take a room or a piece of equipment. A booking called off takes none.
    Resource(ResourceId),
}

/// The bookings at a site that begin within `span`, called off or not, in order of time. What is
/// only held, or was never confirmed, is no booking.
pub fn diary(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    whose: Diary,
    span: Span,
) -> Result<Vec<Card>, Fault> {
    ctx.require_at(VIEW, site)?;
    let (mine, owner) = match whose {
        Diary::Staff(id) => (SERVED_BY.to_owned(), id.to_string()),
        Diary::Resource(id) => {
            let taking = format!("o.id in ({})", capacity::ORDERS_WITH);
            (taking, id.to_string())
        }
    };
    let sql = format!(
        "select {COLUMNS}, {} from orders o {}
         where o.org = $1 and o.site = $3 and o.due_at >= $4 and o.due_at < $5
             and o.slot_starts_at is not null and o.state not in ('held', 'expired') and {mine}
         order by o.due_at, o.id limit $6",
        beside::COLUMNS,
        beside::JOIN
    );
    let values = params![ctx.org, &owner, site, span.start, span.end, DIARY_MAX];
    let mut cards = tx.all(&sql, values, |row| {
        Ok(Card {
            order: read_order(row)?,
            customer: beside::read(row, COLUMN_COUNT)?,
            steps: Vec::new(),
            parts: Vec::new(),
        })
    })?;
    let among = "select o.id from orders o
         where o.org = $1 and o.site = $2 and o.due_at >= $3 and o.due_at < $4
         order by o.due_at, o.id limit $5";
    let values = params![ctx.org, site, span.start, span.end, DIARY_MAX];
    let mut parts = parts_among(tx, among, values)?;
    for card in &mut cards {
        card.parts = parts.remove(&card.order.id).unwrap_or_default();
    }
    Ok(cards)
}
