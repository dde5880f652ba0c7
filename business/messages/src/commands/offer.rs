//! Telling somebody who waits that a time is free.

use kernel::{Ctx, Fault, Timestamp};
use orders::Order;
use organisation::Site;
use store::Tx;

use super::write::{About, Desk};
use crate::{House, model::Occasion, queries};

/// A time that is offered to somebody who waits for one.
#[derive(Debug, Clone)]
pub struct Offer<'a> {
    /// The order that holds the time meanwhile.
    pub order: &'a Order,
    /// Tells this offer from every other: written about once.
    pub key: String,
    /// The page where it is answered, below the business's address.
    pub path: String,
    /// When it may leave the house: see [`leaves_at`].
    pub due: Timestamp,
    /// Until when an answer counts.
    pub until: Timestamp,
}

/// Tells a customer of an offer by every way that is open; answers by how many.
pub fn offer(tx: &mut Tx, ctx: &Ctx, house: &House, offer: &Offer<'_>) -> Result<usize, Fault> {
    ctx.require(orders::TAKE)?;
    let desk = Desk::open(tx, &ctx.raised(kernel::Role::Manager), house)?;
    if !desk.is_open() {
        return Ok(0);
    }
    let about = About {
        occasion: Occasion::Offered,
        order: offer.order,
        key: offer.key.clone(),
        ticket: None,
        path: Some(offer.path.clone()),
        until: Some(offer.until),
        due: offer.due,
        at_once: true,
        useful_until: offer.until,
    };
    desk.write(tx, &ctx.raised(kernel::Role::Manager), &about)
}

/// When a message written at an instant may leave for a site's customers, quiet hours considered.
pub fn leaves_at(tx: &mut Tx, ctx: &Ctx, site: &Site, at: Timestamp) -> Result<Timestamp, Fault> {
    ctx.require(orders::TAKE)?;
    let settings = queries::settings(tx, &ctx.raised(kernel::Role::Manager))?;
    Ok(settings.quiet.first_allowed(at, &site.zone))
}
