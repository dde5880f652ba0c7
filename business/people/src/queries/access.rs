//! Reading sessions, links and tokens.

use crate::MANAGE_TOKENS;
use crate::model::Token;
use kernel::ids::{SessionId, TokenId, UserId};
use kernel::{Ctx, Fault, Timestamp};
use store::{Tx, params};

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Identity.
    pub id: SessionId,
    /// When it signed in.
    pub created_at: Timestamp,
    /// When it last did something, to the minute.
    pub seen_at: Timestamp,
    /// From where it signed in.
    pub address: String,
    /// What the browser called itself.
    pub agent: String,
    /// By which way it came in.
    pub way: String,
}

const SESSIONS: &str = "
    select id, created_at, seen_at, address, agent, way from sessions
    where org = $1 and user_id = $2 and seen_at > $3 and created_at > $4
    order by seen_at desc, id limit 200";

/// The live sessions of a user, latest used first.
pub fn sessions(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<Vec<Session>, Fault> {
    super::user(tx, ctx, user)?;
    let (idle, oldest) = crate::auth::limits(ctx.now);
    tx.all(SESSIONS, params![ctx.org, user, idle, oldest], |row| {
        Ok(Session {
            id: row.id(0)?,
            created_at: row.instant(1)?,
            seen_at: row.instant(2)?,
            address: row.text(3)?,
            agent: row.text(4)?,
            way: row.text(5)?,
        })
    })
}

/// A token given to a program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Identity.
    pub id: TokenId,
    /// What it is for.
    pub name: String,
    /// Names of the permissions it is limited to.
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Option<Timestamp>,
}

const API_TOKENS: &str = "
    select id, name, scopes, created_at, seen_at from api_tokens
    where org = $1 order by created_at, id limit 500";

/// Every token of the organisation, oldest first.
pub fn api_tokens(tx: &mut Tx, ctx: &Ctx) -> Result<Vec<ApiToken>, Fault> {
    ctx.require(MANAGE_TOKENS)?;
    tx.all(API_TOKENS, params![ctx.org], |row| {
        Ok(ApiToken {
            id: row.id(0)?,
            name: row.text(1)?,
            scopes: row.json(2)?,
            created_at: row.instant(3)?,
            seen_at: row.opt_instant(4)?,
        })
    })
}

/// A token as the door sees it.
#[derive(Clone)]
pub(crate) struct TokenOwner {
    pub user: UserId,
    pub scopes: Vec<String>,
    pub seen_at: Option<Timestamp>,
}

const TOKEN_OWNER: &str = "
    select user_id, scopes, seen_at from api_tokens where org = $1 and token_hash = $2";

/// The user a program's token acts for, and its limits.
pub(crate) fn token_owner(tx: &mut Tx, token: &Token) -> Result<Option<TokenOwner>, Fault> {
    let hash = token.hash();
    let kept = tx.kept_found(format!("token {} {hash}", token.org), |tx| {
        tx.one(TOKEN_OWNER, params![token.org, &hash], |row| {
            Ok(TokenOwner {
                user: row.id(0)?,
                scopes: row.json(1)?,
                seen_at: row.opt_instant(2)?,
            })
        })
    })?;
    Ok((*kept).clone())
}

const LIVE_LINK: &str = "
    select l.user_id from password_links l
    join users u on u.org = l.org and u.id = l.user_id
    where l.org = $1 and l.token_hash = $2 and l.used_at is null and l.expires_at > $3
        and u.state = 'active'";

/// Whose password a link sets, while it is unused and fresh.
pub fn live_link(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<UserId, Fault> {
    tx.one(LIVE_LINK, params![token.org, token.hash(), now], |row| {
        row.id(0)
    })?
    .ok_or_else(|| Fault::missing("people-link-spent"))
}
