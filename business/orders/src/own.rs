//! Fields of the business's own on an order.

use fields::{Holder, Subject};
use kernel::{Ctx, Fault, ids::OrderId};
use store::Tx;

use crate::{EDIT, VIEW, queries};

/// The fields of an order: who may change what is sold may change them, at its site.
pub(crate) const HOLDER: Holder = Holder {
    subject: Subject::Order,
    home: "/orders/{id}",
    view: VIEW,
    edit: EDIT,
    find,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<String, Fault> {
    let id = OrderId::parse(id).ok_or_else(|| Fault::missing("orders-missing"))?;
    let order = queries::order(tx, ctx, id)?;
    ctx.require_at(VIEW, order.site)?;
    Ok(order.code)
}
