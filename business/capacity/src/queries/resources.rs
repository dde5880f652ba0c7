//! Rooms and equipment.

use kernel::{
    Bilingual, Ctx, Fault,
    ids::{ResourceId, SiteId},
};
use store::{Row, Tx, params};

use crate::{VIEW, model::Resource};

// Shorter names first puts “Chair 2” before “Chair 10”.
const RESOURCES: &str = "
    select id, site, kind, name_zh, name_en, state, version from resources
    where org = $1 order by site, kind, length(name_en), name_en, length(name_zh), name_zh, id
    limit 5000";

const RESOURCES_AT: &str = "
    select id, site, kind, name_zh, name_en, state, version from resources
    where org = $1 and site = $2
    order by kind, length(name_en), name_en, length(name_zh), name_zh, id limit 2000";

const RESOURCE: &str = "
    select id, site, kind, name_zh, name_en, state, version from resources
    where org = $1 and id = $2";

fn read_resource(row: &Row) -> Result<Resource, Fault> {
    Ok(Resource {
        id: row.id(0)?,
        site: row.id(1)?,
        kind: row.text(2)?,
        name: Bilingual::new(row.text(3)?, row.text(4)?),
        active: row.text(5)? == "active",
        version: row.int(6)?,
    })
}

/// Every room and piece of equipment of the organisation, retired ones too.
pub fn resources(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<Resource>, Fault> {
    ctx.require(VIEW)?;
    tx.all(RESOURCES, params![ctx.org], read_resource)
}

/// Every room and piece of equipment of a site, retired ones too.
pub fn resources_at(tx: &mut Tx, ctx: &Ctx, site: SiteId) -> Result<Vec<Resource>, Fault> {
    ctx.require(VIEW)?;
    let kept = tx.kept(format!("resources at {} {site}", ctx.org), |tx| {
        tx.all(RESOURCES_AT, params![ctx.org, site], read_resource)
    })?;
    Ok((*kept).clone())
}

/// One room or piece of equipment.
pub fn resource(tx: &mut Tx, ctx: &Ctx, id: ResourceId) -> Result<Resource, Fault> {
    ctx.require(VIEW)?;
    tx.one(RESOURCE, params![ctx.org, id], read_resource)?
        .ok_or_else(|| Fault::missing("capacity-resource-missing"))
}
