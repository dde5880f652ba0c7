//! Making, changing and removing roles of the business's own.

use crate::model::{BASES, OwnRole, chosen_names, grants_of};
use crate::{MANAGE_ROLES, queries, scopes};
use kernel::ids::RoleId;
use kernel::{Bilingual, Ctx, Fault, Grants, Role, Text};
use store::{Event, Tx, params};

/// What a role is made of.
#[derive(Clone, Debug)]
pub struct RoleFields {
    /// What it is called.
    pub name: Bilingual,
    /// The built-in role it begins from.
    pub base: Role,
    /// The names of its permissions.
    pub permissions: Vec<String>,
}

/// Longest name of a role, in characters.
const NAME_LENGTH: usize = 40;

impl RoleFields {
    fn checked(&self, ctx: &Ctx) -> Result<(), Fault> {
        let name = &self.name;
        if name.is_empty() {
            return Err(Fault::invalid(
                "name_en",
                Text::key("people-role-name-needed"),
            ));
        }
        for (field, text) in [("name_zh", &name.zh), ("name_en", &name.en)] {
            if text.chars().count() > NAME_LENGTH || text.chars().any(char::is_control) {
                let text = Text::key("people-text-long").with("max", NAME_LENGTH);
                return Err(Fault::invalid(field, text));
            }
        }
        if !BASES.contains(&self.base) {
            return Err(Fault::invalid("base", Text::key("people-role-unknown")));
        }
        if self.permissions.is_empty() {
            let text = Text::key("people-scopes-needed");
            return Err(Fault::invalid("permissions", text));
        }
        let known = scopes::offered();
        let unknown = |name: &&String| !known.iter().any(|known| known.name == *name);
        if self.permissions.iter().find(unknown).is_some() {
            let text = Text::key("people-permission-unknown");
            return Err(Fault::invalid("permissions", text));
        }
        held(ctx, &self.grants())
    }

    fn grants(&self) -> Grants {
        grants_of(self.permissions.iter().cloned())
    }
}

/// Refuses where a role may do something that the actor may not.
pub(crate) fn held(ctx: &Ctx, grants: &Grants) -> Result<(), Fault> {
    let beyond = |permission: &kernel::Permission| grants.has(*permission) && !ctx.may(*permission);
    match scopes::offered().into_iter().find(beyond) {
        Some(permission) => {
            let text = Text::key("people-role-beyond").with("permission", permission.name);
            Err(Fault::invalid("permissions", text))
        }
        None => Ok(()),
    }
}

const INSERT: &str = "
    insert into roles (org, id, name_zh, name_en, base, permissions, created_at, version)
    values ($1, $2, $3, $4, $5, $6, $7, 1) on conflict do nothing";

/// Makes a role.
pub fn create_role(tx: &mut Tx, ctx: &Ctx, fields: &RoleFields) -> Result<OwnRole, Fault> {
    ctx.require(MANAGE_ROLES)?;
    fields.checked(ctx)?;
    let id: RoleId = ctx.id();
    let (zh, en) = (&fields.name.zh, &fields.name.en);
    let values = params![ctx.org, id, zh, en, fields.base, kept(fields)?, ctx.now];
    if tx.execute(INSERT, values)? == 0 {
        return Err(Fault::invalid(
            "name_en",
            Text::key("people-role-name-taken"),
        ));
    }
    tx.record(ctx, about("role.created", id, fields));
    queries::role(tx, ctx, id)
}

fn kept(fields: &RoleFields) -> Result<String, Fault> {
    serde_json::to_string(&chosen_names(&fields.grants())).map_err(Fault::broken)
}

fn about(activity: &'static str, id: RoleId, fields: &RoleFields) -> Event {
    Event::new(activity)
        .object("role", id, "subject")
        .attr("permissions", fields.permissions.join(" "))
}

const UPDATE: &str = "
    update roles set name_zh = $3, name_en = $4, base = $5, permissions = $6, version = version + 1
    where org = $1 and id = $2 and version = $7";

const NAME_TAKEN: &str = "
    select cast(count(*) as bigint) from roles
    where org = $1 and name_zh = $3 and name_en = $4 and id <> $2";

const FOLLOW_BASE: &str = "
    update users set role = $3, version = version + 1
    where org = $1 and own_role = $2 and role <> $3";

/// Changes a role for everybody who has it, provided nobody else did since `version` was read.
pub fn edit_role(
    tx: &mut Tx,
    ctx: &Ctx,
    id: RoleId,
    version: i64,
    fields: &RoleFields,
) -> Result<(), Fault> {
    ctx.require(MANAGE_ROLES)?;
    let before = queries::role(tx, ctx, id)?;
    held(ctx, &before.grants).map_err(|_| Fault::forbidden())?;
    fields.checked(ctx)?;
    let (zh, en) = (&fields.name.zh, &fields.name.en);
    if tx.count(NAME_TAKEN, params![ctx.org, id, zh, en])? > 0 {
        return Err(Fault::invalid(
            "name_en",
            Text::key("people-role-name-taken"),
        ));
    }
    let values = params![ctx.org, id, zh, en, fields.base, kept(fields)?, version];
    if tx.execute(UPDATE, values)? == 0 {
        return Err(Fault::stale());
    }
    tx.execute(FOLLOW_BASE, params![ctx.org, id, fields.base])?;
    tx.record(ctx, about("role.changed", id, fields));
    Ok(())
}

const LOCK: &str = "update roles set version = version where org = $1 and id = $2";

const HOLDERS: &str = "
    select cast(count(*) as bigint) from users where org = $1 and own_role = $2";

const DELETE: &str = "delete from roles where org = $1 and id = $2";

/// Holds a role still until the transaction ends, so that nobody removes it meanwhile.
pub(super) fn lock_role(tx: &mut Tx, ctx: &Ctx, id: RoleId) -> Result<OwnRole, Fault> {
    tx.execute(LOCK, params![ctx.org, id])?;
    queries::role(tx, ctx, id)
}

/// Removes a role that nobody has, not even somebody who may no longer sign in.
pub fn remove_role(tx: &mut Tx, ctx: &Ctx, id: RoleId) -> Result<(), Fault> {
    ctx.require(MANAGE_ROLES)?;
    let role = lock_role(tx, ctx, id)?;
    held(ctx, &role.grants).map_err(|_| Fault::forbidden())?;
    let holders = tx.count(HOLDERS, params![ctx.org, id])?;
    if holders > 0 {
        return Err(Fault::conflict("people-role-in-use").with("count", holders));
    }
    tx.execute(DELETE, params![ctx.org, id])?;
    tx.record(
        ctx,
        Event::new("role.removed").object("role", id, "subject"),
    );
    Ok(())
}
