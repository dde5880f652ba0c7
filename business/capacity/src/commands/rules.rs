//! Changing booking rules, and the minutes people need between rooms and sites.

use kernel::{Actor, Ctx, Fault, Text, ids::SiteId};
use store::{Event, Tx, params};

use crate::{
    EDIT,
    model::{RuleBy, RuleValues},
    queries,
};

const ADD_RULE: &str = "
    insert into booking_rules (org, scope, subject, notice_minutes, horizon_days, upcoming_max,
        cancel_minutes, version, changed_at, changed_by)
    values ($1, $2, $3, $4, $5, $6, $7, 1, $8, $9)
    on conflict (org, scope, subject) do nothing";

const SAVE_RULE: &str = "
    update booking_rules set notice_minutes = $4, horizon_days = $5, upcoming_max = $6,
        cancel_minutes = $7, changed_at = $8, changed_by = $9, version = version + 1
    where org = $1 and scope = $2 and subject = $3 and version = $10";

/// The most minutes of notice, and the most before the start for cancelling: thirty days.
pub(crate) const NOTICE_MAX: i64 = 30 * 24 * 60;
/// The most days ahead.
pub(crate) const HORIZON_MAX: i64 = 730;
/// The most bookings at once that can be allowed.
pub(crate) const UPCOMING_MAX: i64 = 100;
/// The most minutes between two rooms.
pub(crate) const ROOM_MINUTES_MAX: i64 = 120;
/// The most minutes between two sites.
pub(crate) const TRAVEL_MINUTES_MAX: i64 = 600;

fn who(ctx: &Ctx) -> &str {
    match &ctx.actor {
        Actor::User { name, .. } => name,
        Actor::Guest | Actor::System => "",
    }
}

fn within(field: &'static str, value: Option<i64>, (min, max): (i64, i64)) -> Result<(), Fault> {
    if value.is_some_and(|value| !(min..=max).contains(&value)) {
        let text = Text::key("capacity-rule-range")
            .with("min", min)
            .with("max", max);
        return Err(Fault::invalid(field, text));
    }
    Ok(())
}

/// Says how customers may book at a site, a service, or as a level of customers. `version` is the
/// one that was seen, 0 where nothing was set.
pub fn save_rule(
    tx: &mut Tx,
    ctx: &Ctx,
    by: RuleBy,
    version: i64,
    values: RuleValues,
) -> Result<(), Fault> {
    match by {
        RuleBy::Site(site) => ctx.require_at(EDIT, organisation::site(tx, ctx, site)?.id)?,
        RuleBy::Service(service) => {
            ctx.require(EDIT)?;
            offers::service(tx, ctx, service)?;
        }
        RuleBy::Level(_) => ctx.require(EDIT)?,
    }
    within("notice", values.notice_minutes, (0, NOTICE_MAX))?;
    within("horizon", values.horizon_days, (1, HORIZON_MAX))?;
    within("upcoming", values.upcoming_max, (1, UPCOMING_MAX))?;
    within("cancel", values.cancel_minutes, (0, NOTICE_MAX))?;
    let sets = queries::rule_sets(tx, ctx)?;
    let before = sets.iter().find(|set| set.by == by);
    if before.map_or(RuleValues::default(), |set| set.values) == values {
        return Ok(());
    }
    let (scope, subject) = by.key();
    let mut row = params![
        ctx.org,
        scope,
        &subject,
        values.notice_minutes,
        values.horizon_days,
        values.upcoming_max,
        values.cancel_minutes,
        ctx.now,
        who(ctx),
    ]
    .to_vec();
    let saved = if version == 0 {
        tx.execute(ADD_RULE, &row)?
    } else {
        row.push(version.into());
        tx.execute(SAVE_RULE, &row)?
    };
    if saved == 0 {
        return Err(Fault::stale());
    }
    let event = Event::new("booking_rule.changed").attr("scope", scope);
    tx.record(ctx, event.object(object(by), subject, "subject"));
    Ok(())
}

const fn object(by: RuleBy) -> &'static str {
    match by {
        RuleBy::Site(_) => "site",
        RuleBy::Service(_) => "service",
        RuleBy::Level(_) => "level",
    }
}

const SET_ROOM: &str = "
    insert into room_moves (org, site, minutes, version, changed_at, changed_by)
    values ($1, $2, $3, 1, $4, $5)
    on conflict (org, site) do update set minutes = excluded.minutes,
        version = room_moves.version + 1, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by";

const SET_SITES: &str = "
    insert into site_moves (org, site, other, minutes, version, changed_at, changed_by)
    values ($1, $2, $3, $4, 1, $5, $6)
    on conflict (org, site, other) do update set minutes = excluded.minutes,
        version = site_moves.version + 1, changed_at = excluded.changed_at,
        changed_by = excluded.changed_by";

const FORGET_SITES: &str = "
    delete from site_moves where org = $1 and site = $2 and other = $3";

/// Says how long people need to change the room at a site.
pub fn set_room_minutes(tx: &mut Tx, ctx: &Ctx, site: SiteId, minutes: i64) -> Result<(), Fault> {
    let site = organisation::site(tx, ctx, site)?.id;
    ctx.require_at(EDIT, site)?;
    within("room", Some(minutes), (0, ROOM_MINUTES_MAX))?;
    let set = queries::room_moves(tx, ctx)?;
    let before = set.iter().find(|set| set.site == Some(site));
    if before.map_or(0, |set| set.minutes) == minutes {
        return Ok(());
    }
    tx.execute(SET_ROOM, params![ctx.org, site, minutes, ctx.now, who(ctx)])?;
    let event = Event::new("moves.changed")
        .site(site)
        .attr("room_minutes", minutes);
    tx.record(ctx, event);
    Ok(())
}

/// Says how long people need between two sites, both ways; `None` as between any two sites.
pub fn set_travel_minutes(
    tx: &mut Tx,
    ctx: &Ctx,
    (one, other): (SiteId, SiteId),
    minutes: Option<i64>,
) -> Result<(), Fault> {
    ctx.require_at(EDIT, organisation::site(tx, ctx, one)?.id)?;
    ctx.require_at(EDIT, organisation::site(tx, ctx, other)?.id)?;
    let pair = (one.min(other).to_string(), one.max(other).to_string());
    set_minutes(tx, ctx, pair, minutes)
}

/// Says how long people need between any two sites that have no minutes of their own.
pub fn set_usual_travel_minutes(tx: &mut Tx, ctx: &Ctx, minutes: i64) -> Result<(), Fault> {
    ctx.require(EDIT)?;
    set_minutes(tx, ctx, (String::new(), String::new()), Some(minutes))
}

fn set_minutes(
    tx: &mut Tx,
    ctx: &Ctx,
    (one, other): (String, String),
    minutes: Option<i64>,
) -> Result<(), Fault> {
    within("travel", minutes, (0, TRAVEL_MINUTES_MAX))?;
    let named = |id: Option<SiteId>| id.map_or(String::new(), |id| id.to_string());
    let set = queries::site_moves(tx, ctx)?;
    let before = set
        .iter()
        .find(|set| (named(set.site), named(set.other)) == (one.clone(), other.clone()));
    if before.map(|set| set.minutes) == minutes {
        return Ok(());
    }
    match minutes {
        Some(minutes) => {
            let row = params![ctx.org, &one, &other, minutes, ctx.now, who(ctx)];
            tx.execute(SET_SITES, row)?;
        }
        None => {
            tx.execute(FORGET_SITES, params![ctx.org, &one, &other])?;
        }
    }
    let mut event = Event::new("moves.changed").attr("travel_minutes", minutes);
    for site in [one, other].into_iter().filter(|site| !site.is_empty()) {
        event = event.object("site", site, "between");
    }
    tx.record(ctx, event);
    Ok(())
}
