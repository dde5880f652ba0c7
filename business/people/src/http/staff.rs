//! Staff and skills.

use super::rota::{days, list_page, monday};
use super::{is_correctable, refused};
use crate::model::Staff;
use crate::own::HOLDER;
use crate::pages::{self, MayEdit, StaffView};
use crate::{EDIT_SHIFTS, EDIT_STAFF, MANAGE_USERS, PORTRAIT, StaffFields, commands, queries};
use fields::{Given, Subject};
use kernel::ids::StaffId;
use kernel::{Bilingual, Ctx, Date, Fault};
use organisation::Site;
use store::Tx;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, State};

pub async fn new(State(app): State<App>, me: Me) -> Reply {
    let site = me
        .site
        .as_ref()
        .map(|site| ("sites".to_owned(), site.id.to_string()));
    let typed = Fields::from_pairs(site.into_iter().collect());
    new_page(&app, &me, &typed, None).await
}

async fn new_page(app: &App, me: &Me, typed: &Fields, fault: Option<&Fault>) -> Reply {
    let (reader, locale) = (me.clone(), me.look.locale);
    let (given, wrong) = (typed.clone(), fault.cloned());
    let (skills, own) = app
        .read(move |tx| {
            let typed = (&given, wrong.as_ref());
            let own = fields::new_inputs(tx, &reader, Subject::Staff, typed)?;
            Ok((queries::skills(tx, &reader.ctx)?, own))
        })
        .await?;
    let body = pages::new_staff(locale, (&me.sites, &skills), (typed, fault), &own);
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
        Ok(facts) => {
            let given = Given::of_form(&form);
            app.write(move |tx| {
                let make = |tx: &mut Tx| commands::create_staff(tx, &ctx, facts);
                let id = |staff: &Staff| staff.id.to_string();
                fields::create(tx, &ctx, (Subject::Staff, &given), make, id)
            })
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
    let (ctx, asked) = (me.ctx.clone(), week.to_owned());
    let reader = me.clone();
    let (data, own) = app
        .read(move |tx| {
            let owner = id.to_string();
            let portrait = files::shown(tx, &reader, PORTRAIT, &owner)?;
            let own = fields::shown_with(tx, &reader, HOLDER, &owner, portrait)?;
            Ok((staff_data(tx, &ctx, id, &asked)?, own))
        })
        .await?;
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
        own,
        may: MayEdit {
            facts: me.ctx.may(EDIT_STAFF),
            time: me.ctx.may(EDIT_SHIFTS),
            users: me.ctx.may(MANAGE_USERS),
        },
        refused: wrong,
    };
    let page = Page::new(data.staff.shown(locale));
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

fn staff_data(tx: &mut Tx, ctx: &Ctx, id: StaffId, week: &str) -> Result<StaffData, Fault> {
    let staff = queries::staff_member(tx, ctx, id)?;
    let home = home_of(tx, ctx, &staff)?;
    let monday = monday(&home, week, ctx);
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
pub(crate) fn home_of(tx: &mut Tx, ctx: &Ctx, staff: &Staff) -> Result<Site, Fault> {
    let own = staff.sites.iter().find(|site| ctx.sites.includes(**site));
    let site = own.ok_or_else(|| Fault::missing("people-staff-missing"))?;
    organisation::site(tx, ctx, *site)
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
        Err(fault) if is_correctable(&fault) => {
            let everywhere = Fields::from_pairs(vec![("sites".to_owned(), "all".to_owned())]);
            list_page(&app, &me, &everywhere, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}
