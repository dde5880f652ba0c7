//! Making and changing users.

use super::access::end_sessions_of;
use super::roles::{held, lock_role};
use crate::model::{User, UserState, login_key};
use crate::{MANAGE_USERS, queries, scopes};
use kernel::ids::{RoleId, SiteGroupId, UserId};
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
    /// The role of the business's own that they have, which began from `role`.
    pub own_role: Option<RoleId>,
    /// Where they may act; an owner acts everywhere.
    pub sites: SiteScope,
    /// Regions where they may act besides.
    pub groups: Vec<SiteGroupId>,
    /// The language of their screens.
    pub locale: Locale,
    /// The hash of their password; without it they need a link to set one.
    pub password_hash: Option<String>,
}

impl NewUser {
    /// Somebody who acts everywhere, in Chinese, and needs a link to set a password.
    pub fn new(login: &str, name: &str, role: Role) -> Self {
        Self {
            login: login.to_owned(),
            name: name.to_owned(),
            reading: String::new(),
            role,
            own_role: None,
            sites: SiteScope::All,
            groups: Vec::new(),
            locale: Locale::default(),
            password_hash: None,
        }
    }
}

/// What somebody shall be, and where.
struct Place {
    role: Role,
    own_role: Option<RoleId>,
    sites: SiteScope,
    groups: Vec<SiteGroupId>,
}

const TAKE_LOGIN: &str = "
    insert into logins (login, org, user_id) values ($1, $2, $3) on conflict do nothing";

const INSERT: &str = "
    insert into users (org, id, login, name, reading, password_hash, role, all_sites, locale,
        single_keys, state, created_at, version, own_role)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, 'active', $10, 1, $11)";

/// Lets somebody in.
pub fn create_user(tx: &mut Tx, ctx: &Ctx, new: NewUser) -> Result<User, Fault> {
    let place = Place {
        role: new.role,
        own_role: new.own_role,
        sites: new.sites,
        groups: new.groups,
    };
    let place = granted(tx, ctx, place)?;
    let (name, reading) = (checked_name(&new.name)?, checked_reading(&new.reading)?);
    let refused = |key| Fault::invalid("login", Text::key(key));
    let login = login_key(&new.login).ok_or_else(|| refused("people-login-wrong"))?;
    let id: UserId = ctx.id();
    if tx.execute(TAKE_LOGIN, params![&login, ctx.org, id])? == 0 {
        return Err(refused("people-login-taken"));
    }
    let shown = new.login.trim();
    let everywhere = place.sites == SiteScope::All;
    let (hash, role, locale) = (new.password_hash, place.role, new.locale);
    let values = params![
        ctx.org,
        id,
        shown,
        &name,
        &reading,
        hash,
        role,
        everywhere,
        locale,
        ctx.now,
        place.own_role
    ];
    tx.execute(INSERT, values)?;
    save_place(tx, ctx, id, &place)?;
    tx.record(ctx, placed(about("user.created", id), &place));
    queries::any_user(tx, ctx.org, id)?.ok_or_else(|| Fault::missing("people-user-missing"))
}

/// The fact that something happened to a user.
pub(super) fn about(activity: &'static str, user: UserId) -> Event {
    Event::new(activity).object("user", user, "subject")
}

/// The fact with what somebody is now.
fn placed(event: Event, place: &Place) -> Event {
    let event = event.attr("role", place.role.as_str());
    event.object_if("role", place.own_role, "given")
}

/// Whether the actor may give somebody this role at these sites. Owners may give any; others only
/// roles below a manager's that can do nothing they cannot, and only where they act themselves.
fn granted(tx: &mut Tx, ctx: &Ctx, place: Place) -> Result<Place, Fault> {
    ctx.require(MANAGE_USERS)?;
    if place.role == Role::Guest {
        return Err(Fault::invalid("role", Text::key("people-role-unknown")));
    }
    let place = with_own_role(tx, ctx, place)?;
    let senior = matches!(place.role, Role::Owner | Role::Manager);
    if ctx.role != Role::Owner && senior {
        return Err(Fault::forbidden());
    }
    if place.role == Role::Owner {
        return Ok(Place {
            sites: SiteScope::All,
            groups: Vec::new(),
            ..place
        });
    }
    match &place.sites {
        SiteScope::All if ctx.sites != SiteScope::All => Err(Fault::forbidden()),
        SiteScope::All => Ok(Place {
            groups: Vec::new(),
            ..place
        }),
        SiteScope::Only(only) if only.is_empty() && place.groups.is_empty() => {
            Err(Fault::invalid("sites", Text::key("people-sites-needed")))
        }
        SiteScope::Only(only) => {
            for site in only {
                organisation::site(tx, ctx, *site)?;
            }
            reachable(tx, ctx, &place.groups)?;
            Ok(place)
        }
    }
}

/// The role of the business's own settles what it began from, and may do nothing the giver cannot.
fn with_own_role(tx: &mut Tx, ctx: &Ctx, place: Place) -> Result<Place, Fault> {
    let Some(id) = place.own_role else {
        let built_in = scopes::offered();
        let beyond = built_in
            .into_iter()
            .any(|permission| permission.allows(place.role) && !ctx.may(permission));
        // A manager gives the desk's role without a till of his own: seniority settles that.
        return match ctx.grants.is_some() && beyond {
            true => Err(Fault::forbidden()),
            false => Ok(place),
        };
    };
    let role = lock_role(tx, ctx, id)?;
    held(ctx, &role.grants).map_err(|_| Fault::forbidden())?;
    Ok(Place {
        role: role.base,
        ..place
    })
}

/// A region is given by those who act at every site of it.
fn reachable(tx: &mut Tx, ctx: &Ctx, groups: &[SiteGroupId]) -> Result<(), Fault> {
    for group in groups {
        organisation::site_group(tx, ctx, *group)?;
    }
    let sites = organisation::sites_under(tx, ctx.org, groups)?;
    match sites.iter().all(|site| ctx.sites.includes(*site)) {
        true => Ok(()),
        false => Err(Fault::forbidden()),
    }
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

const FORGET_GROUPS: &str = "delete from user_groups where org = $1 and user_id = $2";

const INSERT_GROUP: &str = "
    insert into user_groups (org, user_id, site_group) values ($1, $2, $3) on conflict do nothing";

fn save_place(tx: &mut Tx, ctx: &Ctx, user: UserId, place: &Place) -> Result<(), Fault> {
    tx.execute(FORGET_SITES, params![ctx.org, user])?;
    if let SiteScope::Only(only) = &place.sites {
        for site in only {
            tx.execute(INSERT_SITE, params![ctx.org, user, site])?;
        }
    }
    tx.execute(FORGET_GROUPS, params![ctx.org, user])?;
    for group in &place.groups {
        tx.execute(INSERT_GROUP, params![ctx.org, user, group])?;
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
    let reach = match queries::scope_of(tx, ctx.org, &user)? {
        SiteScope::All => ctx.sites == SiteScope::All,
        SiteScope::Only(only) => only.iter().all(|site| ctx.sites.includes(*site)),
    };
    let beyond = user
        .own_role
        .as_ref()
        .is_some_and(|role| held(ctx, &role.grants).is_err());
    if ctx.role != Role::Owner && (senior || !reach || beyond) {
        return Err(Fault::forbidden());
    }
    Ok(user)
}

const UPDATE: &str = "
    update users set name = $3, reading = $4, role = $5, all_sites = $6, own_role = $8,
        version = version + 1
    where org = $1 and id = $2 and version = $7";

/// Changes what somebody is and where they may act, provided nobody else did since `seen`.
pub fn edit_user(tx: &mut Tx, ctx: &Ctx, seen: &User, wanted: &User) -> Result<(), Fault> {
    let before = subordinate(tx, ctx, seen.id)?;
    let place = Place {
        role: wanted.role,
        own_role: wanted.own_role.as_ref().map(|role| role.id),
        sites: wanted.sites.clone(),
        groups: wanted.groups.clone(),
    };
    let place = granted(tx, ctx, place)?;
    let (name, reading) = (
        checked_name(&wanted.name)?,
        checked_reading(&wanted.reading)?,
    );
    if before.role == Role::Owner && place.role != Role::Owner {
        keep_an_owner(tx, ctx, seen.id)?;
    }
    let everywhere = place.sites == SiteScope::All;
    let values = params![
        ctx.org,
        seen.id,
        &name,
        &reading,
        place.role,
        everywhere,
        seen.version,
        place.own_role
    ];
    if tx.execute(UPDATE, values)? == 0 {
        return Err(Fault::stale());
    }
    save_place(tx, ctx, seen.id, &place)?;
    tx.record(ctx, placed(about("user.changed", seen.id), &place));
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
pub(crate) fn own(ctx: &Ctx) -> Option<UserId> {
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
