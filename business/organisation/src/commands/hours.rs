//! Setting the week and the special days of a site.

use super::site::about;
use crate::EDIT_SITES;
use crate::model::{SpecialDay, Week};
use crate::queries;
use kernel::ids::SiteId;
use kernel::{Ctx, Date, Fault, Text};
use store::{Tx, params};

const BUMP: &str = "
    update sites set version = version + 1 where org = $1 and id = $2 and version = $3";

const FORGET_WEEK: &str = "delete from opening_spans where org = $1 and site = $2";

const INSERT_SPAN: &str = "
    insert into opening_spans (org, site, weekday, position, opens_minute, closes_minute)
    values ($1, $2, $3, $4, $5, $6)";

/// Replaces the hours of the ordinary week, provided the site is still at `version`.
pub fn set_week(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    version: i64,
    week: &Week,
) -> Result<(), Fault> {
    bump(tx, ctx, site, version)?;
    if let Some(weekday) = week.overlap() {
        let field = format!("day_{weekday}");
        return Err(Fault::invalid(
            field,
            Text::key("organisation-hours-overlap"),
        ));
    }
    tx.execute(FORGET_WEEK, params![ctx.org, site])?;
    for weekday in 1_i64..=7 {
        for (position, span) in week.day(weekday).spans().iter().enumerate() {
            let (opens, closes) = (span.opens, span.closes);
            let values = params![ctx.org, site, weekday, position, opens, closes];
            tx.execute(INSERT_SPAN, values)?;
        }
    }
    tx.record(ctx, about("site.hours_changed", site));
    Ok(())
}

/// One edit at a time: takes the next version, or tells that somebody else has it.
fn bump(tx: &mut Tx, ctx: &Ctx, site: SiteId, version: i64) -> Result<(), Fault> {
    ctx.require_at(EDIT_SITES, site)?;
    queries::site(tx, ctx, site)?;
    if tx.execute(BUMP, params![ctx.org, site, version])? == 0 {
        return Err(Fault::stale());
    }
    Ok(())
}

const UPSERT_SPECIAL: &str = "
    insert into special_days (org, site, day, closed, spans, name_zh, name_en)
    values ($1, $2, $3, $4, $5, $6, $7)
    on conflict (org, site, day) do update set closed = excluded.closed, spans = excluded.spans,
        name_zh = excluded.name_zh, name_en = excluded.name_en";

/// Gives one date hours of its own, or closes it. Doing so again replaces what was said before.
pub fn set_special_day(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    special: &SpecialDay,
) -> Result<(), Fault> {
    ctx.require_at(EDIT_SITES, site)?;
    let today = queries::site(tx, ctx, site)?.date_of(ctx.now);
    let far = (special.day.year() - today.year()).abs() > 10;
    if far {
        return Err(Fault::invalid("day", Text::key("organisation-date-absurd")));
    }
    let long = |text: &str| text.chars().count() > 60;
    if long(&special.name.zh) || long(&special.name.en) {
        let text = Text::key("organisation-text-long").with("max", 60);
        return Err(Fault::invalid("name", text));
    }
    let pairs: Vec<_> = special
        .hours
        .spans()
        .iter()
        .map(|s| (s.opens, s.closes))
        .collect();
    let spans = serde_json::to_string(&pairs).map_err(Fault::broken)?;
    let closed = special.hours.is_closed();
    let (zh, en) = (&special.name.zh, &special.name.en);
    tx.execute(
        UPSERT_SPECIAL,
        params![ctx.org, site, special.day, closed, spans, zh, en],
    )?;
    let event = about("site.special_day_set", site).attr("day", special.day.to_string());
    tx.record(ctx, event);
    Ok(())
}

const REMOVE_SPECIAL: &str = "
    delete from special_days where org = $1 and site = $2 and day = $3";

/// Lets a date follow the week again; doing so twice changes nothing more.
pub fn remove_special_day(tx: &mut Tx, ctx: &Ctx, site: SiteId, day: Date) -> Result<(), Fault> {
    ctx.require_at(EDIT_SITES, site)?;
    if tx.execute(REMOVE_SPECIAL, params![ctx.org, site, day])? == 1 {
        let event = about("site.special_day_removed", site).attr("day", day.to_string());
        tx.record(ctx, event);
    }
    Ok(())
}
