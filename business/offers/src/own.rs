//! Fields of the business's own on a service or good.

use ::fields::{Filter, Holder, Listed, Subject};
use kernel::{Ctx, Fault, ids::ServiceId};
use store::Tx;

use crate::{EDIT, VIEW, model::Service, queries};

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

/// The fields of services with what stands in them; services that an address narrows away are left
/// out.
pub(crate) fn listed(
    tx: &mut Tx,
    ctx: &Ctx,
    services: &mut Vec<Service>,
    asked: &web::Fields,
) -> Result<Listed, Fault> {
    let fields = ::fields::defined(tx, ctx, Subject::Service)?;
    if let Some(only) = Filter::read(asked, &fields).objects(tx, ctx)? {
        services.retain(|service| only.contains(&service.id.to_string()));
    }
    let ids: Vec<String> = services.iter().map(|one| one.id.to_string()).collect();
    ::fields::all_of(tx, ctx, Subject::Service, &ids)
}
