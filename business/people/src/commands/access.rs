//! Sessions, links and tokens: making and ending them.

use super::users::{about, own, subordinate};
use crate::MANAGE_TOKENS;
use crate::model::{Token, TokenKind};
use crate::queries;
use kernel::ids::{SessionId, TokenId, UserId};
use kernel::{Ctx, Fault, Text, Timestamp};
use store::{Event, Tx, params};

/// How long a link to set a password works, in hours.
pub const LINK_HOURS: i64 = 24;

const SPEND_LINKS: &str = "
    update password_links set used_at = $3 where org = $1 and user_id = $2 and used_at is null";

const INSERT_LINK: &str = "
    insert into password_links (org, token_hash, user_id, created_at, expires_at)
    values ($1, $2, $3, $4, $5)";

/// Makes a link with which somebody sets their password once; earlier links stop working.
/// The answer is the only copy.
pub fn create_password_link(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<Token, Fault> {
    subordinate(tx, ctx, user)?;
    let token = Token::new(ctx, TokenKind::PasswordLink);
    tx.execute(SPEND_LINKS, params![ctx.org, user, ctx.now])?;
    let expires = later(ctx.now, LINK_HOURS * 3600);
    tx.execute(
        INSERT_LINK,
        params![ctx.org, token.hash(), user, ctx.now, expires],
    )?;
    tx.record(ctx, about("user.password_link_made", user));
    Ok(token)
}

fn later(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_second(at.as_second() + seconds).unwrap_or(Timestamp::MAX)
}

const TAKE_LINK: &str = "
    update password_links set used_at = $3
    where org = $1 and token_hash = $2 and used_at is null and expires_at > $3";

/// Uses up a link; of two who try at once one is told that it is spent.
pub(crate) fn take_link(tx: &mut Tx, ctx: &Ctx, token: &Token) -> Result<UserId, Fault> {
    let user = queries::live_link(tx, token, ctx.now)?;
    if tx.execute(TAKE_LINK, params![ctx.org, token.hash(), ctx.now])? == 0 {
        return Err(Fault::missing("people-link-spent"));
    }
    Ok(user)
}

const SET_PASSWORD: &str = "
    update users set password_hash = $3, version = version + 1
    where org = $1 and id = $2 and state = 'active'";

/// Keeps a new password, ending every other session of the user.
pub(crate) fn set_password_hash(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    hash: &str,
    keep: Option<SessionId>,
) -> Result<(), Fault> {
    if tx.execute(SET_PASSWORD, params![ctx.org, user, hash])? == 0 {
        return Err(Fault::missing("people-user-missing"));
    }
    tx.execute(SPEND_LINKS, params![ctx.org, user, ctx.now])?;
    end_sessions_of(tx, ctx, user, keep)?;
    tx.record(ctx, about("user.password_set", user));
    Ok(())
}

const END_ALL: &str = "delete from sessions where org = $1 and user_id = $2 and id <> $3";

/// Ends the sessions of a user, except one if given; answers how many there were.
pub(crate) fn end_sessions_of(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<u64, Fault> {
    let keep = keep.map(|id| id.to_string()).unwrap_or_default();
    tx.execute(END_ALL, params![ctx.org, user, keep])
}

const END_ONE: &str = "delete from sessions where org = $1 and user_id = $2 and id = $3";

/// Ends one of one's own sessions; ending it twice changes nothing more.
pub fn revoke_session(tx: &mut Tx, ctx: &Ctx, session: SessionId) -> Result<(), Fault> {
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    if tx.execute(END_ONE, params![ctx.org, user, session])? == 1 {
        tx.record(ctx, about("user.session_ended", user));
    }
    Ok(())
}

/// Ends one session of somebody one manages.
pub fn end_session_of(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    session: SessionId,
) -> Result<(), Fault> {
    subordinate(tx, ctx, user)?;
    if tx.execute(END_ONE, params![ctx.org, user, session])? == 1 {
        tx.record(ctx, about("user.session_ended", user));
    }
    Ok(())
}

/// Signs somebody out everywhere, whom one manages.
pub fn end_all_sessions_of(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<u64, Fault> {
    subordinate(tx, ctx, user)?;
    let ended = end_sessions_of(tx, ctx, user, None)?;
    if ended > 0 {
        tx.record(ctx, about("user.session_ended", user).attr("count", ended));
    }
    Ok(ended)
}

/// Ends all of one's own sessions but this one.
pub fn revoke_other_sessions(tx: &mut Tx, ctx: &Ctx, this: SessionId) -> Result<u64, Fault> {
    let user = own(ctx).ok_or_else(Fault::sign_in)?;
    let ended = end_sessions_of(tx, ctx, user, Some(this))?;
    if ended > 0 {
        tx.record(ctx, about("user.session_ended", user).attr("count", ended));
    }
    Ok(ended)
}

const INSERT_TOKEN: &str = "
    insert into api_tokens (org, token_hash, id, user_id, name, scopes, created_at)
    values ($1, $2, $3, $4, $5, $6, $7)";

/// Most scopes one token may name.
const SCOPES_MOST: usize = 100;

/// Makes a token for a program, which acts for the user who made it, limited to the scopes.
/// The answer is the only copy.
pub fn create_api_token(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    name: &str,
    scopes: &[String],
) -> Result<Token, Fault> {
    ctx.require(MANAGE_TOKENS)?;
    let name = super::users::checked_name(name)?;
    let plain = |s: &String| {
        s.bytes()
            .all(|b| b.is_ascii_lowercase() || b == b'.' || b == b'_')
    };
    if scopes.is_empty() || scopes.len() > SCOPES_MOST || !scopes.iter().all(plain) {
        return Err(Fault::invalid("scopes", Text::key("people-scopes-needed")));
    }
    let token = Token::new(ctx, TokenKind::Api);
    let id: TokenId = ctx.id();
    let scopes = serde_json::to_string(scopes).map_err(Fault::broken)?;
    let values = params![ctx.org, token.hash(), id, user, &name, &scopes, ctx.now];
    tx.execute(INSERT_TOKEN, values)?;
    tx.record(
        ctx,
        Event::new("token.created").object("token", id, "subject"),
    );
    Ok(token)
}

const REVOKE_TOKEN: &str = "delete from api_tokens where org = $1 and id = $2";

/// Makes a token useless; doing so twice changes nothing more.
pub fn revoke_api_token(tx: &mut Tx, ctx: &Ctx, id: TokenId) -> Result<(), Fault> {
    ctx.require(MANAGE_TOKENS)?;
    if tx.execute(REVOKE_TOKEN, params![ctx.org, id])? == 1 {
        tx.record(
            ctx,
            Event::new("token.revoked").object("token", id, "subject"),
        );
    }
    Ok(())
}

const SWEEP_SESSIONS: &str = "delete from sessions where seen_at < $1 or created_at < $2";
const SWEEP_ATTEMPTS: &str = "delete from sign_in_attempts where last_at < $1";
const SWEEP_LINKS: &str = "delete from password_links where expires_at < $1";
const SWEEP_TRIES: &str = "delete from sign_ins where at < $1";

/// Days for which tries to sign in are kept.
pub const SIGN_IN_DAYS: i64 = 180;

/// Forgets what no longer opens or counts: old sessions, spent links, old wrong guesses.
pub fn sweep(tx: &mut Tx, now: Timestamp) -> Result<(), Fault> {
    let (idle, oldest) = crate::auth::limits(now);
    tx.execute(SWEEP_SESSIONS, params![idle, oldest])?;
    tx.execute(SWEEP_ATTEMPTS, params![later(now, -2 * 86_400)])?;
    tx.execute(SWEEP_LINKS, params![later(now, -7 * 86_400)])?;
    tx.execute(SWEEP_TRIES, params![later(now, -SIGN_IN_DAYS * 86_400)])?;
    super::passkeys::sweep_challenges(tx, now)?;
    Ok(())
}
