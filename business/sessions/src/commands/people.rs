//! Who comes: selling seats, and the most that one customer may have.

use kernel::{
    Channel, Ctx, Fault, Text,
    ids::{CustomerId, GroupSessionId, OrderId},
};
use orders::{NewOrder, Order, WantedSeats};
use store::Tx;

use crate::{model::Session, queries};

/// Seats to be sold.
#[derive(Debug, Clone)]
pub struct Sell {
    /// In which session.
    pub session: GroupSessionId,
    /// How many.
    pub count: i64,
    /// To whom, when known.
    pub customer: Option<CustomerId>,
    /// What the customer said.
    pub note: String,
}

/// Sells seats of a session: one order, however many seats.
pub fn sell(tx: &mut Tx, ctx: &Ctx, wanted: &Sell) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let session = queries::session(tx, ctx, wanted.session)?;
    capacity::gate(tx, ctx, session.site)?;
    if session.stage.closed().is_some() {
        session.changeable()?;
    }
    if wanted.count < 1 || wanted.count > session.each_max {
        return Err(too_many(&session));
    }
    if let Some(customer) = wanted.customer {
        check_share(tx, ctx, &session, (customer, wanted.count, None))?;
    }
    let seats = WantedSeats {
        session: session.id,
        service: session.service,
        count: wanted.count,
    };
    let new = NewOrder {
        customer: wanted.customer,
        note: wanted.note.clone(),
        ..NewOrder::seated(session.site, seats)
    };
    orders::create(tx, ctx, &new)
}

/// Refuses more seats of a session for one customer than one may have. `except` is an order of
/// theirs that is counted in already.
pub fn check_share(
    tx: &mut Tx,
    ctx: &Ctx,
    session: &Session,
    (customer, count, except): (CustomerId, i64, Option<OrderId>),
) -> Result<(), Fault> {
    // The desk decides for itself whom it gives more.
    if ctx.channel != Channel::Online {
        return Ok(());
    }
    let seats = capacity::session_orders(tx, ctx, session.id)?;
    let mine: i64 = orders::in_session_of(tx, ctx, session.id, customer)?
        .into_iter()
        .filter(|order| Some(*order) != except)
        .filter_map(|order| seats.iter().find(|(id, _)| *id == order))
        .map(|(_, count)| count)
        .sum();
    if mine + count > session.each_max {
        return Err(too_many(session));
    }
    Ok(())
}

fn too_many(session: &Session) -> Fault {
    let text = Text::key("sessions-share").with("max", session.each_max);
    Fault::invalid("count", text)
}
