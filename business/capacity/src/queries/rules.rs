//! Booking rules as they were set, and what they come to for one booking.

use customers::Level;
use kernel::{
    Ctx, Fault, Timestamp,
    ids::{CustomerId, ServiceId},
};
use organisation::Site;
use store::{Row, Tx, params};

use crate::{
    VIEW,
    model::{Given, RuleBy, RuleValues, Ruled, Rules, Visit},
};

const SETS: &str = "
    select scope, subject, notice_minutes, horizon_days, upcoming_max, cancel_minutes, version,
        changed_at, changed_by
    from booking_rules where org = $1 order by scope, subject limit 5000";

/// What was set for one site, service or level, and who changed it last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSet {
    /// What it is for.
    pub by: RuleBy,
    /// What it says.
    pub values: RuleValues,
    /// Counts changes.
    pub version: i64,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// By whom.
    pub changed_by: String,
}

fn read(row: &Row) -> Result<Option<RuleSet>, Fault> {
    let (scope, subject) = (row.text(0)?, row.text(1)?);
    let Some(by) = RuleBy::parse(&scope, &subject) else {
        return Ok(None);
    };
    Ok(Some(RuleSet {
        by,
        values: RuleValues {
            notice_minutes: row.opt_int(2)?,
            horizon_days: row.opt_int(3)?,
            upcoming_max: row.opt_int(4)?,
            cancel_minutes: row.opt_int(5)?,
        },
        version: row.int(6)?,
        changed_at: row.instant(7)?,
        changed_by: row.text(8)?,
    }))
}

/// Everything that was set.
pub(crate) fn rule_sets(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<RuleSet>, Fault> {
    let kept = tx.kept(format!("booking rules {}", ctx.org), |tx| {
        tx.all(SETS, params![ctx.org], read)
    })?;
    Ok(kept.iter().flatten().cloned().collect())
}

/// The rules for booking services at a site, for a customer where one is known.
pub fn rules_for(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    services: &[ServiceId],
    customer: Option<CustomerId>,
) -> Result<Ruled, Fault> {
    ctx.require(VIEW)?;
    let sets = rule_sets(tx, ctx)?;
    let level = match customer {
        Some(customer) => customers::optional(tx, ctx, customer)?.map(|known| known.level),
        None => None,
    };
    Ok(ruled(site, &sets, services, level))
}

fn ruled(site: &Site, sets: &[RuleSet], services: &[ServiceId], level: Option<Level>) -> Ruled {
    let of = |by: RuleBy| {
        let set = sets.iter().find(|set| set.by == by)?;
        Some((by, set.values))
    };
    let by = RuleBy::Site(site.id);
    let given = |value: i64| Given { value, by };
    let upcoming = of(by).and_then(|(_, values)| values.upcoming_max);
    let base = Ruled {
        notice_minutes: given(site.notice_minutes),
        horizon_days: given(site.horizon_days),
        upcoming_max: upcoming.map(given),
        cancel_minutes: given(site.cancel_minutes),
    };
    let services = services.iter().filter_map(|id| of(RuleBy::Service(*id)));
    let services: Vec<_> = services.collect();
    Ruled::new(
        base,
        &services,
        level.and_then(|level| of(RuleBy::Level(level))),
    )
}

/// Which starts may be chosen for a visit, through the door somebody came by.
pub fn rules_of(tx: &mut Tx, ctx: &Ctx, site: &Site, visit: &Visit) -> Result<Rules, Fault> {
    let services: Vec<ServiceId> = visit.parts.iter().map(|part| part.service).collect();
    let ruled = rules_for(tx, ctx, site, &services, visit.customer)?;
    let (notice, horizon) = (ruled.notice_minutes.value, ruled.horizon_days.value);
    Ok(Rules::of(ctx.channel, ctx.now, notice, horizon))
}
