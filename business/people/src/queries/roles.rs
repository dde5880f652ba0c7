//! Reading the roles that a business made.

use crate::model::{OwnRole, grants_of};
use crate::{MANAGE_ROLES, MANAGE_USERS};
use kernel::ids::RoleId;
use kernel::{Ctx, Fault, Grants, Role};
use store::{Row, Tx, params};

const ROLES: &str = "
    select r.id, r.name_zh, r.name_en, r.base, r.permissions, r.version,
        (select cast(count(*) as bigint) from users u where u.org = $1 and u.own_role = r.id)
    from roles r where r.org = $1 order by r.created_at, r.id limit 500";

const ROLE: &str = "
    select id, name_zh, name_en, base, permissions, version from roles where org = $1 and id = $2";

/// The roles of the business's own, oldest first, with how many people have each.
pub fn roles(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<(OwnRole, i64)>, Fault> {
    if !ctx.may(MANAGE_ROLES) {
        ctx.require(MANAGE_USERS)?;
    }
    tx.all(ROLES, params![ctx.org], |row| {
        Ok((read_role(row)?, row.int(6)?))
    })
}

/// One of them.
pub fn role(tx: &mut Tx, ctx: &Ctx, id: RoleId) -> Result<OwnRole, Fault> {
    if !ctx.may(MANAGE_ROLES) {
        ctx.require(MANAGE_USERS)?;
    }
    tx.one(ROLE, params![ctx.org, id], read_role)?
        .ok_or_else(|| Fault::missing("people-role-missing"))
}

fn read_role(row: &Row) -> Result<OwnRole, Fault> {
    let base = row.text(3)?;
    Ok(OwnRole {
        id: row.id(0)?,
        name: row.bilingual(1)?,
        base: Role::parse(&base).ok_or_else(|| Fault::broken(base))?,
        grants: read_grants(row, 4)?,
        version: row.int(5)?,
    })
}

/// The permissions kept in a column.
pub(super) fn read_grants(row: &Row, column: usize) -> Result<Grants, Fault> {
    let names: Vec<String> = row.json(column)?;
    Ok(grants_of(names))
}
