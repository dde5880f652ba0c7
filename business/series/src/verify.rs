//! Whether every member of a series is an order.

use kernel::{Ctx, Fault, ids::OrderId};
use store::{Tx, params};

const BATCH: usize = 500;

const MEMBERS: &str = "
    select order_id from series_orders where org = $1 and order_id > $2
    order by order_id limit 500";

/// The first member of a series that is no order.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let mut last = String::new();
    loop {
        let members: Vec<OrderId> = tx.all(MEMBERS, params![ctx.org, &last], |row| row.id(0))?;
        let known = orders::states(tx, ctx, &members)?;
        if let Some(lost) = members.iter().find(|id| !known.contains_key(id)) {
            return Ok(Some(format!("order {lost} of a series is not there")));
        }
        if members.len() < BATCH {
            return Ok(None);
        }
        last = members.last().map_or(last, OrderId::to_string);
    }
}
