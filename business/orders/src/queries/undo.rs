//! What can be taken back.

use kernel::{
    Ctx, Fault, Timestamp,
    ids::{OrderId, SiteId},
};
use store::{Row, Tx, params};

use crate::{
    VIEW,
    commands::later,
    model::{Act, LastAct, StateName, UNDO_SECONDS},
};

const LAST: &str = "
    select act, version, acted_at, state_before, steps, claim, undone_at from order_undos
    where org = $1 and order_id = $2";

fn read_act(word: &str) -> Result<Act, Fault> {
    Act::parse(word).ok_or_else(|| Fault::broken(format!("{word} is no act")))
}

fn read_last(row: &Row) -> Result<LastAct, Fault> {
    let before = row.text(3)?;
    let claim = row.opt_text(5)?;
    Ok(LastAct {
        act: read_act(&row.text(0)?)?,
        version: row.int(1)?,
        at: row.instant(2)?,
        before: StateName::parse(&before)
            .ok_or_else(|| Fault::broken(format!("{before} is no state")))?,
        steps: row.json(4)?,
        claims: match claim {
            Some(claims) => serde_json::from_str(&claims).map_err(Fault::broken)?,
            None => Vec::new(),
        },
        undone: row.opt_instant(6)?.is_some(),
    })
}

/// The last act of an order that could be taken back, if there was one.
pub(crate) fn last_act(tx: &mut Tx, ctx: &Ctx, order: OrderId) -> Result<Option<LastAct>, Fault> {
    tx.one(LAST, params![ctx.org, order], read_last)
}

/// An act done a moment ago, as a screen offers to take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undoable {
    /// The order.
    pub order: OrderId,
    /// Its number as people read it.
    pub code: String,
    /// What was done.
    pub act: Act,
    /// The version it left.
    pub version: i64,
    /// When.
    pub at: Timestamp,
}

impl Undoable {
    /// Until when screens offer it.
    pub fn until(&self) -> Timestamp {
        let micros = self.at.as_microsecond() + UNDO_SECONDS * 1_000_000;
        Timestamp::from_microsecond(micros).unwrap_or(self.at)
    }
}

const UNDOABLE: &str = "
    select u.order_id, o.code, u.act, u.version, u.acted_at
    from order_undos u join orders o on o.org = u.org and o.id = u.order_id
    where u.org = $1 and u.site = $2 and u.acted_at >= $3 and u.undone_at is null
        and u.by_person = 1 and o.version = u.version
    order by u.acted_at desc, u.order_id limit 1";

/// The latest act of a person at a site within [`UNDO_SECONDS`] that nothing followed.
pub fn undoable(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Option<Undoable>, Fault> {
    ctx.require_at(VIEW, site)?;
    let since = ctx.now.as_microsecond() - UNDO_SECONDS * 1_000_000;
    tx.one(UNDOABLE, params![ctx.org, site, since], |row| {
        Ok(Undoable {
            order: row.id(0)?,
            code: row.text(1)?,
            act: read_act(&row.text(2)?)?,
            version: row.int(3)?,
            at: row.instant(4)?,
        })
    })
}

const UNDONE_SINCE: &str = "
    select site, order_id from order_undos where org = $1 and undone_at >= $2
    order by undone_at, order_id limit 500";

/// Orders whose last act was taken back in the last minutes, with their sites: for those who
/// follow what happens to orders.
pub fn undone_since(tx: &mut Tx, ctx: &Ctx, minutes: i64) -> Result<Vec<(SiteId, OrderId)>, Fault> {
    ctx.require(VIEW)?;
    let since = later(ctx.now, -minutes).unwrap_or(ctx.now);
    tx.all(UNDONE_SINCE, params![ctx.org, since], |row| {
        Ok((row.id(0)?, row.id(1)?))
    })
}
