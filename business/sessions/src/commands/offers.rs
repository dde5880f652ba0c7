//! Which services are held for groups.

use kernel::{Ctx, Fault, Text, ids::ServiceId};
use store::{Event, Tx, params};

use crate::{PLAN, model::GroupOffer, queries};

const INSERT: &str = "
    insert into group_offers (org, service, seats, each_max, version)
    values ($1, $2, $3, $4, 1) on conflict (org, service) do nothing";

const UPDATE: &str = "
    update group_offers set seats = $3, each_max = $4, version = version + 1
    where org = $1 and service = $2 and version = $5";

const DELETE: &str = "delete from group_offers where org = $1 and service = $2";

/// Offers a service for groups, or changes how; version 0 offers it anew.
pub fn save_offer(tx: &mut Tx, ctx: &Ctx, offer: GroupOffer) -> Result<(), Fault> {
    ctx.require(PLAN)?;
    offer.check()?;
    let service = offers::service(tx, ctx, offer.service)?;
    if !service.is_bookable() {
        let text = Text::key("sessions-service-wrong");
        return Err(Fault::invalid("service", text));
    }
    let row = params![ctx.org, offer.service, offer.seats, offer.each_max];
    let saved = if offer.version == 0 {
        tx.execute(INSERT, row)?
    } else {
        let row = params![
            ctx.org,
            offer.service,
            offer.seats,
            offer.each_max,
            offer.version
        ];
        tx.execute(UPDATE, row)?
    };
    if saved == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("session.offered").object("service", offer.service, "subject");
    tx.record(ctx, event.attr("seats", offer.seats));
    Ok(())
}

/// Takes a service back out of the group offers; sessions that are planned stay.
pub fn withdraw_offer(tx: &mut Tx, ctx: &Ctx, service: ServiceId) -> Result<(), Fault> {
    ctx.require(PLAN)?;
    if queries::offer(tx, ctx, service)?.is_none() {
        return Ok(());
    }
    tx.execute(DELETE, params![ctx.org, service])?;
    tx.record(
        ctx,
        Event::new("session.withdrawn").object("service", service, "subject"),
    );
    Ok(())
}
