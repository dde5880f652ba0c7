//! Counters, breaks and turns.

use std::collections::BTreeMap;

use kernel::ids::{SiteId, StaffId};
use kernel::{Bilingual, Ctx, Date, Fault, Id, Timestamp};
use store::{Row, Tx, params};

use crate::VIEW;

/// Marks ids of counters.
#[derive(Debug, Clone, Copy)]
pub enum CounterNoun {}
/// The id of a counter.
pub type CounterId = Id<CounterNoun>;

/// Where people are called to.
#[derive(Debug, Clone)]
pub struct Counter {
    /// Its id.
    pub id: CounterId,
    /// Where it stands.
    pub site: SiteId,
    /// What it is called.
    pub name: Bilingual,
    /// The letters of the lines it serves; empty serves every line.
    pub lines: Vec<String>,
    /// Who serves there now.
    pub staff: Option<StaffId>,
    /// Counts changes.
    pub version: i64,
}

impl Counter {
    /// Whether tickets of a line are called here.
    pub fn serves(&self, line: &str) -> bool {
        self.lines.is_empty() || self.lines.iter().any(|served| served == line)
    }
}

const COUNTERS: &str = "
    select id, site, name_zh, name_en, lines, staff, version from counters
    where org = $1 and site = $2 order by name_zh, name_en, id limit 200";
const COUNTER: &str = "
    select id, site, name_zh, name_en, lines, staff, version from counters
    where org = $1 and id = $2";
const COUNTER_OF: &str = "
    select id, site, name_zh, name_en, lines, staff, version from counters
    where org = $1 and site = $2 and staff = $3";

fn read_counter(row: &Row) -> Result<Counter, Fault> {
    Ok(Counter {
        id: row.id(0)?,
        site: row.id(1)?,
        name: row.bilingual(2)?,
        lines: row.json(4)?,
        staff: row.opt_id(5)?,
        version: row.int(6)?,
    })
}

/// The counters of a site, by name.
pub fn counters(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Counter>, Fault> {
    tx.all(COUNTERS, params![ctx.org, site], read_counter)
}

/// One counter.
pub fn counter(tx: &mut Tx, ctx: &Ctx, id: CounterId) -> Result<Counter, Fault> {
    let found = tx.one(COUNTER, params![ctx.org, id], read_counter)?;
    let counter = found.ok_or_else(|| Fault::missing("queue-counter-missing"))?;
    ctx.require_at(VIEW, counter.site)?;
    Ok(counter)
}

/// The counter where somebody serves, if it is at one.
pub fn counter_of(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    staff: StaffId,
) -> Result<Option<Counter>, Fault> {
    tx.one(COUNTER_OF, params![ctx.org, site, staff], read_counter)
}

/// A break somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pause {
    /// Since when.
    pub since: Timestamp,
    /// Until when, as announced.
    pub until: Timestamp,
}

const PAUSES: &str = "
    select staff, since, until from breaks
    where org = $1 and site = $2 and since >= $3 order by staff limit 500";

/// Who has a break that began since an instant; one of an earlier day is over.
pub fn pauses(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    since: Timestamp,
) -> Result<BTreeMap<StaffId, Pause>, Fault> {
    let found = tx.all(PAUSES, params![ctx.org, site, since], |row| {
        let pause = Pause {
            since: row.instant(1)?,
            until: row.instant(2)?,
        };
        Ok((row.id(0)?, pause))
    })?;
    Ok(found.into_iter().collect())
}

const TURNS: &str = "
    select called_staff, cast(count(*) as bigint), max(coalesce(served_at, called_at))
    from tickets
    where org = $1 and site = $2 and day = $3 and by_turn = 1 and called_staff is not null
        and state in ('called', 'serving', 'done') and coalesce(served_at, called_at) is not null
    group by called_staff order by called_staff limit 500";

/// How many turns everybody took on a day, and when the latest.
pub fn turns_today(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    day: Date,
) -> Result<BTreeMap<StaffId, (i64, Timestamp)>, Fault> {
    let found = tx.all(TURNS, params![ctx.org, site, day], |row| {
        Ok((row.id(0)?, (row.int(1)?, row.instant(2)?)))
    })?;
    Ok(found.into_iter().collect())
}
