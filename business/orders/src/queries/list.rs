//! Finding orders among a hundred thousand: conditions only where asked, newest first, page by
//! page from where the one above ended.

use customers::{Brief, beside};
use kernel::{
    Channel, Ctx, Fault, SiteScope, Timestamp,
    ids::{CustomerId, OrderId, SiteId, StaffId},
};
use store::{Tx, Value, params, text_pattern};

use super::{
    markers,
    rows::{COLUMN_COUNT, COLUMNS, read_order},
};
use crate::{
    VIEW,
    model::{Kind, Order, StateName},
};

/// The most orders of one page.
pub const PAGE_MAX: i64 = web::EXPORT_ROWS;

/// Which states to list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// Every order.
    #[default]
    All,
    /// What is not closed.
    Current,
    /// One state.
    Only(StateName),
}

impl Scope {
    /// The word in addresses; empty for all.
    pub fn as_str(self) -> &'static str {
        match self {
            Scope::All => "",
            Scope::Current => "current",
            Scope::Only(name) => name.as_str(),
        }
    }

    /// Reads the word; anything unknown lists all.
    pub fn parse(word: &str) -> Scope {
        match word {
            "current" => Scope::Current,
            word => StateName::parse(word).map_or(Scope::All, Scope::Only),
        }
    }
}

/// What to list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Number, or name, reading or phone of the customer, or words of what is sold.
    pub text: String,
    /// Which states.
    pub scope: Scope,
    /// What was asked for.
    pub kind: Option<Kind>,
    /// Where.
    pub site: Option<SiteId>,
    /// Through which door.
    pub channel: Option<Channel>,
    /// Who serves.
    pub staff: Option<StaffId>,
    /// Who asked.
    pub customer: Option<CustomerId>,
    /// Taken from this instant on.
    pub from: Option<Timestamp>,
    /// Taken before this instant.
    pub to: Option<Timestamp>,
    /// Only with this in the business's own fields.
    pub own: fields::Filter,
}

impl Filter {
    /// Whether every order is asked for.
    pub fn is_empty(&self) -> bool {
        *self == Filter::default()
    }
}

/// Where the page above ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// When its last order was taken.
    pub created: Timestamp,
    /// That order.
    pub id: OrderId,
}

impl Cursor {
    /// The cursor as it stands in an address.
    pub fn encode(&self) -> String {
        format!("{}.{}", self.created.as_microsecond(), self.id)
    }

    /// Reads it back; `None` for anything else.
    pub fn parse(text: &str) -> Option<Cursor> {
        let (created, id) = text.split_once('.')?;
        let created = Timestamp::from_microsecond(created.parse().ok()?).ok()?;
        Some(Cursor {
            created,
            id: OrderId::parse(id)?,
        })
    }
}

/// One order of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The order.
    pub order: Order,
    /// Who asked, when known.
    pub customer: Option<Brief>,
}

/// A page of orders, newest first.
#[derive(Clone, Debug, PartialEq)]
pub struct Page {
    /// The orders.
    pub rows: Vec<Row>,
    /// Where the next page begins, when there is one.
    pub next: Option<Cursor>,
}

/// Conditions and their values, `$1` being the organisation.
struct Where {
    sql: String,
    values: Vec<Value>,
}

impl Where {
    fn new(tx: &mut Tx, ctx: &Ctx, filter: &Filter) -> Result<Where, Fault> {
        let mut found = Where {
            sql: "o.org = $1".to_owned(),
            values: vec![ctx.org.into()],
        };
        match &ctx.sites {
            SiteScope::All => {}
            SiteScope::Only(sites) if sites.is_empty() => found.sql.push_str(" and 1 = 0"),
            SiteScope::Only(sites) => {
                let list = markers(found.values.len() + 1, sites.len());
                found.values.extend(sites.iter().map(Value::from));
                found.sql.push_str(&format!(" and o.site in ({list})"));
            }
        }
        found.choose(filter);
        found.search(tx, ctx, &filter.text)?;
        Ok(found)
    }

    fn add(&mut self, condition: &str, value: impl Into<Value>) {
        self.values.push(value.into());
        let marker = format!("${}", self.values.len());
        self.sql.push_str(" and ");
        self.sql.push_str(&condition.replace('?', &marker));
    }

    fn choose(&mut self, filter: &Filter) {
        match filter.scope {
            Scope::All => {}
            Scope::Current => self.sql.push_str(" and o.closed_at is null"),
            Scope::Only(name) => self.add("o.state = ?", name.as_str()),
        }
        if let Some(kind) = filter.kind {
            self.add("o.kind = ?", kind.as_str());
        }
        if let Some(site) = filter.site {
            self.add("o.site = ?", site);
        }
        if let Some(channel) = filter.channel {
            self.add("o.channel = ?", channel);
        }
        if let Some(staff) = filter.staff {
            self.add("o.staff = ?", staff);
        }
        if let Some(customer) = filter.customer {
            self.add("o.customer = ?", customer);
        }
        if let Some(from) = filter.from {
            self.add("o.created_at >= ?", from);
        }
        if let Some(to) = filter.to {
            self.add("o.created_at < ?", to);
        }
        let own = filter.own.sql("o.id", &mut self.values);
        self.sql.push_str(&own);
    }

    fn search(&mut self, tx: &mut Tx, ctx: &Ctx, text: &str) -> Result<(), Fault> {
        let text = text.trim();
        if text.is_empty() {
            return Ok(());
        }
        if let Some(number) = number_of_code(text) {
            self.add("o.number = ?", number);
            self.add("o.code = ?", text.to_uppercase());
            return Ok(());
        }
        let hers = customers::matching(tx, ctx, ("o.customer", text), &mut self.values)?;
        let number = text.parse::<i64>().ok();
        if let Some(number) = number.filter(|number| *number < 1_000_000) {
            self.add(&format!("(o.number = ? or {hers})"), number);
            return Ok(());
        }
        // No title is a phone: looking for one there would walk over every order of the past.
        if text
            .chars()
            .all(|c| c.is_ascii_digit() || " +-".contains(c))
        {
            self.sql.push_str(&format!(" and {hers}"));
            return Ok(());
        }
        let pattern = text_pattern(&text.to_lowercase());
        if !text.contains(BETWEEN_NAMES) && !is_sold(tx, ctx, &pattern)? {
            self.sql.push_str(&format!(" and {hers}"));
            return Ok(());
        }
        let title = "lower(o.title_zh) like ? escape '\\' or lower(o.title_en) like ? escape '\\'";
        self.add(&format!("({title} or {hers})"), pattern);
        Ok(())
    }
}

/// What a title has and no name does.
const BETWEEN_NAMES: [char; 2] = ['+', '…'];

const SOLD: &str = "
    select 1 from sold_names
    where org = $1 and (lower(name_zh) like $2 escape '\\' or lower(name_en) like $2 escape '\\')
    limit 1";

/// Whether anything was ever sold under a name like that. There are few names; the titles of
/// orders, made of them, are as many as the orders.
fn is_sold(tx: &mut Tx, ctx: &Ctx, pattern: &str) -> Result<bool, Fault> {
    let found = tx.one(SOLD, params![ctx.org, pattern], |row| row.int(0))?;
    Ok(found.is_some())
}

/// The number in a code such as `cs-00482`.
fn number_of_code(text: &str) -> Option<i64> {
    let (site, digits) = text.rsplit_once('-')?;
    let is_site = (1..=3).contains(&site.len()) && site.bytes().all(|b| b.is_ascii_alphabetic());
    let is_number = digits.len() <= 12 && digits.bytes().all(|b| b.is_ascii_digit());
    (is_site && is_number)
        .then(|| digits.parse().ok())
        .flatten()
}

/// A page of orders, newest first, after the page above.
pub fn list(
    tx: &mut Tx,
    ctx: &Ctx,
    filter: &Filter,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Page, Fault> {
    ctx.require(VIEW)?;
    let limit = limit.clamp(1, PAGE_MAX);
    let mut found = Where::new(tx, ctx, filter)?;
    if let Some(after) = after {
        found.add("(o.created_at <= ?", after.created);
        let created = found.values.len();
        found.values.push(after.id.into());
        let id = found.values.len();
        found.sql.push_str(&format!(
            " and (o.created_at < ${created} or o.id < ${id}))"
        ));
    }
    found.values.push((limit + 1).into());
    let sql = format!(
        "select {COLUMNS}, {} from orders o {}
         where {} order by o.created_at desc, o.id desc limit ${}",
        beside::COLUMNS,
        beside::JOIN,
        found.sql,
        found.values.len()
    );
    let mut rows = tx.all(&sql, &found.values, |row| {
        Ok(Row {
            order: read_order(row)?,
            customer: beside::read(row, COLUMN_COUNT)?,
        })
    })?;
    let more = rows.len() > usize::try_from(limit).expect("a page is small");
    rows.truncate(usize::try_from(limit).expect("a page is small"));
    let last = rows.last().filter(|_| more);
    let next = last.map(|row| Cursor {
        created: row.order.created,
        id: row.order.id,
    });
    Ok(Page { rows, next })
}

/// How many orders a filter finds, counted up to `max`: enough to say “1,000+”.
pub fn count_up_to(tx: &mut Tx, ctx: &Ctx, filter: &Filter, max: i64) -> Result<i64, Fault> {
    ctx.require(VIEW)?;
    let mut found = Where::new(tx, ctx, filter)?;
    found.values.push(max.into());
    let sql = format!(
        "select cast(count(*) as bigint) from (
            select 1 from orders o where {} limit ${}) counted",
        found.sql,
        found.values.len()
    );
    tx.count(&sql, &found.values)
}
