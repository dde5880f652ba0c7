//! Taking turns at a shared computer: it is signed in for itself, and people act by a PIN.

use super::{Knocker, let_in, note_try};
use crate::model::{AtShared, Outcome, SignedIn, Token, TokenKind, Way, pin_matches};
use crate::queries::{self, SessionLock, Turn};
use crate::scopes;
use kernel::ids::{OrganisationId, UserId};
use kernel::{Ctx, Fault, Grants, IdSource, Permission, Text, Timestamp};
use store::{Db, Event, Tx, params};

/// Seconds between two notes that somebody still acts.
const NOTE_SECONDS: i64 = 15;

/// Whoever acts at a shared computer now, with what both they and the computer's account may do.
pub(super) fn acting(
    tx: &mut Tx,
    org: OrganisationId,
    lock: &SessionLock,
    now: Timestamp,
) -> Result<Option<(SignedIn, bool)>, Fault> {
    let Some((user, until)) = lock.acting.filter(|(_, until)| *until > now) else {
        return Ok(None);
    };
    let (computer, person) = (let_in(tx, org, lock.user)?, let_in(tx, org, user)?);
    let (Some(computer), Some(person)) = (computer, person) else {
        return Ok(None);
    };
    let minutes = queries::access_rules(tx, org)?.pin_minutes;
    let acted = until.as_second() - minutes * 60;
    let shared = AtShared {
        computer: computer.user.name.clone(),
        grants: rights_of_both(&computer, &person),
        locks_at: until,
    };
    let signed_in = SignedIn {
        sites: queries::both(&computer.sites, &person.sites),
        session: Some(lock.id),
        shared: Some(shared),
        ..person
    };
    Ok(Some((signed_in, now.as_second() - acted >= NOTE_SECONDS)))
}

fn rights_of_both(computer: &SignedIn, person: &SignedIn) -> Grants {
    let ids = IdSource::system();
    let [one, other] = [computer, person].map(|who| who.ctx(Timestamp::UNIX_EPOCH, ids.clone()));
    let offered = scopes::offered().into_iter();
    let both = offered.filter(|permission| one.may(*permission) && other.may(*permission));
    let names = both.map(|permission| permission.name);
    Grants::new(names.chain([Permission::SIGNED_IN.name]))
}

const NOTE: &str = "
    update sessions set seen_at = $3, acting_until = $4
    where org = $1 and token_hash = $2 and acting_user is not null and acting_until > $3";

/// Notes that whoever acts did something: the computer stays open for as long again.
pub(super) fn note_act(tx: &mut Tx, token: &Token, now: Timestamp) -> Result<(), Fault> {
    let until = locks_at(tx, token.org, now)?;
    tx.execute(NOTE, params![token.org, token.hash(), now, until])?;
    Ok(())
}

fn locks_at(tx: &mut Tx, org: OrganisationId, now: Timestamp) -> Result<Timestamp, Fault> {
    let minutes = queries::access_rules(tx, org)?.pin_minutes;
    Timestamp::from_second(now.as_second() + minutes * 60).map_err(Fault::broken)
}

/// A shared computer, with everybody who may take a turn there.
pub struct SharedComputer {
    /// The computer's own account.
    pub computer: SignedIn,
    /// Who acts now, if anybody.
    pub acting: Option<UserId>,
    /// Who may take a turn.
    pub turns: Vec<Turn>,
}

/// The shared computer that a session's cookie stands for, locked or not.
pub fn shared_computer(
    tx: &mut Tx,
    cookie: &str,
    now: Timestamp,
) -> Result<Option<SharedComputer>, Fault> {
    let Some(token) = Token::parse(cookie, TokenKind::Session) else {
        return Ok(None);
    };
    let lock = queries::session_lock(tx, &token, now)?.filter(|lock| lock.shared);
    let Some(lock) = lock else {
        return Ok(None);
    };
    let Some(computer) = let_in(tx, token.org, lock.user)? else {
        return Ok(None);
    };
    let acting = lock.acting.filter(|(_, until)| *until > now);
    Ok(Some(SharedComputer {
        turns: queries::turns(tx, token.org, &computer.sites)?,
        acting: acting.map(|(user, _)| user),
        computer,
    }))
}

// The guess is counted before it is checked, so that guesses made at once are all counted.
const COUNT: &str = "
    update pins set failures = failures + 1
    where org = $1 and user_id = $2 and failures < $3 returning pin_hash";

const RIGHT: &str = "update pins set failures = 0 where org = $1 and user_id = $2";

const TAKE: &str = "
    update sessions set acting_user = $3, acting_until = $4, seen_at = $5
    where org = $1 and token_hash = $2 and shared = 1";

/// Somebody taking a turn.
pub struct TurnKnock {
    /// The cookie of the computer's session.
    pub cookie: String,
    /// Whose turn it shall be.
    pub user: UserId,
    /// The PIN as typed.
    pub pin: String,
    /// Whose browser it is.
    pub by: Knocker,
}

/// Has somebody act at a shared computer. Blocks for the time the hash takes.
///
/// # Errors
/// `Invalid` at `pin` when it is wrong, or locked after too many tries; `SignIn` when the computer
/// is not signed in any more.
pub fn take_turn(
    db: &Db,
    knock: &TurnKnock,
    (now, ids): (Timestamp, IdSource),
) -> Result<(), Fault> {
    let token = Token::parse(&knock.cookie, TokenKind::Session).ok_or_else(Fault::sign_in)?;
    let (cookie, org, user) = (knock.cookie.clone(), token.org, knock.user);
    let hash = db.write(move |tx| {
        let shared = shared_computer(tx, &cookie, now)?.ok_or_else(Fault::sign_in)?;
        if !shared.turns.iter().any(|turn| turn.user == user) {
            return Err(Fault::missing("people-turn-missing"));
        }
        let tries = crate::model::PIN_TRIES;
        tx.one(COUNT, params![org, user, tries], |row| row.text(0))
    })?;
    let refused = |key| Fault::invalid("pin", Text::key(key));
    let Some(hash) = hash else {
        return Err(refused("people-pin-locked"));
    };
    let right = pin_matches(&knock.pin, &hash);
    let (ctx, by) = (Ctx::system(org, now, ids), knock.by.clone());
    db.write(move |tx| {
        let outcome = if right { Outcome::In } else { Outcome::Wrong };
        note_try(tx, &ctx, user, (Way::Pin, outcome), &by)?;
        if right {
            begin_turn(tx, &ctx, &token, user)?;
        }
        Ok(())
    })?;
    match right {
        true => Ok(()),
        false => Err(refused("people-pin-wrong")),
    }
}

fn begin_turn(tx: &mut Tx, ctx: &Ctx, token: &Token, user: UserId) -> Result<(), Fault> {
    tx.execute(RIGHT, params![ctx.org, user])?;
    let until = locks_at(tx, ctx.org, ctx.now)?;
    tx.execute(TAKE, params![ctx.org, token.hash(), user, until, ctx.now])?;
    if let Some(person) = let_in(tx, ctx.org, user)? {
        let acting = person.ctx(ctx.now, ctx.ids.clone());
        let event = Event::new("user.turn_taken").object("user", user, "subject");
        tx.record(&acting, event);
    }
    Ok(())
}

const LOCK: &str = "
    update sessions set acting_user = null, acting_until = null
    where org = $1 and token_hash = $2 and shared = 1";

/// Locks a shared computer; answers where it is one.
pub fn lock(tx: &mut Tx, cookie: &str) -> Result<Option<OrganisationId>, Fault> {
    let Some(token) = Token::parse(cookie, TokenKind::Session) else {
        return Ok(None);
    };
    let locked = tx.execute(LOCK, params![token.org, token.hash()])?;
    Ok((locked > 0).then_some(token.org))
}
