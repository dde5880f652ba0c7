//! Routes of blueprints.

mod bpmn;
mod edits;
mod sheets;
mod show;

use kernel::{Bilingual, Ctx, Fault, FaultKind, ids::BlueprintId};
use store::Tx;
use web::{App, Fields, Form, Me, Page, Query, Reply, Routes, State as Of, axum::http::StatusCode};

pub use show::{ObservedSource, set_observed};

use crate::{
    EDIT, VIEW, columns,
    commands::{self, NewBlueprint},
    fields::read_name,
    model::{Blueprint, Body},
    pages::{self, CardView, NewView},
    paths, queries,
};

/// Every route.
pub fn routes() -> Routes {
    Routes::new()
        .get("/blueprints", VIEW, list)
        .post("/blueprints", EDIT, create)
        .get("/blueprints/new", EDIT, new)
        .get("/blueprints/{id}", VIEW, show::show)
        .get("/blueprints/import", EDIT, bpmn::form)
        .post("/blueprints/import", EDIT, bpmn::import)
        .get("/blueprints/{id}/bpmn", EDIT, bpmn::download)
        .get("/blueprints/{id}/diagram", EDIT, sheets::diagram)
        .get("/blueprints/{id}/sop", VIEW, sheets::sop)
        .merge(edits::routes())
}

async fn list(Of(app): Of<App>, me: Me, query: Query) -> Reply {
    let archived = query.flag("archived");
    let ctx = me.ctx.clone();
    let all = move |tx: &mut Tx| {
        let mut found = Vec::new();
        for blueprint in queries::blueprints(tx, &ctx, archived)? {
            let body = queries::current(tx, &ctx, &blueprint)?.body;
            found.push((blueprint, body));
        }
        Ok(found)
    };
    if let Some(format) = web::wanted(&query) {
        let rows = web::at_once(all);
        return web::export(&app, &me, format, columns::export(&me), rows).await;
    }
    let found = app.read(all).await?;
    let locale = me.ctx.locale;
    let card = |(blueprint, body): (Blueprint, Body)| {
        let saved = show::when(&me, blueprint.saved_at);
        CardView {
            blueprint,
            body,
            saved,
        }
    };
    let cards: Vec<CardView> = found.into_iter().map(card).collect();
    let mut page = Page::new(locale.t("blueprints-title")).exports();
    if me.ctx.may(EDIT) {
        page = page.actions(pages::list_actions(locale));
    }
    web::page(
        &me,
        page,
        pages::list(locale, &cards, archived, me.ctx.may(EDIT)),
    )
}

async fn new(Of(app): Of<App>, me: Me) -> Reply {
    new_form(&app, &me, &Fields::default(), None).await
}

async fn new_form(app: &App, me: &Me, fields: &Fields, fault: Option<Fault>) -> Reply {
    let ctx = me.ctx.clone();
    let others = app
        .read(move |tx| queries::blueprints(tx, &ctx, false))
        .await?;
    let locale = me.ctx.locale;
    let option = |other: &Blueprint| {
        let name = other.name.get(locale);
        (
            other.id.to_string(),
            locale.tx("blueprints-copy-of", &[("name", name.into())]),
        )
    };
    let others: Vec<(String, String)> = others.iter().map(option).collect();
    let view = NewView {
        locale,
        fields,
        fault: fault.as_ref(),
        others: &others,
    };
    let page = Page::new(locale.t("blueprints-new")).still();
    let mut response = web::page(me, page, pages::new_form(&view))?;
    if let Some(fault) = fault {
        *response.status_mut() = status(&fault).ok_or(fault)?;
    }
    Ok(response)
}

async fn create(Of(app): Of<App>, me: Me, mut form: Form) -> Reply {
    let name = read_name(&mut form, 60);
    let from = form.optional_id("from");
    let made = match form.done() {
        Ok(()) => make(&app, me.ctx.clone(), name, from).await,
        Err(fault) => Err(fault),
    };
    match made {
        Ok(blueprint) => {
            let name = blueprint.name.get(me.ctx.locale);
            let words = me
                .ctx
                .locale
                .tx("blueprints-created", &[("name", name.into())]);
            web::done(&paths::blueprint(blueprint.id), &words)
        }
        Err(fault) => new_form(&app, &me, &form, Some(fault)).await,
    }
}

async fn make(
    app: &App,
    ctx: Ctx,
    name: Bilingual,
    from: Option<BlueprintId>,
) -> Result<Blueprint, Fault> {
    app.write(move |tx| {
        let body = match from {
            Some(id) => {
                let source = queries::blueprint(tx, &ctx, id)?;
                queries::current(tx, &ctx, &source)?.body
            }
            None => Body::starter(),
        };
        commands::create(tx, &ctx, NewBlueprint { name, body })
    })
    .await
}

/// The status of a form that is shown again; `None` for faults a form cannot mend.
fn status(fault: &Fault) -> Option<StatusCode> {
    match fault.kind {
        FaultKind::Invalid => Some(StatusCode::UNPROCESSABLE_ENTITY),
        FaultKind::Conflict => Some(StatusCode::CONFLICT),
        _ => None,
    }
}
