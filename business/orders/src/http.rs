//! Routes of orders and of the page of one customer.

mod actions;
mod asks;
mod customer;
mod list;
mod new;
mod sheet;
mod slot;
mod time;

use std::collections::BTreeMap;

use kernel::{Ctx, Fault, TimeZone, ids::StaffId};
use people::Staff;
use store::Tx;
use web::{Me, Routes};

use crate::{EDIT, SERVE, TAKE, VIEW, pages::View};

/// Every route.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/orders", VIEW, list::list)
        .get("/orders/new", TAKE, new::new)
        .get("/orders/times", TAKE, time::show)
        .post("/orders", TAKE, new::create)
        .get("/orders/{id}", VIEW, sheet::sheet)
        .post("/orders/{id}/confirmation", TAKE, actions::confirm)
        .post("/orders/{id}/arrival", TAKE, actions::arrive)
        .post("/orders/{id}/start", SERVE, actions::start)
        .post("/orders/{id}/completion", SERVE, actions::finish)
        .post("/orders/{id}/no-show", TAKE, actions::no_show)
        .post("/orders/{id}/undo/{version}", SERVE, actions::undo)
        .get("/orders/{id}/cancellation", TAKE, asks::cancellation)
        .post("/orders/{id}/cancellation", TAKE, asks::cancel)
        .get("/orders/{id}/slot", TAKE, slot::slot)
        .post("/orders/{id}/slot", TAKE, slot::reschedule)
        .get("/orders/{id}/content", EDIT, asks::content)
        .post("/orders/{id}/content", EDIT, asks::change)
        .post("/orders/{id}/notes", EDIT, actions::note)
        .post(
            "/orders/{id}/steps/{step}/start",
            SERVE,
            actions::start_step,
        )
        .post(
            "/orders/{id}/steps/{step}/completion",
            SERVE,
            actions::finish_step,
        )
        .post("/orders/{id}/steps/{step}/ticks", SERVE, actions::tick)
        .post("/orders/{id}/steps/{step}/skip", SERVE, actions::skip_step)
        .get("/orders/{id}/steps/{step}/failure", SERVE, asks::failure)
        .post("/orders/{id}/steps/{step}/failure", SERVE, asks::fail)
        .get("/customers/{id}", customers::VIEW, customer::show)
        .post("/customers/{id}", customers::EDIT, customer::change)
        .post(
            "/customers/{id}/reachable",
            customers::EDIT,
            customer::reachable,
        )
}

/// Everybody who serves, by identity.
fn everybody(tx: &mut Tx, ctx: &Ctx) -> Result<BTreeMap<StaffId, Staff>, Fault> {
    Ok(people::staff(tx, ctx)?
        .into_iter()
        .map(|staff| (staff.id, staff))
        .collect())
}

/// What pages need to write times and names.
fn view(me: &Me, zone: TimeZone, staff: BTreeMap<StaffId, Staff>) -> View {
    let zones = me
        .sites
        .iter()
        .map(|site| (site.id, site.zone.clone()))
        .collect();
    View {
        locale: me.look.locale,
        zone,
        now: me.ctx.now,
        staff,
        zones,
    }
}

/// The zone of the site chosen in the shell; UTC where there is none yet.
fn shell_zone(me: &Me) -> TimeZone {
    me.site
        .as_ref()
        .map_or(TimeZone::UTC, |site| site.zone.clone())
}
