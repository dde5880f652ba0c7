//! What somebody may do: roles, and permissions that name the roles that have them.

use std::{collections::BTreeSet, sync::Arc};

use serde::{Deserialize, Serialize};

/// What somebody is in an organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Owns the business; may do everything.
    Owner,
    /// Runs sites: designs services, manages people.
    Manager,
    /// Works the front desk.
    Desk,
    /// Serves customers.
    Staff,
    /// Answers customers from afar.
    Support,
    /// Looks, changes nothing.
    ReadOnly,
    /// A customer who has not signed in.
    Guest,
}

impl Role {
    /// The roles a user can be given.
    pub const USERS: [Self; 6] = [
        Self::Owner,
        Self::Manager,
        Self::Desk,
        Self::Staff,
        Self::Support,
        Self::ReadOnly,
    ];

    /// The name kept in tables and forms.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::Manager => "manager",
            Self::Desk => "desk",
            Self::Staff => "staff",
            Self::Support => "support",
            Self::ReadOnly => "read_only",
            Self::Guest => "guest",
        }
    }

    /// Reads a role a user can be given.
    pub fn parse(name: &str) -> Option<Self> {
        Self::USERS.into_iter().find(|role| role.as_str() == name)
    }
}

/// A thing one may or may not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Its name, as in API token scopes: `orders.edit`.
    pub name: &'static str,
    /// The roles that have it. The owner has every permission.
    pub roles: &'static [Role],
}

impl Permission {
    /// Anybody signed in, whatever the role.
    pub const SIGNED_IN: Self = Self::new("signed_in", &Role::USERS);

    /// One's own way in: password, second factor, passkeys, signed-in browsers.
    pub const OWN_ACCOUNT: Self = Self::new("own_account", &Role::USERS);

    /// A permission with the roles that have it.
    pub const fn new(name: &'static str, roles: &'static [Role]) -> Self {
        Self { name, roles }
    }

    /// Whether a role has it.
    pub fn allows(&self, role: Role) -> bool {
        role == Role::Owner || self.roles.contains(&role)
    }
}

/// What somebody may do whose role the business made itself: the names of the permissions.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Grants(Arc<BTreeSet<String>>);

impl Grants {
    /// Exactly these permissions.
    pub fn new(names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(Arc::new(names.into_iter().map(Into::into).collect()))
    }

    /// Whether a permission is among them.
    pub fn has(&self, permission: Permission) -> bool {
        self.0.contains(permission.name)
    }

    /// Their names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}
