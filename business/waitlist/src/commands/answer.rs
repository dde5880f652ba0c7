//! Answers to offers, and offers without one.

use kernel::{
    Ctx, Fault, Timestamp,
    ids::{OfferId, SiteId, WaitingId},
};
use orders::{Order, StateName};
use store::{Tx, params};

use super::people::{close, fact, locked};
use crate::{
    model::{Offer, OfferState, Place, Waiting},
    queries,
};

const ANSWER: &str = "
    update waiting_offers set state = $3, answered_at = $4
    where org = $1 and id = $2 and state = 'open'";

const TURN: &str = "
    update waiting set turn_at = $3, unanswered = unanswered + 1
    where org = $1 and id = $2 and state = 'waiting'";

const PAST: &str = "
    select id from waiting
    where org = $1 and site = $2 and state = 'waiting' and last_day < $3
    order by id limit 200";

fn answered(tx: &mut Tx, ctx: &Ctx, id: OfferId, state: OfferState) -> Result<bool, Fault> {
    let row = params![ctx.org, id, state.as_str(), ctx.now];
    Ok(tx.execute(ANSWER, row)? == 1)
}

/// Takes an offered time. Sending it twice takes it once; after its time, or when the desk gave it
/// to somebody else, it is gone.
pub fn accept(tx: &mut Tx, ctx: &Ctx, waiting: WaitingId, offer: OfferId) -> Result<Order, Fault> {
    ctx.require(orders::TAKE)?;
    let entry = locked(tx, ctx, waiting)?;
    ctx.require_at(orders::TAKE, entry.site)?;
    let offer = of_entry(tx, ctx, &entry, offer)?;
    match offer.state {
        OfferState::Open if ctx.now < offer.until => {}
        OfferState::Accepted => return seen(tx, ctx, &offer),
        _ => return Err(Fault::conflict("waitlist-offer-over")),
    }
    let order = orders::confirm(tx, ctx, offer.order)?;
    answered(tx, ctx, offer.id, OfferState::Accepted)?;
    close(tx, ctx, entry.id, Place::Placed(order.id))?;
    tx.record(
        ctx,
        fact("waiting.accepted", &entry).object("order", order.id, "booked"),
    );
    Ok(order)
}

/// The order of an offer, for whoever may answer it.
fn seen(tx: &mut Tx, ctx: &Ctx, offer: &Offer) -> Result<Order, Fault> {
    orders::order(tx, &ctx.raised(kernel::Role::Desk), offer.order)
}

fn of_entry(tx: &mut Tx, ctx: &Ctx, entry: &Waiting, id: OfferId) -> Result<Offer, Fault> {
    let offer = queries::offer(tx, ctx, id)?;
    if offer.waiting != entry.id {
        return Err(Fault::missing("waitlist-offer-missing"));
    }
    Ok(offer)
}

/// Lets an offered time go; the turn stays what it was. Doing it twice is once.
pub fn decline(tx: &mut Tx, ctx: &Ctx, waiting: WaitingId, offer: OfferId) -> Result<(), Fault> {
    ctx.require(orders::TAKE)?;
    let entry = locked(tx, ctx, waiting)?;
    ctx.require_at(orders::TAKE, entry.site)?;
    let offer = of_entry(tx, ctx, &entry, offer)?;
    if offer.state != OfferState::Open {
        return Ok(());
    }
    let_go(tx, ctx, &entry)
}

/// Gives back the time of an offer that waits for an answer, if there is one.
pub(super) fn let_go(tx: &mut Tx, ctx: &Ctx, entry: &Waiting) -> Result<(), Fault> {
    let mut offers = queries::offers_to(tx, ctx, entry.id)?;
    offers.retain(|offer| offer.state == OfferState::Open);
    for offer in offers {
        orders::give_up(tx, ctx, offer.order)?;
        answered(tx, ctx, offer.id, OfferState::Declined)?;
        tx.record(
            ctx,
            fact("waiting.declined", entry).object("order", offer.order, "held"),
        );
    }
    Ok(())
}

/// Brings the list of a site up to date: offers whose time is over go to the next in line, offers
/// the desk decided are closed, and entries whose last day has passed end.
pub fn settle(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<(), Fault> {
    ctx.require_at(orders::TAKE, site)?;
    let site = organisation::site(tx, ctx, site)?;
    capacity::gate(tx, ctx, site.id)?;
    for (waiting, offer) in queries::open_offers(tx, ctx, site.id)? {
        let entry = locked(tx, ctx, waiting)?;
        let state = orders::order(tx, ctx, offer.order)?.state.name();
        match state {
            StateName::Held if offer.until > ctx.now => {}
            StateName::Held | StateName::Expired => {
                orders::give_up(tx, ctx, offer.order)?;
                unanswered(tx, ctx, &entry, &offer)?;
            }
            StateName::Cancelled => {
                answered(tx, ctx, offer.id, OfferState::Withdrawn)?;
            }
            // The desk confirmed it on the customer's behalf.
            _ => {
                answered(tx, ctx, offer.id, OfferState::Accepted)?;
                close(tx, ctx, entry.id, Place::Placed(offer.order))?;
            }
        }
    }
    let today = site.date_of(ctx.now);
    let past: Vec<WaitingId> = tx.all(PAST, params![ctx.org, site.id, today], |row| row.id(0))?;
    for id in past {
        let entry = locked(tx, ctx, id)?;
        let_go(tx, ctx, &entry)?;
        close(tx, ctx, id, Place::Lapsed)?;
        tx.record(ctx, fact("waiting.lapsed", &entry));
    }
    Ok(())
}

/// Whoever does not answer goes to the end of the line, so that nobody else waits for them again.
fn unanswered(tx: &mut Tx, ctx: &Ctx, entry: &Waiting, offer: &Offer) -> Result<(), Fault> {
    answered(tx, ctx, offer.id, OfferState::Lapsed)?;
    let turn: Timestamp = ctx.now;
    tx.execute(TURN, params![ctx.org, entry.id, turn])?;
    tx.record(
        ctx,
        fact("waiting.unanswered", entry).object("order", offer.order, "held"),
    );
    Ok(())
}
