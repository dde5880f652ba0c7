//! Reading rules of signing in, second factors and tries.

use crate::model::{AccessRules, Outcome, SignIn, Token, Way};
use crate::{EDIT_ACCESS, queries};
use kernel::ids::{OrganisationId, UserId};
use kernel::{Ctx, Fault, Timestamp};
use store::{Row, Tx, params};

const RULES: &str = "
    select factor_roles, pin_minutes, sight_days, version from access_rules where org = $1";

/// How people sign in at a business.
pub fn access_rules(tx: &mut Tx, org: OrganisationId) -> Result<AccessRules, Fault> {
    let kept = tx.kept(format!("access rules {org}"), |tx| {
        let found = tx.one(RULES, params![org], |row| {
            Ok(AccessRules {
                factor_roles: row.json(0)?,
                pin_minutes: row.int(1)?,
                sight_days: row.int(2)?,
                version: row.int(3)?,
            })
        })?;
        Ok(found.unwrap_or_default())
    })?;
    Ok((*kept).clone())
}

/// A second factor as it is kept.
pub(crate) struct KeptSecret {
    pub sealed: Vec<u8>,
    pub confirmed: bool,
    pub last_step: i64,
}

const SECRET: &str = "
    select sealed, confirmed_at, last_step from code_secrets where org = $1 and user_id = $2";

/// A user's second factor, confirmed or only begun.
pub(crate) fn kept_secret(
    tx: &mut Tx,
    org: OrganisationId,
    user: UserId,
) -> Result<Option<KeptSecret>, Fault> {
    tx.one(SECRET, params![org, user], |row| {
        Ok(KeptSecret {
            sealed: row.bytes(0)?,
            confirmed: row.opt_instant(1)?.is_some(),
            last_step: row.int(2)?,
        })
    })
}

/// The second factors of a user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Factors {
    /// Whether a code is asked for after the password.
    pub code: bool,
    /// Recovery codes that were not used yet.
    pub recovery_left: i64,
    /// Passkeys.
    pub passkeys: i64,
}

impl Factors {
    /// Whether there is any.
    pub fn any(self) -> bool {
        self.code || self.passkeys > 0
    }
}

const FACTORS: &str = "
    select
        (select cast(count(*) as bigint) from code_secrets
            where org = $1 and user_id = $2 and confirmed_at is not null),
        (select cast(count(*) as bigint) from recovery_codes
            where org = $1 and user_id = $2 and used_at is null),
        (select cast(count(*) as bigint) from passkeys where org = $1 and user_id = $2)";

/// What a user has besides the password.
pub(crate) fn factors(tx: &mut Tx, org: OrganisationId, user: UserId) -> Result<Factors, Fault> {
    let found = tx.one(FACTORS, params![org, user], |row| {
        Ok(Factors {
            code: row.flag(0)?,
            recovery_left: row.int(1)?,
            passkeys: row.int(2)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// What a user has besides the password: oneself, or anybody for those who manage users.
pub fn factors_of(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<Factors, Fault> {
    queries::user(tx, ctx, user)?;
    factors(tx, ctx.org, user)
}

const STEP: &str = "
    select user_id from sign_in_steps where org = $1 and token_hash = $2 and expires_at > $3";

/// Whose second step a token stands for, while it is fresh.
pub(crate) fn live_step(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<UserId, Fault> {
    let found = tx.one(STEP, params![token.org, token.hash(), now], |row| row.id(0))?;
    found.ok_or_else(|| Fault::missing("people-step-over"))
}

const SIGN_INS: &str = "
    select s.id, s.user_id, u.name, u.reading, s.at, s.way, s.outcome, s.address, s.agent
    from sign_ins s join users u on u.org = s.org and u.id = s.user_id
    where s.org = $1 and (cast($2 as text) is null or s.user_id = $2)
        and (cast($3 as bigint) = 0 or s.outcome <> 'in')
    order by s.at desc, s.id desc limit $4";

/// Tries to sign in, latest first: one's own, those of somebody one manages, or everybody's.
/// `failed` leaves out those that succeeded.
pub fn sign_ins(
    tx: &mut Tx,
    ctx: &Ctx,
    user: Option<UserId>,
    failed: bool,
    limit: i64,
) -> Result<Vec<SignIn>, Fault> {
    match user {
        Some(user) => drop(queries::user(tx, ctx, user)?),
        None => ctx.require(EDIT_ACCESS)?,
    }
    tx.all(
        SIGN_INS,
        params![ctx.org, user, failed, limit],
        read_sign_in,
    )
}

fn read_sign_in(row: &Row) -> Result<SignIn, Fault> {
    let way = row.text(5)?;
    Ok(SignIn {
        id: row.id(0)?,
        user: row.id(1)?,
        name: row.text(2)?,
        reading: row.text(3)?,
        at: row.instant(4)?,
        way: Way::parse(&way).ok_or_else(|| Fault::broken(way))?,
        outcome: Outcome::parse(&row.text(6)?),
        address: row.text(7)?,
        agent: row.text(8)?,
    })
}
