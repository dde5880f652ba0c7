//! What is known of customers.

use kernel::{Ctx, Fault, Locale, ids::CustomerId};
use store::{Row, Tx, Value, params};

use crate::{
    VIEW,
    model::{Customer, Level, Phone},
    terms::{beginnings, past, typed_words},
};

/// The most customers one search or page answers.
pub const PAGE_MAX: i64 = web::EXPORT_ROWS;

const COLUMNS: &str = "c.id, c.name, c.reading, c.phone, c.email, c.language, c.note, c.level,
    c.created_at, c.version, c.external_id";

fn read_customer(row: &Row) -> Result<Customer, Fault> {
    let level = row.text(7)?;
    Ok(Customer {
        id: row.id(0)?,
        name: row.text(1)?,
        reading: row.text(2)?,
        phone: row.opt_text(3)?.as_deref().and_then(Phone::parse),
        email: row.opt_text(4)?,
        language: row.opt_text(5)?.as_deref().and_then(Locale::parse),
        note: row.text(6)?,
        level: Level::parse(&level)
            .ok_or_else(|| Fault::broken(format!("no customer level {level}")))?,
        since: row.instant(8)?,
        version: row.int(9)?,
        external_id: row.opt_text(10)?,
    })
}

/// One customer.
pub fn customer(tx: &mut Tx, ctx: &Ctx, id: CustomerId) -> Result<Customer, Fault> {
    ctx.require(VIEW)?;
    optional(tx, ctx, id)?.ok_or_else(|| Fault::missing("customers-missing"))
}

/// One customer, if there is one; for nouns that have checked who asks.
pub fn optional(tx: &mut Tx, ctx: &Ctx, id: CustomerId) -> Result<Option<Customer>, Fault> {
    let sql = format!("select {COLUMNS} from customers c where c.org = $1 and c.id = $2");
    tx.one(&sql, params![ctx.org, id], read_customer)
}

/// The customer with a phone number.
pub(crate) fn by_phone(tx: &mut Tx, ctx: &Ctx, phone: &Phone) -> Result<Option<Customer>, Fault> {
    let sql = format!("select {COLUMNS} from customers c where c.org = $1 and c.phone_digits = $2");
    tx.one(&sql, params![ctx.org, phone.digits()], read_customer)
}

/// At most two customers of exactly this name: one is an answer, two are a question.
pub(crate) fn by_name(tx: &mut Tx, ctx: &Ctx, name: &str) -> Result<Vec<Customer>, Fault> {
    let sql = format!(
        "select {COLUMNS} from customers c where c.org = $1 and c.name = $2
         order by c.id limit 2"
    );
    tx.all(&sql, params![ctx.org, name], read_customer)
}

/// The customer another system knows by this identity.
pub fn customer_by_external_id(
    tx: &mut Tx,
    ctx: &Ctx,
    external_id: &str,
) -> Result<Option<Customer>, Fault> {
    let sql = format!("select {COLUMNS} from customers c where c.org = $1 and c.external_id = $2");
    tx.one(&sql, params![ctx.org, external_id], read_customer)
}

/// Where the page above ended, in a list by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct After {
    /// What the last one was sorted by.
    pub sort_name: String,
    /// The last identity, for equal names.
    pub id: CustomerId,
}

/// Customers whose name, reading, initials or phone begin (or whose phone ends) with what was
/// typed, by name; each word must match. An empty text finds everybody.
pub fn search(tx: &mut Tx, ctx: &Ctx, text: &str, limit: i64) -> Result<Vec<Customer>, Fault> {
    customers(tx, ctx, text, None, limit)
}

/// A page of customers by name, after the page above.
pub fn customers(
    tx: &mut Tx,
    ctx: &Ctx,
    text: &str,
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Customer>, Fault> {
    narrowed(tx, ctx, (text, &fields::Filter::default()), after, limit)
}

/// The same, narrowed by what stands in the business's own fields.
pub fn narrowed(
    tx: &mut Tx,
    ctx: &Ctx,
    (text, own): (&str, &fields::Filter),
    after: Option<&After>,
    limit: i64,
) -> Result<Vec<Customer>, Fault> {
    ctx.require(VIEW)?;
    let mut values = vec![Value::from(ctx.org)];
    let mut sql = format!("select {COLUMNS} from customers c where c.org = $1");
    let mut found = Vec::new();
    for word in typed_words(text) {
        sql.push_str(&term_condition(&word, 2, &mut found));
    }
    values.append(&mut found);
    sql.push_str(&own.sql("c.id", &mut values));
    if let Some(after) = after {
        values.push(Value::from(&after.sort_name));
        values.push(Value::from(after.id));
        let (name, id) = (values.len() - 1, values.len());
        sql.push_str(&format!(
            " and (c.sort_name > ${name} or (c.sort_name = ${name} and c.id > ${id}))"
        ));
    }
    values.push(Value::from(limit.clamp(1, PAGE_MAX)));
    sql.push_str(&format!(
        " order by c.sort_name, c.id limit ${}",
        values.len()
    ));
    tx.all(&sql, &values, read_customer)
}

/// The condition that a customer `c` has a term beginning with `word`; its values are added to
/// `values`, the first of which stands at marker `first`.
pub(crate) fn term_condition(word: &str, first: usize, values: &mut Vec<Value>) -> String {
    let ranges = beginnings(word).into_iter().map(|beginning| {
        let marker = first + values.len();
        values.push(Value::from(past(&beginning)));
        values.push(Value::from(beginning));
        format!("(t.term < ${marker} and t.term >= ${})", marker + 1)
    });
    let ranges = ranges.collect::<Vec<_>>().join(" or ");
    format!(
        " and c.id in (select t.customer from customer_terms t where t.org = $1 and ({ranges}))"
    )
}

/// These customers, in no order that matters.
pub(crate) fn by_ids(tx: &mut Tx, ctx: &Ctx, ids: &[CustomerId]) -> Result<Vec<Customer>, Fault> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut values = vec![Value::from(ctx.org)];
    values.extend(ids.iter().map(|&id| Value::from(id)));
    let markers: Vec<String> = (2..=values.len()).map(|at| format!("${at}")).collect();
    let sql = format!(
        "select {COLUMNS} from customers c where c.org = $1 and c.id in ({})
         order by c.id limit {}",
        markers.join(", "),
        ids.len()
    );
    tx.all(&sql, &values, read_customer)
}
