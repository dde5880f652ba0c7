//! Whether enquiries agree with the orders they belong to.

use kernel::{Ctx, Fault, ids::OrderId};
use store::{Row, Tx, params};

const ALL: &str = "
    select order_id, closed_at from enquiries where org = $1 and order_id > $2
    order by order_id limit 500";

/// The first enquiry that is closed though its order is open, or belongs to no order.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let mut last = String::new();
    loop {
        let read = |row: &Row| Ok((row.id::<_>(0)?, row.opt_int(1)?.is_some()));
        let found: Vec<(OrderId, bool)> = tx.all(ALL, params![ctx.org, &last], read)?;
        let Some((id, _)) = found.last() else {
            return Ok(None);
        };
        last = id.to_string();
        for (id, closed) in found {
            let order = orders::order(tx, ctx, id)?;
            if closed && !order.state.name().is_closed() {
                let code = order.code;
                return Ok(Some(format!(
                    "enquiry {code} is closed, but its order is not"
                )));
            }
        }
    }
}
