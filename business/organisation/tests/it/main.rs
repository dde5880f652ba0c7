//! Sentences about sites and their hours, on both databases.

mod business;
mod groups;
mod hours;
mod logo;
mod pages;
mod sites;

use kernel::ids::SiteId;
use kernel::{Ctx, Fault, FaultKind, Role, SiteScope};
use testing::World;

/// Somebody with a role who may act at some sites only.
fn scoped(world: &World, role: Role, sites: &[SiteId]) -> Ctx {
    Ctx {
        sites: SiteScope::Only(sites.to_vec()),
        ..world.ctx_of(role)
    }
}

fn kind<T: std::fmt::Debug>(outcome: Result<T, Fault>) -> FaultKind {
    outcome.expect_err("it is refused").kind
}
