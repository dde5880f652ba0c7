//! What is asked and complained of, while it is open.

use kernel::{Ctx, Fault};
use store::{Tx, params};

use super::rows::{COLUMNS, read_order};
use crate::{VIEW, model::Order};

/// The open enquiries and complaints, at most 500, by site and state.
pub fn open_matters(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Order>, Fault> {
    ctx.require(VIEW)?;
    // In the order of the index of what is not closed: every other order has SQLite look through
    // the whole past instead.
    let sql = format!(
        "select {COLUMNS} from orders o
         where o.org = $1 and o.closed_at is null and o.kind in ('enquiry', 'complaint')
         order by o.site, o.state, o.due_at limit 500"
    );
    tx.all(&sql, params![ctx.org], read_order)
}
