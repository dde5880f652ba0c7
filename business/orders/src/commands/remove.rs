//! Taking away an order of the past that an import wrote down by mistake.

use kernel::{Ctx, Fault, ids::OrderId};
use store::{Tx, params};

use super::save;
use crate::{EDIT, queries};

const PARTS: [&str; 5] = [
    "delete from order_lines where org = $1 and order_id = $2",
    "delete from order_steps where org = $1 and order_id = $2",
    "delete from order_notes where org = $1 and order_id = $2",
    "delete from order_undos where org = $1 and order_id = $2",
    "delete from order_parts where org = $1 and order_id = $2",
];
const REMOVE: &str = "delete from orders where org = $1 and id = $2 and version = $3";

/// Takes an order of the past away that nothing happened to since it was written down. The journal
/// keeps that there was one.
pub fn remove_past(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<(), Fault> {
    let order = queries::order(tx, ctx, id)?;
    ctx.require_at(EDIT, order.site)?;
    if order.version != 1 || order.external_id.is_none() || !order.state.name().is_closed() {
        return Err(Fault::conflict("orders-not-of-an-import"));
    }
    for sql in PARTS {
        tx.execute(sql, params![ctx.org, id])?;
    }
    if tx.execute(REMOVE, params![ctx.org, id, order.version])? == 0 {
        return Err(Fault::stale());
    }
    tx.record(ctx, save::fact("order.removed", &order));
    Ok(())
}
