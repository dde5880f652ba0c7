//! Fields of the business's own on a service or good.

use ::fields::{Holder, Subject};
use kernel::{Ctx, Fault, ids::ServiceId};
use store::Tx;

use crate::{EDIT, VIEW, queries};

/// The fields of a service: who may change the service may change them.
pub(crate) const HOLDER: Holder = Holder {
    subject: Subject::Service,
    home: "/services/{id}",
    view: VIEW,
    edit: EDIT,
    find,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<String, Fault> {
    let id = ServiceId::parse(id).ok_or_else(|| Fault::missing("offers-service-missing"))?;
    let service = queries::service(tx, ctx, id)?;
    Ok(service.name.get(ctx.locale).to_owned())
}
