//! Routes of rooms and equipment.

mod settings;

use std::collections::HashMap;

use kernel::{
    Bilingual, Ctx, Fault, Locale, Span,
    fault::FaultKind,
    ids::{ResourceId, SiteId},
};
use store::Tx;
use web::{App, Form, Me, Page, Path, Query, Reply, Routes, State, done, page, unprocessable};

use crate::{
    EDIT, VIEW, columns,
    commands::{self, ResourceFields},
    pages::{self, Shown, Typed},
    queries,
};

/// The routes of this room.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/resources", VIEW, list)
        .post("/resources", EDIT, create)
        .get("/resources/moves", EDIT, settings::moves)
        .post("/resources/moves", EDIT, settings::save_moves)
        .get("/booking-rules", EDIT, settings::rules)
        .get("/booking-rules/{scope}/{subject}", EDIT, settings::rule)
        .post(
            "/booking-rules/{scope}/{subject}",
            EDIT,
            settings::save_rule,
        )
        .get("/resources/{id}", EDIT, show)
        .post("/resources/{id}", EDIT, save)
        .post("/resources/{id}/retirement", EDIT, retire)
}

fn shown(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Shown>, Fault> {
    let site = organisation::site(tx, ctx, site)?;
    let day = site.date_of(ctx.now);
    let from = organisation::instant_clipped(&site.zone, day, 0);
    let to = organisation::instant_clipped(&site.zone, day, 24 * 60);
    let mut today: HashMap<ResourceId, (usize, i64)> = HashMap::new();
    if let Some(span) = Span::new(from, to) {
        for claim in queries::claims_in(tx, ctx, site.id, span)? {
            for resource in &claim.resources {
                let (count, minutes) = today.entry(*resource).or_default();
                *count += 1;
                *minutes += claim.busy.minutes();
            }
        }
    }
    let filter = offers::Filter {
        site: Some(site.id),
        ..offers::Filter::default()
    };
    let services = offers::services(tx, ctx, &filter)?;
    let needing = |kind: &str| {
        let asks = services
            .iter()
            .filter(|s| s.resources.iter().any(|k| k == kind));
        asks.map(|s| s.name.get(ctx.locale).to_owned())
            .take(4)
            .collect()
    };
    Ok(queries::resources_at(tx, ctx, site.id)?
        .into_iter()
        .map(|resource| Shown {
            today: today.get(&resource.id).copied().unwrap_or_default(),
            services: needing(&resource.kind),
            resource,
        })
        .collect())
}

fn title(locale: Locale) -> Page {
    Page::new(locale.t("capacity-title"))
}

async fn list(State(app): State<App>, me: Me, asked: Query) -> Reply {
    let (ctx, site) = (me.ctx.clone(), me.site()?.id);
    if let Some(format) = web::wanted(&asked) {
        let rows = web::at_once(move |tx| shown(tx, &ctx, site));
        return web::export(&app, &me, format, columns::export(&me), rows).await;
    }
    let shown = app.read(move |tx| shown(tx, &ctx, site)).await?;
    let locale = me.look.locale;
    let empty = me.ctx.may(EDIT).then(Typed::empty);
    let mut heading = title(locale).exports();
    if empty.is_some() {
        heading = heading.actions(pages::settings::links(locale));
    }
    page(&me, heading, pages::list(locale, &shown, empty.as_ref()))
}

fn read(form: &mut Form, site: SiteId) -> ResourceFields {
    ResourceFields {
        site,
        kind: form.choice("kind", offers::RESOURCE_KINDS),
        name: Bilingual::new(
            form.optional_text("name_zh", 60).unwrap_or_default(),
            form.optional_text("name_en", 60).unwrap_or_default(),
        ),
    }
}

fn typed(form: &Form, fault: &Fault, locale: Locale) -> Typed {
    let speak = |f: &kernel::FieldFault| (f.field.clone(), f.text.speak(locale));
    Typed {
        kind: form.typed("kind").to_owned(),
        name_zh: form.typed("name_zh").to_owned(),
        name_en: form.typed("name_en").to_owned(),
        errors: fault.fields.iter().map(speak).collect(),
    }
}

async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let (ctx, site, locale) = (me.ctx.clone(), me.site()?.id, me.look.locale);
    let fields = read(&mut form, site);
    let made = match form.done() {
        Ok(()) => {
            let ctx = ctx.clone();
            app.write(move |tx| commands::create_resource(tx, &ctx, fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    match made {
        Ok(_) => done("/resources", &locale.t("capacity-added")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let shown = app.read(move |tx| shown(tx, &ctx, site)).await?;
            let typed = typed(&form, &fault, locale);
            unprocessable(
                &me,
                title(locale),
                pages::list(locale, &shown, Some(&typed)),
            )
        }
        Err(fault) => Err(fault.into()),
    }
}

fn id_of(path: &str) -> Result<ResourceId, Fault> {
    ResourceId::parse(path).ok_or_else(|| Fault::missing("capacity-resource-missing"))
}

async fn show(State(app): State<App>, me: Me, Path(id): Path<String>) -> Reply {
    let (ctx, id, locale) = (me.ctx.clone(), id_of(&id)?, me.look.locale);
    let resource = app.read(move |tx| queries::resource(tx, &ctx, id)).await?;
    let heading = Page::new(resource.name.get(locale));
    page(
        &me,
        heading,
        pages::form(locale, &resource, &Typed::of(&resource)),
    )
}

async fn save(State(app): State<App>, me: Me, Path(id): Path<String>, mut form: Form) -> Reply {
    let (ctx, id, locale) = (me.ctx.clone(), id_of(&id)?, me.look.locale);
    let asked = ctx.clone();
    let resource = app
        .read(move |tx| queries::resource(tx, &asked, id))
        .await?;
    let fields = read(&mut form, resource.site);
    let version = form.int("version", 0, i64::MAX);
    let saved = match form.done() {
        Ok(()) => {
            app.write(move |tx| commands::save_resource(tx, &ctx, id, version, &fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(()) => done("/resources", &locale.t("capacity-saved")),
        Err(fault) if fault.kind == FaultKind::Invalid => {
            let heading = Page::new(resource.name.get(locale));
            let typed = typed(&form, &fault, locale);
            unprocessable(&me, heading, pages::form(locale, &resource, &typed))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn retire(State(app): State<App>, me: Me, Path(id): Path<String>, form: Form) -> Reply {
    let (ctx, id, locale) = (me.ctx.clone(), id_of(&id)?, me.look.locale);
    let retired = form.flag("retired");
    app.write(move |tx| commands::retire_resource(tx, &ctx, id, retired))
        .await?;
    done("/resources", &locale.t("capacity-saved"))
}
