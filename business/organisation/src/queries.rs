//! What is known of organisations, sites and hours.

mod groups;

pub use groups::{site_group, site_groups, sites_under};

use crate::model::{DayHours, Hours, MinuteSpan, Organisation, Site, SiteState, SpecialDay, Week};
use kernel::ids::{OrganisationId, SiteId};
use kernel::{Ctx, Date, Fault, Span, TimeZone};
use std::collections::BTreeMap;
use store::{Row, Tx, params};

const ORGANISATION: &str = "
    select org, slug, name_zh, name_en, brand, created_at, version from organisations
    where org = $1";

const ORGANISATION_BY_SLUG: &str = "
    select org, slug, name_zh, name_en, brand, created_at, version from organisations
    where slug = $1 or org = (select org from former_slugs where slug = $1)
    order by case when slug = $1 then 0 else 1 end limit 1";

const ORGANISATIONS: &str = "
    select org, slug, name_zh, name_en, brand, created_at, version from organisations
    order by created_at, org limit 1000";

/// The organisation with an id.
pub fn organisation(tx: &mut Tx, org: OrganisationId) -> Result<Organisation, Fault> {
    let kept = tx.kept_found(format!("organisation {org}"), |tx| {
        tx.one(ORGANISATION, params![org], read_organisation)
    })?;
    (*kept)
        .clone()
        .ok_or_else(|| Fault::missing("organisation-missing"))
}

/// The organisation with a web name, or that had it before, if there is one.
pub fn organisation_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Organisation>, Fault> {
    let kept = tx.kept_found(format!("organisation called {slug}"), |tx| {
        tx.one(ORGANISATION_BY_SLUG, params![slug], read_organisation)
    })?;
    Ok((*kept).clone())
}

/// Every organisation of the installation, oldest first; used by the program itself.
pub fn organisations(tx: &mut Tx) -> Result<Vec<Organisation>, Fault> {
    tx.all(ORGANISATIONS, params![], read_organisation)
}

fn read_organisation(row: &Row) -> Result<Organisation, Fault> {
    Ok(Organisation {
        id: row.id(0)?,
        slug: row.text(1)?,
        name: row.bilingual(2)?,
        brand: row.text(4)?,
        created_at: row.instant(5)?,
        version: row.int(6)?,
    })
}

const SITES: &str = "
    select id, slug, name_zh, name_en, kind_zh, kind_en, address, zone, currency, phone, state,
        notice_minutes, horizon_days, cancel_minutes, version, site_group
    from sites where org = $1 order by position, id limit 1000";

const SITE: &str = "
    select id, slug, name_zh, name_en, kind_zh, kind_en, address, zone, currency, phone, state,
        notice_minutes, horizon_days, cancel_minutes, version, site_group
    from sites where org = $1 and id = $2";

const SITE_BY_SLUG: &str = "
    select id, slug, name_zh, name_en, kind_zh, kind_en, address, zone, currency, phone, state,
        notice_minutes, horizon_days, cancel_minutes, version, site_group
    from sites where org = $1 and slug = $2";

/// The sites the actor may see, in the order they were opened, those given up included.
pub fn sites(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Site>, Fault> {
    let kept = tx.kept(format!("sites {}", ctx.org), |tx| {
        tx.all(SITES, params![ctx.org], read_site)
    })?;
    let seen = kept.iter().filter(|site| ctx.sites.includes(site.id));
    Ok(seen.cloned().collect())
}

/// A site the actor may see.
pub fn site(tx: &mut Tx, ctx: &Ctx, id: SiteId) -> Result<Site, Fault> {
    let kept = tx.kept(format!("site {} {id}", ctx.org), |tx| {
        tx.one(SITE, params![ctx.org, id], read_site)
    })?;
    (*kept)
        .clone()
        .filter(|site| ctx.sites.includes(site.id))
        .ok_or_else(|| Fault::missing("organisation-site-missing"))
}

/// The site with a web name, if the actor may see it.
pub fn site_by_slug(tx: &mut Tx, ctx: &Ctx, slug: &str) -> Result<Option<Site>, Fault> {
    let kept = tx.kept_found(format!("site called {} {slug}", ctx.org), |tx| {
        tx.one(SITE_BY_SLUG, params![ctx.org, slug], read_site)
    })?;
    let site = (*kept).clone();
    Ok(site.filter(|site| ctx.sites.includes(site.id)))
}

fn read_site(row: &Row) -> Result<Site, Fault> {
    let zone = row.text(7)?;
    Ok(Site {
        id: row.id(0)?,
        slug: row.text(1)?,
        name: row.bilingual(2)?,
        kind: row.bilingual(4)?,
        address: row.text(6)?,
        zone: TimeZone::get(&zone).map_err(Fault::broken)?,
        currency: row.currency(8)?,
        phone: row.text(9)?,
        state: SiteState::parse(&row.text(10)?),
        notice_minutes: row.int(11)?,
        horizon_days: row.int(12)?,
        cancel_minutes: row.int(13)?,
        version: row.int(14)?,
        group: row.opt_id(15)?,
    })
}

const WEEK: &str = "
    select weekday, opens_minute, closes_minute from opening_spans
    where org = $1 and site = $2 order by weekday, position limit 50";

const SPECIAL_DAYS: &str = "
    select day, spans, name_zh, name_en from special_days
    where org = $1 and site = $2 and day >= $3 and day <= $4 order by day limit 1000";

/// A site's week, and its special days from `first` to `last`, both included.
pub fn hours(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    first: Date,
    last: Date,
) -> Result<Hours, Fault> {
    let question = format!("hours {} {site} {first} {last}", ctx.org);
    let kept = tx.kept(question, |tx| {
        let spans = tx.all(WEEK, params![ctx.org, site], |row| read_span(row, 0))?;
        let special = tx.all(SPECIAL_DAYS, params![ctx.org, site, first, last], |row| {
            read_special(row, 0)
        })?;
        Ok(Hours {
            week: week_of(spans)?,
            special: BTreeMap::from_iter(special.into_iter().map(|day| (day.day, day))),
        })
    })?;
    Ok((*kept).clone())
}

const WEEKS: &str = "
    select site, weekday, opens_minute, closes_minute from opening_spans
    where org = $1 order by site, weekday, position limit 100000";

const ALL_SPECIAL_DAYS: &str = "
    select site, day, spans, name_zh, name_en from special_days
    where org = $1 and day >= $2 and day <= $3 order by site, day limit 10000";

/// [`hours`] of every site, in as many statements as for one; a site that is never open is left
/// out.
pub(crate) fn hours_of_all(
    tx: &mut Tx,
    ctx: &Ctx,
    first: Date,
    last: Date,
) -> Result<BTreeMap<SiteId, Hours>, Fault> {
    let mut weeks: BTreeMap<SiteId, Vec<(i64, MinuteSpan)>> = BTreeMap::new();
    let spans = tx.all(WEEKS, params![ctx.org], |row| {
        Ok((row.id(0)?, read_span(row, 1)?))
    })?;
    for (site, span) in spans {
        weeks.entry(site).or_default().push(span);
    }
    let mut all: BTreeMap<SiteId, Hours> = BTreeMap::new();
    for (site, spans) in weeks {
        all.entry(site).or_default().week = week_of(spans)?;
    }
    let special = tx.all(ALL_SPECIAL_DAYS, params![ctx.org, first, last], |row| {
        Ok((row.id(0)?, read_special(row, 1)?))
    })?;
    for (site, day) in special {
        all.entry(site).or_default().special.insert(day.day, day);
    }
    Ok(all)
}

fn read_span(row: &Row, at: usize) -> Result<(i64, MinuteSpan), Fault> {
    let span = MinuteSpan {
        opens: row.int(at + 1)?,
        closes: row.int(at + 2)?,
    };
    Ok((row.int(at)?, span))
}

fn week_of(spans: Vec<(i64, MinuteSpan)>) -> Result<Week, Fault> {
    let mut days: [Vec<MinuteSpan>; 7] = Default::default();
    for (weekday, span) in spans {
        let index = usize::try_from(weekday - 1).map_err(Fault::broken)?;
        days[index].push(span);
    }
    let mut week = Week::default();
    for (day, spans) in week.0.iter_mut().zip(days) {
        *day = DayHours::new(spans).ok_or_else(|| Fault::broken("opening spans overlap"))?;
    }
    Ok(week)
}

fn read_special(row: &Row, at: usize) -> Result<SpecialDay, Fault> {
    let pairs: Vec<(i64, i64)> = row.json(at + 1)?;
    let spans = pairs
        .into_iter()
        .map(|(opens, closes)| MinuteSpan { opens, closes })
        .collect();
    Ok(SpecialDay {
        day: row.date(at)?,
        hours: DayHours::new(spans).ok_or_else(|| Fault::broken("special spans overlap"))?,
        name: row.bilingual(at + 2)?,
    })
}

/// When a site opens on one date; a span begun that evening may reach into the next day.
pub fn open_spans(tx: &mut Tx, ctx: &Ctx, site: &Site, date: Date) -> Result<Vec<Span>, Fault> {
    Ok(hours(tx, ctx, site.id, date, date)?.spans_on(&site.zone, date))
}

/// When a site is open from `first` to `last` (both included), the night before `first` too,
/// merged and in order.
pub fn open_spans_between(
    tx: &mut Tx,
    ctx: &Ctx,
    site: &Site,
    first: Date,
    last: Date,
) -> Result<Vec<Span>, Fault> {
    let eve = first.yesterday().unwrap_or(first);
    let hours = hours(tx, ctx, site.id, eve, last)?;
    Ok(hours.spans_between(&site.zone, first, last))
}
