//! The permissions that the program knows: what roles are made of and tokens are limited to.

use kernel::{Ctx, Permission, Role};
use std::sync::OnceLock;

static OFFERED: OnceLock<Vec<Permission>> = OnceLock::new();

/// Says which permissions the program knows; the first call wins. The wiring calls it with those
/// of all rooms.
pub fn offer_permissions(permissions: impl IntoIterator<Item = Permission>) {
    // A name without a dot, such as the one for being signed in, is no permission of a noun.
    let mut permissions: Vec<Permission> = permissions
        .into_iter()
        .filter(|permission| permission.name.contains('.'))
        .collect();
    permissions.sort_unstable_by_key(|permission| permission.name);
    permissions.dedup_by_key(|permission| permission.name);
    let _ = OFFERED.set(permissions);
}

/// The permissions to choose from, by name; this room's own until the program says more.
pub(crate) fn offered() -> Vec<Permission> {
    OFFERED
        .get()
        .cloned()
        .unwrap_or_else(|| crate::OWN.to_vec())
}

/// The names of the permissions of a built-in role.
pub(crate) fn names_of(role: Role) -> Vec<String> {
    let has = offered()
        .into_iter()
        .filter(|permission| permission.allows(role));
    has.map(|permission| permission.name.to_owned()).collect()
}

/// Those of the offered that the actor has: nobody gives what he has not.
pub(crate) fn to_give(ctx: &Ctx) -> Vec<Permission> {
    let offered = offered().into_iter();
    offered.filter(|permission| ctx.may(*permission)).collect()
}
