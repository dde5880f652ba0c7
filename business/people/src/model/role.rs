//! Roles that a business makes itself.

use kernel::ids::RoleId;
use kernel::{Bilingual, Grants, Permission, Role};

/// A role made of permissions.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnRole {
    /// Identity.
    pub id: RoleId,
    /// What it is called.
    pub name: Bilingual,
    /// The built-in role it began from; it decides where somebody begins the day.
    pub base: Role,
    /// What it may do, and nothing else.
    pub grants: Grants,
    /// Counts edits; an edit names the version it saw.
    pub version: i64,
}

/// The built-in roles that one of a business's own may begin from: nobody else owns the business.
pub const BASES: [Role; 5] = [
    Role::Manager,
    Role::Desk,
    Role::Staff,
    Role::Support,
    Role::ReadOnly,
];

/// What anybody who signs in may do, whatever their role is made of.
const EVERYBODY: [Permission; 2] = [Permission::SIGNED_IN, Permission::OWN_ACCOUNT];

/// The permissions of a role of its own, with what everybody may.
pub fn grants_of(names: impl IntoIterator<Item = String>) -> Grants {
    let everybody = EVERYBODY.map(|permission| permission.name.to_owned());
    Grants::new(names.into_iter().chain(everybody))
}

/// The names in a role's grants that somebody chose.
pub fn chosen_names(grants: &Grants) -> Vec<String> {
    let chosen = grants.names().filter(|name| name.contains('.'));
    chosen.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_of_its_own_may_what_was_chosen_and_use_its_own_account() {
        let grants = grants_of(["orders.view".to_owned()]);
        assert!(grants.has(Permission::new("orders.view", &[])));
        assert!(grants.has(Permission::SIGNED_IN) && grants.has(Permission::OWN_ACCOUNT));
        assert!(!grants.has(Permission::new("orders.edit", &Role::USERS)));
        assert_eq!(chosen_names(&grants), ["orders.view"]);
    }
}
