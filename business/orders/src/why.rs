//! Why a time is not offered, with the names of whoever and whatever stands in the way.

use capacity::{Absent, Answer, Reason, Visit};
use kernel::{Ctx, Fault, Timestamp, ids::OrderId};
use store::Tx;

use crate::{
    OVERBOOK,
    pages::{View, Why},
    queries,
};

/// Everything that keeps a visit from beginning at `start`.
pub(crate) fn why(
    tx: &mut Tx,
    ctx: &Ctx,
    (view, visit): (&View, &Visit),
    start: Timestamp,
) -> Result<Why, Fault> {
    let answer = capacity::reasons(tx, ctx, visit, start)?;
    let mut why = Why {
        time: view.when(start),
        is_of_staff: answer.is_of_staff && ctx.may(OVERBOOK),
        ..Why::default()
    };
    name(tx, ctx, &answer, &mut why)?;
    if let Some(limit) = queries::limit_reached(tx, ctx, visit)? {
        why.for_customers.push(Reason::Limit(limit));
    }
    Ok(why)
}

/// Looks up what the reasons name.
fn name(tx: &mut Tx, ctx: &Ctx, answer: &Answer, why: &mut Why) -> Result<(), Fault> {
    for resource in capacity::resources(tx, ctx)? {
        why.places.insert(resource.id, resource.name);
    }
    for skill in people::skills(tx, ctx)? {
        why.skills.insert(skill.code, skill.name);
    }
    for site in organisation::sites(tx, ctx)? {
        why.sites.insert(site.id, site.name);
    }
    for order in answer
        .reasons
        .iter()
        .filter_map(|(_, reason)| order_in(reason))
    {
        // A group session keeps time under an id that no order has.
        if let Ok(known) = queries::load(tx, ctx, order) {
            why.orders.insert(order, known.code);
        }
    }
    why.reasons.clone_from(&answer.reasons);
    why.for_customers.clone_from(&answer.for_customers);
    Ok(())
}

/// The order that somebody or something is taken by.
pub(crate) fn order_in(reason: &Reason) -> Option<OrderId> {
    match reason {
        Reason::Person(_, Absent::Busy(order, _) | Absent::Buffer(order, _))
        | Reason::Place(_, order, _) => Some(*order),
        _ => None,
    }
}
