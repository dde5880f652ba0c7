//! Reading PINs and who may take a turn at a shared computer.

use crate::model::{PIN_TRIES, Token};
use crate::queries;
use kernel::ids::{OrganisationId, SessionId, UserId};
use kernel::{Ctx, Fault, SiteScope, Timestamp};
use store::{Tx, params};

/// A session as the door sees it.
#[derive(Clone)]
pub(crate) struct SessionLock {
    pub id: SessionId,
    pub user: UserId,
    created_at: Timestamp,
    pub seen_at: Timestamp,
    /// Whether several people use this computer.
    pub shared: bool,
    /// Who acts there, until when.
    pub acting: Option<(UserId, Timestamp)>,
}

const SESSION: &str = "
    select id, user_id, created_at, seen_at, shared, acting_user, acting_until from sessions
    where org = $1 and token_hash = $2";

/// The live session that a token opens.
pub(crate) fn session_lock(
    tx: &mut Tx,
    token: &Token,
    now: Timestamp,
) -> Result<Option<SessionLock>, Fault> {
    let hash = token.hash();
    let kept = tx.kept_found(format!("session {} {hash}", token.org), |tx| {
        tx.one(SESSION, params![token.org, &hash], |row| {
            Ok(SessionLock {
                id: row.id(0)?,
                user: row.id(1)?,
                created_at: row.instant(2)?,
                seen_at: row.instant(3)?,
                shared: row.flag(4)?,
                acting: row.opt_id(5)?.zip(row.opt_instant(6)?),
            })
        })
    })?;
    let (idle, oldest) = crate::auth::limits(now);
    let lives = |lock: &&SessionLock| lock.seen_at > idle && lock.created_at > oldest;
    Ok((*kept).as_ref().filter(lives).cloned())
}

/// A PIN as it is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// There is none.
    None,
    /// It opens a shared computer.
    Set,
    /// It was guessed at too often.
    Locked,
}

const STATE: &str = "select failures from pins where org = $1 and user_id = $2";

/// Whether somebody has a PIN: oneself, or anybody for those who manage users.
pub fn pin_state(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<PinState, Fault> {
    queries::user(tx, ctx, user)?;
    let failures = tx.one(STATE, params![ctx.org, user], |row| row.int(0))?;
    Ok(match failures {
        None => PinState::None,
        Some(failures) if failures >= PIN_TRIES => PinState::Locked,
        Some(_) => PinState::Set,
    })
}

/// Somebody who may take a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Who.
    pub user: UserId,
    /// What they are called.
    pub name: String,
    /// How the name is read; may be empty.
    pub reading: String,
}

const TURNS: &str = "
    select u.id from pins p join users u on u.org = p.org and u.id = p.user_id
    where p.org = $1 and u.state = 'active' order by u.name, u.id limit 200";

/// Everybody with a PIN who acts somewhere where the computer's account acts too.
pub(crate) fn turns(
    tx: &mut Tx,
    org: OrganisationId,
    computer: &SiteScope,
) -> Result<Vec<Turn>, Fault> {
    let mut found = Vec::new();
    for id in tx.all(TURNS, params![org], |row| row.id(0))? {
        let Some(user) = queries::any_user(tx, org, id)? else {
            continue;
        };
        let scope = queries::scope_of(tx, org, &user)?;
        if both(&scope, computer) != SiteScope::Only(Vec::new()) {
            found.push(Turn {
                user: user.id,
                name: user.name,
                reading: user.reading,
            });
        }
    }
    Ok(found)
}

/// Where both may act.
pub(crate) fn both(one: &SiteScope, other: &SiteScope) -> SiteScope {
    match (one, other) {
        (SiteScope::All, scope) | (scope, SiteScope::All) => scope.clone(),
        (SiteScope::Only(sites), other) => {
            let shared = sites.iter().filter(|site| other.includes(**site));
            SiteScope::Only(shared.copied().collect())
        }
    }
}
