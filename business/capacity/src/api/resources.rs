//! Rooms and equipment, for programs.

use kernel::{
    Bilingual, Ctx, Fault,
    ids::{ResourceId, SiteId},
};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::Tx;
use web::api::{Endpoint, Endpoints, Nothing, example, words};

use crate::{
    EDIT, VIEW,
    commands::{self, ResourceFields},
    model::Resource,
    queries,
};

/// What the command calls otherwise.
const NAMED: &[(&str, &str)] = &[("name_zh", "/name/zh"), ("name_en", "/name/en")];

/// Every endpoint of rooms and equipment.
pub(super) fn endpoints() -> Endpoints {
    Endpoints::new(
        "resources",
        [
            Endpoint::get("/resources", VIEW, "capacity-api-resources", list)
                .asks(|| json!({ "site": example::SITE })),
            Endpoint::post("/resources", EDIT, "capacity-api-create", create)
                .creates()
                .named(NAMED)
                .example(|| {
                    json!({
                        "site": example::SITE,
                        "kind": "room",
                        "name": { "zh": "静室", "en": "Quiet room" },
                    })
                }),
            Endpoint::get("/resources/{id}", VIEW, "capacity-api-show", show).asks(one),
            Endpoint::post("/resources/{id}", EDIT, "capacity-api-change", change)
                .patch()
                .versioned()
                .named(NAMED)
                .asks(one)
                .example(|| json!({ "name": { "zh": "茶室", "en": "Tea room" } })),
            Endpoint::post(
                "/resources/{id}/state",
                EDIT,
                "capacity-api-state",
                set_state,
            )
            .asks(one)
            .example(|| json!({ "active": false })),
        ],
    )
}

fn one() -> Value {
    json!({ "id": example::RESOURCE })
}

fn kinds(_: &mut SchemaGenerator) -> Schema {
    words(offers::RESOURCE_KINDS.iter().copied())
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct One {
    id: ResourceId,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Asked {
    /// Only those of this site.
    site: Option<SiteId>,
}

/// A room or a piece of equipment to be added.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct New {
    /// Where it is; it stays there.
    site: SiteId,
    #[schemars(schema_with = "kinds")]
    kind: String,
    name: Bilingual,
}

/// What is to change; what is left out stays.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Change {
    #[serde(default)]
    #[schemars(schema_with = "kinds")]
    kind: Option<String>,
    name: Option<Bilingual>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewState {
    /// Whether it can be booked; what it has already stands.
    active: bool,
}

/// A room or a piece of equipment.
#[derive(Serialize, JsonSchema)]
struct Told {
    id: ResourceId,
    site: SiteId,
    #[schemars(schema_with = "kinds")]
    kind: String,
    name: Bilingual,
    /// Whether it can be booked.
    active: bool,
    version: i64,
}

impl From<Resource> for Told {
    fn from(resource: Resource) -> Self {
        Self {
            id: resource.id,
            site: resource.site,
            kind: resource.kind,
            name: resource.name,
            active: resource.active,
            version: resource.version,
        }
    }
}

/// Rooms and equipment, those out of use too.
#[derive(Serialize, JsonSchema)]
struct List {
    resources: Vec<Told>,
}

fn list(tx: &mut Tx, ctx: &Ctx, asked: Asked) -> Result<List, Fault> {
    let found = match asked.site {
        Some(site) => {
            ctx.require_at(VIEW, site)?;
            organisation::site(tx, ctx, site)?;
            queries::resources_at(tx, ctx, site)?
        }
        None => queries::resources(tx, ctx)?,
    };
    let here = found
        .into_iter()
        .filter(|resource| ctx.sites.includes(resource.site));
    Ok(List {
        resources: here.map(Told::from).collect(),
    })
}

fn show(tx: &mut Tx, ctx: &Ctx, one: One) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let resource = queries::resource(tx, inner, one.id)?;
    inner.require_at(VIEW, resource.site)?;
    Ok(Told::from(resource))
}

fn create(tx: &mut Tx, ctx: &Ctx, _: Nothing, new: New) -> Result<Told, Fault> {
    let fields = ResourceFields {
        site: new.site,
        kind: new.kind,
        name: new.name,
    };
    commands::create_resource(tx, &ctx.unscoped(), fields).map(Told::from)
}

fn change(tx: &mut Tx, ctx: &Ctx, one: One, change: Change) -> Result<Told, Fault> {
    let inner = &ctx.unscoped();
    let old = queries::resource(tx, inner, one.id)?;
    inner.require_at(EDIT, old.site)?;
    tx.seen(old.id, old.version)?;
    let fields = ResourceFields {
        site: old.site,
        kind: change.kind.unwrap_or(old.kind),
        name: change.name.unwrap_or(old.name),
    };
    commands::save_resource(tx, inner, one.id, old.version, &fields)?;
    show(tx, ctx, one)
}

fn set_state(tx: &mut Tx, ctx: &Ctx, one: One, new: NewState) -> Result<Told, Fault> {
    commands::retire_resource(tx, &ctx.unscoped(), one.id, !new.active)?;
    show(tx, ctx, one)
}
