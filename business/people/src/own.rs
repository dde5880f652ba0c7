//! Fields of the business's own on a member of staff.

use fields::{Holder, Subject};
use kernel::{Ctx, Fault, ids::StaffId};
use store::Tx;

use crate::{EDIT_STAFF, VIEW_STAFF, queries};

/// The fields of a member of staff: who may change staff may change and see them.
pub(crate) const HOLDER: Holder = Holder {
    subject: Subject::Staff,
    home: "/staff/{id}",
    view: VIEW_STAFF,
    edit: EDIT_STAFF,
    find,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<String, Fault> {
    let id = StaffId::parse(id).ok_or_else(|| Fault::missing("people-staff-missing"))?;
    let staff = queries::staff_member(tx, ctx, id)?;
    if !staff.sites.iter().any(|site| ctx.sites.includes(*site)) {
        return Err(Fault::missing("people-staff-missing"));
    }
    Ok(staff.shown(ctx.locale).to_owned())
}
