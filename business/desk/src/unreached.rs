//! Visits to come whose customer was written to in vain.

use kernel::ids::SiteId;
use kernel::{Ctx, Fault};
use messages::model::{Message, Stage, Way};
use orders::{Card, State};
use store::Tx;

/// How many are shown.
const SHOWN: usize = 3;

/// A booking, and the message about it that came back or was given up.
pub(crate) struct Unreached {
    pub card: Card,
    pub message: Message,
}

/// The bookings of a site whose customer was not reached, the latest message first; none for
/// whoever may not read messages.
pub(crate) fn gather(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Unreached>, Fault> {
    let mut found: Vec<Unreached> = Vec::new();
    if !ctx.may(messages::VIEW) || !ctx.may(customers::VIEW) {
        return Ok(found);
    }
    for message in messages::unreached(tx, ctx, site)? {
        let Some(order) = message.order else { continue };
        if found.iter().any(|known| known.card.order.id == order) || mended(tx, ctx, &message)? {
            continue;
        }
        let card = orders::card(tx, ctx, order)?;
        let to_come =
            matches!(&card.order.state, State::Booked { slot } if slot.span.start > ctx.now);
        if to_come {
            found.push(Unreached { card, message });
        }
        if found.len() == SHOWN {
            break;
        }
    }
    Ok(found)
}

/// Whether somebody has seen to it: the customer is written to elsewhere by now, or the address
/// is known to reach.
fn mended(tx: &mut Tx, ctx: &Ctx, message: &Message) -> Result<bool, Fault> {
    if message.way != Way::Mail {
        return Ok(false);
    }
    if let Some(id) = message.customer {
        let now = customers::optional(tx, ctx, id)?.and_then(|customer| customer.email);
        if now.is_none_or(|address| !address.eq_ignore_ascii_case(&message.recipient)) {
            return Ok(true);
        }
    }
    let reaches = customers::unreachable(tx, ctx, &message.recipient)?.is_none();
    Ok(reaches && message.stage == Stage::Bounced)
}
