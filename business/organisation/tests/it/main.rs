//! Sentences about sites and their hours, on both databases.

mod hours;
mod pages;
mod sites;

use kernel::ids::SiteId;
use kernel::{Ctx, Role, SiteScope};
use testing::World;

/// Somebody with a role who may act at some sites only.
fn scoped(world: &World, role: Role, sites: &[SiteId]) -> Ctx {
    Ctx {
        sites: SiteScope::Only(sites.to_vec()),
        ..world.ctx_of(role)
    }
}
