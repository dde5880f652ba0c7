//! Taking away a member of staff whom an import wrote down by mistake.

use kernel::{Ctx, Fault, ids::StaffId};
use store::{Event, Tx, params};

use crate::EDIT_STAFF;

const PARTS: [&str; 2] = [
    "delete from staff_sites where org = $1 and staff = $2",
    "delete from staff_skills where org = $1 and staff = $2",
];
const REMOVE: &str = "delete from staff where org = $1 and id = $2 and version = $3";

/// Takes a member of staff away whom nothing names: who calls this has made sure of it. The
/// journal keeps that there was one.
pub fn remove_staff(tx: &mut Tx, ctx: &Ctx, id: StaffId, version: i64) -> Result<(), Fault> {
    ctx.require(EDIT_STAFF)?;
    for sql in PARTS {
        tx.execute(sql, params![ctx.org, id])?;
    }
    if tx.execute(REMOVE, params![ctx.org, id, version])? == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("staff.removed").object("staff", id, "subject");
    tx.record(ctx, event);
    Ok(())
}
