//! Blueprints as BPMN files, out and in.

use kernel::{Bilingual, Fault, Text, ids::BlueprintId};
use web::{
    App, Fields, Form, Me, Page, Path, Query, Reply, State as Of,
    axum::http::{HeaderValue, header},
};

use super::status;
use crate::{
    bpmn::{self, Imported},
    commands::{self, NewBlueprint},
    model::Blueprint,
    pages::{self, ImportView},
    paths, queries,
};

pub(super) async fn download(
    Of(app): Of<App>,
    me: Me,
    Path(id): Path<BlueprintId>,
    query: Query,
) -> Reply {
    let number = query.typed("version").parse::<i64>().ok();
    let ctx = me.ctx.clone();
    let (blueprint, version) = app
        .read(move |tx| {
            let blueprint = queries::blueprint(tx, &ctx, id)?;
            let number = number.unwrap_or(blueprint.current());
            let version = queries::version(tx, &ctx, id, number)?
                .ok_or_else(|| Fault::missing("blueprints-version-missing"))?;
            Ok((blueprint, version))
        })
        .await?;
    let text = bpmn::write(&blueprint.name, &version.body, me.ctx.locale);
    let mut response = web::bytes("application/xml; charset=utf-8", text.into_bytes(), None)?;
    let name = format!(
        "attachment; filename=\"blueprint-v{}.bpmn\"",
        version.number
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

pub(super) async fn form(me: Me) -> Reply {
    show(&me, &Fields::default(), None)
}

fn show(me: &Me, fields: &Fields, fault: Option<Fault>) -> Reply {
    let locale = me.ctx.locale;
    let view = ImportView {
        locale,
        fields,
        fault: fault.as_ref(),
    };
    let page = Page::new(locale.t("blueprints-bpmn-import")).still();
    let mut response = web::page(me, page, pages::import_form(&view))?;
    if let Some(fault) = fault {
        *response.status_mut() = status(&fault).ok_or(fault)?;
    }
    Ok(response)
}

pub(super) async fn import(Of(app): Of<App>, me: Me, mut form: Form) -> Reply {
    match take(&app, &me, &mut form).await {
        Ok((blueprint, left_out)) => {
            let locale = me.ctx.locale;
            let name = blueprint.name.get(locale);
            let words = locale.tx("blueprints-created", &[("name", name.into())]);
            if left_out.is_empty() {
                return web::done(&paths::blueprint(blueprint.id), &words);
            }
            let body = pages::imported(locale, &blueprint, &left_out);
            web::page(&me, Page::new(words).still(), body)
        }
        Err(fault) => show(&me, &form, Some(fault)),
    }
}

async fn take(app: &App, me: &Me, form: &mut Form) -> Result<(Blueprint, Vec<Text>), Fault> {
    let zh = form.optional_text("name_zh", 60).unwrap_or_default();
    let en = form.optional_text("name_en", 60).unwrap_or_default();
    form.done()?;
    let file = form
        .files("file")
        .next()
        .filter(|file| !file.bytes.is_empty());
    let file = file.ok_or_else(|| Fault::invalid("file", Text::key("blueprints-bpmn-needed")))?;
    let Imported {
        name,
        body,
        left_out,
    } = bpmn::read(&file.bytes, me.ctx.locale)?;
    let name = match Bilingual::new(zh, en) {
        typed if !typed.is_empty() => typed,
        _ => bpmn::words(&name),
    };
    let ctx = me.ctx.clone();
    let new = NewBlueprint { name, body };
    let made = app.write(move |tx| commands::import(tx, &ctx, new)).await?;
    Ok((made, left_out))
}
