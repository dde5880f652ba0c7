//! A version of a blueprint as something to print or to look at in another notation.

use kernel::{Fault, ids::BlueprintId};
use web::{App, Me, Page, Path, Query, Reply, State as Of};

use crate::{
    model::{Blueprint, Version},
    pages::{self, SopView},
    paths::{self, Role},
    queries,
};

type Skills = Vec<(String, String)>;

/// The version an address names, else the current one.
async fn load(
    app: &App,
    me: &Me,
    id: BlueprintId,
    query: &Query,
) -> Result<(Blueprint, Version, Skills), Fault> {
    let number = query.typed("version").parse::<i64>().ok();
    let ctx = me.ctx.clone();
    app.read(move |tx| {
        let blueprint = queries::blueprint(tx, &ctx, id)?;
        let number = number.unwrap_or(blueprint.current());
        let version = queries::version(tx, &ctx, id, number)?
            .ok_or_else(|| Fault::missing("blueprints-version-missing"))?;
        let skill = |skill: people::Skill| (skill.code, skill.name.get(ctx.locale).to_owned());
        let skills = people::skills(tx, &ctx)?.into_iter().map(skill).collect();
        Ok((blueprint, version, skills))
    })
    .await
}

pub(super) async fn sop(
    Of(app): Of<App>,
    me: Me,
    Path(id): Path<BlueprintId>,
    query: Query,
) -> Reply {
    let (blueprint, shown, skills) = load(&app, &me, id, &query).await?;
    let locale = me.ctx.locale;
    let view = SopView {
        locale,
        blueprint: &blueprint,
        shown: &shown,
        role: &Role::parse(query.typed("role")),
        skills: &skills,
    };
    let page = Page::new(locale.t("blueprints-sop"))
        .subtitle(blueprint.name.get(locale))
        .actions(pages::sop_actions(locale))
        .still();
    web::page(&me, page, pages::sop_page(&view))
}

pub(super) async fn diagram(
    Of(app): Of<App>,
    me: Me,
    Path(id): Path<BlueprintId>,
    query: Query,
) -> Reply {
    let (blueprint, shown, _) = load(&app, &me, id, &query).await?;
    let locale = me.ctx.locale;
    let file = paths::bpmn(id, shown.number);
    let page = Page::new(blueprint.name.get(locale))
        .subtitle(locale.t("blueprints-diagram"))
        .still();
    web::page(&me, page, pages::diagram(locale, &file))
}
