//! Names of permissions that a token may be limited to.

use std::sync::OnceLock;

static OFFERED: OnceLock<Vec<&'static str>> = OnceLock::new();

/// Says which permissions the program knows; the first call wins. The wiring calls it with the
/// permissions of all routes.
pub fn offer_scopes(names: impl IntoIterator<Item = &'static str>) {
    // A name without a dot, such as the one for being signed in, is no permission of a noun.
    let mut names: Vec<&'static str> = names
        .into_iter()
        .filter(|name| name.contains('.'))
        .collect();
    names.sort_unstable();
    names.dedup();
    let _ = OFFERED.set(names);
}

/// The permissions to choose from, by name; this room's own until the program says more.
pub(crate) fn offered() -> Vec<&'static str> {
    let own = [crate::EDIT_SHIFTS, crate::EDIT_STAFF, crate::VIEW_STAFF];
    OFFERED
        .get()
        .cloned()
        .unwrap_or_else(|| own.map(|permission| permission.name).to_vec())
}
