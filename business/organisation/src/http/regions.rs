//! Making and rearranging regions.

use super::answered;
use crate::pages::{self, RegionsView};
use crate::{EDIT_REGIONS, GroupFields, commands, queries};
use kernel::ids::{SiteGroupId, SiteId};
use kernel::{Bilingual, Fault, FaultKind};
use web::{App, Fields, Form, Me, Page, Path, Reply, Routes, State};

/// The routes of regions.
pub(super) fn routes() -> Routes {
    Routes::new()
        .get("/regions/edit", EDIT_REGIONS, page)
        .post("/regions", EDIT_REGIONS, create)
        .post("/regions/{id}", EDIT_REGIONS, edit)
        .post("/regions/{id}/removal", EDIT_REGIONS, remove)
        .post("/sites/{id}/region", EDIT_REGIONS, place)
}

async fn page(State(app): State<App>, me: Me) -> Reply {
    show(&app, &me, None).await
}

type Refused<'a> = Option<(Option<SiteGroupId>, &'a Fields, &'a Fault)>;

async fn show(app: &App, me: &Me, refused: Refused<'_>) -> Reply {
    let ctx = me.ctx.clone();
    let (groups, sites) = app
        .read(move |tx| Ok((queries::site_groups(tx, &ctx)?, queries::sites(tx, &ctx)?)))
        .await?;
    let locale = me.look.locale;
    let view = RegionsView {
        groups: &groups,
        sites: &sites,
        refused,
    };
    let title = locale.t("organisation-regions");
    let shown = web::page(me, Page::new(title), pages::regions_page(locale, &view));
    match refused {
        Some((_, _, fault)) => answered(shown, fault),
        None => shown,
    }
}

fn fields(form: &mut Form) -> Result<GroupFields, Fault> {
    let fields = GroupFields {
        name: Bilingual::new(form.text("name_zh", 0, 80), form.text("name_en", 0, 80)),
        parent: form.optional_id("parent"),
    };
    form.done()?;
    Ok(fields)
}

async fn answer(
    app: &App,
    me: &Me,
    saved: Result<(), Fault>,
    (id, form): (Option<SiteGroupId>, &Fields),
) -> Reply {
    match saved {
        Ok(()) => web::done("/regions/edit", &me.look.locale.t("organisation-saved")),
        Err(fault) if matches!(fault.kind, FaultKind::Invalid | FaultKind::Conflict) => {
            show(app, me, Some((id, form, &fault))).await
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn create(State(app): State<App>, me: Me, mut form: Form) -> Reply {
    let ctx = me.ctx.clone();
    let saved = match fields(&mut form) {
        Ok(fields) => {
            app.write(move |tx| commands::create_group(tx, &ctx, fields).map(drop))
                .await
        }
        Err(fault) => Err(fault),
    };
    answer(&app, &me, saved, (None, &form)).await
}

async fn edit(
    State(app): State<App>,
    me: Me,
    Path(id): Path<SiteGroupId>,
    mut form: Form,
) -> Reply {
    let version = form.int("version", 1, i64::MAX);
    let ctx = me.ctx.clone();
    let saved = match fields(&mut form) {
        Ok(fields) => {
            app.write(move |tx| commands::edit_group(tx, &ctx, id, version, fields))
                .await
        }
        Err(fault) => Err(fault),
    };
    answer(&app, &me, saved, (Some(id), &form)).await
}

async fn remove(State(app): State<App>, me: Me, Path(id): Path<SiteGroupId>) -> Reply {
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::remove_group(tx, &ctx, id))
        .await?;
    web::done(
        "/regions/edit",
        &me.look.locale.t("organisation-region-gone"),
    )
}

async fn place(State(app): State<App>, me: Me, Path(id): Path<SiteId>, mut form: Form) -> Reply {
    let group: Option<SiteGroupId> = form.optional_id("region");
    form.done()?;
    let ctx = me.ctx.clone();
    app.write(move |tx| commands::place_site(tx, &ctx, id, group))
        .await?;
    web::done(
        &format!("/sites/{id}"),
        &me.look.locale.t("organisation-saved"),
    )
}
