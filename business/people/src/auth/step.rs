//! The second step of signing in: a code, or setting one up where the owner demands it.

use super::{Knocker, Opened, Subjects, count_guess, forget_guess, note_try, start_session};
use crate::commands::{confirm_code, pending_code, use_code};
use crate::model::{CodeSecret, Outcome, Token, TokenKind, Vault, Way};
use crate::queries;
use kernel::ids::UserId;
use kernel::{Ctx, Fault, IdSource, Timestamp};
use store::{Db, Tx, params};

/// Minutes within which the second step follows the first.
const STEP_MINUTES: i64 = 10;

/// What is asked for after the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// A code of the second factor, or a recovery code.
    Code,
    /// Setting up a second factor, because the owner demands one.
    Setup,
}

/// A right password that does not open the door yet.
#[derive(Clone, Debug)]
pub struct NextStep {
    /// Goes into a cookie for a few minutes; the only copy.
    pub token: Token,
    /// What comes next.
    pub needs: Needs,
}

const KEEP: &str = "
    insert into sign_in_steps (org, token_hash, user_id, expires_at) values ($1, $2, $3, $4)";

const SWEEP: &str = "delete from sign_in_steps where org = $1 and expires_at < $2";

/// Keeps for a few minutes that somebody's password was right.
pub(super) fn keep_step(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    needs: Needs,
) -> Result<NextStep, Fault> {
    let token = Token::new(ctx, TokenKind::Step);
    let expires = Timestamp::from_second(ctx.now.as_second() + STEP_MINUTES * 60);
    let expires = expires.map_err(Fault::broken)?;
    tx.execute(SWEEP, params![ctx.org, ctx.now])?;
    tx.execute(KEEP, params![ctx.org, token.hash(), user, expires])?;
    Ok(NextStep { token, needs })
}

/// What the second step of a token needs now.
pub fn needs(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<Needs, Fault> {
    let user = queries::live_step(tx, token, now)?;
    match queries::factors(tx, token.org, user)?.code {
        true => Ok(Needs::Code),
        false => Ok(Needs::Setup),
    }
}

/// The secret to set up before coming in, with the login it is for.
pub fn setup(
    tx: &mut Tx,
    token: &Token,
    vault: &Vault,
    (now, ids): (Timestamp, IdSource),
) -> Result<(CodeSecret, String), Fault> {
    let user = queries::live_step(tx, token, now)?;
    let ctx = Ctx::system(token.org, now, ids);
    let secret = pending_code(tx, &ctx, user, vault)?;
    let login = queries::any_user(tx, token.org, user)?.map(|user| user.login);
    Ok((secret, login.unwrap_or_default()))
}

const TAKE: &str = "
    delete from sign_in_steps where org = $1 and token_hash = $2 and expires_at > $3";

fn take_step(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<(), Fault> {
    match tx.execute(TAKE, params![token.org, token.hash(), now])? {
        1 => Ok(()),
        _ => Err(Fault::missing("people-step-over")),
    }
}

/// What was typed at the second step, and by whom.
pub struct StepKnock {
    /// The token of the first step.
    pub token: Token,
    /// The code as typed.
    pub code: String,
    /// Whose browser it is.
    pub by: Knocker,
}

/// Takes the second step with a code of the phone or a recovery code.
///
/// # Errors
/// `TooMany` with the seconds to wait; `Invalid` at `code`; `Missing` when the password was typed
/// too long ago.
pub fn second_step(
    db: &Db,
    vault: Vault,
    knock: &StepKnock,
    (now, ids): (Timestamp, IdSource),
) -> Result<Opened, Fault> {
    let StepKnock { token, code, by } = knock;
    let (org, user, subjects) = counted(db, token, by, now)?;
    let (token, code, knocker) = (token.clone(), code.clone(), by.clone());
    let (ids_after, kept) = (ids.clone(), subjects.clone());
    let opened = db.write(move |tx| {
        let ctx = Ctx::system(org, now, ids);
        take_step(tx, &token, now)?;
        let way = use_code(tx, (org, user), &vault, (&code, now))?;
        forget_guess(tx, &kept)?;
        start_session(tx, &ctx, user, (&knocker, way))
    });
    if opened.is_err() {
        let (ctx, by) = (Ctx::system(org, now, ids_after), by.clone());
        db.write(move |tx| note_try(tx, &ctx, user, (Way::Code, Outcome::Wrong), &by))?;
    }
    opened
}

/// Counts a guess at somebody's second step before it is checked.
fn counted(
    db: &Db,
    token: &Token,
    by: &Knocker,
    now: Timestamp,
) -> Result<(kernel::ids::OrganisationId, UserId, Subjects), Fault> {
    let (org, wanted) = (token.org, token.clone());
    let user = db.read(|tx| queries::live_step(tx, &wanted, now))?;
    let subjects = Subjects::of(&format!("code:{user}"), &by.address);
    let counted = subjects.clone();
    db.write(move |tx| count_guess(tx, &counted, "", now))?;
    Ok((org, user, subjects))
}

/// Sets up the second factor that the owner demands, and comes in; answers the recovery codes.
pub fn set_up(
    db: &Db,
    vault: Vault,
    knock: &StepKnock,
    (now, ids): (Timestamp, IdSource),
) -> Result<(Opened, Vec<String>), Fault> {
    let StepKnock { token, code, by } = knock;
    let (org, user, subjects) = counted(db, token, by, now)?;
    let (token, code, knocker) = (token.clone(), code.clone(), by.clone());
    db.write(move |tx| {
        let ctx = Ctx::system(org, now, ids);
        take_step(tx, &token, now)?;
        let codes = confirm_code(tx, &ctx, user, (&vault, &code))?;
        forget_guess(tx, &subjects)?;
        let opened = start_session(tx, &ctx, user, (&knocker, Way::Code))?;
        Ok((opened, codes))
    })
}

/// Counts and checks a code of somebody who is signed in, then runs `act` with it.
pub fn with_code<T: Send + 'static>(
    db: &Db,
    ctx: &Ctx,
    act: impl FnOnce(&mut Tx, &Ctx) -> Result<T, Fault> + Send + 'static,
) -> Result<T, Fault> {
    let kernel::Actor::User { id, .. } = &ctx.actor else {
        return Err(Fault::sign_in());
    };
    let subjects = Subjects::of(&format!("code:{id}"), &format!("own:{id}"));
    let (counted, now) = (subjects.clone(), ctx.now);
    db.write(move |tx| count_guess(tx, &counted, "", now))?;
    let ctx = ctx.clone();
    db.write(move |tx| {
        let done = act(tx, &ctx)?;
        forget_guess(tx, &subjects)?;
        Ok(done)
    })
}
