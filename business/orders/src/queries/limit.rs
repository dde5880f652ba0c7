//! How many bookings a customer has ahead.

use capacity::Visit;
use kernel::{
    Ctx, Fault,
    ids::{CustomerId, OrderId, ServiceId},
};
use store::{Tx, params};

use crate::VIEW;

const AHEAD: &str = "
    select cast(count(*) as bigint) from orders
    where org = $1 and customer = $2 and slot_starts_at > $3 and id <> $4
        and (state = 'booked' or (state = 'held' and hold_until > $3))";

/// How many bookings a customer has ahead, besides one order.
pub(crate) fn ahead(
    tx: &mut Tx,
    ctx: &Ctx,
    customer: CustomerId,
    except: Option<OrderId>,
) -> Result<i64, Fault> {
    let except = except.map_or(String::new(), |order| order.to_string());
    tx.count(AHEAD, params![ctx.org, customer, ctx.now, &except])
}

/// The most bookings the customer of a visit may have ahead, when there are as many already.
pub(crate) fn limit_reached(tx: &mut Tx, ctx: &Ctx, visit: &Visit) -> Result<Option<i64>, Fault> {
    ctx.require(VIEW)?;
    let Some(customer) = visit.customer else {
        return Ok(None);
    };
    let site = organisation::site(tx, ctx, visit.site)?;
    let services: Vec<ServiceId> = visit.parts.iter().map(|part| part.service).collect();
    let ruled = capacity::rules_for(tx, ctx, &site, &services, Some(customer))?;
    let Some(most) = ruled.upcoming_max else {
        return Ok(None);
    };
    let has = ahead(tx, ctx, customer, None)?;
    Ok((has >= most.value).then_some(most.value))
}
