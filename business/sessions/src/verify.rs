//! Whether sessions, their claims and the orders in them agree.

use kernel::{Ctx, Fault, ids::GroupSessionId};
use store::{Tx, params};

use crate::queries;

const AHEAD: &str = "
    select id from group_sessions
    where org = $1 and state in ('planned', 'running') and ends_at > $2
    order by id limit 5000";

/// The first session ahead that does not hold its time, or whose seats are not those of its orders.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let ids: Vec<GroupSessionId> = tx.all(AHEAD, params![ctx.org, ctx.now], |row| row.id(0))?;
    for id in ids {
        let session = queries::session(tx, ctx, id)?;
        let claim = capacity::session_claim(tx, ctx, id)?;
        let holds = claim
            .is_some_and(|claim| claim.start == session.span.start && claim.staff == session.staff);
        if !holds {
            return Ok(Some(format!("session {id} does not hold its time")));
        }
        let taken: i64 = capacity::session_orders(tx, ctx, id)?
            .iter()
            .map(|(_, count)| count)
            .sum();
        if taken > session.seats {
            return Ok(Some(format!("session {id} has more guests than seats")));
        }
        for card in orders::in_session(tx, ctx, id)? {
            let state = card.order.state.name();
            let seated = capacity::seats_of(tx, ctx, card.order.id)?.is_some();
            let comes = !matches!(
                state,
                orders::StateName::Cancelled | orders::StateName::Expired
            );
            if comes && !seated && state != orders::StateName::Held {
                let code = card.order.code;
                return Ok(Some(format!("order {code} has no seat in its session")));
            }
        }
    }
    Ok(None)
}
