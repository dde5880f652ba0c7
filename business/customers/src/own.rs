//! Fields of the business's own on a customer.

use fields::{Holder, Subject};
use kernel::{Ctx, Fault, ids::CustomerId};
use store::Tx;

use crate::{EDIT, VIEW, queries};

/// The fields of a customer: who may change the customer may change them.
pub const HOLDER: Holder = Holder {
    subject: Subject::Customer,
    home: "/customers/{id}",
    view: VIEW,
    edit: EDIT,
    find,
};

fn find(tx: &mut Tx, ctx: &Ctx, id: &str) -> Result<String, Fault> {
    let id = CustomerId::parse(id).ok_or_else(|| Fault::missing("customers-missing"))?;
    let customer = queries::customer(tx, ctx, id)?;
    Ok(customer.display(ctx.locale).to_owned())
}
