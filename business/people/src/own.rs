//! Fields of the business's own on a member of staff.

use fields::{Filter, Holder, Listed, Subject};
use kernel::{Ctx, Fault, ids::StaffId};
use store::Tx;

use crate::{EDIT_STAFF, VIEW_STAFF, model::Staff, queries};

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

/// The fields of staff with what stands in them; people whom an address narrows away are left out.
pub(crate) fn listed(
    tx: &mut Tx,
    ctx: &Ctx,
    people: &mut Vec<Staff>,
    asked: &web::Fields,
) -> Result<Listed, Fault> {
    let fields = fields::defined(tx, ctx, Subject::Staff)?;
    if let Some(only) = Filter::read(asked, &fields).objects(tx, ctx)? {
        people.retain(|person| only.contains(&person.id.to_string()));
    }
    let ids: Vec<String> = people.iter().map(|one| one.id.to_string()).collect();
    fields::all_of(tx, ctx, Subject::Staff, &ids)
}
