//! Making and changing groups of sites, and putting sites into them.

use super::organisation::checked_name;
use super::site::about;
use crate::model::{DEPTH_MAX, SiteGroup, chain};
use crate::{EDIT_REGIONS, queries};
use kernel::ids::{SiteGroupId, SiteId};
use kernel::{Bilingual, Ctx, Fault, Text};
use store::{Event, Tx, params};

/// What somebody may type about a group.
#[derive(Clone, Debug)]
pub struct GroupFields {
    /// What it is called.
    pub name: Bilingual,
    /// The group it is part of.
    pub parent: Option<SiteGroupId>,
}

// Whoever rearranges the tree holds the business's row, so that two who each move a group under
// the other's cannot make a circle.
const LOCK: &str = "update organisations set slug = slug where org = $1";

const POSITION: &str = "select cast(count(*) as bigint) from site_groups where org = $1";

const INSERT: &str = "
    insert into site_groups (org, id, parent, position, name_zh, name_en, version)
    values ($1, $2, $3, $4, $5, $6, 1)";

/// Makes a group.
pub fn create_group(tx: &mut Tx, ctx: &Ctx, fields: GroupFields) -> Result<SiteGroup, Fault> {
    ctx.require(EDIT_REGIONS)?;
    let name = checked_name(fields.name)?;
    tx.execute(LOCK, params![ctx.org])?;
    fits_below(tx, ctx, None, fields.parent)?;
    let id: SiteGroupId = ctx.id();
    let position = tx.count(POSITION, params![ctx.org])?;
    let values = params![ctx.org, id, fields.parent, position, &name.zh, &name.en];
    tx.execute(INSERT, values)?;
    tx.record(ctx, fact("region.created", id));
    queries::site_group(tx, ctx, id)
}

fn fact(activity: &'static str, id: SiteGroupId) -> Event {
    Event::new(activity).object("region", id, "subject")
}

/// A group's new place: not below itself, and not too deep.
fn fits_below(
    tx: &mut Tx,
    ctx: &Ctx,
    moved: Option<SiteGroupId>,
    parent: Option<SiteGroupId>,
) -> Result<(), Fault> {
    let Some(parent) = parent else {
        return Ok(());
    };
    let refused = |key| Fault::invalid("parent", Text::key(key).with("max", DEPTH_MAX));
    queries::site_group(tx, ctx, parent)?;
    let groups = queries::site_groups(tx, ctx)?;
    let above = chain(&groups, Some(parent));
    if moved.is_some_and(|moved| above.contains(&moved)) {
        return Err(refused("organisation-region-circle"));
    }
    let below = |group: &SiteGroup| {
        let chain = chain(&groups, Some(group.id));
        let place = moved.and_then(|moved| chain.iter().position(|id| *id == moved));
        place.map_or(0, |place| place + 1)
    };
    let height = groups.iter().map(below).max().unwrap_or(0).max(1);
    if above.len() + height > DEPTH_MAX {
        return Err(refused("organisation-region-deep"));
    }
    Ok(())
}

const UPDATE: &str = "
    update site_groups set name_zh = $3, name_en = $4, parent = $5, version = version + 1
    where org = $1 and id = $2 and version = $6";

/// Changes a group, provided nobody else did since `version` was read.
pub fn edit_group(
    tx: &mut Tx,
    ctx: &Ctx,
    id: SiteGroupId,
    version: i64,
    fields: GroupFields,
) -> Result<(), Fault> {
    ctx.require(EDIT_REGIONS)?;
    queries::site_group(tx, ctx, id)?;
    let name = checked_name(fields.name)?;
    tx.execute(LOCK, params![ctx.org])?;
    fits_below(tx, ctx, Some(id), fields.parent)?;
    let values = params![ctx.org, id, &name.zh, &name.en, fields.parent, version];
    if tx.execute(UPDATE, values)? == 0 {
        return Err(Fault::stale());
    }
    tx.record(ctx, fact("region.changed", id));
    Ok(())
}

const LIFT_GROUPS: &str = "update site_groups set parent = $3 where org = $1 and parent = $2";
const LIFT_SITES: &str = "update sites set site_group = $3 where org = $1 and site_group = $2";
const DELETE: &str = "delete from site_groups where org = $1 and id = $2";

/// Removes a group by which nobody acts; what was in it moves to the group above.
pub fn remove_group(tx: &mut Tx, ctx: &Ctx, id: SiteGroupId) -> Result<(), Fault> {
    ctx.require(EDIT_REGIONS)?;
    tx.execute(LOCK, params![ctx.org])?;
    let group = queries::site_group(tx, ctx, id)?;
    let holders = crate::ties::group_holders(tx, ctx, id)?;
    if holders > 0 {
        return Err(Fault::conflict("organisation-region-held").with("count", holders));
    }
    tx.execute(LIFT_GROUPS, params![ctx.org, id, group.parent])?;
    tx.execute(LIFT_SITES, params![ctx.org, id, group.parent])?;
    tx.execute(DELETE, params![ctx.org, id])?;
    tx.record(ctx, fact("region.removed", id));
    Ok(())
}

const PLACE: &str = "
    update sites set site_group = $3, version = version + 1
    where org = $1 and id = $2 and coalesce(site_group, '') <> coalesce(cast($3 as text), '')";

/// Puts a site into a group, or into none.
pub fn place_site(
    tx: &mut Tx,
    ctx: &Ctx,
    site: SiteId,
    group: Option<SiteGroupId>,
) -> Result<(), Fault> {
    ctx.require(EDIT_REGIONS)?;
    queries::site(tx, ctx, site)?;
    tx.execute(LOCK, params![ctx.org])?;
    if let Some(group) = group {
        queries::site_group(tx, ctx, group)?;
    }
    if tx.execute(PLACE, params![ctx.org, site, group])? == 1 {
        let event = about("site.placed", site).object_if("region", group, "into");
        tx.record(ctx, event);
    }
    Ok(())
}
