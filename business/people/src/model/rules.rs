//! How people sign in at a business.

use super::User;
use kernel::Role;

/// Minutes without an act after which a shared computer locks itself, when nobody said otherwise.
pub const PIN_MINUTES: i64 = 5;

/// Days for which it is known who saw what, when nobody said otherwise: long enough for a
/// complaint, short enough to forget.
pub const SIGHT_DAYS: i64 = 365;

/// How people sign in, and what is kept of what they see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessRules {
    /// Roles that need a second factor: built-in ones by name, the business's own as `own:ID`.
    pub factor_roles: Vec<String>,
    /// Minutes without an act after which a shared computer locks itself.
    pub pin_minutes: i64,
    /// Days for which it is known who saw a customer's data.
    pub sight_days: i64,
    /// Counts edits; 0 while nobody has said anything.
    pub version: i64,
}

impl Default for AccessRules {
    fn default() -> Self {
        Self {
            factor_roles: Vec::new(),
            pin_minutes: PIN_MINUTES,
            sight_days: SIGHT_DAYS,
            version: 0,
        }
    }
}

impl AccessRules {
    /// Whether somebody needs a second factor.
    pub fn demand(&self, user: &User) -> bool {
        let role = role_value(user);
        self.factor_roles.contains(&role)
    }
}

/// A user's role as forms and rules name it.
pub fn role_value(user: &User) -> String {
    match &user.own_role {
        Some(role) => format!("own:{}", role.id),
        None => Role::as_str(user.role).to_owned(),
    }
}
