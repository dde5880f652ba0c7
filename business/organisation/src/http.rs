//! Routes of sites and hours.

mod logo;
mod regions;

use crate::model::{DayHours, Organisation, Site, SiteState, SpecialDay, Week};
use crate::pages::{self, BusinessView, RULES, SiteLine, SiteView};
use crate::{
    EDIT_ORGANISATION, EDIT_REGIONS, EDIT_SITES, LOGO, SiteFields, columns, commands, queries, ties,
};
use kernel::ids::SiteId;
use kernel::{Bilingual, Date, Fault, FaultKind, Text};
use store::Tx;
use web::axum::http::StatusCode;
use web::{App, Fields, Form, Me, Page, Path, Query, Reply, Routes, SettingChanges, State};

/// What may be changed about the business, by name.
const BUSINESS_SETTINGS: [&str; 3] = ["name", "brand", "slug"];

/// The routes of this room.
pub fn routes() -> Routes {
    Routes::new()
        .get("/sites", EDIT_SITES, list)
        .get("/sites/new", EDIT_SITES, new)
        .post("/sites", EDIT_SITES, create)
        .get("/sites/{id}", EDIT_SITES, show)
        .post("/sites/{id}", EDIT_SITES, edit)
        .post("/sites/{id}/hours", EDIT_SITES, set_hours)
        .post("/sites/{id}/special-days", EDIT_SITES, add_special_day)
        .post(
            "/sites/{id}/special-days/{day}/removal",
            EDIT_SITES,
            remove_special_day,
        )
        .post("/sites/{id}/closure", EDIT_SITES, close)
        .post("/sites/{id}/reopening", EDIT_SITES, reopen)
        .post("/sites/{id}/rules", EDIT_SITES, set_rules)
        .post("/organisation", EDIT_ORGANISATION, edit_organisation)
        .merge(logo::routes())
        .merge(regions::routes())
}

async fn list(State(app): State<App>, me: Me, asked: Query) -> Reply {
    if let Some(format) = web::wanted(&asked) {
        let ctx = me.ctx.clone();
        let rows = web::at_once(move |tx| site_lines(tx, &ctx));
        return web::export(&app, &me, format, columns::export(&me), rows).await;
    }
    list_page(&app, &me, None).await
}

async fn list_page(app: &App, me: &Me, refused: Option<(&Fields, &Fault)>) -> Reply {
    let ctx = me.ctx.clone();
    let reader = me.clone();
    let (organisation, lines, changes, logo) = app
        .read(move |tx| {
            let owner = ctx.org.to_string();
            let logo = match ctx.may(EDIT_ORGANISATION) {
                true => Some(files::shown(tx, &reader, LOGO, &owner)?),
                false => None,
            };
            let changes = SettingChanges::read(tx, &ctx, ctx.org, &BUSINESS_SETTINGS)?;
            let organisation = queries::organisation(tx, ctx.org)?;
            Ok((organisation, site_lines(tx, &ctx)?, changes, logo))
        })
        .await?;
    let locale = me.look.locale;
    let fault = refused.map(|(_, fault)| fault);
    let view = BusinessView {
        organisation: &organisation,
        refused,
        changes: &changes,
        zone: me.zone(),
    };
    let business = me
        .ctx
        .may(EDIT_ORGANISATION)
        .then(|| pages::business_card(locale, &view));
    let page = Page::new(locale.t("organisation-sites-title"))
        .actions(pages::new_site_button(locale))
        .exports();
    let body = pages::sites_page(locale, &lines, [business, logo]);
    match fault {
        Some(fault) => answered(web::page(me, page, body), fault),
        None => web::page(me, page, body),
    }
}

fn site_lines(tx: &mut Tx, ctx: &kernel::Ctx) -> Result<Vec<SiteLine>, Fault> {
    let sites = queries::sites(tx, ctx)?;
    let days = sites.iter().map(|site| site.date_of(ctx.now));
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else {
        return Ok(Vec::new());
    };
    let mut hours = queries::hours_of_all(tx, ctx, first, last)?;
    let line = |site: Site| {
        let hours = hours.remove(&site.id).unwrap_or_default();
        SiteLine {
            today: hours.of(site.date_of(ctx.now)).text(),
            site,
        }
    };
    Ok(sites.into_iter().map(line).collect())
}

/// A form shown again, under the status of its refusal.
fn answered(page: Reply, fault: &Fault) -> Reply {
    let mut response = page?;
    *response.status_mut() = match fault.kind {
        FaultKind::Conflict => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(response)
}

async fn edit_organisation(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let resets_brand = form.typed("reset") == "brand";
    let (ctx, typed) = (me.ctx.clone(), Fields::from_pairs(form.values().to_vec()));
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| {
                let before = queries::organisation(tx, ctx.org)?;
                let wanted = match resets_brand {
                    true => Organisation {
                        brand: commands::BRAND.to_owned(),
                        version,
                        ..before
                    },
                    false => Organisation {
                        name: Bilingual::new(typed.typed("name_zh"), typed.typed("name_en")),
                        brand: typed.typed("brand").to_owned(),
                        slug: typed.typed("slug").trim().to_owned(),
                        version,
                        ..before
                    },
                };
                commands::edit_organisation(tx, &ctx, &wanted)
            })
            .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(_) => web::done("/sites", &me.look.locale.t("organisation-saved")),
        Err(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            list_page(&app, &me, Some((&form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn new(me: Me) -> Reply {
    let locale = me.look.locale;
    let zone = me
        .site
        .as_ref()
        .and_then(|site| site.zone.iana_name().map(str::to_owned));
    let zone = zone.unwrap_or_else(|| "Asia/Shanghai".to_owned());
    let pairs = [("zone", zone.as_str()), ("currency", "CNY")];
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let typed = Fields::from_pairs(pairs.to_vec());
    let body = pages::new_site(locale, &typed, None);
    web::page(&me, Page::new(locale.t("organisation-new-site")), body)
}

async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let ctx = me.ctx.clone();
    let made = match site_fields(&mut form, None) {
        Ok(fields) => {
            app.write(move |tx| commands::create_site(tx, &ctx, fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    let locale = me.look.locale;
    match made {
        Ok(site) => web::done(
            &format!("/sites/{}", site.id),
            &locale.t("organisation-site-opened"),
        ),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let body = pages::new_site(locale, &form, Some(&fault));
            web::unprocessable(&me, Page::new(locale.t("organisation-new-site")), body)
        }
        Err(fault) => Err(fault.into()),
    }
}

/// The facts of a site as typed, with the rules of booking that it has, or that are usual.
fn site_fields(form: &mut Form, before: Option<&Site>) -> Result<SiteFields, Fault> {
    let usual = SiteFields::new(Bilingual::default(), "", "");
    let fields = SiteFields {
        name: Bilingual::new(form.text("name_zh", 0, 80), form.text("name_en", 0, 80)),
        kind: Bilingual::new(form.text("kind_zh", 0, 40), form.text("kind_en", 0, 40)),
        slug: form.optional_text("slug", 40),
        address: form.text("address", 0, 200),
        zone: form.text("zone", 1, 60),
        currency: form.text("currency", 3, 3),
        phone: form.text("phone", 0, 40),
        ..before.map_or(usual, SiteFields::of)
    };
    form.done()?;
    Ok(fields)
}

async fn show(State(app): State<App>, me: Me, Path(id): Path<SiteId>) -> Reply {
    show_page(&app, &me, id, None).await
}

type Refused<'a> = Option<(&'a str, &'a Fields, &'a Fault)>;

async fn show_page(app: &App, me: &Me, id: SiteId, refused: Refused<'_>) -> Reply {
    let ctx = me.ctx.clone();
    let (site, hours, outside, groups, changes) = app
        .read(move |tx| {
            let site = queries::site(tx, &ctx, id)?;
            let today = site.date_of(ctx.now);
            let hours = queries::hours(tx, &ctx, id, today, Date::MAX)?;
            let outside = ties::outside_hours(tx, &ctx, &site, &hours)?;
            let groups = queries::site_groups(tx, &ctx)?;
            let changes = SettingChanges::read(tx, &ctx, id, &RULES)?;
            Ok((site, hours, outside, groups, changes))
        })
        .await?;
    let locale = me.look.locale;
    let view = SiteView {
        site: &site,
        hours: &hours,
        outside: &outside,
        groups: me.ctx.may(EDIT_REGIONS).then_some(groups.as_slice()),
        changes: &changes,
        today: site.date_of(me.ctx.now),
        public: format!("/at/{}/{}", me.organisation.slug, site.slug),
        refused,
    };
    let page = Page::new(site.name(locale));
    let mut response = web::page(me, page, pages::site_page(locale, &view))?;
    if let Some((_, _, fault)) = refused {
        *response.status_mut() = match fault.kind {
            FaultKind::Conflict => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
    }
    Ok(response)
}

/// On with a toast, or the same page with what was typed and why it was refused.
async fn answer(
    app: &App,
    me: &Me,
    id: SiteId,
    outcome: Result<&'static str, Fault>,
    form: (&str, &Fields),
) -> Reply {
    match outcome {
        Ok(key) => web::done(&format!("/sites/{id}"), &me.look.locale.t(key)),
        Err(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            show_page(app, me, id, Some((form.0, form.1, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn edit(State(app): State<App>, me: Me, Path(id): Path<SiteId>, mut form: Form) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let ctx = me.ctx.clone();
    let before = app.read(move |tx| queries::site(tx, &ctx, id)).await?;
    let ctx = me.ctx.clone();
    let outcome = match site_fields(&mut form, Some(&before)) {
        Ok(fields) => {
            let saved = app
                .write(move |tx| commands::edit_site(tx, &ctx, id, version, fields))
                .await;
            saved.map(|_| "organisation-saved")
        }
        Err(fault) => Err(fault),
    };
    answer(&app, &me, id, outcome, ("site", &form)).await
}

/// How guests book here: the three rules, or one of them back to what is usual.
async fn set_rules(
    State(app): State<App>,
    me: Me,
    Path(id): Path<SiteId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let reset = form.typed("reset").to_owned();
    let usual = SiteFields::new(Bilingual::default(), "", "");
    let ctx = me.ctx.clone();
    let before = app.read(move |tx| queries::site(tx, &ctx, id)).await?;
    let kept = SiteFields::of(&before);
    let fields = match reset.as_str() {
        "notice_minutes" => SiteFields {
            notice_minutes: usual.notice_minutes,
            ..kept
        },
        "cancel_minutes" => SiteFields {
            cancel_minutes: usual.cancel_minutes,
            ..kept
        },
        "horizon_days" => SiteFields {
            horizon_days: usual.horizon_days,
            ..kept
        },
        _ => SiteFields {
            notice_minutes: form.int("notice_minutes", 0, 43_200),
            cancel_minutes: form.int("cancel_minutes", 0, 43_200),
            horizon_days: form.int("horizon_days", 1, 365),
            ..kept
        },
    };
    let ctx = me.ctx.clone();
    let outcome = match form.done() {
        Ok(()) => {
            let saved = app
                .write(move |tx| commands::edit_site(tx, &ctx, id, version, fields))
                .await;
            saved.map(|_| "organisation-saved")
        }
        Err(fault) => Err(fault),
    };
    answer(&app, &me, id, outcome, ("rules", &form)).await
}

async fn set_hours(
    State(app): State<App>,
    me: Me,
    Path(id): Path<SiteId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let ctx = me.ctx.clone();
    let outcome = match typed_week(&mut form) {
        Ok(week) => {
            let saved = app
                .write(move |tx| commands::set_week(tx, &ctx, id, version, &week))
                .await;
            saved.map(|()| "organisation-hours-saved")
        }
        Err(fault) => Err(fault),
    };
    answer(&app, &me, id, outcome, ("hours", &form)).await
}

fn typed_week(form: &mut Form) -> Result<Week, Fault> {
    let mut week = Week::default();
    for (day, hours) in (1..).zip(&mut week.0) {
        let field = format!("day_{day}");
        match DayHours::parse(form.typed(&field)) {
            Some(typed) => *hours = typed,
            None => form.wrong(&field, Text::key("organisation-hours-wrong")),
        }
    }
    form.done()?;
    Ok(week)
}

async fn add_special_day(
    State(app): State<App>,
    me: Me,
    Path(id): Path<SiteId>,
    mut form: Form,
) -> Reply {
    let ctx = me.ctx.clone();
    let outcome = match typed_special_day(&mut form, me.look.locale) {
        Ok(special) => {
            let saved = app
                .write(move |tx| commands::set_special_day(tx, &ctx, id, &special))
                .await;
            saved.map(|()| "organisation-day-saved")
        }
        Err(fault) => Err(fault),
    };
    answer(&app, &me, id, outcome, ("special", &form)).await
}

fn typed_special_day(form: &mut Form, locale: kernel::Locale) -> Result<SpecialDay, Fault> {
    let day = form.date("day");
    let name = form.text("name", 0, 60);
    let hours = DayHours::parse(form.typed("hours"));
    if hours.is_none() {
        form.wrong("hours", Text::key("organisation-hours-wrong"));
    }
    form.done()?;
    let name = match locale {
        kernel::Locale::ZhCn => Bilingual::new(name, ""),
        kernel::Locale::En => Bilingual::new("", name),
    };
    Ok(SpecialDay {
        day,
        hours: hours.unwrap_or_default(),
        name,
    })
}

async fn remove_special_day(
    State(app): State<App>,
    me: Me,
    Path((id, day)): Path<(SiteId, Date)>,
) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_special_day(tx, &ctx, id, day))
        .await?;
    web::done(
        &format!("/sites/{id}"),
        &me.look.locale.t("organisation-day-removed"),
    )
}

async fn close(State(app): State<App>, me: Me, Path(id): Path<SiteId>, form: Form) -> Reply {
    set_state(&app, &me, id, form, SiteState::Closed).await
}

async fn reopen(State(app): State<App>, me: Me, Path(id): Path<SiteId>, form: Form) -> Reply {
    set_state(&app, &me, id, form, SiteState::Open).await
}

async fn set_state(app: &App, me: &Me, id: SiteId, mut form: Form, state: SiteState) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::set_site_state(tx, &ctx, id, version, state))
        .await?;
    let key = match state {
        SiteState::Open => "organisation-site-reopened",
        SiteState::Closed => "organisation-site-closed",
    };
    web::done(&format!("/sites/{id}"), &me.look.locale.t(key))
}
