//! What a day at a site looks like: two statements, however many orders there are.

use std::{collections::BTreeMap, sync::Arc};

use customers::{Brief, beside};
use kernel::{
    Ctx, Fault, Locale, Span, Timestamp,
    ids::{CustomerId, GroupSessionId, OrderId, SiteId, StaffId},
};
use store::{Row, Tx, params};

use super::rows::{COLUMN_COUNT, COLUMNS, STEP_COLUMNS, read_order, read_step};
use crate::{
    TAKE, VIEW,
    model::{Order, Part, Step},
};

/// The most orders a board holds.
const BOARD_MAX: i64 = 1000;

/// An order as boards, calendars and phones show it.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The order.
    pub order: Order,
    /// Who asks, when known.
    pub customer: Option<Brief>,
    /// Its steps, while it is not closed; empty afterwards.
    pub steps: Vec<Step>,
    /// The parts of its visit, where they say more than its slot.
    pub parts: Vec<Part>,
}

impl Card {
    /// The name on the card; empty for an unknown customer.
    pub fn customer_name(&self, locale: Locale) -> &str {
        self.customer
            .as_ref()
            .map_or("", |customer| customer.display(locale))
    }

    /// Whether slot, arrival, work or end lies in a stretch of time.
    pub fn touches(&self, span: Span) -> bool {
        let state = &self.order.state;
        let inside = |at: Option<Timestamp>| at.is_some_and(|at| span.holds(at));
        let work = state.started().zip(state.finished());
        state.slot().is_some_and(|slot| slot.span.overlaps(&span))
            || inside(state.arrived())
            || inside(state.closed())
            || span.holds(self.order.due())
            || work.is_some_and(|(from, until)| from < span.end && span.start < until)
    }
}

/// The orders of a board, looked up first: two ways to be there, each by an index of its own, and
/// nobody by both. One condition with `or` between reads every order there ever was; so does
/// `union`, for which SQLite walks all ids in their order. A cross join keeps its order.
const NEAR: &str = "
    (select id from orders where org = $1 and site = $2 and closed_at is null
        and state in ('open', 'waiting', 'serving')
    union all
    select id from orders where org = $1 and site = $2 and due_at >= $3 and due_at < $4
        and (closed_at is not null or state not in ('open', 'waiting', 'serving'))) near
    cross join orders o";

/// Every order of a site that is open, waiting or in service now, or whose slot, arrival or end
/// touches `span`, in order of time.
pub fn board(tx: &mut Tx, ctx: &Ctx, site: SiteId, span: Span) -> Result<Vec<Card>, Fault> {
    ctx.require_at(VIEW, site)?;
    // Work may run over midnight: what fell due up to a day before is looked at, too.
    let day = kernel::Timestamp::from_microsecond(span.start.as_microsecond() - 86_400_000_000)
        .map_err(Fault::broken)?;
    let values = params![ctx.org, site, day, span.end, BOARD_MAX];
    let sql = format!(
        "select {COLUMNS}, {} from {NEAR} {}
         where o.org = $1 and o.id = near.id order by o.due_at, o.id limit $5",
        beside::COLUMNS,
        beside::JOIN
    );
    let mut cards = tx.all(&sql, values, |row| {
        let (order, customer) = (read_order(row)?, beside::read(row, COLUMN_COUNT)?);
        Ok(Card {
            order,
            customer,
            steps: Vec::new(),
            parts: Vec::new(),
        })
    })?;
    let mut steps = open_steps(tx, values)?;
    let among = format!(
        "select o.id from {NEAR} where o.org = $1 and o.id = near.id
         order by o.due_at, o.id limit $5"
    );
    let mut parts = super::parts::parts_among(tx, &among, values)?;
    cards.retain_mut(|card| {
        card.parts = parts.remove(&card.order.id).unwrap_or_default();
        card.steps = steps.remove(&card.order.id).unwrap_or_default();
        let name = card.order.state.name().as_str();
        matches!(name, "open" | "waiting" | "serving") || card.touches(span)
    });
    Ok(cards)
}

/// As [`board`], for the day that runs: every screen of the site shows it, so it is read once until
/// something in it changes.
pub fn board_today(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    day: Span,
) -> Result<Arc<Vec<Card>>, Fault> {
    ctx.require_at(VIEW, site)?;
    let question = format!("board of {} {site} {} {}", ctx.org, day.start, day.end);
    tx.kept(question, |tx| board(tx, ctx, site, day))
}

/// An order that is being carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AtWork {
    /// Which.
    pub order: OrderId,
    /// By whom.
    pub staff: StaffId,
    /// Since when.
    pub started: Timestamp,
    /// How long it should take, in minutes.
    pub minutes: i64,
}

/// Who is at work at a site, and on what.
pub fn at_work(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<AtWork>, Fault> {
    const AT_WORK: &str = "
        select id, staff, started_at, minutes from orders
        where org = $1 and site = $2 and state = 'serving' and closed_at is null
            and staff is not null
        order by +due_at, id limit 1000";
    ctx.require_at(VIEW, site)?;
    tx.all(AT_WORK, params![ctx.org, site], |row: &Row| {
        Ok(AtWork {
            order: row.id(0)?,
            staff: row.id(1)?,
            started: row.instant(2)?,
            minutes: row.int(3)?,
        })
    })
}

fn open_steps(tx: &mut Tx, values: &[store::Value]) -> Result<BTreeMap<OrderId, Vec<Step>>, Fault> {
    let sql = format!(
        "select {STEP_COLUMNS} from order_steps s
         where s.org = $1 and s.order_id in (
            select o.id from {NEAR}
            where o.org = $1 and o.id = near.id and o.closed_at is null
            order by o.due_at, o.id limit $5)
         order by s.order_id, s.position, s.attempt limit 20000"
    );
    let mut found: BTreeMap<OrderId, Vec<Step>> = BTreeMap::new();
    for (order, step) in tx.all(&sql, values, |row| Ok((row.id(0)?, read_step(row, 1)?)))? {
        found.entry(order).or_default().push(step);
    }
    Ok(found)
}

/// Everybody with an order in a group session, called off or not, in order of taking.
pub fn in_session(tx: &mut Tx, ctx: &Ctx, session: GroupSessionId) -> Result<Vec<Card>, Fault> {
    ctx.require(VIEW)?;
    let sql = format!(
        "select {COLUMNS}, {} from orders o {}
         where o.org = $1 and o.session = $2 order by o.id limit $3",
        beside::COLUMNS,
        beside::JOIN
    );
    tx.all(&sql, params![ctx.org, session, BOARD_MAX], |row| {
        Ok(Card {
            order: read_order(row)?,
            customer: beside::read(row, COLUMN_COUNT)?,
            steps: Vec::new(),
            parts: Vec::new(),
        })
    })
}

/// The orders of a customer in a group session that may still be served, for whoever sells seats.
pub fn in_session_of(
    tx: &mut Tx,
    ctx: &Ctx,
    session: GroupSessionId,
    customer: CustomerId,
) -> Result<Vec<OrderId>, Fault> {
    const OF: &str = "
        select id from orders
        where org = $1 and session = $2 and customer = $3
            and state not in ('cancelled', 'expired')
        order by id limit 500";
    ctx.require(TAKE)?;
    tx.all(OF, params![ctx.org, session, customer], |row| row.id(0))
}

/// One order as a card.
pub fn card(tx: &mut Tx, ctx: &Ctx, id: OrderId) -> Result<Card, Fault> {
    let sql = format!(
        "select {COLUMNS}, {} from orders o {}
         where o.org = $1 and o.id = $2",
        beside::COLUMNS,
        beside::JOIN
    );
    let found = tx.one(&sql, params![ctx.org, id], |row| {
        Ok((read_order(row)?, beside::read(row, COLUMN_COUNT)?))
    })?;
    let (order, customer) = found.ok_or_else(|| Fault::missing("orders-missing"))?;
    ctx.require_at(VIEW, order.site)?;
    let steps = super::steps(tx, ctx, id)?;
    Ok(Card {
        parts: super::known_parts(tx, ctx, id)?,
        order,
        customer,
        steps,
    })
}
