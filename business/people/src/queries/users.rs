//! Reading users.

use crate::MANAGE_USERS;
use crate::model::{Locked, User, UserState};
use kernel::ids::{OrganisationId, UserId};
use kernel::{Actor, Ctx, Fault, Locale, Role, SiteScope};
use std::collections::BTreeMap;
use store::{Row, Tx, params};

const USERS: &str = "
    select u.id, u.login, u.name, u.role, u.all_sites, u.locale, u.single_keys, u.state,
        case when u.password_hash is null then 0 else 1 end, s.id, u.version,
        case when u.reading = '' then coalesce(s.reading, '') else u.reading end
    from users u left join staff s on s.org = u.org and s.user_id = u.id
    where u.org = $1 order by u.name, u.id limit 2000";

const USER: &str = "
    select u.id, u.login, u.name, u.role, u.all_sites, u.locale, u.single_keys, u.state,
        case when u.password_hash is null then 0 else 1 end, s.id, u.version,
        case when u.reading = '' then coalesce(s.reading, '') else u.reading end
    from users u left join staff s on s.org = u.org and s.user_id = u.id
    where u.org = $1 and u.id = $2";

const USER_SITES: &str = "
    select user_id, site from user_sites where org = $1 order by user_id, site limit 20000";

const SITES_OF_USER: &str = "
    select user_id, site from user_sites where org = $1 and user_id = $2 order by site limit 1000";

/// Every user, by name.
pub fn users(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<User>, Fault> {
    ctx.require(MANAGE_USERS)?;
    let mut users = tx.all(USERS, params![ctx.org], read_user)?;
    let mut sites: BTreeMap<UserId, Vec<_>> = BTreeMap::new();
    for (user, site) in tx.all(USER_SITES, params![ctx.org], |row| {
        Ok((row.id(0)?, row.id(1)?))
    })? {
        sites.entry(user).or_default().push(site);
    }
    for user in &mut users {
        if let SiteScope::Only(only) = &mut user.sites {
            *only = sites.remove(&user.id).unwrap_or_default();
        }
    }
    Ok(users)
}

/// One user: oneself, or anybody for those who manage users.
pub fn user(tx: &mut Tx, ctx: &Ctx, id: UserId) -> Result<User, Fault> {
    let oneself = matches!(&ctx.actor, Actor::User { id: own, .. } if *own == id);
    if !oneself {
        ctx.require(MANAGE_USERS)?;
    }
    any_user(tx, ctx.org, id)?.ok_or_else(|| Fault::missing("people-user-missing"))
}

/// One user, before it is known who asks.
pub(crate) fn any_user(
    tx: &mut Tx,
    org: OrganisationId,
    id: UserId,
) -> Result<Option<User>, Fault> {
    let Some(mut user) = tx.one(USER, params![org, id], read_user)? else {
        return Ok(None);
    };
    if let SiteScope::Only(only) = &mut user.sites {
        *only = tx.all(SITES_OF_USER, params![org, id], |row| row.id(1))?;
    }
    Ok(Some(user))
}

fn read_user(row: &Row) -> Result<User, Fault> {
    let role = row.text(3)?;
    Ok(User {
        id: row.id(0)?,
        login: row.text(1)?,
        name: row.text(2)?,
        role: Role::parse(&role).ok_or_else(|| Fault::broken(role))?,
        sites: if row.flag(4)? {
            SiteScope::All
        } else {
            SiteScope::Only(Vec::new())
        },
        locale: Locale::parse(&row.text(5)?).unwrap_or_default(),
        single_keys: row.flag(6)?,
        state: UserState::parse(&row.text(7)?),
        has_password: row.flag(8)?,
        staff: row.opt_id(9)?,
        version: row.int(10)?,
        reading: row.text(11)?,
    })
}

const LOCKED: &str = "
    select u.org, u.id, u.password_hash
    from logins l join users u on u.org = l.org and u.id = l.user_id
    where l.login = $1 and u.state = 'active'";

/// What is behind a login, given in the form of [`crate::model::login_key`].
pub(crate) fn locked(tx: &mut Tx, key: &str) -> Result<Locked, Fault> {
    let found = tx.one(LOCKED, params![key], |row| {
        Ok(Locked {
            owner: Some((row.id(0)?, row.id(1)?)),
            hash: row.opt_text(2)?,
        })
    })?;
    Ok(found.unwrap_or(Locked {
        owner: None,
        hash: None,
    }))
}

const PASSWORD_HASH: &str = "
    select password_hash from users where org = $1 and id = $2 and state = 'active'";

/// The hash of an active user's password.
pub(crate) fn password_hash(
    tx: &mut Tx,
    org: OrganisationId,
    user: UserId,
) -> Result<Option<String>, Fault> {
    let found = tx.one(PASSWORD_HASH, params![org, user], |row| row.opt_text(0))?;
    Ok(found.flatten())
}
