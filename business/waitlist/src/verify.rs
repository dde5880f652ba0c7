//! Whether offers and the orders that hold their times agree.

use kernel::{Ctx, Fault, ids::OfferId};
use orders::StateName;
use store::{Tx, params};

use crate::{model::OfferState, queries};

const OPEN: &str = "
    select id from waiting_offers where org = $1 and state in ('open', 'accepted')
    order by id limit 5000";

/// The first offer whose order is not held, or that was accepted and never booked.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let ids: Vec<OfferId> = tx.all(OPEN, params![ctx.org], |row| row.id(0))?;
    for id in ids {
        let offer = queries::offer(tx, ctx, id)?;
        let state = orders::order(tx, ctx, offer.order)?.state.name();
        let lost = matches!(state, StateName::Held | StateName::Expired);
        if offer.state == OfferState::Accepted && lost {
            return Ok(Some(format!("offer {id} was accepted and is not booked")));
        }
    }
    Ok(None)
}
