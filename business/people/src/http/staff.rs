//! Staff and skills.

use super::{is_correctable, refused};
use crate::model::{Staff, work_spans_of};
use crate::pages::{self, MayEdit, StaffLine, StaffListView, StaffView};
use crate::{EDIT_SHIFTS, EDIT_STAFF, MANAGE_USERS, StaffFields, commands, queries};
use kernel::ids::{SiteId, StaffId};
use kernel::{Bilingual, Ctx, Date, Fault, Span};
use organisation::{Site, instant_clipped};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State};

pub async fn list(State(app): State<App>, me: Me) -> Reply {
    list_page(&app, &me, None).await
}

async fn list_page(app: &App, me: &Me, wrong: Option<(&Fields, &Fault)>) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site.as_ref().map(|site| site.id));
    let (lines, skills, users) = app
        .read(move |tx| {
            let users = match ctx.may(MANAGE_USERS) {
                true => Some(queries::users(tx, &ctx)?),
                false => None,
            };
            Ok((
                staff_lines(tx, &ctx, site)?,
                queries::skills(tx, &ctx)?,
                users,
            ))
        })
        .await?;
    let locale = me.look.locale;
    let view = StaffListView {
        lines: &lines,
        sites: &me.sites,
        skills: &skills,
        users: users.as_deref(),
        may_edit: me.ctx.may(EDIT_STAFF),
        refused: wrong,
    };
    let mut page = Page::new(locale.t("people-menu"));
    if view.may_edit {
        page = page.actions(pages::new_staff_button(locale));
    }
    let body = pages::staff_list(locale, &view);
    refused(web::page(me, page, body), wrong.map(|(_, fault)| fault))
}

fn staff_lines(tx: &mut Tx, ctx: &Ctx, site: Option<SiteId>) -> Result<Vec<StaffLine>, Fault> {
    let mut today = Vec::new();
    let mut zone = kernel::TimeZone::UTC;
    if let Some(site) = site {
        let site = organisation::site(tx, ctx, site)?;
        if let Some(day) = days(&site, site.date_of(ctx.now), 1) {
            let shifts = queries::shifts(tx, ctx, site.id, day)?;
            today = work_spans_of(day, &shifts, &queries::time_off(tx, ctx, day)?);
        }
        zone = site.zone;
    }
    let line = |staff: Staff| {
        let own = today.iter().filter(|(id, _)| *id == staff.id);
        let hours: Vec<String> = own
            .map(|(_, span)| pages::clock_range(span, &zone))
            .collect();
        StaffLine {
            staff,
            today: hours.join(", "),
        }
    };
    Ok(queries::staff(tx, ctx)?.into_iter().map(line).collect())
}

/// So many days of a site's calendar from a date on.
pub(super) fn days(site: &Site, first: Date, count: i64) -> Option<Span> {
    let start = instant_clipped(&site.zone, first, 0);
    let after = (0..count).try_fold(first, |date, _| date.tomorrow().ok())?;
    Span::new(start, instant_clipped(&site.zone, after, 0))
}

pub async fn new(State(app): State<App>, me: Me) -> Reply {
    let site = me
        .site
        .as_ref()
        .map(|site| ("sites".to_owned(), site.id.to_string()));
    let typed = Fields::from_pairs(site.into_iter().collect());
    new_page(&app, &me, &typed, None).await
}

async fn new_page(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let (ctx, locale) = (me.ctx.clone(), me.look.locale);
    let skills = app.read(move |tx| queries::skills(tx, &ctx)).await?;
    let body = pages::new_staff(locale, &me.sites, &skills, typed, fault);
    refused(
        web::page(me, Page::new(locale.t("people-new-staff")), body),
        fault,
    )
}

fn staff_fields(form: &mut Form) -> Result<StaffFields, Fault> {
    let fields = StaffFields {
        name: form.text("name", 1, 80),
        reading: form.text("reading", 0, 80),
        sites: form.ids("sites"),
        skills: form.list("skills"),
        external_id: None,
    };
    form.done()?;
    Ok(fields)
}

pub async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let ctx = me.ctx.clone();
    let made = match staff_fields(&mut form) {
        Ok(fields) => {
            app.write(move |tx| commands::create_staff(tx, &ctx, fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    match made {
        Ok(staff) => web::done(
            &format!("/staff/{}", staff.id),
            &me.look.locale.t("people-taken-on"),
        ),
        Err(fault) if is_correctable(&fault) => new_page(&app, &me, &form, Some(&fault)).await,
        Err(fault) => Err(fault.into()),
    }
}

pub async fn show(State(app): State<App>, me: Me, Path(id): Path<StaffId>, query: Query) -> Reply {
    show_page(&app, &me, id, query.typed("week"), None).await
}

/// A form that was refused: its name, what was typed, and why.
pub(super) type Refused<'a> = Option<(&'a str, &'a Fields, &'a Fault)>;

pub(super) async fn show_page(
    app: &App,
    me: &Me,
    id: StaffId,
    week: &str,
    wrong: Refused<'_>,
) -> Reply {
    let (ctx, wanted) = (me.ctx.clone(), week.parse::<Date>().ok());
    let data = app.read(move |tx| staff_data(tx, &ctx, id, wanted)).await?;
    let locale = me.look.locale;
    let view = StaffView {
        staff: &data.staff,
        sites: &me.sites,
        home: &data.home,
        skills: &data.skills,
        monday: data.monday,
        today: data.home.date_of(me.ctx.now),
        shifts: &data.shifts,
        off: &data.off,
        user: data.user.as_ref(),
        may: MayEdit {
            facts: me.ctx.may(EDIT_STAFF),
            time: me.ctx.may(EDIT_SHIFTS),
            users: me.ctx.may(MANAGE_USERS),
        },
        refused: wrong,
    };
    let page = Page::new(data.staff.shown(locale)).subtitle(locale.t("people-menu"));
    let body = pages::staff_page(locale, &view);
    refused(web::page(me, page, body), wrong.map(|(_, _, fault)| fault))
}

struct StaffData {
    staff: Staff,
    home: Site,
    skills: Vec<crate::Skill>,
    monday: Date,
    shifts: Vec<crate::Shift>,
    off: Vec<crate::TimeOff>,
    user: Option<crate::User>,
}

fn staff_data(
    tx: &mut Tx,
    ctx: &Ctx,
    id: StaffId,
    wanted: Option<Date>,
) -> Result<StaffData, Fault> {
    let staff = queries::staff_member(tx, ctx, id)?;
    let home = home_of(tx, ctx, &staff)?;
    let near = |date: &Date| (1970..=2200).contains(&date.year());
    let monday = monday_of(wanted.filter(near).unwrap_or_else(|| home.date_of(ctx.now)));
    let none = || Fault::missing("people-staff-missing");
    let week = days(&home, monday, 7).ok_or_else(none)?;
    let year = days(&home, monday, 400).ok_or_else(none)?;
    let user = match staff.user {
        Some(user) if ctx.may(MANAGE_USERS) => Some(queries::user(tx, ctx, user)?),
        _ => None,
    };
    Ok(StaffData {
        skills: queries::skills(tx, ctx)?,
        shifts: queries::shifts_of(tx, ctx, id, week)?,
        off: queries::time_off_of(tx, ctx, id, year)?,
        staff,
        home,
        monday,
        user,
    })
}

/// The first site of somebody that the reader may see.
pub(super) fn home_of(tx: &mut Tx, ctx: &Ctx, staff: &Staff) -> Result<Site, Fault> {
    let own = staff.sites.iter().find(|site| ctx.sites.includes(**site));
    let site = own.ok_or_else(|| Fault::missing("people-staff-missing"))?;
    organisation::site(tx, ctx, *site)
}

fn monday_of(date: Date) -> Date {
    let days = date.weekday().to_monday_zero_offset();
    (0..days).fold(date, |date, _| date.yesterday().unwrap_or(date))
}

/// On with a toast, or the same page with what was typed and why it was refused.
pub(super) async fn answer(
    app: &App,
    me: &Me,
    id: StaffId,
    outcome: Result<&'static str, Fault>,
    form: (&str, &Fields),
) -> Reply {
    let week = form.1.typed("week");
    match outcome {
        Ok(key) => {
            let shown = week.parse::<Date>().map(|week| format!("?week={week}"));
            let path = format!("/staff/{id}{}", shown.unwrap_or_default());
            web::done(&path, &me.look.locale.t(key))
        }
        Err(fault) if is_correctable(&fault) => {
            show_page(app, me, id, week, Some((form.0, form.1, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

pub async fn edit(
    State(app): State<App>,
    me: Me,
    Path(id): Path<StaffId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let ctx = me.ctx.clone();
    let saved = match staff_fields(&mut form) {
        Ok(fields) => {
            app.write(move |tx| commands::edit_staff(tx, &ctx, id, version, fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    answer(
        &app,
        &me,
        id,
        saved.map(|_| "people-saved"),
        ("facts", &form),
    )
    .await
}

pub async fn depart(State(app): State<App>, me: Me, Path(id): Path<StaffId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::set_staff_active(tx, &ctx, id, false))
        .await?;
    web::done(&format!("/staff/{id}"), &me.look.locale.t("people-gone"))
}

pub async fn take_back(State(app): State<App>, me: Me, Path(id): Path<StaffId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::set_staff_active(tx, &ctx, id, true))
        .await?;
    web::done(&format!("/staff/{id}"), &me.look.locale.t("people-back"))
}

pub async fn save_skill(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let code = form.text("skill_code", 1, 40);
    let (zh, en) = (
        form.text("skill_name_zh", 0, 40),
        form.text("skill_name_en", 0, 40),
    );
    let (ctx, name) = (me.ctx.clone(), Bilingual::new(zh, en));
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::save_skill(tx, &ctx, &code, &name))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => web::done("/staff", &me.look.locale.t("people-skill-saved")),
        Err(fault) if is_correctable(&fault) => list_page(&app, &me, Some((&form, &fault))).await,
        Err(fault) => Err(fault.into()),
    }
}
