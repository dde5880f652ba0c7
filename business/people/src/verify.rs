//! Checks for `steward verify`: what must hold among users and shifts.

use kernel::{Ctx, Fault};
use store::{Tx, params};

const DOUBLE_SHIFT: &str = "
    select a.staff, a.id, b.id from shifts a
    join shifts b on b.org = a.org and b.staff = a.staff
        and b.starts_at >= a.starts_at and b.starts_at < a.ends_at
        and (b.starts_at > a.starts_at or b.id > a.id)
    where a.org = $1 order by a.staff, a.starts_at, a.id limit 1";

const WITHOUT_LOGIN: &str = "
    select u.id from users u left join logins l on l.org = u.org and l.user_id = u.id
    where u.org = $1 and l.login is null order by u.id limit 1";

const USERS: &str = "select cast(count(*) as bigint) from users where org = $1";

const OWNERS: &str = "
    select cast(count(*) as bigint) from users
    where org = $1 and role = 'owner' and state = 'active'";

/// The first break: somebody with two shifts at once, a user without a login, or no owner left.
pub fn check(tx: &mut Tx, ctx: &Ctx) -> Result<Option<String>, Fault> {
    let double = tx.one(DOUBLE_SHIFT, params![ctx.org], |row| {
        Ok(format!(
            "staff {} has shifts {} and {} at once",
            row.text(0)?,
            row.text(1)?,
            row.text(2)?
        ))
    })?;
    if double.is_some() {
        return Ok(double);
    }
    let without = tx.one(WITHOUT_LOGIN, params![ctx.org], |row| {
        Ok(format!("user {} has no login", row.text(0)?))
    })?;
    if without.is_some() {
        return Ok(without);
    }
    let (users, owners) = (
        tx.count(USERS, params![ctx.org])?,
        tx.count(OWNERS, params![ctx.org])?,
    );
    Ok((users > 0 && owners == 0).then(|| "no active owner is left".to_owned()))
}
