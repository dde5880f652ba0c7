//! Photos and files of a customer.

use files::{Holds, OwnerKind, Reached, Shelf};
use kernel::{Ctx, Fault, TimeZone, ids::CustomerId};
use store::Tx;

use crate::{EDIT, VIEW, queries};

/// The files of a customer.
pub const SHELF: Shelf = Shelf {
    kind: OwnerKind::Customer,
    holds: Holds::Many,
    home: "/customers/{id}",
    view: VIEW,
    edit: EDIT,
    find,
    seen: Some(people::FILE_SEEN),
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<Reached, Fault> {
    let id = CustomerId::parse(id).ok_or_else(|| Fault::missing("customers-missing"))?;
    let customer = queries::customer(tx, ctx, id)?;
    let sites = organisation::sites(tx, ctx)?;
    let zone = sites.first().map(|site| site.zone.clone());
    Ok(Reached {
        title: customer.display(ctx.locale).to_owned(),
        home: format!("/customers/{id}"),
        site: None,
        customer: Some(id),
        zone: zone.unwrap_or(TimeZone::UTC),
        parts: Vec::new(),
    })
}
