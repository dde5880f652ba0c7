//! The list of everybody, and the week of a site.

use super::refused;
use crate::model::{Shift, Staff, TimeOff, work_spans_of};
use crate::pages::{self, RotaView, StaffLine, StaffListView};
use crate::portrait::{self, Portraits};
use crate::{EDIT_STAFF, MANAGE_USERS, columns, own, queries};
use fields::Listed;
use kernel::ids::{SiteId, StaffId};
use kernel::{Ctx, Date, Fault, Span};
use organisation::{Site, SiteState, instant_clipped};
use std::collections::BTreeMap;
use store::Tx;
use web::{App, Fields, Me, Page, Query, Reply, State};

pub async fn list(State(app): State<App>, me: Me, query: Query) -> Reply {
    let everywhere = query.typed("sites") == "all";
    let Some(format) = web::wanted(&query) else {
        return list_page(&app, &me, &query, None).await;
    };
    let ctx = me.ctx.clone();
    let site = me.site.as_ref().filter(|_| !everywhere).map(|site| site.id);
    let asked = query.0.clone();
    let (people, own) = app
        .read(move |tx| {
            let mut people = queries::staff(tx, &ctx)?;
            people.retain(|person| site.is_none_or(|site| person.works_at(site)));
            let own = own::listed(tx, &ctx, &mut people, &asked)?;
            Ok((people, own))
        })
        .await?;
    let rows = web::at_once(move |_| Ok(people));
    web::export(&app, &me, format, columns::staff(&me, &own), rows).await
}

pub(super) async fn list_page(
    app: &App,
    me: &Me,
    asked: &Fields,
    wrong: Option<(&Fields, &Fault)>,
) -> Reply {
    let everywhere = asked.typed("sites") == "all";
    let (ctx, narrow) = (me.ctx.clone(), asked.clone());
    let site = me.site.as_ref().filter(|_| !everywhere).map(|site| site.id);
    let (lines, own, skills, users, portraits) = app
        .read(move |tx| {
            let users = match ctx.may(MANAGE_USERS) {
                true => Some(queries::users(tx, &ctx)?),
                false => None,
            };
            let (lines, own) = staff_lines(tx, &ctx, site, &narrow)?;
            let portraits = portrait::portraits(tx, &ctx)?;
            Ok((lines, own, queries::skills(tx, &ctx)?, users, portraits))
        })
        .await?;
    let locale = me.look.locale;
    let view = StaffListView {
        lines: &lines,
        own: &own,
        portraits: &portraits,
        asked,
        everywhere,
        sites: &me.sites,
        skills: &skills,
        users: users.as_deref(),
        may_edit: me.ctx.may(EDIT_STAFF),
        refused: wrong,
    };
    let mut page = Page::new(locale.t("people-menu")).exports();
    if view.may_edit {
        page = page.actions(pages::new_staff_button(locale));
    }
    let body = pages::staff_list(locale, &view);
    refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

/// Everybody, or those of one site, with what they work today wherever that is.
fn staff_lines(
    tx: &mut Tx,
    ctx: &Ctx,
    site: Option<SiteId>,
    asked: &Fields,
) -> Result<(Vec<StaffLine>, Listed), Fault> {
    let mut today = hours_today(tx, ctx)?;
    let mut people = queries::staff(tx, ctx)?;
    if let Some(site) = site {
        people.retain(|person| person.works_at(site));
    }
    let own = own::listed(tx, ctx, &mut people, asked)?;
    let line = |staff: Staff| {
        let hours = today.remove(&staff.id).unwrap_or_default();
        StaffLine {
            staff,
            today: hours.join(", "),
        }
    };
    Ok((people.into_iter().map(line).collect(), own))
}

fn hours_today(tx: &mut Tx, ctx: &Ctx) -> Result<BTreeMap<StaffId, Vec<String>>, Fault> {
    let mut hours: BTreeMap<StaffId, Vec<String>> = BTreeMap::new();
    let sites = organisation::sites(tx, ctx)?;
    for site in sites
        .into_iter()
        .filter(|site| site.state == SiteState::Open)
    {
        let Some(day) = days(&site, site.date_of(ctx.now), 1) else {
            continue;
        };
        let shifts = queries::shifts(tx, ctx, site.id, day)?;
        let off = queries::time_off(tx, ctx, day)?;
        for (staff, span) in work_spans_of(day, &shifts, &off) {
            let text = pages::clock_range(&span, &site.zone);
            hours.entry(staff).or_default().push(text);
        }
    }
    Ok(hours)
}

/// So many days of a site's calendar from a date on.
pub(crate) fn days(site: &Site, first: Date, count: i64) -> Option<Span> {
    let start = instant_clipped(&site.zone, first, 0);
    let after = (0..count).try_fold(first, |date, _| date.tomorrow().ok())?;
    Span::new(start, instant_clipped(&site.zone, after, 0))
}

/// The Monday of the week asked for, or of this week when nothing sensible was.
pub(crate) fn monday(site: &Site, week: &str, ctx: &Ctx) -> Date {
    let near = |date: &Date| (1970..=2200).contains(&date.year());
    let asked = week.parse::<Date>().ok().filter(near);
    let date = asked.unwrap_or_else(|| site.date_of(ctx.now));
    let back = date.weekday().to_monday_zero_offset();
    (0..back).fold(date, |date, _| date.yesterday().unwrap_or(date))
}

struct Week {
    site: Site,
    monday: Date,
    people: Vec<Staff>,
    portraits: Portraits,
    shifts: Vec<Shift>,
    off: Vec<TimeOff>,
}

pub async fn week(State(app): State<App>, me: Me, query: Query) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    let asked = query.typed("week").to_owned();
    let week = app
        .read(move |tx| {
            let site = organisation::site(tx, &ctx, site)?;
            let monday = monday(&site, &asked, &ctx);
            let none = || Fault::missing("people-week-absurd");
            let window = days(&site, monday, 7).ok_or_else(none)?;
            Ok(Week {
                people: queries::staff_at(tx, &ctx, site.id)?,
                portraits: portrait::portraits(tx, &ctx)?,
                shifts: queries::shifts(tx, &ctx, site.id, window)?,
                off: queries::time_off(tx, &ctx, window)?,
                site,
                monday,
            })
        })
        .await?;
    if let Some(format) = web::wanted(&query) {
        let names = week.people.iter().map(|one| (one.id, one.name.clone()));
        let list = columns::shifts(&me, names.collect());
        let rows = web::at_once(move |_| Ok(week.shifts));
        return web::export(&app, &me, format, list, rows).await;
    }
    let locale = me.look.locale;
    let view = RotaView {
        site: &week.site,
        monday: week.monday,
        people: &week.people,
        portraits: &week.portraits,
        shifts: &week.shifts,
        off: &week.off,
    };
    let page = Page::new(locale.t("people-menu"))
        .subtitle(week.site.name(locale))
        .exports();
    web::page(&me, page, pages::rota(locale, &view))
}
