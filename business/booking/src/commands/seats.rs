//! Seats of a group session, chosen online: held, and changed to another session.

use kernel::{
    Ctx, Fault,
    ids::{CustomerId, GroupSessionId},
};
use orders::{NewOrder, Order, State, WantedSeats};
use store::{Tx, params};

use super::{
    Booker, TAP_AGAIN, customer, desk, held_until, in_time, is_held, is_lost, not_too_many,
    remember, tapped,
};

/// Seats that were tapped.
#[derive(Debug, Clone)]
pub struct SeatTap {
    /// In which session.
    pub session: GroupSessionId,
    /// How many.
    pub count: i64,
    /// The key of the page.
    pub key: String,
    /// The network address it came from, for the limit of holds.
    pub address: String,
}

fn wanted(
    tx: &mut Tx,
    ctx: &Ctx,
    tap: &SeatTap,
) -> Result<(sessions::Session, WantedSeats), Fault> {
    let session = sessions::session(tx, ctx, tap.session)?;
    session.changeable()?;
    if !(1..=session.each_max).contains(&tap.count) {
        let text = kernel::Text::key("booking-seats-most").with("max", session.each_max);
        return Err(Fault::invalid("count", text));
    }
    let seats = WantedSeats {
        session: session.id,
        service: session.service,
        count: tap.count,
    };
    Ok((session, seats))
}

/// Holds seats for ten minutes. Another tap on the same page moves the hold; the same tap twice is
/// one.
pub fn hold_seats(tx: &mut Tx, ctx: &Ctx, tap: &SeatTap) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let (session, seats) = wanted(tx, ctx, tap)?;
    let new = |ctx: &Ctx| NewOrder {
        hold_until: held_until(ctx),
        ..NewOrder::seated(session.site, seats)
    };
    match tapped(tx, ctx, &tap.key)? {
        Some(order) if is_held(&order, ctx.now) => {
            let desk = desk(ctx);
            orders::change_seats(tx, &desk, order.id, seats, Some(order.version))
        }
        Some(order) if !is_lost(&order, ctx.now) => Ok(order),
        Some(_) => {
            let order = orders::create(tx, ctx, &new(ctx))?;
            tx.execute(TAP_AGAIN, params![ctx.org, &tap.key, order.id])?;
            Ok(order)
        }
        None => {
            not_too_many(tx, ctx, &tap.address)?;
            let order = orders::create(tx, ctx, &new(ctx))?;
            remember(tx, ctx, (&tap.key, &tap.address), order.id)?;
            Ok(order)
        }
    }
}

/// Changes a booking of seats to another session of the same service, up to the site's cut-off.
pub fn change_session(
    tx: &mut Tx,
    ctx: &Ctx,
    secret: &str,
    session: GroupSessionId,
) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let order = orders::order_by_secret(tx, ctx, secret)?;
    let State::Booked { .. } = order.state else {
        return Err(Fault::conflict("booking-not-open"));
    };
    let site = organisation::site(tx, ctx, order.site)?;
    in_time(tx, ctx, &site, &order)?;
    let lines = orders::lines(tx, ctx, order.id)?;
    let service = order
        .service
        .ok_or_else(|| Fault::conflict("booking-not-open"))?;
    let seats = WantedSeats {
        session,
        service,
        count: lines.iter().map(|line| line.quantity).sum(),
    };
    orders::change_seats(tx, ctx, order.id, seats, None)
}

/// Refuses more seats of the session for this customer than one may have.
pub(super) fn within_share(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    customer: CustomerId,
) -> Result<(), Fault> {
    let Some(session) = order.session else {
        return Ok(());
    };
    let session = sessions::session(tx, ctx, session)?;
    capacity::gate(tx, ctx, session.site)?;
    let lines = orders::lines(tx, ctx, order.id)?;
    let count = lines.iter().map(|line| line.quantity).sum();
    sessions::check_share(tx, ctx, &session, (customer, count, Some(order.id)))
}

/// New seats in the place of those whose hold ran out; `None` for an order without any.
pub(super) fn again(
    tx: &mut Tx,
    ctx: &Ctx,
    lost: &Order,
    booker: &Booker,
) -> Result<Option<Order>, Fault> {
    let (Some(session), Some(service)) = (lost.session, lost.service) else {
        return Ok(None);
    };
    let (id, booked_as) = customer(tx, ctx, &booker.named)?;
    customers::hold_still(tx, ctx, id)?;
    within_share(tx, ctx, lost, id)?;
    let lines = orders::lines(tx, ctx, lost.id)?;
    let seats = WantedSeats {
        session,
        service,
        count: lines.iter().map(|line| line.quantity).sum(),
    };
    let new = NewOrder {
        customer: Some(id),
        booked_as,
        ..NewOrder::seated(lost.site, seats)
    };
    orders::create(tx, ctx, &new).map(Some)
}
