//! Reading users.

use super::roles::read_grants;
use crate::MANAGE_USERS;
use crate::model::{HeldRole, Locked, User, UserState};
use kernel::ids::{OrganisationId, SiteGroupId, UserId};
use kernel::{Actor, Ctx, Fault, Locale, Role, SiteScope};
use std::collections::BTreeMap;
use store::{Row, Tx, params};

const USERS: &str = "
    select u.id, u.login, u.name, u.role, u.all_sites, u.locale, u.single_keys, u.state,
        case when u.password_hash is null then 0 else 1 end, s.id, u.version,
        case when u.reading = '' then coalesce(s.reading, '') else u.reading end,
        r.id, coalesce(r.name_zh, ''), coalesce(r.name_en, ''), coalesce(r.permissions, '[]')
    from users u left join staff s on s.org = u.org and s.user_id = u.id
    left join roles r on r.org = u.org and r.id = u.own_role
    where u.org = $1 order by u.name, u.id limit 2000";

const USER: &str = "
    select u.id, u.login, u.name, u.role, u.all_sites, u.locale, u.single_keys, u.state,
        case when u.password_hash is null then 0 else 1 end, s.id, u.version,
        case when u.reading = '' then coalesce(s.reading, '') else u.reading end,
        r.id, coalesce(r.name_zh, ''), coalesce(r.name_en, ''), coalesce(r.permissions, '[]')
    from users u left join staff s on s.org = u.org and s.user_id = u.id
    left join roles r on r.org = u.org and r.id = u.own_role
    where u.org = $1 and u.id = $2";

const USER_SITES: &str = "
    select user_id, site from user_sites where org = $1 order by user_id, site limit 20000";

const SITES_OF_USER: &str = "
    select user_id, site from user_sites where org = $1 and user_id = $2 order by site limit 1000";

const USER_GROUPS: &str = "
    select user_id, site_group from user_groups where org = $1
    order by user_id, site_group limit 20000";

const GROUPS_OF_USER: &str = "
    select site_group from user_groups where org = $1 and user_id = $2
    order by site_group limit 1000";

const GROUP_HOLDERS: &str = "
    select cast(count(*) as bigint) from user_groups where org = $1 and site_group = $2";

/// How many accounts act by a region.
pub fn group_holders(tx: &mut Tx, ctx: &Ctx, group: SiteGroupId) -> Result<i64, Fault> {
    tx.count(GROUP_HOLDERS, params![ctx.org, group])
}

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
    let mut groups: BTreeMap<UserId, Vec<_>> = BTreeMap::new();
    for (user, group) in tx.all(USER_GROUPS, params![ctx.org], |row| {
        Ok((row.id(0)?, row.id(1)?))
    })? {
        groups.entry(user).or_default().push(group);
    }
    for user in &mut users {
        user.groups = groups.remove(&user.id).unwrap_or_default();
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
        user.groups = tx.all(GROUPS_OF_USER, params![org, id], |row| row.id(0))?;
    }
    Ok(Some(user))
}

/// Where a user may act, with the sites that are in their regions now.
pub(crate) fn scope_of(tx: &mut Tx, org: OrganisationId, user: &User) -> Result<SiteScope, Fault> {
    let SiteScope::Only(own) = &user.sites else {
        return Ok(SiteScope::All);
    };
    let mut sites = own.clone();
    if !user.groups.is_empty() {
        sites.extend(organisation::sites_under(tx, org, &user.groups)?);
        sites.sort_unstable();
        sites.dedup();
    }
    Ok(SiteScope::Only(sites))
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
        own_role: match row.opt_id(12)? {
            Some(id) => Some(HeldRole {
                id,
                name: row.bilingual(13)?,
                grants: read_grants(row, 15)?,
            }),
            None => None,
        },
        groups: Vec::new(),
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
