//! What is known of series.

use kernel::{
    Ctx, Every, Fault,
    ids::{OrderId, SeriesId, SiteId},
};
use orders::Order;
use store::{Tx, params};

use crate::model;

/// Bookings that repeat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// Where.
    pub site: SiteId,
    /// How far apart its dates lie.
    pub every: Every,
}

/// The place of an order in its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Member {
    /// The series.
    pub series: SeriesId,
    /// Which one it is, from 1.
    pub position: i64,
    /// How many there are.
    pub count: i64,
}

const SERIES: &str = "select id, site, unit, step from series where org = $1 and id = $2";

/// One series.
pub fn series(tx: &mut Tx, ctx: &Ctx, id: SeriesId) -> Result<Series, Fault> {
    ctx.require(orders::VIEW)?;
    let found = tx.one(SERIES, params![ctx.org, id], |row| {
        Ok(Series {
            id: row.id(0)?,
            site: row.id(1)?,
            every: model::every(&row.text(2)?, row.int(3)?),
        })
    })?;
    found.ok_or_else(|| Fault::missing("series-missing"))
}

const OF_ORDER: &str = "
    select m.series, m.position, (
        select cast(count(*) as bigint) from series_orders n
        where n.org = m.org and n.series = m.series)
    from series_orders m where m.org = $1 and m.order_id = $2";

/// The place of an order in its series, if it is in one.
pub fn of_order(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Option<Member>, Fault> {
    ctx.require(orders::VIEW)?;
    tx.one(OF_ORDER, params![ctx.org, order], |row| {
        Ok(Member {
            series: row.id(0)?,
            position: row.int(1)?,
            count: row.int(2)?,
        })
    })
}

const ORDERS: &str = "
    select position, order_id from series_orders
    where org = $1 and series = $2 order by position limit 500";

/// The orders of a series with their positions, in order.
pub fn orders_of(tx: &mut Tx, ctx: &Ctx, series: SeriesId) -> Result<Vec<(i64, Order)>, Fault> {
    ctx.require(orders::VIEW)?;
    let rows: Vec<(i64, OrderId)> = tx.all(ORDERS, params![ctx.org, series], |row| {
        Ok((row.int(0)?, row.id(1)?))
    })?;
    rows.into_iter()
        .map(|(position, id)| Ok((position, orders::order(tx, ctx, id)?)))
        .collect()
}
