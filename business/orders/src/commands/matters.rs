//! Enquiries and complaints: settled without anybody being served, opened again when the answer was
//! none, promised anew when their level changes.

use kernel::{Ctx, Fault, Role, Timestamp, ids::OrderId};
use store::Tx;

use super::{
    moves::{changeable, finish},
    save,
};
use crate::{
    EDIT,
    model::{Kind, Next, Order},
};

fn matter(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, EDIT)?;
    match order.kind {
        Kind::Enquiry | Kind::Complaint => Ok(order),
        _ => Err(Fault::conflict("orders-no-matter")),
    }
}

/// What was asked is answered. Whoever may write orders down may say so: nobody is served.
pub fn settle(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    matter(tx, ctx, id)?;
    finish(tx, &ctx.raised(Role::Desk), id)
}

/// The answer was none: the matter is open again.
pub fn reopen(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = matter(tx, ctx, id)?;
    let Next::To(state) = order.state.clone().reopen()? else {
        return Ok(order);
    };
    let promised = order.promised;
    let order = save::update_state(tx, ctx, order, state, promised)?;
    tx.record(ctx, save::fact("order.reopened", &order));
    Ok(order)
}

/// Says anew by when an answer is promised.
pub fn promise(tx: &mut Tx, ctx: &Ctx, id: OrderId, at: Timestamp) -> Result<Order, Fault> {
    let order = matter(tx, ctx, id)?;
    let state = order.state.clone();
    save::update_state(tx, ctx, order, state, Some(at))
}
