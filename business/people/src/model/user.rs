//! Users: who may sign in and what they are.

use super::OwnRole;
use kernel::ids::{OrganisationId, RoleId, SessionId, SiteGroupId, StaffId, UserId};
use kernel::{
    Actor, Bilingual, Channel, Ctx, Grants, IdSource, Locale, Role, SiteScope, Timestamp, format,
};

/// Whether a user may sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UserState {
    /// May sign in.
    Active,
    /// Left, or locked out by the owner; kept because the journal names them.
    Inactive,
}

impl UserState {
    /// The word stored in the table.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
        }
    }

    /// Reads the stored word; anything unknown counts as inactive.
    pub fn parse(word: &str) -> Self {
        if word == "active" {
            Self::Active
        } else {
            Self::Inactive
        }
    }
}

/// A role of the business's own, as somebody has it.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRole {
    /// Which.
    pub id: RoleId,
    /// What it is called.
    pub name: Bilingual,
    /// What it may do.
    pub grants: Grants,
}

impl From<OwnRole> for HeldRole {
    fn from(role: OwnRole) -> Self {
        Self {
            id: role.id,
            name: role.name,
            grants: role.grants,
        }
    }
}

/// Somebody who may sign in.
#[derive(Clone, Debug, PartialEq)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// What they type to sign in: an e-mail address or a short name.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// How the name is read, in Latin letters: their own, or that of the member of staff they are.
    pub reading: String,
    /// What they are in the organisation.
    pub role: Role,
    /// The role of the business's own that they have, which began from `role`.
    pub own_role: Option<HeldRole>,
    /// Where they may act, regions not counted.
    pub sites: SiteScope,
    /// The regions where they may act besides.
    pub groups: Vec<SiteGroupId>,
    /// The language of their screens.
    pub locale: Locale,
    /// Whether single keys work as shortcuts for them.
    pub single_keys: bool,
    /// May sign in or not.
    pub state: UserState,
    /// Whether a password was ever set.
    pub has_password: bool,
    /// The member of staff they are, if any.
    pub staff: Option<StaffId>,
    /// Counts edits; an edit names the version it saw.
    pub version: i64,
}

impl User {
    /// The name for a reader: as given in Chinese, by its reading in English where there is one.
    pub fn shown(&self, locale: Locale) -> &str {
        format::name(locale, &self.name, &self.reading)
    }
}

/// Somebody let in: by a session's cookie or a program's token.
#[derive(Clone, Debug, PartialEq)]
pub struct SignedIn {
    /// Their organisation.
    pub org: OrganisationId,
    /// Who.
    pub user: User,
    /// Where they may act, with the sites of their regions.
    pub sites: SiteScope,
    /// The session, when it is a browser.
    pub session: Option<SessionId>,
    /// What a program's token is limited to.
    pub scopes: Option<Vec<String>>,
    /// At a shared computer: whose it is, and what may be done there.
    pub shared: Option<AtShared>,
}

/// Acting at a computer that several people use.
#[derive(Clone, Debug, PartialEq)]
pub struct AtShared {
    /// What the computer's own account is called.
    pub computer: String,
    /// What both the person and the computer's account may do.
    pub grants: Grants,
    /// When it locks itself unless something is done.
    pub locks_at: Timestamp,
}

impl SignedIn {
    /// What they may do in place of what their built-in role may.
    pub fn grants(&self) -> Option<Grants> {
        let own = self.user.own_role.as_ref().map(|role| role.grants.clone());
        self.shared
            .as_ref()
            .map(|shared| shared.grants.clone())
            .or(own)
    }

    /// The context of what they do now.
    pub fn ctx(&self, now: Timestamp, ids: IdSource) -> Ctx {
        let user = &self.user;
        let (id, staff, name) = (user.id, user.staff, user.name.clone());
        let through = if self.session.is_some() {
            Channel::Desk
        } else {
            Channel::Api
        };
        Ctx {
            actor: Actor::User { id, staff, name },
            locale: user.locale,
            channel: through,
            role: user.role,
            grants: self.grants(),
            sites: self.sites.clone(),
            scopes: self.scopes.clone(),
            ..Ctx::system(self.org, now, ids)
        }
    }
}

/// A login on its way through the door: found or not, with what is needed to check the password.
#[derive(Clone, Debug)]
pub struct Locked {
    /// Whose it is; `None` when there is no such login or it may not sign in.
    pub owner: Option<(OrganisationId, UserId)>,
    /// The hash to check against, if a password was set.
    pub hash: Option<String>,
}

/// The form in which logins are compared: trimmed, small letters, full-width forms folded.
/// `None` when it cannot be a login: shorter than 2, longer than 120, or with spaces inside.
pub fn login_key(text: &str) -> Option<String> {
    let narrow = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    let key: String = text
        .trim()
        .chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect();
    let plain = key.chars().all(|c| !c.is_whitespace() && !c.is_control());
    (plain && (2..=120).contains(&key.chars().count())).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_the_same_however_it_is_typed() {
        assert_eq!(
            login_key(" Mei@Lotus.Example "),
            login_key("mei@lotus.example")
        );
        assert_eq!(
            login_key("ｍｅｉ＠lotus.example"),
            login_key("mei@lotus.example")
        );
        assert_eq!(login_key("陈美").as_deref(), Some("陈美"));
        assert_eq!(login_key("mei chen"), None);
        assert_eq!(login_key("m"), None);
    }
}
