//! Who was here last.

use kernel::{Ctx, Fault, ids::CustomerId};
use store::{Tx, params};

use crate::VIEW;

const RECENT: &str = "
    select customer from orders where org = $1 and customer is not null
    order by created_at desc, id desc limit $2";

/// Customers of the last `limit` orders, the last first, each once.
pub fn recent_customers(tx: &mut Tx, ctx: &Ctx, limit: i64) -> Result<Vec<CustomerId>, Fault> {
    ctx.require(VIEW)?;
    let mut recent: Vec<CustomerId> = Vec::new();
    for customer in tx.all(RECENT, params![ctx.org, limit], |row| row.id(0))? {
        if !recent.contains(&customer) {
            recent.push(customer);
        }
    }
    Ok(recent)
}
