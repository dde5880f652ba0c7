//! What is known of orders.

mod board;
mod diary;
mod figures;
mod limit;
mod list;
mod load;
mod matters;
mod observed;
mod parts;
mod recent;
mod rows;
mod undo;

pub use board::{AtWork, Card, at_work, board, board_today, card, in_session, in_session_of};
pub use diary::{Diary, diary};
pub use figures::{DayFigures, figures};
pub(crate) use limit::{ahead, limit_reached};
pub use list::{Cursor, Filter, Page, Row, Scope, count_up_to, list};
pub use load::minutes_by_hour;
pub use matters::open_matters;
pub use observed::observed;
pub(crate) use parts::known_parts;
pub use parts::parts;
pub use recent::recent_customers;
pub(crate) use rows::{COLUMNS, read_order};
pub(crate) use undo::last_act;
pub use undo::{Undoable, undoable, undone_since};

use std::collections::BTreeMap;

use kernel::{
    Ctx, Fault, Money, Timestamp,
    ids::{CustomerId, OrderId, SiteId},
};
use store::{Tx, Value, params};

use crate::{
    VIEW,
    model::{Line, Note, Order, StateName, Step},
};

/// One order, where the actor may see it.
pub fn order(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let order = load(tx, ctx, id)?;
    ctx.require_at(VIEW, order.site)?;
    Ok(order)
}

/// One order, before it is known what the actor may do with it.
pub(crate) fn load(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Order, Fault> {
    let sql = format!("select {COLUMNS} from orders o where o.org = $1 and o.id = $2");
    tx.one(&sql, params![ctx.org, id], read_order)?
        .ok_or_else(|| Fault::missing("orders-missing"))
}

/// The order a customer's link names. Whoever holds the secret may see it.
pub fn order_by_secret(tx: &mut Tx, ctx: &Ctx, secret: &str) -> Result<Order, Fault> {
    let sql = format!("select {COLUMNS} from orders o where o.org = $1 and o.secret = $2");
    tx.one(&sql, params![ctx.org, secret], read_order)?
        .ok_or_else(|| Fault::missing("orders-link-missing"))
}

/// The order another system knows by this identity.
pub fn order_by_external_id(
    tx: &mut Tx,
    ctx: &Ctx,
    external_id: &str,
) -> Result<Option<Order>, Fault> {
    let sql = format!("select {COLUMNS} from orders o where o.org = $1 and o.external_id = $2");
    tx.one(&sql, params![ctx.org, external_id], read_order)
}

const LINES: &str = "
    select l.id, l.position, l.service, l.family, l.name_zh, l.name_en, l.quantity, l.unit_minor,
        o.currency, l.tax_permille, l.minutes
    from order_lines l
    join orders o on o.org = l.org and o.id = l.order_id
    where l.org = $1 and l.order_id = $2
    order by l.position limit 200";

/// What an order sells, in order; for whoever was given the order itself.
pub fn lines(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Line>, Fault> {
    tx.all(LINES, params![ctx.org, order], |row| {
        Ok(Line {
            id: row.id(0)?,
            position: row.int(1)?,
            service: row.opt_id(2)?,
            family: row.opt_text(3)?,
            name: row.bilingual(4)?,
            quantity: row.int(6)?,
            unit: Money::new(row.int(7)?, row.currency(8)?),
            tax_permille: row.int(9)?,
            minutes: row.int(10)?,
        })
    })
}

/// The steps of an order, for whoever was given the order itself; a rework stands right after the
/// step it makes good.
pub fn steps(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Step>, Fault> {
    let sql = format!(
        "select {} from order_steps s where s.org = $1 and s.order_id = $2
         order by s.position, s.attempt limit 500",
        rows::STEP_COLUMNS
    );
    tx.all(&sql, params![ctx.org, order], |row| rows::read_step(row, 1))
}

const NOTES: &str = "
    select id, written_at, author, text from order_notes
    where org = $1 and order_id = $2 order by written_at, id limit 200";

/// What was written down about an order, oldest first.
pub fn notes(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Vec<Note>, Fault> {
    ctx.require(VIEW)?;
    tx.all(NOTES, params![ctx.org, order], |row| {
        Ok(Note {
            id: row.id(0)?,
            at: row.instant(1)?,
            author: row.text(2)?,
            text: row.text(3)?,
        })
    })
}

/// `$2, $3, …` for a list of values that begins after the organisation.
pub(crate) fn markers(first: usize, count: usize) -> String {
    (first..first + count)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Where each of some orders stands; at most 500 of them, in one statement.
pub fn states(
    tx: &mut Tx,
    ctx: &Ctx,
    orders: &[OrderId],
) -> Result<BTreeMap<OrderId, StateName>, Fault> {
    let orders = &orders[..orders.len().min(500)];
    if orders.is_empty() {
        return Ok(BTreeMap::new());
    }
    let sql = format!(
        "select id, state from orders where org = $1 and id in ({}) order by id limit 500",
        markers(2, orders.len())
    );
    let mut values = vec![Value::from(ctx.org)];
    values.extend(orders.iter().map(Value::from));
    let found = tx.all(&sql, &values, |row| {
        Ok((row.id(0)?, rows::read_state_name(row, 1)?))
    })?;
    Ok(found.into_iter().collect())
}

/// What a customer's orders come to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// Orders carried out.
    pub visits: i64,
    /// Bookings the customer did not come to.
    pub no_shows: i64,
    /// What was spent, by currency.
    pub spent: Vec<Money>,
    /// When the last order was carried out.
    pub last_visit: Option<Timestamp>,
}

const STANDING: &str = "
    select currency,
        cast(sum(case when state = 'finished' then 1 else 0 end) as bigint),
        cast(sum(case when state = 'no_show' then 1 else 0 end) as bigint),
        cast(sum(case when state = 'finished' then total_minor else 0 end) as bigint),
        max(finished_at)
    from orders where org = $1 and customer = $2
    group by currency order by currency limit 20";

/// What a customer's orders come to, over all sites.
pub fn standing(tx: &mut Tx, ctx: &Ctx, customer: CustomerId) -> Result<Standing, Fault> {
    ctx.require(VIEW)?;
    let mut found = Standing::default();
    let rows = tx.all(STANDING, params![ctx.org, customer], |row| {
        let spent = Money::new(row.int(3)?, row.currency(0)?);
        Ok((row.int(1)?, row.int(2)?, spent, row.opt_instant(4)?))
    })?;
    for (visits, no_shows, spent, last_visit) in rows {
        found.visits += visits;
        found.no_shows += no_shows;
        if spent.minor != 0 {
            found.spent.push(spent);
        }
        found.last_visit = found.last_visit.max(last_visit);
    }
    Ok(found)
}

/// Holds that ran out, oldest first, with their sites.
pub(crate) fn overdue_holds(
    tx: &mut Tx,
    ctx: &Ctx,
    limit: i64,
) -> Result<Vec<(OrderId, SiteId)>, Fault> {
    const OVERDUE: &str = "
        select id, site from orders where org = $1 and state = 'held' and hold_until <= $2
        order by hold_until, id limit $3";
    tx.all(OVERDUE, params![ctx.org, ctx.now, limit], |row| {
        Ok((row.id(0)?, row.id(1)?))
    })
}
