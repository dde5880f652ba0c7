//! Photos and files of an order and of its steps.

use files::{Holds, OwnerKind, Reached, Shelf};
use kernel::{Ctx, Fault, ids::OrderId};
use store::Tx;

use crate::{EDIT, VIEW, queries};

/// The files of an order: who may see the order may see them.
pub(crate) const SHELF: Shelf = Shelf {
    kind: OwnerKind::Order,
    holds: Holds::Many,
    home: "/orders/{id}",
    view: VIEW,
    edit: EDIT,
    find,
    seen: Some(people::FILE_SEEN),
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<Reached, Fault> {
    let id = OrderId::parse(id).ok_or_else(|| Fault::missing("orders-missing"))?;
    let order = queries::order(tx, ctx, id)?;
    let steps = queries::steps(tx, ctx, id)?;
    let parts = steps
        .iter()
        .map(|step| (step.id.to_string(), step.name.get(ctx.locale).to_owned()));
    Ok(Reached {
        title: order.code.clone(),
        home: format!("/orders/{id}"),
        site: Some(order.site),
        customer: order.customer,
        zone: organisation::site(tx, ctx, order.site)?.zone,
        parts: parts.collect(),
    })
}
