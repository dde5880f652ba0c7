//! Taking away a customer whom an import wrote down by mistake.

use kernel::{Ctx, Fault, ids::CustomerId};
use store::{Event, Tx, params};

use crate::EDIT;

const TERMS: &str = "delete from customer_terms where org = $1 and customer = $2";
const REMOVE: &str = "delete from customers where org = $1 and id = $2 and version = $3";

/// Takes a customer away whom nothing names: who calls this has made sure of it. The journal keeps
/// that there was one.
pub fn remove_customer(tx: &mut Tx, ctx: &Ctx, id: CustomerId, version: i64) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    tx.execute(TERMS, params![ctx.org, id])?;
    if tx.execute(REMOVE, params![ctx.org, id, version])? == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("customer.removed").object("customer", id, "subject");
    tx.record(ctx, event);
    Ok(())
}
