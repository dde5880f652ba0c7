//! Regions and the sites in them, for programs.

use kernel::{
    Bilingual, Ctx, Fault, Permission,
    ids::{SiteGroupId, SiteId},
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example};

use super::{One, Site, show as show_site};
use crate::{
    EDIT_REGIONS,
    commands::{self, GroupFields},
    model::SiteGroup,
    queries,
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[("name_zh", "/name/zh"), ("name_en", "/name/en")];

/// Every endpoint of regions.
pub(super) fn endpoints() -> Endpoints {
    let signed_in = Permission::SIGNED_IN;
    let named = || json!({ "name": { "zh": "江南", "en": "South of the river" } });
    let at_top = || json!({ "parent": null });
    let (edit, one_region) = (EDIT_REGIONS, "/regions/{id}");
    Endpoints::new(
        "regions",
        [
            Endpoint::get("/regions", signed_in, "organisation-api-regions", list),
            Endpoint::post("/regions", edit, "organisation-api-region-create", create)
                .creates()
                .named(NAMED)
                .example(named),
            Endpoint::get(one_region, signed_in, "organisation-api-region", show).asks(one),
            Endpoint::post(one_region, edit, "organisation-api-region-change", change)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(one)
                .example(named),
            Endpoint::post(one_region, edit, "organisation-api-region-remove", remove)
                .delete()
                .asks(one),
            Endpoint::post(
                "/regions/{id}/parent",
                edit,
                "organisation-api-region-move",
                relocate,
            )
            .versioned()
            .asks(one)
            .example(at_top),
            Endpoint::post(
                "/sites/{id}/region",
                edit,
                "organisation-api-site-place",
                place,
            )
            .asks(super::one)
            .example(|| json!({ "region": null })),
        ],
    )
}

fn one() -> Value {
    json!({ "id": example::REGION })
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OneRegion {
    id: SiteGroupId,
}

/// A region to be made.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    name: Bilingual,
    /// The region it is part of.
    parent: Option<SiteGroupId>,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    name: Option<Bilingual>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewParent {
    /// The region it becomes part of; of none, if not said.
    parent: Option<SiteGroupId>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Place {
    /// The region the site is counted in; in none, if not said.
    region: Option<SiteGroupId>,
}

/// A region.
#[derive(Serialize, JsonSchema)]
struct Region {
    id: SiteGroupId,
    name: Bilingual,
    /// The region it is part of.
    parent: Option<SiteGroupId>,
    /// The sites right in it that whoever asks may see.
    sites: Vec<SiteId>,
    version: i64,
}

/// Every region.
#[derive(Serialize, JsonSchema)]
struct Regions {
    regions: Vec<Region>,
}

fn told(group: SiteGroup, sites: &[crate::Site]) -> Region {
    let inside = sites.iter().filter(|site| site.group == Some(group.id));
    Region {
        sites: inside.map(|site| site.id).collect(),
        id: group.id,
        name: group.name,
        parent: group.parent,
        version: group.version,
    }
}

fn list(tx: &mut Tx, ctx: &Ctx, _: Nothing) -> Result<Regions, Fault> {
    let (groups, sites) = (queries::site_groups(tx, ctx)?, queries::sites(tx, ctx)?);
    let regions = groups.into_iter().map(|group| told(group, &sites));
    Ok(Regions {
        regions: regions.collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: OneRegion) -> Result<Region, Fault> {
    let group = queries::site_group(tx, ctx, one.id)?;
    Ok(told(group, &queries::sites(tx, ctx)?))
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Region, Fault> {
    let fields = GroupFields {
        name: new.name,
        parent: new.parent,
    };
    let made = commands::create_group(tx, &ctx.unscoped(), fields)?;
    Ok(told(made, &[]))
}

fn save(
    tx: &mut Tx,
    ctx: &Ctx,
    one: OneRegion,
    fields: impl FnOnce(&SiteGroup) -> GroupFields,
) -> Result<Region, Fault> {
    let inner = &ctx.unscoped();
    let old = queries::site_group(tx, inner, one.id)?;
    tx.seen(old.id, old.version)?;
    let fields = fields(&old);
    commands::edit_group(tx, inner, one.id, old.version, fields)?;
    show(tx, inner, one)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: OneRegion, change: Change) -> Result<Region, Fault> {
    save(tx, ctx, one, |old| GroupFields {
        name: change.name.unwrap_or_else(|| old.name.clone()),
        parent: old.parent,
    })
}

fn relocate(tx: &mut Tx, ctx: &Ctx, one: OneRegion, to: NewParent) -> Result<Region, Fault> {
    save(tx, ctx, one, |old| GroupFields {
        name: old.name.clone(),
        parent: to.parent,
    })
}

fn remove(tx: &mut Tx, ctx: &Ctx, one: OneRegion, _: Nothing) -> Result<Nothing, Fault> {
    commands::remove_group(tx, &ctx.unscoped(), one.id)?;
    Ok(Nothing {})
}

fn place(tx: &mut Tx, ctx: &Ctx, one: One, place: Place) -> Result<Site, Fault> {
    let inner = &ctx.unscoped();
    commands::place_site(tx, inner, one.id, place.region)?;
    show_site(tx, inner, one)
}
