//! What customers were told, what followed, and what can be learnt from it.

use kernel::ids::SiteId;
use kernel::{Ctx, Fault, TimeZone, Timestamp, format};
use queueing::quote::{Buckets, Pair};
use store::{Row, Tx, params};

use crate::VIEW;
use crate::model::{self, Lessons, Outcome, Pace, Pasts, Told, Wait};

/// The most waits looked at together.
const TOLD_MAX: i64 = 20_000;
/// The most past quotes that are learnt from: the latest ones.
const PAIRS_MAX: i64 = 1_000;
/// The most finished jobs whose time is learnt from.
const JOBS_MAX: i64 = 400;

const TOLD: &str = "
    select t.line, t.number, t.stands_in, q.quoted_at, q.people_ahead, q.wait_minutes_min,
           q.wait_minutes_max, q.wait_seconds_expected, q.model, q.actual_minutes, t.state
    from quotes q join tickets t on t.org = q.org and t.id = q.ticket
    where q.org = $1 and q.site = $2 and q.quoted_at >= $3
    order by q.quoted_at desc, q.ticket limit $4";

fn read_told(row: &Row, zone: &TimeZone) -> Result<Told, Fault> {
    let wait = match (row.opt_int(5)?, row.opt_int(6)?) {
        (Some(min), Some(max)) => Some(Wait { min, max }),
        _ => None,
    };
    let local = row.instant(3)?.to_zoned(zone.clone());
    let outcome = match (row.text(10)?.as_str(), row.opt_int(9)?) {
        ("left" | "no_show", _) => Outcome::Abandoned,
        (_, Some(minutes)) => Outcome::Served(minutes),
        _ => Outcome::Open,
    };
    Ok(Told {
        label: model::label(&row.text(0)?, row.int(1)?),
        line: row.text(2)?,
        day: local.date(),
        hour: i64::from(local.hour()),
        time: format::time(local.time()),
        wait,
        expected_seconds: row.opt_int(7)?,
        model: row.int(8)?,
        people_ahead: row.int(4)?,
        outcome,
    })
}

/// The waits told at a site since an instant, newest first, by the site's clock.
pub fn told(
    tx: &mut Tx,
    ctx: &Ctx,
    (site, zone): (SiteId, &TimeZone),
    since: Timestamp,
) -> Result<Vec<Told>, Fault> {
    ctx.require_at(VIEW, site)?;
    let values = params![ctx.org, site, since, TOLD_MAX];
    tx.all(TOLD, values, |row| read_told(row, zone))
}

/// What a site learnt, and which time it was.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// 0 before anything was learnt.
    pub number: i64,
    /// When it was learnt.
    pub learned_at: Option<Timestamp>,
    /// From how many quotes.
    pub pairs: i64,
    /// What was learnt.
    pub lessons: Lessons,
}

const MODEL: &str = "
    select number, learned_at, pairs, lessons from quote_models
    where org = $1 and site = $2 order by number desc limit 1";

/// What a site learnt last.
pub fn model(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Model, Fault> {
    let found = tx.one(MODEL, params![ctx.org, site], |row| {
        Ok(Model {
            number: row.int(0)?,
            learned_at: Some(row.instant(1)?),
            pairs: row.int(2)?,
            lessons: row.json(3)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

const UNLEARNT: &str = "
    select cast(count(*) as bigint) from quotes
    where org = $1 and site = $2 and quoted_at > $3 and actual_minutes is not null
        and guess is not null";

/// How many quotes since an instant could be learnt from.
pub fn unlearnt(tx: &mut Tx, ctx: &Ctx, site: SiteId, since: Timestamp) -> Result<i64, Fault> {
    tx.count(UNLEARNT, params![ctx.org, site, since])
}

const PAIRS: &str = "
    select guess, actual_minutes, people_ahead, coalesce(staff_on_duty, 1) from quotes
    where org = $1 and site = $2 and quoted_at >= $3 and actual_minutes is not null
        and guess is not null
    order by quoted_at desc, ticket limit $4";
const PACES: &str = "
    select (closed_at - served_at) / 60000 / minutes from tickets
    where org = $1 and site = $2 and state = 'done' and served_at >= $3 and minutes > 0
        and closed_at > served_at
    order by served_at desc, id limit $4";

/// The latest quotes of a site since an instant with what came of them.
pub fn pasts(tx: &mut Tx, ctx: &Ctx, site: SiteId, since: Timestamp) -> Result<Pasts, Fault> {
    let values = params![ctx.org, site, since, PAIRS_MAX];
    let rows = tx.all(PAIRS, values, |row| {
        Ok((row.text(0)?, row.int(1)?, row.int(2)?, row.int(3)?))
    })?;
    let (mut buckets, mut pairs, mut free) = (Buckets::default(), Vec::new(), Vec::new());
    for (guess, minutes, ahead, staff) in rows {
        let Some(guess) = model::read_guess(&guess) else {
            continue;
        };
        let wait_s = f64::from(i32::try_from(minutes).unwrap_or(i32::MAX)) * 60.0;
        let small = |count: i64| u32::try_from(count).unwrap_or(0);
        if guess.mean_s > 0.0 {
            buckets.add(small(ahead), small(staff), wait_s);
            pairs.push(Pair { guess, wait_s });
        } else {
            free.push(minutes);
        }
    }
    let values = params![ctx.org, site, since, JOBS_MAX];
    let ratios = tx.all(PACES, values, |row| row.int(0))?;
    Ok(Pasts {
        pairs,
        buckets,
        pace: Pace::observed(ratios),
        free,
    })
}
