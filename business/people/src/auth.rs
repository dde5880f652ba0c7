//! The door: from a login, a cookie or a token to somebody with a context.
//!
//! Checking a password takes tens of milliseconds on purpose, so it never happens inside a
//! transaction: a guess is counted first, then checked, and forgotten again when it was right.

mod passkey;
mod step;
mod turn;

pub use passkey::sign_in_by_passkey;
pub use step::{Needs, NextStep, StepKnock, needs, second_step, set_up, setup, with_code};
pub use turn::{SharedComputer, TurnKnock, lock, shared_computer, take_turn};

use crate::commands::{lacks_factor, set_password_hash, take_link};
use crate::model::{
    Attempts, HashCost, Limit, Locked, Outcome, Password, SignedIn, Token, TokenKind, UserState,
    Way, hash_password, login_key, password_matches,
};
use crate::queries::{self, any_user, token_owner};
use kernel::ids::{OrganisationId, SessionId, SignInId, UserId};
use kernel::{Ctx, Fault, FaultKind, IdSource, Text, Timestamp};
use store::{Db, Event, Tx, params};

/// Hours without use after which a session ends.
pub const IDLE_HOURS: i64 = 12;

/// Days after which a session ends, used or not.
pub const ABSOLUTE_DAYS: i64 = 30;

/// A live session was used after the first and made after the second.
pub(crate) fn limits(now: Timestamp) -> (Timestamp, Timestamp) {
    let before =
        |seconds: i64| Timestamp::from_second(now.as_second() - seconds).unwrap_or(Timestamp::MIN);
    (before(IDLE_HOURS * 3600), before(ABSOLUTE_DAYS * 86_400))
}

/// Whose browser it is that knocks.
#[derive(Clone, Debug, Default)]
pub struct Knocker {
    /// The address of the browser, as the nearest proxy or socket tells it.
    pub address: String,
    /// What the browser calls itself.
    pub agent: String,
}

/// Somebody knocking: what they typed and where from.
#[derive(Clone, Debug)]
pub struct Knock {
    /// The login as typed.
    pub login: String,
    /// The password as typed.
    pub password: String,
    /// Whose browser it is.
    pub by: Knocker,
}

/// An opened door: the token for the cookie, and who it is.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Goes into the cookie; the only copy.
    pub token: Token,
    /// Who signed in.
    pub signed_in: SignedIn,
}

/// What a right password leads to.
#[derive(Clone, Debug)]
pub enum Entry {
    /// In.
    Open(Box<Opened>),
    /// To a second step.
    Next(NextStep),
}

/// Checks a password. Blocks for the time the hash takes.
///
/// # Errors
/// `TooMany` with the seconds to wait; otherwise one and the same refusal, after the same work,
/// for an unknown login, a wrong password and somebody who may no longer come in.
pub fn sign_in(db: &Db, knock: &Knock, now: Timestamp, ids: IdSource) -> Result<Entry, Fault> {
    let key = login_key(&knock.login).unwrap_or_default();
    let subjects = Subjects::of(&key, &knock.by.address);
    let (counted, login) = (subjects.clone(), key.clone());
    let locked = match db.write(move |tx| count_guess(tx, &counted, &login, now)) {
        Err(fault) if fault.kind == FaultKind::TooMany => {
            note_waiting(db, &key, &knock.by, (now, ids))?;
            return Err(fault);
        }
        locked => locked?,
    };
    let right = password_matches(&knock.password, locked.hash.as_deref());
    let Some((org, user)) = locked.owner else {
        return Err(wrong());
    };
    let (ctx, by) = (Ctx::system(org, now, ids), knock.by.clone());
    db.write(move |tx| {
        if !right {
            note_try(tx, &ctx, user, (Way::Password, Outcome::Wrong), &by)?;
            return Ok(None);
        }
        forget_guess(tx, &subjects)?;
        first_step(tx, &ctx, user, &by).map(Some)
    })?
    .ok_or_else(wrong)
}

/// A right password opens, unless there is a second factor, or one is demanded.
fn first_step(tx: &mut Tx, ctx: &Ctx, id: UserId, by: &Knocker) -> Result<Entry, Fault> {
    let user = any_user(tx, ctx.org, id)?.ok_or_else(wrong)?;
    let factors = queries::factors(tx, ctx.org, id)?;
    let demanded = queries::access_rules(tx, ctx.org)?.demand(&user);
    let needs = match (factors.code, demanded) {
        (true, _) => Needs::Code,
        (false, true) => Needs::Setup,
        (false, false) => {
            let opened = start_session(tx, ctx, id, (by, Way::Password))?;
            return Ok(Entry::Open(Box::new(opened)));
        }
    };
    note_try(tx, ctx, id, (Way::Password, Outcome::Next), by)?;
    Ok(Entry::Next(step::keep_step(tx, ctx, id, needs)?))
}

/// Keeps that somebody who guessed too often tried again.
fn note_waiting(
    db: &Db,
    key: &str,
    by: &Knocker,
    (now, ids): (Timestamp, IdSource),
) -> Result<(), Fault> {
    let owner = db.read(|tx| queries::locked(tx, key))?.owner;
    let Some((org, user)) = owner else {
        return Ok(());
    };
    let (ctx, by) = (Ctx::system(org, now, ids), by.clone());
    db.write(move |tx| note_try(tx, &ctx, user, (Way::Password, Outcome::Waiting), &by))
}

const NOTE: &str = "
    insert into sign_ins (org, id, user_id, at, way, outcome, address, agent)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Keeps a try to sign in.
pub(crate) fn note_try(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    (way, outcome): (Way, Outcome),
    by: &Knocker,
) -> Result<(), Fault> {
    let id: SignInId = ctx.id();
    let (address, agent) = (clipped(&by.address, 60), clipped(&by.agent, 200));
    let (way, outcome) = (way.as_str(), outcome.as_str());
    let values = params![ctx.org, id, user, ctx.now, way, outcome, address, agent];
    tx.execute(NOTE, values)?;
    Ok(())
}

fn wrong() -> Fault {
    Fault::invalid("password", Text::key("people-sign-in-wrong"))
}

fn clipped(text: &str, most: usize) -> String {
    text.chars()
        .filter(|c| !c.is_control())
        .take(most)
        .collect()
}

/// What guesses are counted against, hashed: people type passwords into the wrong field.
#[derive(Clone)]
struct Subjects {
    login: String,
    address: String,
}

impl Subjects {
    fn of(key: &str, address: &str) -> Self {
        let hash = |text: &str| blake3::hash(text.as_bytes()).to_hex().to_string();
        Self {
            login: hash(key),
            address: hash(address),
        }
    }

    fn each(&self) -> [(Limit, &str); 2] {
        [(Limit::Address, &self.address), (Limit::Login, &self.login)]
    }
}

// The update that changes nothing makes two guesses at one subject wait for one another.
const ATTEMPTS: &str = "
    insert into sign_in_attempts (kind, subject, failures, since_at, last_at)
    values ($1, $2, 0, $3, $3)
    on conflict (kind, subject) do update set failures = sign_in_attempts.failures
    returning failures, since_at, last_at";

const COUNT: &str = "
    update sign_in_attempts set failures = $3, since_at = $4, last_at = $5
    where kind = $1 and subject = $2";

fn count_guess(
    tx: &mut Tx,
    subjects: &Subjects,
    key: &str,
    now: Timestamp,
) -> Result<Locked, Fault> {
    for (limit, subject) in subjects.each() {
        let kind = limit.as_str();
        let seen = tx.one(ATTEMPTS, params![kind, subject, now], |row| {
            let (failures, since, last) = (row.int(0)?, row.instant(1)?, row.instant(2)?);
            Ok(Attempts {
                failures,
                since,
                last,
            })
        })?;
        if let Some(seconds) = limit.wait_seconds(seen.as_ref(), now) {
            return Err(Fault::too_many("people-sign-in-wait").with("seconds", seconds));
        }
        let count = limit.counted(seen.as_ref(), now);
        let values = params![kind, subject, count.failures, count.since, count.last];
        tx.execute(COUNT, values)?;
    }
    queries::locked(tx, key)
}

const FORGET_LOGIN: &str = "delete from sign_in_attempts where kind = 'login' and subject = $1";

const FORGET_ADDRESS: &str = "
    update sign_in_attempts set failures = failures - 1
    where kind = 'address' and subject = $1 and failures > 0";

fn forget_guess(tx: &mut Tx, subjects: &Subjects) -> Result<(), Fault> {
    tx.execute(FORGET_ADDRESS, params![&subjects.address])?;
    tx.execute(FORGET_LOGIN, params![&subjects.login])?;
    Ok(())
}

const INSERT_SESSION: &str = "
    insert into sessions (org, token_hash, id, user_id, created_at, seen_at, address, agent, way)
    values ($1, $2, $3, $4, $5, $5, $6, $7, $8)";

/// Opens a session for a user without asking for a password: for the program itself and tests.
/// The answer goes into the cookie `session`.
pub fn open_session(tx: &mut Tx, ctx: &Ctx, user: UserId) -> Result<String, Fault> {
    let opened = start_session(tx, ctx, user, (&Knocker::default(), Way::Password))?;
    Ok(opened.token.text().to_owned())
}

/// Opens a session for a user whose right to it was just proved.
pub(crate) fn start_session(
    tx: &mut Tx,
    ctx: &Ctx,
    user: UserId,
    (by, way): (&Knocker, Way),
) -> Result<Opened, Fault> {
    let token = Token::new(ctx, TokenKind::Session);
    let id: SessionId = ctx.id();
    let (address, agent) = (clipped(&by.address, 60), clipped(&by.agent, 200));
    let (hash, way_word) = (token.hash(), way.as_str());
    let values = params![ctx.org, hash, id, user, ctx.now, address, agent, way_word];
    tx.execute(INSERT_SESSION, values)?;
    note_try(tx, ctx, user, (way, Outcome::In), by)?;
    let signed_in = let_in(tx, ctx.org, user)?.ok_or_else(wrong)?;
    let signed_in = SignedIn {
        session: Some(id),
        ..signed_in
    };
    let acting = signed_in.ctx(ctx.now, ctx.ids.clone());
    tx.record(
        &acting,
        Event::new("user.signed_in")
            .object("user", user, "subject")
            .attr("way", way.as_str()),
    );
    Ok(Opened { token, signed_in })
}

fn let_in(tx: &mut Tx, org: OrganisationId, user: UserId) -> Result<Option<SignedIn>, Fault> {
    let kept = tx.kept(format!("let in {org} {user}"), |tx| {
        let user = any_user(tx, org, user)?.filter(|user| user.state == UserState::Active);
        let Some(user) = user else {
            return Ok(None);
        };
        Ok(Some(SignedIn {
            org,
            sites: queries::scope_of(tx, org, &user)?,
            user,
            session: None,
            scopes: None,
            shared: None,
        }))
    })?;
    Ok((*kept).clone())
}

/// Who a session's cookie belongs to, and whether [`touch`] is due (once a minute).
pub fn by_session(
    tx: &mut Tx,
    token: &str,
    now: Timestamp,
) -> Result<Option<(SignedIn, bool)>, Fault> {
    let Some(token) = Token::parse(token, TokenKind::Session) else {
        return Ok(None);
    };
    let Some(lock) = queries::session_lock(tx, &token, now)? else {
        return Ok(None);
    };
    if lock.shared {
        return turn::acting(tx, token.org, &lock, now);
    }
    let signed_in = let_in(tx, token.org, lock.user)?;
    if let Some(found) = &signed_in
        && lacks_factor(tx, token.org, &found.user)?
    {
        // The owner demands a second factor since: the next sign-in sets it up.
        return Ok(None);
    }
    let due = is_old(Some(lock.seen_at), now);
    Ok(signed_in.map(|signed_in| {
        (
            SignedIn {
                session: Some(lock.id),
                ..signed_in
            },
            due,
        )
    }))
}

/// Who a program's token acts for, and whether [`touch`] is due (once a minute).
pub fn by_token(
    tx: &mut Tx,
    token: &str,
    now: Timestamp,
) -> Result<Option<(SignedIn, bool)>, Fault> {
    let Some(token) = Token::parse(token, TokenKind::Api) else {
        return Ok(None);
    };
    let Some(owner) = token_owner(tx, &token)? else {
        return Ok(None);
    };
    let signed_in = let_in(tx, token.org, owner.user)?;
    let due = is_old(owner.seen_at, now);
    let scopes = Some(owner.scopes);
    Ok(signed_in.map(|signed_in| {
        (
            SignedIn {
                scopes,
                ..signed_in
            },
            due,
        )
    }))
}

fn is_old(seen: Option<Timestamp>, now: Timestamp) -> bool {
    seen.is_none_or(|seen| now.as_second() - seen.as_second() >= 60)
}

const TOUCH_SESSION: &str = "
    update sessions set seen_at = $3 where org = $1 and token_hash = $2 and seen_at < $3";
const TOUCH_TOKEN: &str = "
    update api_tokens set seen_at = $3 where org = $1 and token_hash = $2";

/// Notes that a session or a program's token was just used.
pub fn touch(tx: &mut Tx, token: &str, now: Timestamp) -> Result<(), Fault> {
    if let Some(token) = Token::parse(token, TokenKind::Session) {
        tx.execute(TOUCH_SESSION, params![token.org, token.hash(), now])?;
        turn::note_act(tx, &token, now)?;
    } else if let Some(token) = Token::parse(token, TokenKind::Api) {
        tx.execute(TOUCH_TOKEN, params![token.org, token.hash(), now])?;
    }
    Ok(())
}

const END_SESSION: &str = "delete from sessions where org = $1 and token_hash = $2";

/// Ends the session of a cookie; a cookie that opens nothing is no fault.
/// Answers where there was one.
pub fn sign_out(tx: &mut Tx, token: &str) -> Result<Option<OrganisationId>, Fault> {
    let Some(token) = Token::parse(token, TokenKind::Session) else {
        return Ok(None);
    };
    let ended = tx.execute(END_SESSION, params![token.org, token.hash()])?;
    Ok((ended > 0).then_some(token.org))
}

/// Sets a password by a one-time link, and signs in. Blocks for the time the hash takes.
pub fn use_link(
    db: &Db,
    link: &Token,
    (password, cost): (&str, HashCost),
    by: &Knocker,
    ctx: &Ctx,
) -> Result<Entry, Fault> {
    let by = by.clone();
    let (org, now) = (link.org, ctx.now);
    let ctx = Ctx { org, ..ctx.clone() };
    let user = db.read(|tx| {
        let user = queries::live_link(tx, link, now)?;
        any_user(tx, org, user)
    })?;
    let user = user.ok_or_else(|| Fault::missing("people-link-spent"))?;
    let password = Password::new(password, &user.login)?;
    let hash = hash_password(&ctx, &password, cost)?;
    let link = link.clone();
    db.write(move |tx| {
        let user = take_link(tx, &ctx, &link)?;
        set_password_hash(tx, &ctx, user, &hash, None)?;
        after_link(tx, &ctx, user, &by)
    })
}

/// Whoever set a password by a link is in, unless there is a second factor, or one is demanded: a
/// link is no way round it.
fn after_link(tx: &mut Tx, ctx: &Ctx, user: UserId, by: &Knocker) -> Result<Entry, Fault> {
    match first_step(tx, ctx, user, by)? {
        Entry::Open(opened) => {
            tx.execute(SET_WAY, params![ctx.org, opened.token.hash()])?;
            Ok(Entry::Open(opened))
        }
        next => Ok(next),
    }
}

const SET_WAY: &str = "update sessions set way = 'link' where org = $1 and token_hash = $2";

/// Changes one's own password, given the old one; every other session ends.
pub fn change_password(
    db: &Db,
    ctx: &Ctx,
    session: Option<SessionId>,
    change: PasswordChange<'_>,
) -> Result<(), Fault> {
    let kernel::Actor::User { id, .. } = &ctx.actor else {
        return Err(Fault::sign_in());
    };
    let (id, org) = (*id, ctx.org);
    let (hash, user) =
        db.read(|tx| Ok((queries::password_hash(tx, org, id)?, any_user(tx, org, id)?)))?;
    let login = user.map(|user| user.login).unwrap_or_default();
    let subjects = Subjects::of(&login_key(&login).unwrap_or_default(), &format!("own:{id}"));
    let (counted, now) = (subjects.clone(), ctx.now);
    db.write(move |tx| count_guess(tx, &counted, "", now))?;
    if !password_matches(change.old, hash.as_deref()) {
        return Err(Fault::invalid(
            "old_password",
            Text::key("people-old-password-wrong"),
        ));
    }
    let password = Password::new(change.new, &login)?;
    let hash = hash_password(ctx, &password, change.cost)?;
    let ctx = ctx.clone();
    db.write(move |tx| {
        forget_guess(tx, &subjects)?;
        set_password_hash(tx, &ctx, id, &hash, session)
    })
}

/// What changing one's own password needs.
pub struct PasswordChange<'a> {
    /// The password until now.
    pub old: &'a str,
    /// The password from now on.
    pub new: &'a str,
    /// How much work guessing it shall cost.
    pub cost: HashCost,
}
