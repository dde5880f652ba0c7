//! Making terms anew after they are made differently.

use kernel::{Ctx, Fault, ids::CustomerId};
use store::{Row, Tx, params};

use crate::{commands, model::Phone, terms::VERSION};

/// Customers in one transaction.
pub const BATCH: i64 = 1_000;

/// `terms_version < 1` stands in the index as well: another version needs another index.
const BEHIND: &str = "
    select id, name, reading, phone, email from customers
    where org = $1 and terms_version < 1 order by id limit $2";
const LEFT: &str = "select count(*) from customers where org = $1 and terms_version < 1";
const DONE: &str = "update customers set terms_version = $3 where org = $1 and id = $2";

/// How many customers still have terms of an older version.
pub fn terms_behind(tx: &mut Tx, ctx: &Ctx) -> Result<i64, Fault> {
    tx.count(LEFT, params![ctx.org])
}

/// Makes the terms of at most [`BATCH`] customers anew; how many there were.
pub fn renew_terms(tx: &mut Tx, ctx: &Ctx) -> Result<usize, Fault> {
    let read = |row: &Row| {
        let id: CustomerId = row.id(0)?;
        let phone = row.opt_text(3)?.as_deref().and_then(Phone::parse);
        Ok((id, row.text(1)?, row.text(2)?, phone, row.opt_text(4)?))
    };
    let rows = tx.all(BEHIND, params![ctx.org, BATCH], read)?;
    for (id, name, reading, phone, email) in &rows {
        let terms = crate::terms::terms(name, reading, phone.as_ref(), email.as_deref());
        commands::write_terms(tx, ctx, *id, &terms)?;
        tx.execute(DONE, params![ctx.org, *id, VERSION])?;
    }
    Ok(rows.len())
}
