//! Taking the last act of an order back.

use kernel::{
    Ctx, Fault,
    ids::{OrderId, StepId},
};
use store::{Tx, params};

use super::{
    moves::changeable,
    save::{self, step_fact},
};
use crate::{
    SERVE,
    model::{Act, LastAct, Next, Order, StateName, facts_undone, not_the_last},
    queries,
};

/// What an act is about to change.
pub(super) struct Before {
    state: StateName,
    claims: Vec<capacity::Claim>,
    /// The steps it has changed.
    pub(super) steps: Vec<StepId>,
}

impl Before {
    /// What is there now, with no step changed yet.
    pub(super) fn of(tx: &mut Tx, ctx: &Ctx, order: &Order) -> Result<Before, Fault> {
        Ok(Before {
            state: order.state.name(),
            claims: capacity::claims_of(tx, ctx, order.id)?,
            steps: Vec::new(),
        })
    }
}

const KEEP: &str = "
    insert into order_undos (org, order_id, site, act, version, acted_at, by_person, state_before,
        steps, claim)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    on conflict (org, order_id) do update set act = excluded.act, version = excluded.version,
        acted_at = excluded.acted_at, by_person = excluded.by_person,
        state_before = excluded.state_before, steps = excluded.steps, claim = excluded.claim,
        undone_at = null";

/// Keeps what the last act of an order changed, in the place of the act before.
pub(super) fn keep(
    tx: &mut Tx,
    ctx: &Ctx,
    order: &Order,
    act: Act,
    before: &Before,
) -> Result<(), Fault> {
    let claims = Some(&before.claims).filter(|claims| !claims.is_empty());
    let claims = claims.map(serde_json::to_string);
    let row = params![
        ctx.org,
        order.id,
        order.site,
        act.as_str(),
        order.version,
        ctx.now,
        matches!(ctx.actor, kernel::Actor::User { .. }),
        before.state.as_str(),
        save::json(&before.steps),
        claims.transpose().map_err(Fault::broken)?,
    ];
    tx.execute(KEEP, row).map(drop)
}

const UNDONE: &str = "
    update order_undos set undone_at = $4 where org = $1 and order_id = $2 and version = $3";

/// Takes the last act back: the act that left `version`. The order, its steps and the time it
/// kept are as they were; refused when anything followed, or when somebody else has the time by
/// now. Doing it twice is once.
pub fn undo(tx: &mut Tx, ctx: &Ctx, id: OrderId, version: i64) -> Result<Order, Fault> {
    let order = changeable(tx, ctx, id, SERVE)?;
    let last = queries::last_act(tx, ctx, id)?
        .filter(|last| last.version == version)
        .ok_or_else(not_the_last)?;
    let Next::To(state) = last.undo(&order, ctx.now)? else {
        return Ok(order);
    };
    steps_back(tx, ctx, &order, &last)?;
    capacity::restore(tx, ctx, id, &last.claims)?;
    for activity in facts_undone(&order.state, &state) {
        tx.record(ctx, save::fact(activity, &order));
    }
    let promised = order.promised;
    save::update_state(tx, ctx, order, state, promised)?;
    tx.execute(UNDONE, params![ctx.org, id, version, ctx.now])?;
    queries::load(tx, ctx, id)
}

fn steps_back(tx: &mut Tx, ctx: &Ctx, order: &Order, last: &LastAct) -> Result<(), Fault> {
    let now = queries::steps(tx, ctx, order.id)?;
    let before = last.steps_before(&now)?;
    for (now, before) in now.iter().zip(&before) {
        if now.state != before.state {
            save::update_step(tx, ctx, order.id, before)?;
            let event = step_fact("step.restored", order, before, before.state.staff());
            tx.record(ctx, event.attr("state", before.state.as_str()));
        }
    }
    save::update_progress(tx, ctx, order.id, &before).map(drop)
}
