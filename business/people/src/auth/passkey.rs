//! Signing in with a passkey: no login, no password.

use super::{Knocker, Opened, Subjects, count_guess, forget_guess, note_try, start_session};
use crate::commands::take_challenge;
use crate::model::{Answer, Outcome, Place, UserState, Way, refused};
use crate::queries::{self, PasskeyLock};
use kernel::{Ctx, Fault, FaultKind, IdSource, Timestamp};
use store::{Db, Tx, params};

const USED: &str = "
    update passkeys set counter = $3, used_at = $4
    where org = $1 and id = $2 and (counter < $3 or (counter = 0 and cast($3 as bigint) = 0))";

/// Signs somebody in by what their device signed.
///
/// # Errors
/// One and the same refusal for an unknown key, a wrong signature, an old challenge, a copied
/// device and somebody who may no longer come in; `TooMany` after too many of them.
pub fn sign_in_by_passkey(
    db: &Db,
    (answer, place): (&Answer, &Place),
    by: &Knocker,
    (now, ids): (Timestamp, IdSource),
) -> Result<Opened, Fault> {
    let checked = answer.check("webauthn.get", place)?;
    let lock = db.read(|tx| queries::passkey_lock(tx, &answer.credential))?;
    let subjects = Subjects::of(&format!("passkey:{}", answer.credential), &by.address);
    let is_live = counted(db, &subjects, checked.challenge.clone(), now)?;
    let lock = lock
        .filter(|lock| lock.host == place.host)
        .ok_or_else(refused)?;
    let right = is_live && answer.is_signed_by(&lock.key, &checked);
    let (counter, org, user) = (checked.counter, lock.org, lock.user);
    let (ids_after, by_after, by) = (ids.clone(), by.clone(), by.clone());
    let opened = match right {
        true => db.write(move |tx| {
            let opened = open(tx, &Ctx::system(org, now, ids), &lock, (counter, &by))?;
            forget_guess(tx, &subjects)?;
            Ok(opened)
        }),
        false => Err(refused()),
    };
    if opened.is_err() {
        let ctx = Ctx::system(org, now, ids_after);
        db.write(move |tx| note_try(tx, &ctx, user, (Way::Passkey, Outcome::Wrong), &by_after))?;
    }
    opened
}

/// Counts a guess and uses its challenge up, whatever comes of it; whether the challenge was live.
fn counted(db: &Db, subjects: &Subjects, challenge: String, now: Timestamp) -> Result<bool, Fault> {
    let subjects = subjects.clone();
    db.write(move |tx| {
        count_guess(tx, &subjects, "", now)?;
        match take_challenge(tx, &challenge, now) {
            Ok(()) => Ok(true),
            Err(fault) if fault.kind == FaultKind::Invalid => Ok(false),
            Err(fault) => Err(fault),
        }
    })
}

fn open(
    tx: &mut Tx,
    ctx: &Ctx,
    lock: &PasskeyLock,
    (counter, by): (i64, &Knocker),
) -> Result<Opened, Fault> {
    let user = queries::any_user(tx, ctx.org, lock.user)?;
    user.filter(|user| user.state == UserState::Active)
        .ok_or_else(refused)?;
    // A count that does not grow means that two devices have the key.
    if tx.execute(USED, params![ctx.org, lock.id, counter, ctx.now])? == 0 {
        return Err(refused());
    }
    start_session(tx, ctx, lock.user, (by, Way::Passkey))
}
