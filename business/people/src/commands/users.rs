//! Making and changing users.

use super::access::end_sessions_of;
use crate::MANAGE_USERS;
use crate::model::{User, UserState, login_key};
use crate::queries;
use kernel::ids::UserId;
use kernel::{Actor, Ctx, Fault, Locale, Permission, Role, SiteScope, Text};
use store::{Event, Tx, params};

/// What making a user needs.
#[derive(Clone, Debug)]
pub struct NewUser {
    /// What they type to sign in.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// How the name is read, in Latin letters; may be empty.
    pub reading: String,
    /// What they are.
    pub role: Role,
    /// Where they may act; an owner acts everywhere.
    pub sites: SiteScope,
    /// The language of their screens.
    pub locale: Locale,
    /// The hash of their password; without it they need a link to set one.
    pub password_hash: Option<String>,
}

const TAKE_LOGIN: &str = "
    insert into logins (login, org, user_id) values ($1, $2, $3) on conflict do nothing";

const INSERT: &str = "
    insert into users (org, id, login, name, reading, password_hash, role, all_sites, locale,
        single_keys, state, created_at, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 'active', $10, 1)";

/// Lets somebody in.
pub fn create_user(tx: &mut Tx, ctx: &Ctx, new: NewUser) -> Result<User, Fault> {
    let sites = granted(tx, ctx, new.role, new.sites)?;
    let (name, reading) = (checked_name(&new.name)?, checked_reading(&new.reading)?);
    let refused = |key| Fault::invalid("login", Text::key(key));
    let login = login_key(&new.login).ok_or_else(|| refused("people-login-wrong"))?;
    let id: UserId = ctx.id();
    if tx.execute(TAKE_LOGIN, params![&login, ctx.org, id])? == 0 {
        return Err(refused("people-login-taken"));
    }
    let shown = new.login.trim();
    let everywhere = sites == SiteScope::All;
    let (hash, role, locale) = (new.password_hash, new.role, new.locale);
    let values = params![
        ctx.org, id, shown, &name, &reading, hash, role, everywhere, locale, ctx.now
    ];
    tx.execute(INSERT, values)?;
    save_sites(tx, ctx, id, &sites)?;
    tx.record(
        ctx,
        about("user.created", id).attr("role", new.role.as_str()),
    );
    queries::any_user(tx, ctx.org, id)?.ok_or_else(|| Fault::missing("people-user-missing"))
}

/// The fact that something happened to a user.
pub(super) fn about(activity: &'static str, user: UserId) -> Event {
    Event::new(activity).object("user", user, "subject")
}

/// Whether the actor may give somebody this role at these sites. Owners may give any; managers
/// only roles below their own, and only where they act themselves.
fn granted(tx: &mut Tx, ctx: &Ctx, role: Role, sites: SiteScope) -> Result<SiteScope, Fault> {
    ctx.require(MANAGE_USERS)?;
    if role == Role::Guest {
        return Err(Fault::invalid("role", Text::key("people-role-unknown")));
    }
    let senior = matches!(role, Role::Owner | Role::Manager);
    if ctx.role != Role::Owner && senior {
        return Err(Fault::forbidden());
    }
    if role == Role::Owner {
        return Ok(SiteScope::All);
    }
    if let SiteScope::Only(only) = &sites {
        if only.is_empty() {
            return Err(Fault::invalid("sites", Text::key("people-sites-needed")));
        }
        for site in only {
            organisation::site(tx, ctx, *site)?;
        }
    } else if ctx.sites != SiteScope::All {
        return Err(Fault::forbidden());
    }
    Ok(sites)
}

/// A name with something in it and not too long.
pub(super) fn checked_name(name: &str) -> Result<String, Fault> {
    let name = name.trim();
    if name.is_empty() {
        return Err(Fault::invalid("name", Text::key("people-name-needed")));
    }
    if name.chars().count() > 80 || name.chars().any(char::is_control) {
        return Err(Fault::invalid(
            "name",
            Text::key("people-text-long").with("max", 80),
        ));
    }
    Ok(name.to_owned())
}

/// How a name is read: perhaps nothing, and not too long.
pub(super) fn checked_reading(reading: &str) -> Result<String, Fault> {
    let reading = reading.trim();
    if reading.chars().count() > 80 || reading.chars().any(char::is_control) {
        let text = Text::key("people-text-long").with("max", 80);
        return Err(Fault::invalid("reading", text));
    }
    Ok(reading.to_owned())
}

const FORGET_SITES: &str = "delete from user_sites where org = $1 and user_id = $2";

const INSERT_SITE: &str = "
    insert into user_sites (org, user_id, site) values ($1, $2, $3) on conflict do nothing";

fn save_sites(tx: &mut Tx, ctx: &Ctx, user: UserId, sites: &SiteScope) -> Result<(), Fault> {
    tx.execute(FORGET_SITES, params![ctx.org, user])?;
    if let SiteScope::Only(only) = sites {
        for site in only {
            tx.execute(INSERT_SITE, params![ctx.org, user, site])?;
        }
    }
    Ok(())
}

// Touching every owner makes two transactions that would each remove one owner wait for another.
const LOCK_OWNERS: &str = "
    update users set version = version where org = $1 and role = 'owner' and state = 'active'";

const OTHER_OWNERS: &str = "
    select cast(count(*) as bigint) from users
    where org = $1 and role = 'owner' and state = 'active' and id <> $2";

/// Refuses to leave the organisation without anybody who may do everything.
fn keep_an_owner(tx: &mut Tx, ctx: &Ctx, leaving: UserId) -> Result<(), Fault> {
    tx.execute(LOCK_OWNERS, params![ctx.org])?;
    if tx.count(OTHER_OWNERS, params![ctx.org, leaving])? == 0 {
        return Err(Fault::conflict("people-last-owner"));
    }
    Ok(())
}

/// The user to change, if the actor stands above them.
pub(super) fn subordinate(tx: &mut Tx, ctx: &Ctx, id: UserId) -> Result<User, Fault> {
    ctx.require(MANAGE_USERS)?;
    let user = queries::user(tx, ctx, id)?;
    let senior = matches!(user.role, Role::Owner | Role::Manager);
    let reach = match &user.sites {
        SiteScope::All => ctx.sites == SiteScope::All,
        SiteScope::Only(only) => only.iter().all(|site| ctx.sites.includes(*site)),
    };
    if ctx.role != Role::Owner && (senior || !reach) {
        return Err(Fault::forbidden());
    }
    Ok(user)
}

const UPDATE: &str = "
    update users set name = $3, reading = $4, role = $5, all_sites = $6, version = version + 1
    where org = $1 and id = $2 and version = $7";

/// Changes what somebody is and where they may act, provided nobody else did since `seen`.
pub fn edit_user(tx: &mut Tx, ctx: &Ctx, seen: &User, wanted: &User) -> Result<(), Fault> {
    let before = subordinate(tx, ctx, seen.id)?;
    let sites = granted(tx, ctx, wanted.role, wanted.sites.clone())?;
    let (name, reading) = (
        checked_name(&wanted.name)?,
        checked_reading(&wanted.reading)?,
    );
    if before.role == Role::Owner && wanted.role != Role::Owner {
        keep_an_owner(tx, ctx, seen.id)?;
    }
    let everywhere = sites == SiteScope::All;
    let values = params![
        ctx.org,
        seen.id,
        &name,
        &reading,
        wanted.role,
        everywhere,
        seen.version
    ];
    if tx.execute(UPDATE, values)? == 0 {
        return Err(Fault::stale());
    }
    save_sites(tx, ctx, seen.id, &sites)?;
    tx.record(
        ctx,
        about("user.changed", seen.id).attr("role", wanted.role.as_str()),
    );
    Ok(())
}

const SET_STATE: &str = "
    update users set state = $3, version = version + 1 where org = $1 and id = $2 and state <> $3";

/// Keeps somebody out, ending their sessions at once, or lets them in again.
pub fn set_user_state(tx: &mut Tx, ctx: &Ctx, id: UserId, state: UserState) -> Result<(), Fault> {
    let user = subordinate(tx, ctx, id)?;
    if state == UserState::Inactive {
        if own(ctx) == Some(id) {
            return Err(Fault::conflict("people-not-yourself"));
        }
        if user.role == Role::Owner {
            keep_an_owner(tx, ctx, id)?;
        }
        end_sessions_of(tx, ctx, id, None)?;
    }
    if tx.execute(SET_STATE, params![ctx.org, id, state.as_str()])? == 1 {
        let activity = match state {
            UserState::Active => "user.reactivated",
            UserState::Inactive => "user.deactivated",
        };
        tx.record(ctx, about(activity, id));
    }
    Ok(())
}

/// The user who acts, if a user does.
pub(super) fn own(ctx: &Ctx) -> Option<UserId> {
    match &ctx.actor {
        Actor::User { id, .. } => Some(*id),
        Actor::Guest | Actor::System => None,
    }
}

/// What somebody may change about their own account.
#[derive(Clone, Debug)]
pub struct OwnFields {
    /// What they are called.
    pub name: String,
    /// How the name is read, in Latin letters; may be empty.
    pub reading: String,
    /// The language of their screens.
    pub locale: Locale,
    /// Whether single keys are shortcuts.
    pub single_keys: bool,
}

const UPDATE_OWN: &str = "
    update users set name = $3, reading = $4, locale = $5, single_keys = $6, version = version + 1
    where org = $1 and id = $2";

/// Changes one's own account.
pub fn edit_own(tx: &mut Tx, ctx: &Ctx, fields: &OwnFields) -> Result<(), Fault> {
    ctx.require(Permission::SIGNED_IN)?;
    let id = own(ctx).ok_or_else(Fault::sign_in)?;
    let (name, reading) = (
        checked_name(&fields.name)?,
        checked_reading(&fields.reading)?,
    );
    let (locale, keys) = (fields.locale, fields.single_keys);
    tx.execute(
        UPDATE_OWN,
        params![ctx.org, id, &name, &reading, locale, keys],
    )?;
    tx.record(ctx, about("user.changed", id));
    Ok(())
}
