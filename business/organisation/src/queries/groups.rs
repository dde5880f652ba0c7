//! Reading groups of sites.

use crate::model::SiteGroup;
use kernel::ids::{OrganisationId, SiteGroupId, SiteId};
use kernel::{Ctx, Fault};
use store::{Row, Tx, params};

const GROUPS: &str = "
    select id, parent, name_zh, name_en, version from site_groups
    where org = $1 order by position, id limit 1000";

const GROUP: &str = "
    select id, parent, name_zh, name_en, version from site_groups where org = $1 and id = $2";

const UNDER: &str = "
    with recursive under (id) as (
        select id from site_groups where org = $1 and id = $2
        union
        select g.id from site_groups g join under u on g.parent = u.id where g.org = $1
    )
    select s.id from sites s join under u on s.site_group = u.id
    where s.org = $1 order by s.id limit 5000";

/// Every group of sites, in the order they were made.
pub fn site_groups(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<SiteGroup>, Fault> {
    tx.all(GROUPS, params![ctx.org], read_group)
}

/// One group of sites.
pub fn site_group(tx: &mut Tx, ctx: &Ctx, id: SiteGroupId) -> Result<SiteGroup, Fault> {
    tx.one(GROUP, params![ctx.org, id], read_group)?
        .ok_or_else(|| Fault::missing("organisation-region-missing"))
}

/// The sites that are in some groups now, or in a group below them.
pub fn sites_under(
    tx: &mut Tx,
    org: OrganisationId,
    groups: &[SiteGroupId],
) -> Result<Vec<SiteId>, Fault> {
    let mut sites = Vec::new();
    for group in groups {
        sites.extend(tx.all(UNDER, params![org, group], |row| row.id(0))?);
    }
    sites.sort_unstable();
    sites.dedup();
    Ok(sites)
}

fn read_group(row: &Row) -> Result<SiteGroup, Fault> {
    Ok(SiteGroup {
        id: row.id(0)?,
        parent: row.opt_id(1)?,
        name: row.bilingual(2)?,
        version: row.int(4)?,
    })
}
