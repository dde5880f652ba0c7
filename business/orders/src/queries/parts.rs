//! The parts of visits.

use std::collections::BTreeMap;

use kernel::{Bilingual, Ctx, Fault, Span, ids::OrderId};
use store::{Row, Tx, Value, params};

use crate::{VIEW, model::Part};

const PARTS: &str = "
    select order_id, position, service, title_zh, title_en, starts_at, ends_at, staff, overbooked
    from order_parts";

fn read_part(row: &Row) -> Result<(OrderId, Part), Fault> {
    let span = Span::new(row.instant(5)?, row.instant(6)?);
    let part = Part {
        position: row.int(1)?,
        service: row.id(2)?,
        title: Bilingual::new(row.text(3)?, row.text(4)?),
        span: span.ok_or_else(|| Fault::broken("a part that ends before it begins"))?,
        staff: row.id(7)?,
        overbooked: row.opt_text(8)?,
    };
    Ok((row.id(0)?, part))
}

/// The parts of a visit in order of time; none where the slot of the order says it all.
pub fn parts(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Part>, Fault> {
    ctx.require(VIEW)?;
    known_parts(tx, ctx, order)
}

/// As [`parts`], before it is known what the actor may do.
pub(crate) fn known_parts(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Part>, Fault> {
    let sql = format!("{PARTS} where org = $1 and order_id = $2 order by position limit 12");
    let rows = tx.all(&sql, params![ctx.org, order], read_part)?;
    Ok(rows.into_iter().map(|(_, part)| part).collect())
}

/// The parts of the orders that another statement names, by order.
pub(super) fn parts_among(
    tx: &mut Tx,
    orders: &str,
    values: &[Value],
) -> Result<BTreeMap<OrderId, Vec<Part>>, Fault> {
    let sql = format!(
        "{PARTS} where org = $1 and order_id in ({orders})
         order by order_id, position limit 12000"
    );
    let mut found: BTreeMap<OrderId, Vec<Part>> = BTreeMap::new();
    for (order, part) in tx.all(&sql, values, read_part)? {
        found.entry(order).or_default().push(part);
    }
    Ok(found)
}
