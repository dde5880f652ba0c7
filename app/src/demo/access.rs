//! Who may what in the demonstration beyond the built-in roles: regions, and a role of its own.

use kernel::{Bilingual, Ctx, Fault, Role, ids::RoleId};
use organisation::GroupFields;
use people::RoleFields;
use store::Tx;

use super::Place;

/// What those may who check how customers' data is treated.
const AUDITOR: [&str; 5] = [
    "audit.view",
    "journal.view",
    "customers.view",
    "orders.view",
    "desk.regions",
];

/// China and Europe, each with the sites whose clocks say so.
pub fn regions(tx: &mut Tx, ctx: &Ctx, places: &[Place]) -> Result<(), Fault> {
    for (zh, en, zones) in [("中国", "China", "Asia/"), ("欧洲", "Europe", "Europe/")] {
        let fields = GroupFields {
            name: Bilingual::new(zh, en),
            parent: None,
        };
        let group = organisation::create_group(tx, ctx, fields)?;
        let inside = |place: &&Place| place.site.zone_name().starts_with(zones);
        for place in places.iter().filter(inside) {
            organisation::place_site(tx, ctx, place.site.id, Some(group.id))?;
        }
    }
    Ok(())
}

/// The role of whoever audits: looks, changes nothing, and sees who looked.
pub fn auditor(tx: &mut Tx, ctx: &Ctx) -> Result<RoleId, Fault> {
    let fields = RoleFields {
        name: Bilingual::new("审计", "Auditor"),
        base: Role::ReadOnly,
        permissions: AUDITOR.map(str::to_owned).to_vec(),
    };
    Ok(people::create_role(tx, ctx, &fields)?.id)
}
