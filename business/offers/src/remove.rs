//! Taking away a service that an import wrote down by mistake.

use kernel::{Ctx, Fault, ids::ServiceId};
use store::{Event, Tx, params};

use crate::EDIT;

const PARTS: [&str; 6] = [
    "delete from service_sites where org = $1 and service = $2",
    "delete from service_channels where org = $1 and service = $2",
    "delete from service_skills where org = $1 and service = $2",
    "delete from service_resources where org = $1 and service = $2",
    "delete from service_add_ons where org = $1 and (service = $2 or add_on = $2)",
    "delete from service_photos where org = $1 and service = $2",
];
const REMOVE: &str = "delete from services where org = $1 and id = $2 and version = $3";

/// Takes a service away that nothing names: who calls this has made sure of it. The journal keeps
/// that there was one.
pub fn remove_service(tx: &mut Tx, ctx: &Ctx, id: ServiceId, version: i64) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    for sql in PARTS {
        tx.execute(sql, params![ctx.org, id])?;
    }
    if tx.execute(REMOVE, params![ctx.org, id, version])? == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("service.removed").object("service", id, "subject");
    tx.record(ctx, event);
    Ok(())
}
