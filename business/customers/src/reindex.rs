//! Making terms anew: after they are made differently, some at a time, or all of them on demand.

use kernel::{Ctx, Fault, ids::CustomerId};
use store::{Row, Tx, params};

use crate::{
    commands,
    model::Phone,
    terms::{VERSION, terms},
};

/// Customers in one transaction.
pub const BATCH: i64 = 1_000;

/// `terms_version < 1` stands in the index as well: another version needs another index. The rows
/// are locked before they are read, so that whoever changes a name at the same time comes after.
const BEHIND: &str = "
    update customers set terms_version = $2 where org = $1 and id in (
        select id from customers where org = $1 and terms_version < 1 order by id limit $3)
    returning id, name, reading, phone, email";
const AFTER: &str = "
    update customers set terms_version = $2 where org = $1 and id in (
        select id from customers where org = $1 and id > $4 order by id limit $3)
    returning id, name, reading, phone, email";
const LEFT: &str = "select count(*) from customers where org = $1 and terms_version < 1";

struct Known {
    id: CustomerId,
    name: String,
    reading: String,
    phone: Option<Phone>,
    email: Option<String>,
}

fn known(row: &Row) -> Result<Known, Fault> {
    Ok(Known {
        id: row.id(0)?,
        name: row.text(1)?,
        reading: row.text(2)?,
        phone: row.opt_text(3)?.as_deref().and_then(Phone::parse),
        email: row.opt_text(4)?,
    })
}

impl Known {
    fn terms(&self) -> std::collections::BTreeSet<String> {
        let (phone, email) = (self.phone.as_ref(), self.email.as_deref());
        terms(&self.name, &self.reading, phone, email)
    }
}

/// How many customers still have terms of an older version.
pub fn terms_behind(tx: &mut Tx, ctx: &Ctx) -> Result<i64, Fault> {
    tx.count(LEFT, params![ctx.org])
}

/// Makes the terms of at most [`BATCH`] customers anew; how many there were.
pub fn renew_terms(tx: &mut Tx, ctx: &Ctx) -> Result<usize, Fault> {
    let behind = tx.all(BEHIND, params![ctx.org, VERSION, BATCH], known)?;
    for one in &behind {
        commands::write_terms(tx, ctx, one.id, &one.terms())?;
    }
    Ok(behind.len())
}

/// Makes the terms of the next [`BATCH`] customers anew, whatever they are; the last of them, if
/// there were any.
pub fn rebuild_terms(
    tx: &mut Tx,
    ctx: &Ctx,
    after: Option<CustomerId>,
) -> Result<Option<CustomerId>, Fault> {
    let after = after.map_or_else(String::new, |id| id.to_string());
    let next = tx.all(AFTER, params![ctx.org, VERSION, BATCH, after], known)?;
    for one in &next {
        commands::write_terms(tx, ctx, one.id, &one.terms())?;
    }
    Ok(next.iter().map(|one| one.id).max())
}

const PAGE: &str = "
    select id, name, reading, phone, email from customers
    where org = $1 and terms_version = $2 and id > $3 order by id limit $4";
const KEPT: &str = "
    select customer, term from customer_terms
    where org = $1 and customer > $2 and customer <= $3 order by customer, term limit $4";
/// More terms than a thousand customers can have.
const TERMS_MAX: i64 = 200_000;

/// The first customer who is not found by what is known of them, in words.
pub(crate) fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let mut after = String::new();
    loop {
        let page = tx.all(PAGE, params![ctx.org, VERSION, &after, BATCH], known)?;
        let Some(last) = page.last().map(|one| one.id.to_string()) else {
            return Ok(None);
        };
        let pair = |row: &Row| Ok::<(CustomerId, String), Fault>((row.id(0)?, row.text(1)?));
        let kept = tx.all(KEPT, params![ctx.org, &after, &last, TERMS_MAX], pair)?;
        let mut kept = kept.into_iter().peekable();
        for one in &page {
            while kept.next_if(|(customer, _)| *customer < one.id).is_some() {}
            let mine = std::iter::from_fn(|| kept.next_if(|(customer, _)| *customer == one.id));
            if !mine.map(|(_, term)| term).eq(one.terms()) {
                let words = "is not found by what is known of them; run steward reindex";
                return Ok(Some(format!("customer {} {words}", one.id)));
            }
        }
        after = last;
    }
}
