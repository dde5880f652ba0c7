//! Mail addresses that do not reach anybody: letters came back, or their owner complained.

use kernel::{Ctx, Fault, Locale, Timestamp, ids::CustomerId};
use store::{Event, Row, Tx, params};

use crate::{EDIT, VIEW, model::Customer, queries};

/// Why nothing is sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// A letter came back for good.
    Bounced,
    /// Whoever reads it called a letter unwanted.
    Complained,
}

impl Why {
    /// Every reason.
    pub const ALL: [Self; 2] = [Self::Bounced, Self::Complained];

    /// The word kept in the table and in the journal.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Bounced => "bounced",
            Self::Complained => "complained",
        }
    }

    /// The reason in a few words.
    pub fn label(self, locale: Locale) -> String {
        locale.tx(
            "customers-unreachable-why",
            &[("why", self.as_str().into())],
        )
    }

    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|why| why.as_str() == word)
    }
}

/// An address to which nothing is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreachable {
    /// Why.
    pub why: Why,
    /// What the other side said.
    pub reason: String,
    /// Since when.
    pub since: Timestamp,
}

/// What came back, from whoever carries the mail.
#[derive(Clone, Debug)]
pub struct Report<'a> {
    /// Its identity: the same report may come more than once.
    pub id: &'a str,
    /// Which address.
    pub address: &'a str,
    /// Why.
    pub why: Why,
    /// What the other side said, 300 characters at most.
    pub reason: &'a str,
    /// The customer who was written to.
    pub customer: Option<CustomerId>,
}

const MARK: &str = "
    insert into unreachable_addresses (org, address, why, reason, report, since, customer)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (org, address) do update set why = excluded.why, reason = excluded.reason,
        report = excluded.report, since = excluded.since, customer = excluded.customer,
        cleared_at = null
    where unreachable_addresses.report <> excluded.report";

/// Marks an address; answers whether the report was new.
pub fn mark_unreachable(tx: &mut Tx, ctx: &Ctx, report: &Report<'_>) -> Result<bool, Fault> {
    ctx.require(EDIT)?;
    let values = params![
        ctx.org,
        folded(report.address),
        report.why.as_str(),
        report.reason,
        report.id,
        ctx.now,
        report.customer,
    ];
    if tx.execute(MARK, values)? == 0 {
        return Ok(false);
    }
    let event = Event::new("customer.unreachable")
        .object_if("customer", report.customer, "subject")
        .attr("why", report.why.as_str());
    tx.record(ctx, event);
    Ok(true)
}

const UNREACHABLE: &str = "
    select why, reason, since from unreachable_addresses
    where org = $1 and address = $2 and cleared_at is null";

/// Why nothing is sent to an address; `None` where it is.
pub fn unreachable(tx: &mut Tx, ctx: &Ctx, address: &str) -> Result<Option<Unreachable>, Fault> {
    ctx.require(VIEW)?;
    tx.one(UNREACHABLE, params![ctx.org, folded(address)], read_mark)
}

fn read_mark(row: &Row) -> Result<Unreachable, Fault> {
    let word = row.text(0)?;
    Ok(Unreachable {
        why: Why::parse(&word).ok_or_else(|| Fault::broken(format!("an address is {word}")))?,
        reason: row.text(1)?,
        since: row.instant(2)?,
    })
}

/// An address to which nothing is sent, and who was written to there.
#[derive(Clone, Debug)]
pub struct UnreachableAddress {
    /// The address, in small letters.
    pub address: String,
    /// Why, and since when.
    pub mark: Unreachable,
    /// Who was written to.
    pub customer: Option<Customer>,
}

const ADDRESSES: &str = "
    select why, reason, since, address, customer from unreachable_addresses
    where org = $1 and cleared_at is null and (cast($2 as text) is null or why = $2)
        and (cast($3 as bigint) is null or since < $3 or (since = $3 and address > $4))
    order by since desc, address limit $5";

/// Addresses to which nothing is sent, the latest first: after one of these, at most so many.
pub fn unreachable_addresses(
    tx: &mut Tx,
    ctx: &Ctx,
    (why, after): (Option<Why>, Option<&UnreachableAddress>),
    limit: i64,
) -> Result<Vec<UnreachableAddress>, Fault> {
    ctx.require(VIEW)?;
    let values = params![
        ctx.org,
        why.map(Why::as_str),
        after.map(|one| one.mark.since),
        after.map(|one| one.address.clone()),
        limit
    ];
    let read = |row: &Row| Ok((row.text(3)?, read_mark(row)?, row.opt_id(4)?));
    let found: Vec<(String, Unreachable, Option<CustomerId>)> = tx.all(ADDRESSES, values, read)?;
    let named = found.into_iter().map(|(address, mark, customer)| {
        let customer = match customer {
            Some(id) => queries::optional(tx, ctx, id)?,
            None => None,
        };
        Ok(UnreachableAddress {
            address,
            mark,
            customer,
        })
    });
    named.collect()
}

const WHOSE: &str = "
    select customer from unreachable_addresses where org = $1 and address = $2";

/// Who was written to at an address that does not reach.
pub fn whose_unreachable(
    tx: &mut Tx,
    ctx: &Ctx,
    address: &str,
) -> Result<Option<CustomerId>, Fault> {
    ctx.require(VIEW)?;
    let whose = tx.one(WHOSE, params![ctx.org, folded(address)], |row| {
        row.opt_id(0)
    })?;
    Ok(whose.flatten())
}

const CLEAR: &str = "
    update unreachable_addresses set cleared_at = $3
    where org = $1 and address = $2 and cleared_at is null";

/// Writes to an address again: somebody knows that it reaches. Doing so twice is once.
pub fn clear_unreachable(
    tx: &mut Tx,
    ctx: &Ctx,
    address: &str,
    customer: Option<CustomerId>,
) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    if tx.execute(CLEAR, params![ctx.org, folded(address), ctx.now])? > 0 {
        let event = Event::new("customer.reachable");
        tx.record(ctx, event.object_if("customer", customer, "subject"));
    }
    Ok(())
}

/// Capitals make no other address.
fn folded(address: &str) -> String {
    address.trim().to_lowercase()
}
